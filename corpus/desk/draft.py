"""The shape of a draft: half empty as it may be, every field is what the form, the files and the log can hold.

A program can send anything as JSON. What would break a page, a file or a database later is refused at the beginning:
texts where lists belong, numbers that are none (NaN), signs that no file may hold, and nesting without end.
"""

import math
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from corpus.desk.errors import ContentError

DEEPEST = 12
"""Levels of lists and objects in a record; whole records have at most seven."""
LARGEST = 200_000
"""Signs of a record as JSON."""
OWN_NAMES = frozenset({"id", "kind", "name", "state"})
"""What the desk itself says of a record, beside its content."""

_CODE = 2
Entries = list[dict[str, Any]]
Texts = dict[str, Annotated[str, Field(max_length=20_000)]]
"""By language. Each fits into a cell of a workbook: one record cannot keep all others from being brought out."""
Titles = dict[str, Annotated[str, Field(max_length=300)]]
"""By language. They stand in lists and letters."""


class _PracticeShape(BaseModel):
    """Containers of a practice, as the form reads them; what stands inside is checked before somebody reads it."""

    model_config = ConfigDict(extra="allow", strict=True)

    original_language: str | None = None
    title: Titles = {}
    summary: Texts = {}
    problem: Texts = {}
    approach: Texts = {}
    what_failed: Texts = {}
    lead: str | None = None
    partners: list[str] = []
    cost: dict[str, Any] | None = None
    paid_by: Entries = []
    results: Entries = []
    transfer: dict[str, Any] = {}
    practice_kind: str | None = None
    places: Entries = []
    period: dict[str, Any] = {}
    themes: list[str] = []
    subjects: list[str] = []
    target_groups: list[str] = []
    url: str | None = None
    sources: Entries = []
    network: Annotated[str, Field(max_length=200)] | None = None

    @field_validator("places")
    @classmethod
    def _country_is_a_code(cls, places: Entries) -> Entries:
        country = places[0].get("country") if places else None
        if isinstance(country, str) and len(country) > _CODE:
            raise ValueError("write the country with two letters, such as LT")
        return places


class _CorrectionShape(BaseModel):
    """Containers of a correction."""

    model_config = ConfigDict(extra="allow", strict=True)

    record: Annotated[str, Field(max_length=512)] | None = None
    values: dict[str, Any] = {}
    made_from: dict[str, Any] = {}
    reason: str | None = None
    source: dict[str, Any] = {}


_SHAPES: dict[str, TypeAdapter[Any]] = {
    "practice": TypeAdapter(_PracticeShape),
    "correction": TypeAdapter(_CorrectionShape),
}


def check_draft(kind: str, content: dict[str, Any]) -> None:
    """Refuse a content that cannot be kept, shown or brought out.

    Args:
        kind: `practice` or `correction`.
        content: what it says, as JSON.

    Raises:
        ContentError: names each field, and what would be right.
    """
    problems = dict.fromkeys(OWN_NAMES & set(content), "leave it out: the desk says it itself")
    problems |= dict(_cannot_be_kept(content))
    if problems:
        raise ContentError(problems)
    try:
        _SHAPES[kind].validate_python(content)
    except ValidationError as error:
        raise ContentError({".".join(map(str, item["loc"])): item["msg"] for item in error.errors()}) from error


def _cannot_be_kept(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    signs = 0
    todo: list[tuple[str, Any, int]] = [(str(name), part, 1) for name in content for part in (name, content[name])]
    while todo:
        field, value, depth = todo.pop()
        problem, size = _problem(value, depth)
        signs += size
        if problem:
            yield field, problem
            continue
        parts = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
        todo += [(field, part, depth + 1) for part in parts]
    if signs > LARGEST:
        yield "content", f"a record holds at most {LARGEST:,} signs; this one has {signs:,}"


def _problem(value: Any, depth: int) -> tuple[str, int]:
    """What is wrong with one value, and how many signs it has."""
    if depth > DEEPEST:
        return f"it is nested more than {DEEPEST} levels deep", 0
    if isinstance(value, str):
        return problem_of_words(value), len(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "write a number, or leave it out", 0
    if isinstance(value, int) and abs(value) >= 2**63:
        return "write a smaller number, or a text", 0
    if isinstance(value, dict) and not all(isinstance(name, str) for name in value):
        return "write the names of fields as texts", 0
    known = value is None or isinstance(value, dict | list | int | float)
    return "" if known else "write a text, a number, a list or an object", 8


def problem_of_words(words: str) -> str:
    """What is wrong with a text, whatever it says: a zero byte and half letters fit in no file and no database."""
    wrong = "\0" in words or any("\ud800" <= sign <= "\udfff" for sign in words)
    return "it holds signs that cannot be kept: take them out" if wrong else ""


def check_words(field: str, words: str, most: int = 4000) -> None:
    """Refuse a comment or a reason that cannot be kept.

    Raises:
        ContentError: names the field.
    """
    problem = problem_of_words(words) or (f"write at most {most:,} signs" if len(words) > most else "")
    if problem:
        raise ContentError({field: problem})
