"""The log of the desk, for administrators: names of today beside numbers, and no addresses."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from api.desk.service import Desk
from api.desk.session import Session
from api.desk.views import action_name
from corpus.desk import audit
from corpus.desk.accounts import administrators_only
from corpus.desk.audit import Event
from corpus.desk.rights import Action
from corpus.messages import gettext as _

ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class LogLine:
    """Something that happened."""

    id: int
    at: dt.datetime
    who: str
    what: str
    item: int | None
    whom: str
    """Somebody else whom it was about."""
    reason: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """What happened, the newest first."""

    template: ClassVar[str] = "desk/log.html"

    lines: list[LogLine]
    whole: bool
    """Nobody changed it past the database."""
    next: int | None
    """Where the next page begins; None: this is the last one."""


def log_page(desk: Desk, session: Session, before: int | None = None) -> LogPage:
    """What happened, from the newest event or those before one.

    Raises:
        NotAllowedError: only administrators see this.
    """
    administrators_only(session.account.actor())
    names = {account.id: account.name for account in desk.accounts.all()} | {audit.PROGRAM: "Isopolis"}
    with desk.accounts.engine.connect() as connection:
        events = audit.latest(connection, ON_A_PAGE, before)
        whole = audit.broken(connection) is None
    more = events[-1].id if events and events[-1].id > 1 else None
    return LogPage([_line(event, names) for event in events], whole, more)


def _line(event: Event, names: dict[int, str]) -> LogLine:
    whom = event.detail.get("whom")
    about = names.get(whom, "") if isinstance(whom, int) and whom != event.account else ""
    reason = str(event.detail.get("reason", ""))
    return LogLine(event.id, event.at, names.get(event.account, ""), told(event.action), event.item, about, reason)


def told(action: str) -> str:
    """What happened, in words; a code that has none as it is."""
    if action in set(Action):
        return action_name(Action(action))
    words = {
        "invite": _("sent an invitation"),
        "accept": _("took up the invitation"),
        "sign_in": _("signed in"),
        "link": _("signed in with another service for the first time"),
        "lock": _("was locked after wrong passwords"),
        "unlock": _("unlocked an account"),
        "change": _("changed role, limits or state"),
        "profile": _("changed name or language"),
        "password": _("changed the password"),
        "reset": _("set another password by a letter"),
        "end_session": _("ended a session"),
        "end_sessions": _("ended all sessions"),
        "new_key": _("made a key"),
        "revoke_key": _("revoked a key"),
        "erase": _("left the desk"),
        "forget": _("forgot an invitation that nobody took up"),
    }
    return words.get(action, action)
