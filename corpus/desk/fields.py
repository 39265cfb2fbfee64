"""Fields of records that people can correct, each with the kind of value that it takes. Pure.

A path leads through nested values, never into lists: a list is corrected as a whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from corpus.model import Call, Practice, Programme, RecordBase
from corpus.parts import Cutoff, Moment, Money


class Control(StrEnum):
    """How a value is written down in a form."""

    TEXT = "text"
    """A text in one language."""
    LINE = "line"
    LINES = "lines"
    URL = "url"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    DATES = "dates"
    """Days, one on each line, with an hour where it is known."""
    COUNTRIES = "countries"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    PLACES = "places"
    """Places, one on each line: name, country, inhabitants."""


_PATHS: dict[type[RecordBase], tuple[str, ...]] = {
    Call: (
        "title", "summary", "timeline.opens", "timeline.cutoffs", "timeline.continuous", "money.budget",
        "money.grant_min", "money.grant_max", "money.rate_min", "money.rate_max", "money.grants_expected",
        "money.lump_sum", "duration_months_min", "duration_months_max", "geography.countries", "funds", "management",
        "authority", "status_at_source", "objectives", "activities", "themes", "subjects", "target_groups", "url",
        "apply_url",
    ),
    Programme: (
        "title", "summary", "funds", "cci", "countries", "management", "authority", "website", "timetable_url",
        "valid_from", "valid_to", "budget", "coverage", "subjects", "target_groups", "url",
    ),
    Practice: (
        "title", "summary", "practice_kind", "places", "lead", "partners", "problem", "approach", "period.start",
        "period.end", "cost", "what_failed", "none_reported", "transfer.conditions", "transfer.adopted_by", "themes",
        "subjects", "target_groups", "url",
    ),
}  # fmt: skip
_BY_NAME = {"url": Control.URL, "apply_url": Control.URL, "website": Control.URL, "timetable_url": Control.URL}
_BY_NAME |= {"countries": Control.COUNTRIES, "places": Control.PLACES}
_BY_NAME |= {"rate_min": Control.PERCENT, "rate_max": Control.PERCENT}
_OF_ONE: dict[Any, Control] = {
    Moment: Control.DATE,
    Money: Control.MONEY,
    bool: Control.YES_NO,
    int: Control.NUMBER,
    Decimal: Control.NUMBER,
    str: Control.LINE,
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field that can be corrected; `words` are the codes of a choice."""

    path: str
    control: Control
    words: type[StrEnum] | None = None


def fields_of(record: RecordBase) -> tuple[Field, ...]:
    """Fields of a record that can be corrected, in the order in which people ask for them."""
    return tuple(_field(type(record), path) for path in _PATHS.get(type(record), ()))


def field_at(record: RecordBase, path: str) -> Field | None:
    """The field that is corrected when something is wrong at a path: `places.population` is corrected in `places`."""
    return next((field for field in fields_of(record) if f"{path}.".startswith(f"{field.path}.")), None)


def plain(record: RecordBase) -> dict[str, Any]:
    """A record as data, without what was not said: decisions are made from values in this shape."""
    return record.model_dump(mode="json", exclude_defaults=True) | {"kind": getattr(record, "kind", None)}


def at(data: Any, path: str) -> Any:
    """The value at a path of a record's data; None where there is none."""
    for name in path.split("."):
        if not isinstance(data, dict) or name not in data:
            return None
        data = data[name]
    return data


def put(data: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a path; None takes it out, so that it is not known."""
    *parents, last = path.split(".")
    for name in parents:
        inner = data.get(name)
        data[name] = inner = dict(inner) if isinstance(inner, dict) else {}
        data = inner
    data[last] = value
    if value is None:
        del data[last]


def _field(kind: type[BaseModel], path: str) -> Field:
    name, _, rest = path.partition(".")
    annotation = kind.model_fields[name].annotation
    choices = list(_inner(annotation))
    if rest:
        return Field(path, *_typed(_model(choices), rest))
    return Field(path, *_typed(kind, name))


def _typed(kind: type[BaseModel], name: str) -> tuple[Control, type[StrEnum] | None]:
    annotation = kind.model_fields[name].annotation
    if name in _BY_NAME:
        return _BY_NAME[name], None
    if get_origin(annotation) is dict:
        return Control.TEXT, None
    inner = [one for one in _inner(annotation) if one is not NoneType]
    if get_origin(annotation) is tuple:
        return _of_list(inner)
    coded = next((one for one in inner if issubclass(one, StrEnum)), None)
    return (Control.CHOICE, coded) if coded else (next(_OF_ONE[one] for one in inner if one in _OF_ONE), None)


def _of_list(inner: list[type]) -> tuple[Control, type[StrEnum] | None]:
    if Cutoff in inner:
        return Control.DATES, None
    coded = next((one for one in inner if issubclass(one, StrEnum)), None)
    return (Control.CHOICES, coded) if coded else (Control.LINES, None)


def _inner(annotation: Any) -> Iterator[type]:
    """Types that an annotation is made of, without what holds them."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for part in get_args(annotation):
        yield from _inner(part)


def _model(choices: list[type]) -> type[BaseModel]:
    return next(one for one in choices if issubclass(one, BaseModel))
