"""What people see of their own account."""

from dataclasses import dataclass, field
from typing import ClassVar

from api.desk.people import languages
from api.desk.service import Desk
from api.desk.session import Session
from api.desk.views import role_name
from corpus.desk.accounts import Account
from corpus.desk.keys import LONGEST_LIFE, Key, KeyScope
from corpus.desk.own import OpenSession, Own
from corpus.messages import gettext as _


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a form."""

    done: str = ""
    """What was done, as a sentence."""
    problems: dict[str, str] = field(default_factory=dict)
    """What is wrong, by field, as sentences."""
    key: str = ""
    """A new key, told this once."""


NOTHING_DONE = Outcome()


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The own account."""

    template: ClassVar[str] = "desk/account.html"

    account: Account
    role: str
    token: str
    has_password: bool
    linked: bool
    elsewhere: str
    """What the other service is called; empty: there is none."""
    languages: list[tuple[str, str]]
    sessions: list[OpenSession]
    keys: list[tuple[Key, str]]
    """Each with what it may do, in words."""
    scopes: list[tuple[str, str]]
    longest: int
    """Days that a key can be good for."""
    outcome: Outcome


def account_page(desk: Desk, session: Session, outcome: Outcome = NOTHING_DONE) -> AccountPage:
    """The own account, as it is now."""
    own, number, now = Own(desk.accounts), session.account.id, desk.clock()
    has_password, linked = own.enters_with(number)
    keys = [key for key in desk.accounts.keys.of_account(number) if key.expires_at > now]
    return AccountPage(
        account=next(one for one in desk.accounts.all() if one.id == number),
        role=role_name(session.account.role),
        token=session.form_token,
        has_password=has_password,
        linked=linked,
        elsewhere=desk.provider.name if desk.provider else "",
        languages=languages(),
        sessions=own.sessions(number, session.secret, now),
        keys=[(key, scope_name(key.scope)) for key in keys],
        scopes=[(scope.value, scope_name(scope)) for scope in KeyScope],
        longest=LONGEST_LIFE,
        outcome=outcome,
    )


def scope_name(scope: KeyScope) -> str:
    """What a program may do with a key, in words."""
    return {KeyScope.READ: _("read"), KeyScope.WRITE: _("read and write, as you may")}[scope]


def explained(fields: dict[str, str]) -> dict[str, str]:
    """What is wrong in a form of the account, in the spoken language."""
    sentences = {
        "name": _("Say how the others may call you."),
        "password": _("The password is too short or too long."),
        "current": _("That is not your password; or you have no password, and signed in too long ago: sign in again."),
        "language": _("Choose a language of the list."),
        "last": _("Somebody must be left who can invite others: name another administrator first."),
        "key": _("Give the key a name, and at most a year. Nobody has more than 20 keys."),
    }
    return {name: sentences[name] for name in fields if name in sentences}
