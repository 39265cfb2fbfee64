"""Who may do what: one table of roles and actions, and the limits of an account."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.desk.errors import NotAllowedError


class DeskRole(StrEnum):
    """What a person does at the desk; each role may also do what those before it may."""

    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """Everything that can be done with a record at the desk."""

    CREATE = "create"
    EDIT = "edit"
    COMMENT = "comment"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    START_REVIEW = "start_review"
    REQUEST_CHANGES = "request_changes"
    APPROVE = "approve"
    REJECT = "reject"
    PUBLISH = "publish"
    REVALIDATE = "revalidate"
    EXPIRE = "expire"
    ARCHIVE = "archive"
    RESTORE = "restore"


_RANK = {role: rank for rank, role in enumerate(DeskRole)}
_NEEDS = {
    Action.CREATE: DeskRole.CONTRIBUTOR,
    Action.EDIT: DeskRole.CONTRIBUTOR,
    Action.COMMENT: DeskRole.CONTRIBUTOR,
    Action.SUBMIT: DeskRole.CONTRIBUTOR,
    Action.WITHDRAW: DeskRole.CONTRIBUTOR,
    Action.START_REVIEW: DeskRole.REVIEWER,
    Action.REQUEST_CHANGES: DeskRole.REVIEWER,
    Action.APPROVE: DeskRole.REVIEWER,
    Action.REJECT: DeskRole.REVIEWER,
    Action.PUBLISH: DeskRole.EDITOR,
    Action.REVALIDATE: DeskRole.EDITOR,
    Action.EXPIRE: DeskRole.EDITOR,
    Action.ARCHIVE: DeskRole.EDITOR,
    Action.RESTORE: DeskRole.EDITOR,
}
_OWN_ONLY = frozenset({Action.EDIT, Action.SUBMIT, Action.WITHDRAW})
"""What a contributor may do with its own records only."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person that acts. Limits that are None do not limit."""

    account: int
    role: DeskRole
    countries: frozenset[str] | None = None
    network: str | None = None

    def at_least(self, role: DeskRole) -> bool:
        """Whether the person has a role or one above it."""
        return _RANK[self.role] >= _RANK[role]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a record belongs, as far as rights go."""

    country: str | None
    network: str | None
    owner: int
    """The account that began it."""


def check_right(actor: Actor, action: Action, scope: Scope) -> None:
    """Refuse what a person may not do.

    Raises:
        NotAllowedError: names the role that is needed, or the limit of the account.
    """
    needed = _NEEDS[action]
    if not actor.at_least(needed):
        raise NotAllowedError(f"{action.value} needs the role {needed.value}; this account is {actor.role.value}")
    if action in _OWN_ONLY and actor.role is DeskRole.CONTRIBUTOR and scope.owner != actor.account:
        raise NotAllowedError(f"{action.value}: a contributor works on its own records only; leave a comment instead")
    _check_limits(actor, scope)


def _check_limits(actor: Actor, scope: Scope) -> None:
    if actor.role is DeskRole.ADMINISTRATOR:
        return
    if actor.countries is not None and scope.country not in actor.countries:
        allowed = ", ".join(sorted(actor.countries)) or "no country"
        raise NotAllowedError(f"this account works for {allowed}; the record is of {scope.country or 'no country'}")
    if actor.network is not None and scope.network != actor.network:
        raise NotAllowedError(f"this account works for the network {actor.network}; the record is not of it")


def may(actor: Actor, action: Action, scope: Scope) -> bool:
    """Whether a person may do something, for what is offered on a page."""
    try:
        check_right(actor, action, scope)
    except NotAllowedError:
        return False
    return True
