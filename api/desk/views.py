"""What the pages of the desk show."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar

from api.desk.aside import NOTHING, Aside, Said, all_comments
from api.desk.bring_in import Candidate
from api.desk.compared import Change, changes
from api.desk.correction_views import CorrectionShown, shown_correction
from api.desk.form import LISTS, PracticeForm, form_of
from api.desk.near import Near
from api.desk.service import Desk
from api.desk.session import Session
from api.desk.values import label_of
from api.state import Service
from corpus.desk.accounts import Account
from corpus.desk.audit import Event
from corpus.desk.content import Content
from corpus.desk.queue import DECIDE
from corpus.desk.rights import Action, DeskRole
from corpus.desk.rows import Item, Version
from corpus.desk.talk import REOPEN, SETTLE
from corpus.desk.workflow import NEEDS_REASON, State
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.vocab import EvidenceLevel, Fund, PracticeKind, Subject, TargetGroup, Theme
from corpus.vocab.labels import label
from corpus.vocab.places import EU27, Language, country_name, language_name


def state_name(state: State) -> str:
    """A state in words."""
    names = {
        State.DRAFT: _("draft"),
        State.SUBMITTED: _("submitted"),
        State.IN_REVIEW: _("in review"),
        State.CHANGES_REQUESTED: _("changes requested"),
        State.APPROVED: _("approved"),
        State.PUBLISHED: _("published"),
        State.NEEDS_REVALIDATION: _("needs revalidation"),
        State.ARCHIVED: _("archived"),
        State.REJECTED: _("rejected"),
    }
    return names[state]


def action_name(action: Action) -> str:
    """A step in words, as it stands on a button."""
    names = {
        Action.CREATE: _("begun"),
        Action.EDIT: _("Edit"),
        Action.COMMENT: _("Comment"),
        Action.SUBMIT: _("Submit for review"),
        Action.WITHDRAW: _("Take back to draft"),
        Action.START_REVIEW: _("Start the review"),
        Action.REQUEST_CHANGES: _("Ask for changes"),
        Action.APPROVE: _("Approve"),
        Action.REJECT: _("Reject"),
        Action.PUBLISH: _("Publish"),
        Action.REVALIDATE: _("Still right: extend"),
        Action.EXPIRE: _("Mark as due"),
        Action.ARCHIVE: _("Archive"),
        Action.RESTORE: _("Bring back"),
    }
    return names[action]


def role_name(role: DeskRole) -> str:
    """A role in words."""
    names = {
        DeskRole.CONTRIBUTOR: _("contributor"),
        DeskRole.REVIEWER: _("reviewer"),
        DeskRole.EDITOR: _("editor"),
        DeskRole.ADMINISTRATOR: _("administrator"),
    }
    return names[role]


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Name and password."""

    template: ClassVar[str] = "desk/sign_in.html"

    email: str = ""
    problem: str = ""
    elsewhere: str = ""
    """What the other service is called at which people can sign in; empty: there is none."""
    said: str = ""
    """What happened before, as a sentence."""


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """Somebody who was invited chooses a name and a password."""

    template: ClassVar[str] = "desk/invitation.html"

    name: str = ""
    problems: dict[str, str] = field(default_factory=dict)
    elsewhere: str = ""
    """What the other service is called at which people can begin without a password; empty: there is none."""
    gone: bool = False
    """The invitation was used, or is too old."""


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list of the desk."""

    item: Item
    state: str
    mine: bool


@dataclass(frozen=True, slots=True)
class DeskPage:
    """What is on the desk."""

    template: ClassVar[str] = "desk/desk.html"

    account: Account
    role: str
    token: str
    waiting: list[Line]
    others: list[Line]
    due: list[Line]


_WAITS_FOR = {
    DeskRole.CONTRIBUTOR: (State.DRAFT, State.CHANGES_REQUESTED),
    DeskRole.REVIEWER: (State.SUBMITTED, State.IN_REVIEW),
    DeskRole.EDITOR: (State.APPROVED, State.NEEDS_REVALIDATION),
    DeskRole.ADMINISTRATOR: (State.APPROVED, State.SUBMITTED, State.IN_REVIEW),
}


def desk_page(desk: Desk, session: Session) -> DeskPage:
    """The desk as somebody sees it: what waits for them first."""
    account = session.account
    lines = [_line(item, account) for item in desk.items.all()]
    waiting = [line for line in lines if _waits(line, account)]
    due = {item.id for item in desk.items.due(desk.clock())}
    return DeskPage(
        account=account,
        role=role_name(account.role),
        token=session.form_token,
        waiting=waiting,
        others=[line for line in lines if line not in waiting],
        due=[line for line in lines if line.item.id in due],
    )


def _line(item: Item, account: Account) -> Line:
    return Line(titled(item), state_name(item.standing.state), item.scope.owner == account.id)


def titled(item: Item) -> Item:
    """A correction is called after its record and the field that it is of: a record can have several."""
    return replace(item, title=f"{item.title}: {label_of(item.part)}") if item.part else item


def _waits(line: Line, account: Account) -> bool:
    own = line.mine and line.item.standing.state in _WAITS_FOR[DeskRole.CONTRIBUTOR]
    reachable = bool(set(line.item.offers(account.actor())) - {Action.WITHDRAW, Action.ARCHIVE})
    return own or (reachable and line.item.standing.state in _WAITS_FOR[account.role])


@dataclass(frozen=True, slots=True)
class Button:
    """A step that somebody can take now."""

    action: Action
    name: str
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """A version with who made it, and what it changed."""

    number: int
    author: str
    at: dt.datetime
    reason: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the log with names."""

    at: dt.datetime
    who: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """A record at the desk: what it says, what was said of it, what happened, and what can be done."""

    template: ClassVar[str] = "desk/item.html"

    item: Item
    state: str
    token: str
    shown: list[Change]
    buttons: list[Button]
    editable: bool
    comments: list[Said]
    editions: list[Edition]
    log: list[Happened]
    problems: dict[str, str]
    correction: CorrectionShown | None = None
    """What it corrects, in words; None of other work."""

    def open_comments(self, field: str) -> list[Said]:
        """What was said of a field and is not settled."""
        return [said for said in self.comments if said.comment.field == field and not said.settled]


