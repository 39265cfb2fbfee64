"""What the pages of questions show: the list with its filters, and one question with all that was said."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlencode

from api.desk.asked import questions_of
from api.desk.correction_views import Choice, address_of
from api.desk.service import Desk
from api.desk.session import Session
from api.desk.values import Words, country, in_words, label_of
from api.desk.views import state_name
from api.errors import InvalidFieldError
from api.state import Service
from corpus.desk.deciding import correction_at, path_of
from corpus.desk.effect import SOURCES
from corpus.desk.errors import NotAllowedError
from corpus.desk.fields import field_at
from corpus.desk.linkbook import LINKS
from corpus.desk.questions import Decision, IssueKind, IssueState, Question, Verdict
from corpus.desk.queue import Entry, Queue, check_decider
from corpus.desk.rows import Item
from corpus.errors import SnapshotError
from corpus.events import CURATED, DESK
from corpus.issues import Quote
from corpus.messages import gettext as _
from corpus.messages import pgettext, spoken
from corpus.model import RecordBase

ROWS = 50
WAITING = "waiting"
"""Open or open again: what is shown where no state is asked for."""
ANY = "any"


def kind_name(kind: IssueKind) -> str:
    """What is asked, in words."""
    names = {
        IssueKind.CONFLICT: _("sources disagree"),
        IssueKind.CHANGED: _("told differently since"),
        IssueKind.VALUE: _("a value was not understood"),
        IssueKind.LINK: _("a page cannot be read"),
        IssueKind.COUNT: _("a source tells too much or too little"),
        IssueKind.RULE: _("a decision no longer fits"),
    }
    return names[kind]


def issue_state_name(state: IssueState) -> str:
    """How a question stands, in words."""
    names = {
        IssueState.OPEN: pgettext("state of a question", "open"),
        IssueState.DECIDED: pgettext("state of a question", "decided"),
        IssueState.REOPENED: pgettext("state of a question", "open again"),
    }
    return names[state]


def verdict_name(verdict: Verdict) -> str:
    """What somebody said, in words."""
    names = {
        Verdict.KEEP: _("the value of the record is right"),
        Verdict.OTHER: _("the other value is right"),
        Verdict.ANOTHER: _("a third value is right"),
        Verdict.NOT_A_MISTAKE: _("not a mistake"),
        Verdict.CANNOT_TELL: _("cannot be told"),
    }
    return names[verdict]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the list, as they stand in the address."""

    kind: str = ""
    country: str = ""
    source: str = ""
    state: str = ""
    page: int = 1

    def query(self, **changes: object) -> str:
        """The address with other filters."""
        values = {name: changes.get(name, getattr(self, name)) for name in ("kind", "country", "source", "state")}
        shown = {name: value for name, value in values.items() if value}
        page = changes.get("page", 1)
        return urlencode(shown | ({"page": page} if page != 1 else {}))

    def check(self) -> None:
        """Refuse what no list can have.

        Raises:
            InvalidFieldError: names the filter.
        """
        known = {"kind": set(IssueKind), "state": {*IssueState, WAITING, ANY}}
        for name, values in known.items():
            if getattr(self, name) and getattr(self, name) not in values:
                raise InvalidFieldError(name, f"possible are: {', '.join(sorted(map(str, values)))}")
        if self.page < 1:
            raise InvalidFieldError("page", "pages begin with 1")


@dataclass(frozen=True, slots=True)
class Row:
    """A question in the list."""

    entry: Entry
    kind: str
    state: str
    title: str
    fact: str


@dataclass(frozen=True, slots=True)
class Sieve:
    """A filter with its values and how many questions each would leave."""

    name: str
    label: str
    options: list[tuple[Choice, int]]
    chosen: str


@dataclass(frozen=True, slots=True)
class IssuesPage:
    """The list of questions."""

    template: ClassVar[str] = "desk/issues.html"

    wanted: Wanted
    sieves: list[Sieve]
    rows: list[Row]
    total: int
    pages: int


Values = Mapping[str, frozenset[str]]
"""By filter, the values that keep a question."""
_READ: dict[str, Callable[[Entry], Iterable[str]]] = {
    "kind": lambda entry: (entry.question.kind.value,),
    "country": lambda entry: entry.question.countries,
    "source": lambda entry: entry.question.sources,
    "state": lambda entry: (
        entry.state.value,
        *((WAITING,) if entry.state is not IssueState.DECIDED else ()),
        ANY,
    ),
}


