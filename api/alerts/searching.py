"""What a saved search finds now, in the words and with the rows of the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pydantic import ValidationError

from api.asking import ask
from api.catalogue import call_rows, catalogue, find_calls, find_practices, practice_rows
from api.errors import InvalidFieldError
from api.files.asked import asked
from api.filters import CallFilter, Filter, PracticeFilter
from api.forms import AskForm
from api.recent import Recent
from api.rows import CallRow, RowBase, call_row
from api.state import Service
from corpus.alerts.readers import Kind, Search, Told
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.model import Call
from corpus.vocab import CallStatus, Overall

_FILTERS: dict[Kind, type[Filter]] = {Kind.CALLS: CallFilter, Kind.PRACTICES: PracticeFilter}


@dataclass(frozen=True, slots=True)
class Finds:
    """What a search finds: its rows, and how it is said."""

    words: tuple[str, ...]
    """The search, one condition a line."""
    path: str
    """Page that shows the same, without language; of an idea the first page, since an idea stands in no address."""
    rows: tuple[RowBase, ...]


def told(row: RowBase) -> Told:
    """A row as an item of a letter: a call can be told when it is ahead and once more when it opens."""
    ahead = isinstance(row, CallRow) and row.status is not CallStatus.OPEN
    return Told(row.id, "ahead" if ahead else "open")


def is_news(row: RowBase) -> bool:
    """Whether a row can be news at all: a call that is closed is none, also where a search asks for closed ones."""
    return not (isinstance(row, CallRow) and row.status is CallStatus.CLOSED)


def find(service: Service, recent: Recent, search: Search) -> Finds:
    """What a search finds now, in the spoken language.

    Raises:
        InvalidFieldError: the search cannot be read (any more); names what is wrong.
        CorpusError, MatcherError: there are no records, or no index for an idea.
    """
    if search.kind is Kind.IDEA:
        return _find_idea(service, recent, search.query)
    snapshot, wanted = service.snapshot(), filter_of(search)
    words = asked(wanted, catalogue(snapshot).programmes) or (_("everything, without a filter"),)
    rows: Iterable[RowBase]
    if isinstance(wanted, CallFilter):
        now = service.clock()
        rows = call_rows(snapshot, find_calls(snapshot, wanted, now).ids, now)
    elif isinstance(wanted, PracticeFilter):
        rows = practice_rows(snapshot, find_practices(snapshot, wanted).ids)
    query = wanted.query()
    return Finds(words, f"/{search.kind}" + (f"?{query}" if query else ""), tuple(rows))


def filter_of(search: Search) -> Filter:
    """The filter of a list, from its query string.

    Raises:
        InvalidFieldError: the query string holds what is no filter or no choice of one.
    """
    kind, data = _FILTERS[search.kind], dict[str, object]()
    for key, value in parse_qsl(search.query, keep_blank_values=True):
        before = data.get(key, ())
        data[key] = (*before, value) if key in kind.coded and isinstance(before, tuple) else value
    try:
        return kind.model_validate(data).but()
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidFieldError(str(first["loc"][0]), first["msg"].removeprefix("Value error, ")) from None


def idea_of(text: str) -> AskForm:
    """The form of an idea, from what was saved of it.

    Raises:
        InvalidFieldError: it was saved by something else.
    """
    try:
        return AskForm.model_validate_json(text)
    except ValidationError:
        raise InvalidFieldError("idea", _("this idea cannot be read: ask again on the first page")) from None


def saved_idea(form: AskForm) -> str:
    """What is saved of an idea: the words and who asks, no filters and no consent for links."""
    kept = {"idea", "language", "applicant", "place", "place_id", "country", "population"}
    return form.model_dump_json(include=kept, exclude_defaults=True)


def _find_idea(service: Service, recent: Recent, text: str) -> Finds:
    form = idea_of(text)
    answered = ask(service, recent, form)
    if answered.answer is None:
        raise InvalidFieldError(*next(iter(answered.errors.items())))
    snapshot, now = service.snapshot(), service.clock()
    open_to = (match for match in answered.answer.calls if match.eligibility.overall is not Overall.CANNOT)
    records = (snapshot.get(match.id) for match in open_to)
    rows = tuple(call_row(record, now, spoken()) for record in records if isinstance(record, Call))
    return Finds((_("Your idea: {idea}", idea=" ".join(form.idea.split())),), "/", rows)
