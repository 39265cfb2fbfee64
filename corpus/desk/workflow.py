"""The way of a record from a draft to the public, as a pure machine of states.

    draft → submitted → in review → approved → published → needs revalidation → …
                  ↖ changes requested ↙  ↘ rejected              archived

The version that is public stays public while a newer one is on its way. Two different people stand between a draft
and the public: whoever touched the content since it was last published can neither approve it nor make up for the
approval that is missing, whatever their role.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.desk.errors import TwoPersonError, WrongStateError
from corpus.desk.rights import Action


class State(StrEnum):
    """Where a record stands at the desk."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    PUBLISHED = "published"
    NEEDS_REVALIDATION = "needs_revalidation"
    ARCHIVED = "archived"
    REJECTED = "rejected"


_STEPS: dict[Action, dict[State, State]] = {
    Action.EDIT: {
        State.DRAFT: State.DRAFT,
        State.CHANGES_REQUESTED: State.CHANGES_REQUESTED,
        State.REJECTED: State.DRAFT,
        State.PUBLISHED: State.DRAFT,
        State.NEEDS_REVALIDATION: State.DRAFT,
    },
    Action.SUBMIT: {State.DRAFT: State.SUBMITTED, State.CHANGES_REQUESTED: State.SUBMITTED},
    Action.WITHDRAW: {
        State.SUBMITTED: State.DRAFT,
        State.IN_REVIEW: State.DRAFT,
        State.APPROVED: State.DRAFT,
    },
    Action.START_REVIEW: {State.SUBMITTED: State.IN_REVIEW},
    Action.REQUEST_CHANGES: {State.IN_REVIEW: State.CHANGES_REQUESTED, State.APPROVED: State.CHANGES_REQUESTED},
    Action.APPROVE: {State.IN_REVIEW: State.APPROVED},
    Action.REJECT: {State.SUBMITTED: State.REJECTED, State.IN_REVIEW: State.REJECTED},
    Action.PUBLISH: {State.APPROVED: State.PUBLISHED},
    Action.EXPIRE: {State.PUBLISHED: State.NEEDS_REVALIDATION},
    Action.REVALIDATE: {State.NEEDS_REVALIDATION: State.PUBLISHED, State.PUBLISHED: State.PUBLISHED},
    Action.ARCHIVE: {State.PUBLISHED: State.ARCHIVED, State.NEEDS_REVALIDATION: State.ARCHIVED},
    Action.RESTORE: {
        State.ARCHIVED: State.DRAFT,
        State.DRAFT: State.DRAFT,
        State.CHANGES_REQUESTED: State.CHANGES_REQUESTED,
        State.PUBLISHED: State.DRAFT,
        State.NEEDS_REVALIDATION: State.DRAFT,
    },
}
CHANGES_CONTENT = frozenset({Action.EDIT, Action.RESTORE})
"""Steps that leave another content behind; their actor becomes one of its authors."""
NEEDS_REASON = frozenset({Action.REQUEST_CHANGES, Action.REJECT, Action.ARCHIVE, Action.RESTORE, Action.WITHDRAW})
"""Steps that undo somebody's work or take something away: the others are owed a reason."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the machine knows of a record.

    Attributes:
        state: where it stands.
        authors: accounts that touched the content since it was last published.
        approved_by: the account that approved the content as it is now.
        public: whether a version of it is public.
    """

    state: State = State.DRAFT
    authors: frozenset[int] = frozenset()
    approved_by: int | None = None
    public: bool = False


def steps(standing: Standing) -> tuple[Action, ...]:
    """What the state allows, whoever asks."""
    return tuple(action for action, ways in _STEPS.items() if standing.state in ways)


def step(standing: Standing, action: Action, account: int) -> Standing:
    """Where a record stands after a step.

    Raises:
        WrongStateError: the state does not allow it.
        TwoPersonError: somebody else has to do it.
    """
    ways = _STEPS.get(action, {})
    if standing.state not in ways:
        allowed = ", ".join(ways) or "no state"
        raise WrongStateError(f"{action.value} is possible in {allowed}; the record is {standing.state.value}")
    _check_two(standing, action, account)
    moved = replace(standing, state=ways[standing.state])
    if action in CHANGES_CONTENT:
        return replace(moved, authors=standing.authors | {account}, approved_by=None)
    return _marked(moved, action, account)


def _marked(moved: Standing, action: Action, account: int) -> Standing:
    if action is Action.APPROVE:
        return replace(moved, approved_by=account)
    if action in (Action.REQUEST_CHANGES, Action.WITHDRAW, Action.REJECT):
        return replace(moved, approved_by=None)
    if action is Action.PUBLISH:
        return replace(moved, authors=frozenset(), approved_by=None, public=True)
    return replace(moved, public=False) if action is Action.ARCHIVE else moved


def _check_two(standing: Standing, action: Action, account: int) -> None:
    if action is Action.APPROVE and account in standing.authors:
        raise TwoPersonError("who wrote or changed the text cannot approve it: ask somebody else to review it")
    if action is Action.PUBLISH and (standing.approved_by is None or standing.approved_by in standing.authors):
        raise TwoPersonError("nobody but its authors has approved this text: it needs a second person")
