"""What stands beside the fields of the form: help, open comments, and what somebody typed before and did not send."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from api.desk.help import Help
from api.desk.service import Desk
from corpus.desk.accounts import Account
from corpus.desk.rows import Comment
from corpus.desk.unsent import NEW, UnsentForms
from corpus.messages import gettext as _

_FIELDS = {
    "paid by": "fund",
    "places": "place",
    "period": "start",
    "transfer": "conditions",
    "sources": "url",
    "themes": "themes",
}
"""Parts of a record that the form calls otherwise; all others have their own names."""


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with the name of who said it."""

    comment: Comment
    who: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands beside the fields."""

    help: Help | None = None
    comments: Mapping[str, list[Said]] = field(default_factory=dict)
    """Open comments, by the field of the form."""
    unsent_at: dt.datetime | None = None
    """When the person typed something here that was not sent."""


NOTHING = Aside()


def aside_of(
    desk: Desk, account: Account, number: int | None, *, help_: Help | None = None, shown: bool = False
) -> Aside:
    """What stands beside the form of a record, or of a new one; `shown`: the form holds what was typed before."""
    unsent = None if shown else UnsentForms(desk.items.engine).of(account.id, number or NEW)
    return Aside(
        help=help_,
        comments=by_field(open_comments(desk, number)) if number else {},
        unsent_at=unsent.at if unsent else None,
    )


def all_comments(desk: Desk, number: int) -> list[Said]:
    """What was said of a record, with names."""
    names = {account.id: account.name for account in desk.accounts.all()}
    return [Said(c, names.get(c.author, ""), c.resolved_at is not None) for c in desk.items.comments(number)]


def open_comments(desk: Desk, number: int) -> list[Said]:
    """What was said of a record and is not settled."""
    return [said for said in all_comments(desk, number) if not said.settled]


def by_field(comments: Iterable[Said]) -> dict[str, list[Said]]:
    """Comments by the field of the form that they are about; of the whole under an empty name."""
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for said in comments:
        found[form_field(said.comment.field)].append(said)
    return dict(found)


def form_field(name: str) -> str:
    """What the form calls a part of a record."""
    plain = name.replace("_", " ").partition(".")[0]
    return _FIELDS.get(plain, plain.replace(" ", "_"))


def kept_words(at: dt.datetime) -> str:
    """What the script says when what was typed is kept."""
    return _(
        "What you typed is kept since {time} UTC. It is no version yet: save the draft for that.", time=f"{at:%H:%M}"
    )
