"""What is kept of the people of the desk, why, and for how long: as the privacy page tells it, column by column.

`tests/api/views/test_kept.py` compares this with the tables: who adds a column says here what it tells of a person.
"""

from dataclasses import dataclass
from datetime import timedelta

from corpus.desk.tokens import LIFETIME, Purpose
from corpus.messages import gettext as _
from corpus.messages import ngettext


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is kept."""

    columns: dict[str, tuple[str, ...]]
    """Where: columns by table."""
    told: str
    """What it is and when it goes, as sentences."""


NOT_OF_PEOPLE: dict[str, tuple[str, ...]] = {
    "desk_link": ("url", "checked_at", "status", "reason", "etag", "modified", "failed_days"),
}
"""Columns that tell nothing of the people of the desk."""


def kept_of_people() -> list[Kept]:
    """All that is kept of people of the desk, in the spoken language."""
    return [_who(), _entering(), _tokens(), _unsent(), _work(), _log()]


def _who() -> Kept:
    columns = ("id", "email", "name", "name_is_public", "language", "role", "countries", "network", "active")
    told = _(
        "Number, name, e-mail address, language, role, countries and network, whether the account is open and since "
        "when there is one: until its person erases it. Where nobody takes up an invitation, the address is deleted "
        "after {invitation}.",
        invitation=_days(LIFETIME[Purpose.INVITATION]),
    )
    return Kept({"desk_account": (*columns, "created_at")}, told)


def _entering() -> Kept:
    told = _(
        "The password, in a form (argon2id) from which nobody can read it; with another service, its number for the "
        "person; how many wrong passwords came last, and until when the account is locked: as long as the account."
    )
    return Kept({"desk_account": ("password", "subject", "failures", "locked_until")}, told)


def _tokens() -> Kept:
    columns = ("hash", "account", "purpose", "name", "created_at", "expires_at", "scope", "last_used")
    told = _(
        "Of each invitation, session, link for another password and key of a program a fingerprint, what it is for, "
        "its name (of a session the browser), since when, until when, and of a key what it may do and when it was "
        "last used: until it ends ({invitation}, {session}, {reset}, {key} at most) and somebody signs in after that.",
        invitation=_days(LIFETIME[Purpose.INVITATION]),
        session=_hours(LIFETIME[Purpose.SESSION]),
        reset=_hours(LIFETIME[Purpose.RESET]),
        key=_days(LIFETIME[Purpose.API]),
    )
    return Kept({"desk_token": columns}, told)


def _unsent() -> Kept:
    told = _(
        "Forms that were typed and not sent, for their person alone: until they are sent or the account is erased."
    )
    return Kept({"desk_unsent": ("account", "item", "form", "revision", "at")}, told)


def _work() -> Kept:
    item = ("id", "kind", "record_id", "part", "title", "country", "network", "owner", "state", "revision", "authors")
    more = ("approved_by", "version", "public_version", "revalidate_by", "updated_at")
    columns = {
        "desk_item": (*item, *more),
        "desk_version": ("item", "version", "content", "author", "at", "reason"),
        "desk_comment": ("id", "item", "version", "field", "author", "at", "text", "resolved_at"),
        "desk_decision": (
            "issue",
            "number",
            "verdict",
            "words",
            "made_from",
            "reason",
            "account",
            "at",
            "item",
        ),
    }
    told = _(
        "The work: records, every version of them, comments and decisions, each with the number of its person: for "
        "good, so that it can be told how a record came about. Once an account is erased, nothing tells whose number "
        "it was."
    )
    return Kept(columns, told)


def _log() -> Kept:
    told = _("The log: who did what and when, by number, without names and addresses: for good. Nobody can change it.")
    return Kept({"desk_event": ("id", "at", "account", "action", "item", "detail", "seal")}, told)


def _days(time: timedelta) -> str:
    return ngettext("{n} day", "{n} days", time.days)


def _hours(time: timedelta) -> str:
    return ngettext("{n} hour", "{n} hours", int(time.total_seconds() // 3600))