def item_page(
    desk: Desk, service: Service, session: Session, number: int, problems: dict[str, str] | None = None
) -> ItemPage:
    """The page of a record.

    Raises:
        UnknownItemError: there is none of that number.
    """
    item, versions = desk.items.get(number), desk.items.versions(number)
    names = {account.id: account.name for account in desk.accounts.all()}
    offers = item.offers(session.account.actor())
    buttons = [Button(a, action_name(a), a in NEEDS_REASON) for a in offers if a not in (Action.EDIT, Action.RESTORE)]
    return ItemPage(
        item=titled(item),
        state=state_name(item.standing.state),
        token=session.form_token,
        shown=changes({}, versions[-1].content),
        buttons=buttons,
        editable=Action.EDIT in offers,
        comments=all_comments(desk, number),
        editions=_editions(versions, names),
        log=[_happened(event, names) for event in desk.items.events(number)],
        problems=problems or {},
        correction=shown_correction(service, item, versions[-1].content),
    )


def _editions(versions: Sequence[Version], names: dict[int, str]) -> list[Edition]:
    pairs = zip([None, *versions], versions, strict=False)
    return [_edition(was, now, names) for was, now in pairs][::-1]


def _edition(was: Version | None, now: Version, names: dict[int, str]) -> Edition:
    changed = changes(was.content, now.content) if was else []
    return Edition(now.number, names.get(now.author, ""), now.at, now.reason, changed)


def _happened(event: Event, names: dict[int, str]) -> Happened:
    known = event.action in {action.value for action in Action}
    what = action_name(Action(event.action)) if known else _other_action(event.action)
    return Happened(event.at, names.get(event.account, "Isopolis"), what, str(event.detail.get("reason", "")))


def _other_action(action: str) -> str:
    names = {
        DECIDE: _("answered a question with it"),
        SETTLE: _("settled a comment"),
        REOPEN: _("opened a comment again"),
    }
    return names.get(action, action)


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a list, with its label."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class EditPage:
    """The form of a practice, with what is wrong and what somebody else changed meanwhile."""

    template: ClassVar[str] = "desk/edit.html"

    form: PracticeForm
    token: str
    number: int | None
    problems: dict[str, str]
    conflict: list[Change]
    near: list[Near]
    """Practices that look alike."""
    excerpts: list[tuple[str, str]]
    """Words of a page that suggestions rest on, each with its field."""
    ticks: dict[str, list[Option]]
    lists: dict[str, list[Option]]
    aside: Aside = NOTHING
    """What stands beside the fields: help, comments, what was typed before."""


def edit_page(  # noqa: PLR0913  what a form may have to say
    session: Session,
    form: PracticeForm,
    number: int | None = None,
    *,
    problems: dict[str, str] | None = None,
    conflict: Sequence[Change] = (),
    near: Sequence[Near] = (),
    excerpts: Sequence[tuple[str, str]] = (),
    aside: Aside = NOTHING,
) -> EditPage:
    """The form, as it was filled in."""
    return EditPage(
        form=form,
        token=session.form_token,
        number=number,
        problems=problems or {},
        conflict=list(conflict),
        near=list(near),
        excerpts=list(excerpts),
        ticks=dict(zip(LISTS, map(_labelled, (Subject, TargetGroup, Theme)), strict=True)),
        lists={
            "practice_kind": _labelled(PracticeKind),
            "results_level": _labelled(EvidenceLevel),
            "fund": [Option(fund.value, fund.value) for fund in Fund],
            "country": _sorted((code, country_name(code, spoken())) for code in EU27),
            "original_language": _sorted((code.value, language_name(code.value, spoken())) for code in Language),
        },
        aside=aside,
    )


def form_of_item(content: Content, item: Item) -> PracticeForm:
    """The form that shows a record as it is now."""
    return form_of(content, item.revision)


def _labelled(kind: type[StrEnum]) -> list[Option]:
    return [Option(code.value, label(code, spoken())) for code in kind]


def _sorted(pairs: Iterable[tuple[str, str]]) -> list[Option]:
    return sorted((Option(value, name) for value, name in pairs), key=lambda option: option.label)


@dataclass(frozen=True, slots=True)
class ImportPage:
    """A file is chosen, then its rows are shown; nothing is kept before somebody says yes."""

    template: ClassVar[str] = "desk/import.html"

    token: str
    rows: list[Candidate] = field(default_factory=list)
    packed: str = ""
    """The rows that are right, as the second form carries them."""
    problems: dict[str, str] = field(default_factory=dict)
    kept: int | None = None
    url: str = ""

    @property
    def good(self) -> int:
        """How many rows are right."""
        return sum(not row.problems for row in self.rows)
