"""What the desk changes in a snapshot: practices that were published, and corrections of any record.

A correction holds whatever a source tells afterwards: a crawl never overwrites what people decided. When the value
that it was made from is told differently, the correction still holds and an issue asks the people to look again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from corpus.corrections import DECIDED
from corpus.desk.content import Correction, ItemKind, correction_of, name_of, practice_of
from corpus.desk.errors import ContentError
from corpus.desk.fields import at, plain, put
from corpus.desk.items import Items
from corpus.desk.reach import countries_of
from corpus.difference import show
from corpus.issues import Issue, Level, Quote
from corpus.model import Practice, Record, RecordBase
from corpus.parts import Evidence, Source
from corpus.quotes import quote
from corpus.raw import canonical_json

DESK = "desk"
"""The source of issues that the desk makes."""
SOURCES = "sources"
"""Who tells the merged value, where people decided for another one."""
_RECORD: TypeAdapter[RecordBase] = TypeAdapter(Record)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided, as a build needs it."""

    practices: dict[str, Practice]
    corrections: dict[str, list[Correction]]
    """By record, in the order in which they were begun."""
    issues: tuple[Issue, ...]


def decisions(items: Items) -> Decisions:
    """All that is public at the desk; what a newer version of the rules refuses is an issue and left out."""
    practices: dict[str, Practice] = {}
    corrections: dict[str, list[Correction]] = {}
    issues = []
    for item, content in sorted(items.published(), key=lambda pair: pair[0].id):
        try:
            if item.kind is ItemKind.PRACTICE:
                practice = practice_of(content, name_of(item.record_id))
                practices[practice.id] = practice
            else:
                corrections.setdefault(item.record_id, []).append(correction_of(content))
        except ContentError as error:
            text = f"it was published and no longer fits the rules: {error}"
            issues.append(
                Issue(source=DESK, key=item.record_id, level=Level.ERROR, code="no_longer_fits", message=text)
            )
    return Decisions(practices, corrections, tuple(issues))


def corrected(record: RecordBase, corrections: Sequence[Correction] = ()) -> tuple[RecordBase, list[Issue]]:
    """The record with what people decided, and what they should look at again."""
    told, issues = plain(record), list[Issue]()
    now = record
    for correction in corrections:
        issues += _reopened(record, told, correction)
        try:
            now = applied(now, correction, (*countries_of(record), *countries_of(now)))
        except ContentError as error:
            text = f"the correction cannot be applied: {error}"
            issues.append(_issue(record, "not_applied", correction.part, text, Level.ERROR))
    return now, issues


def applied(record: RecordBase, correction: Correction, countries: Sequence[str] | None = None) -> RecordBase:
    """The record with one correction.

    Args:
        record: the record.
        correction: what people decided.
        countries: countries that it may be of, where these are not those of the record.

    Raises:
        ContentError: the record would break a rule; names the fields.
    """
    countries = countries_of(record) if countries is None else countries
    if correction.country is not None and correction.country not in countries:
        text = f"the record is of {', '.join(dict.fromkeys(countries)) or 'no country'}, not of {correction.country}"
        raise ContentError({"country": text})
    data = plain(record)
    for path, value in correction.values.items():
        put(data, path, value)
    source = correction.source.model_copy(update={"key": _free_key(record.sources)})
    data["sources"] = [*data["sources"], source.model_dump(mode="json", exclude_defaults=True)]
    said = Evidence(source=source.key, statement=correction.reason, place=DECIDED)
    evidence = {path: [said.model_dump(mode="json", exclude_defaults=True)] for path in correction.values}
    data["evidence"] = data.get("evidence", {}) | evidence
    try:
        return _RECORD.validate_python(data)
    except ValidationError as error:
        raise ContentError(dict(map(_problem, error.errors()))) from error


def _problem(item: Any) -> tuple[str, str]:
    return ".".join(map(str, item["loc"][1:])) or "record", item["msg"].removeprefix("Value error, ")


def _reopened(record: RecordBase, data: dict[str, Any], correction: Correction) -> Iterator[Issue]:
    for path, before in correction.made_from.items():
        now = at(data, path)
        if not _same(now, before):
            shown = "nothing" if now is None else repr(now)
            text = f"a source tells {shown} now; the decision was made from {before!r} and still holds: look again"
            source, value = correction.source, correction.values.get(path)
            decided = Quote(origin=DESK, value=show(value), words=correction.reason, url=source.url, data=value)
            quotes = decided, quote(SOURCES, record, path, now, show(now))
            yield _issue(record, "decision_reopened", path, text).model_copy(update={"quotes": quotes})


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same: the order in which a list was put together says nothing."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(canonical_json, one)) == sorted(map(canonical_json, other))
    return bool(one == other)


def _issue(record: RecordBase, code: str, path: str, text: str, level: Level = Level.WARNING) -> Issue:
    return Issue(source=DESK, key=record.id, level=level, code=code, field=path, message=text)


def _free_key(sources: Iterable[Source]) -> str:
    taken = {source.key for source in sources}
    return next(key for key in (DESK, *(f"{DESK}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)