def issues_page(desk: Desk, service: Service, wanted: Wanted) -> IssuesPage:
    """Questions that pass the filters, with what each value of a filter would leave."""
    entries = Queue(desk.items.engine).entries(questions_of(service))
    known = [{name: frozenset(read(entry)) for name, read in _READ.items()} for entry in entries]
    left = [entry for entry, values in zip(entries, known, strict=True) if _passes(values, wanted)]
    pages = max(1, -(-len(left) // ROWS))
    shown = left[(wanted.page - 1) * ROWS : wanted.page * ROWS]
    names = origins(service)
    sieves = [_sieve(name, known, wanted, names) for name in _READ]
    return IssuesPage(wanted, sieves, [_row(service, entry) for entry in shown], len(left), pages)


def _passes(values: Values, wanted: Wanted, but: str = "") -> bool:
    asked = {name: getattr(wanted, name) for name in _READ if name != but}
    if but != "state":
        asked["state"] = asked["state"] or WAITING
    return all(not value or value in values[name] for name, value in asked.items())


def _sieve(name: str, known: Sequence[Values], wanted: Wanted, names: Mapping[str, str]) -> Sieve:
    counts: Counter[str] = Counter()
    for values in known:
        if _passes(values, wanted, but=name):
            counts.update(values[name])
    chosen = getattr(wanted, name) or (WAITING if name == "state" else "")
    shown = _order(name, set(counts) | {chosen} - {""}, names)
    options = [(Choice(value, _named(name, value, names)), counts[value]) for value in shown]
    return Sieve(name, _heading(name), options, chosen)


def _order(name: str, values: set[str], names: Mapping[str, str]) -> list[str]:
    orders = {"kind": [*IssueKind], "state": [WAITING, *IssueState, ANY]}
    known = [str(code) for code in orders.get(name, [])]
    return known or sorted(values, key=lambda value: _named(name, value, names).casefold())


def _heading(name: str) -> str:
    return {
        "kind": _("What is asked"),
        "country": _("Country"),
        "source": _("Source"),
        "state": _("State"),
    }[name]


def _named(name: str, value: str, names: Mapping[str, str]) -> str:
    if name == "kind":
        return kind_name(IssueKind(value))
    if name == "country":
        return country(value)
    if name == "state":
        others = {WAITING: _("open or open again"), ANY: pgettext("filter", "All")}
        return others.get(value) or issue_state_name(IssueState(value))
    return names.get(value, value)


def origins(service: Service) -> dict[str, str]:
    """Who tells of something, by the name that people know: sources by their titles."""
    own = {
        CURATED: _("what a person read"),
        DESK: _("what people decided"),
        SOURCES: _("what the sources say now"),
        LINKS: _("the check of links"),
    }
    try:
        return own | {source.id: source.title for source in service.snapshot().manifest.sources}
    except SnapshotError:  # nothing was built yet: there are no questions either
        return own


def _row(service: Service, entry: Entry) -> Row:
    one, record = entry.question, _record(service, entry.question)
    title = record.text(record.title, spoken()) if record else " ".join(filter(None, (one.first.source, one.first.key)))
    fact = label_of(one.field) if one.field else ""
    return Row(entry, kind_name(one.kind), issue_state_name(entry.state), title, fact)


def _record(service: Service, one: Question) -> RecordBase | None:
    return service.snapshot().get(one.record) if one.record else None


@dataclass(frozen=True, slots=True)
class Told:
    """What one source says."""

    quote: Quote
    origin: str
    said: list[Words]
    choice: str
    """The answer that takes this value; empty where it cannot be taken over."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in words."""

    decision: Decision
    verdict: str
    who: str
    state: str
    """Where its correction stands."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody is about to say."""

    answer: str = ""
    reason: str = ""
    url: str = ""
    read_on: str = ""


@dataclass(frozen=True, slots=True)
class IssuePage:
    """One question."""

    template: ClassVar[str] = "desk/issue.html"

    entry: Entry
    kind: str
    state: str
    record: RecordBase | None
    address: str | None
    title: str
    fact: str
    told: list[Told]
    path: str | None
    """The field in whose form another value is written; None: the field is chosen first."""
    known: Item | None
    """The correction that its field has."""
    decided: list[Decided]
    allowed: bool
    may_dismiss: bool
    answer: Answer
    token: str
    problems: dict[str, str] = field(default_factory=dict)


def issue_page(
    desk: Desk,
    service: Service,
    session: Session,
    one: Question,
    answer: Answer | None = None,
    problems: dict[str, str] | None = None,
) -> IssuePage:
    """The page of a question."""
    queue, record = Queue(desk.items.engine), _record(service, one)
    (entry,) = queue.entries([one])
    row = _row(service, entry)
    found = field_at(record, one.field) if record and one.field else None
    place = path_of(record, one) if record else None
    return IssuePage(
        entry=entry,
        kind=row.kind,
        state=row.state,
        record=record,
        address=address_of(record) if record else None,
        title=row.title,
        fact=row.fact,
        told=_told(record, one, origins(service)),
        path=found.path if found else None,
        known=correction_at(desk.items, one.record, place) if place else None,
        decided=_decided(desk, queue.decisions(one.id)),
        allowed=_may(session, one, Verdict.CANNOT_TELL),
        may_dismiss=_may(session, one, Verdict.NOT_A_MISTAKE),
        answer=answer or Answer(read_on=desk.clock().date().isoformat()),
        token=session.form_token,
        problems=problems or {},
    )


def _told(record: RecordBase | None, one: Question, names: Mapping[str, str]) -> list[Told]:
    path = path_of(record, one) if record else None
    told = []
    for number, quote in enumerate(one.quotes):
        free = path is not None and quote.data is not None
        said = in_words(field_at(record, one.field), quote.data) if record and free else [Words(quote.value)]
        choice = (Verdict.KEEP.value if number == 0 else f"{Verdict.OTHER.value}-{number}") if free else ""
        told.append(Told(quote, names.get(quote.origin, quote.origin), said, choice))
    return told


def _decided(desk: Desk, decisions: Sequence[Decision]) -> list[Decided]:
    names = {account.id: account.name for account in desk.accounts.all()} if decisions else {}
    return [
        Decided(
            one,
            verdict_name(one.verdict),
            names.get(one.account, ""),
            state_name(one.state) if one.state else "",
        )
        for one in reversed(decisions)
    ]


def _may(session: Session, one: Question, verdict: Verdict) -> bool:
    try:
        check_decider(session.account.actor(), one, verdict)
    except NotAllowedError:
        return False
    return True
