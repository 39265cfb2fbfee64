"""What is wrong in a file of metadata and what would be right, in words for the person who wrote it.

Pure: an error of pydantic and the model that refused in, places and sentences out.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

Place = tuple[int | str, ...]
"""The way to a value: keys and numbers of entries."""

_SHOWN = 60
_FEW = 12  # words of a list that a message names even where one of them is near
_ADDED = re.compile(r"\[key\]|constrained-str|(?:literal|tuple|function-\w+)\[.*\]", re.DOTALL)


class MisplacedError(ValueError):
    """A rule about several fields is broken; `place` says where the one stands that should be changed."""

    def __init__(self, text: str, *place: int | str) -> None:
        super().__init__(text)
        self.place: Place = place


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, as a question; empty where none is near."""
    by_case = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), by_case, n=1, cutoff=0.7)
    return f"did you mean {by_case[found[0]]}?" if found else ""


def models_at(annotation: Any, place: Place) -> Iterator[type[BaseModel]]:
    """Models that may stand at a place inside a type; keys lead through fields, entries through lists and tables."""
    origin = get_origin(annotation)
    if isinstance(annotation, type) and origin is None and issubclass(annotation, BaseModel):
        field = field_named(annotation, str(place[0])) if place else None
        if not place:
            yield annotation
        elif field is not None:
            yield from models_at(field.annotation, place[1:])
    elif origin in (tuple, list, dict):
        if place:
            yield from models_at(get_args(annotation)[-1 if origin is dict else 0], place[1:])
    else:
        for inner in get_args(annotation):
            yield from models_at(inner, place)


def field_named(kind: type[BaseModel], name: str) -> FieldInfo | None:
    """The field that a file calls by this name."""
    return next((field for own, field in kind.model_fields.items() if name == (field.alias or own)), None)


def keys_of(kind: type[BaseModel]) -> list[str]:
    """Keys that a file may give for a model."""
    return [field.alias or own for own, field in kind.model_fields.items()]


def mistakes(error: ValidationError, kind: type[BaseModel]) -> list[tuple[Place, str]]:
    """Every mistake once: where it stands, what is wrong, and what would be right."""
    told: dict[Place, list[str]] = {}
    for item in error.errors():
        place = (*_own(item["loc"]), *getattr(item.get("ctx", {}).get("error"), "place", ()))
        told.setdefault(place, []).append(_sentence(item, place, kind))
    empty = {_own(item["loc"]) for item in error.errors() if item["type"] == "too_short"}
    # A list whose only entry is wrong is told to be too short as well.
    echoes = {place for place in empty if any(other[: len(place)] == place != other for other in told)}
    return [(place, "; or: ".join(dict.fromkeys(said))) for place, said in told.items() if place not in echoes]


def _own(loc: Place) -> Place:
    """A place without what pydantic adds: the branch of a union, and that a key is meant."""
    return tuple(part for part in loc if not (isinstance(part, str) and _ADDED.fullmatch(part)))


def _sentence(item: Any, place: Place, kind: type[BaseModel]) -> str:
    message, given = item["msg"].removeprefix("Value error, "), item.get("input")
    if item["type"] == "extra_forbidden":
        return _unknown_key(str(place[-1]), models_at(kind, place[:-1]))
    if item["type"] == "missing":
        return f"Field required: add a line `{place[-1]}: ...`"
    if item["type"] == "model_type":
        return "Input should be keys with values, one a line" + (": the file is empty" if given is None else "")
    if item["type"] == "string_pattern_mismatch":
        message = _PATTERNS.get(item["ctx"]["pattern"], message)
    if item["type"] == "value_error":
        return str(message)
    if len(_expected(item)) > _FEW and isinstance(given, str) and (question := nearest(given, _expected(item))):
        return f"{given!r} is none of the {len(_expected(item))} words that can stand here; {question}"
    return f"{message} ({_given(item, given)})"


def _unknown_key(name: str, models: Iterable[type[BaseModel]]) -> str:
    known = [key for model in models for key in keys_of(model)]
    question = nearest(name, known)
    return f"there is no such key; {question or 'there are: ' + ', '.join(known)}"


def _given(item: Any, given: object) -> str:
    """What was given, and what may have been meant."""
    shown = repr(given) if isinstance(given, str | int | float | bool | None) else type(given).__name__
    said = f"given: {shown[:_SHOWN]}"
    if item["type"] == "string_type" and isinstance(given, bool | int | float):
        what = "true or false" if isinstance(given, bool) else "a number"
        return f"{said}: YAML reads this word as {what}; put it into quotes"
    question = nearest(given, _expected(item)) if isinstance(given, str) else ""
    return f"{said}; {question}" if question else said


def _expected(item: Any) -> list[str]:
    """The words of a coded list, of which one was expected."""
    return re.findall(r"'([^']*)'", str(item.get("ctx", {}).get("expected", "")))


_PATTERNS = {
    r"^https?://[^\s]+$": "Input should be a whole address without blanks, such as https://calls.example.org/open",
    r"^[a-z][a-z0-9_]{1,62}$": "Input should be small letters, digits and _, beginning with a letter",
}
