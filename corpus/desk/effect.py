"""What the desk changes in a snapshot: practices that were published, and corrections of any record.

A correction holds whatever a source tells afterwards: a crawl never overwrites what people decided. When the value
that it was made from is told differently, the correction still holds and an issue asks the people to look again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from corpus.corrections import DECIDED
from corpus.desk.content import Correction, ItemKind, correction_of, practice_of
from corpus.desk.errors import ContentError
from corpus.desk.items import Items
from corpus.issues import Issue, Level
from corpus.model import Practice, Record, RecordBase
from corpus.parts import Evidence, Source

DESK = "desk"
"""The source of issues that the desk makes."""
_RECORD: TypeAdapter[RecordBase] = TypeAdapter(Record)
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided, as a build needs it."""

    practices: dict[str, Practice]
    corrections: dict[str, Correction]
    issues: tuple[Issue, ...]


def decisions(items: Items) -> Decisions:
    """All that is public at the desk; what a newer version of the rules refuses is an issue and left out."""
    practices: dict[str, Practice] = {}
    corrections: dict[str, Correction] = {}
    issues = []
    for item, content in items.published():
        try:
            if item.kind is ItemKind.PRACTICE:
                practice = practice_of(content, item.record_id.partition(".")[2])
                practices[practice.id] = practice
            else:
                corrections[item.record_id] = correction_of(content)
        except ContentError as error:
            text = f"it was published and no longer fits the rules: {error}"
            issues.append(
                Issue(source=DESK, key=item.record_id, level=Level.ERROR, code="no_longer_fits", message=text)
            )
    return Decisions(practices, corrections, tuple(issues))


def corrected(record: RecordBase, correction: Correction | None) -> tuple[RecordBase, list[Issue]]:
    """The record with what people decided, and what they should look at again."""
    if correction is None:
        return record, []
    data = record.model_dump(mode="json", exclude_defaults=True) | {"kind": getattr(record, "kind", None)}
    issues = list(_reopened(record, data, correction))
    for path, value in correction.values.items():
        _put(data, path.split("."), value)
    source = correction.source.model_copy(update={"key": _free_key(record.sources)})
    data["sources"] = [*data["sources"], source.model_dump(mode="json", exclude_defaults=True)]
    said = Evidence(source=source.key, statement=correction.reason, place=DECIDED)
    evidence = {path: [said.model_dump(mode="json", exclude_defaults=True)] for path in correction.values}
    data["evidence"] = data.get("evidence", {}) | evidence
    try:
        return _RECORD.validate_python(data), issues
    except ValidationError as error:
        what = error.errors()[0]
        text = f"the correction cannot be applied: {'.'.join(map(str, what['loc'][1:]))}: {what['msg']}"
        return record, [*issues, _issue(record, "not_applied", "", text, Level.ERROR)]


def _reopened(record: RecordBase, data: dict[str, Any], correction: Correction) -> Iterable[Issue]:
    for path, before in correction.made_from.items():
        now = _get(data, path.split("."))
        if (None if now is _MISSING else now) != before:
            shown = "nothing" if now is _MISSING else repr(now)
            text = f"a source tells {shown} now; the decision was made from {before!r} and still holds: look again"
            yield _issue(record, "decision_reopened", path, text)


def _issue(record: RecordBase, code: str, path: str, text: str, level: Level = Level.WARNING) -> Issue:
    return Issue(source=DESK, key=record.id, level=level, code=code, field=path, message=text)


def _free_key(sources: Iterable[Source]) -> str:
    taken = {source.key for source in sources}
    return next(key for key in (DESK, *(f"{DESK}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _get(data: Any, names: list[str]) -> Any:
    for name in names:
        if not isinstance(data, dict) or name not in data:
            return _MISSING
        data = data[name]
    return data


def _put(data: dict[str, Any], names: list[str], value: Any) -> None:
    *parents, last = names
    for name in parents:
        inner = data.get(name)
        data[name] = inner = dict(inner) if isinstance(inner, dict) else {}
        data = inner
    data[last] = value
