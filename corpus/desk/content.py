"""What a record of the desk says: free while it is a draft, a whole record before somebody else reads it.

A practice is written as in `corpus/data/practices/*.yml`. A correction names a record and gives values for some of
its fields, with the reason and the source that says so; each value stands beside the one that it was made from, so
that the decision opens again when the source says something new.
"""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import StringConstraints, TypeAdapter, ValidationError, field_validator

from corpus.curated import complete
from corpus.desk.errors import ContentError
from corpus.ids import best_id, decode, make_id
from corpus.model import Practice
from corpus.parts import Frozen, Identifier, Source, Text

Content = dict[str, Any]


_NO_FACTS = frozenset({"id", "kind", "sources", "evidence"})
"""What makes a record one: its name, its kind, and why it is believed."""


class ItemKind(StrEnum):
    """What people keep at the desk."""

    PRACTICE = "practice"
    CORRECTION = "correction"


class Correction(Frozen):
    """Values for fields of a record, by path, with what they were made from and the source that says so."""

    record: Text
    values: dict[Text, Any]
    made_from: dict[Text, Any]
    reason: Text
    source: Source
    title: Text | None = None
    """What the record is called, for the lists of the desk."""
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    """The one country of the record, or that of its countries for which the account works: rights can be limited."""

    @field_validator("values")
    @classmethod
    def _facts_only(cls, values: dict[str, Any]) -> dict[str, Any]:
        for path in values:
            if path.partition(".")[0] in _NO_FACTS:
                raise ValueError(f"{path} is no fact that can be corrected: a reason and a source are given beside it")
        return values

    @property
    def part(self) -> str:
        """Which fields it is of: a record can have several corrections, each of its own."""
        return part_of(self.values)


_CORRECTION = TypeAdapter(Correction)


def practice_of(content: Content, name: str) -> Practice:
    """The practice that a content describes.

    Raises:
        ContentError: names each field that is wrong, and what would be right.
    """
    try:
        return Practice.model_validate(complete(content, "practice", name))
    except ValidationError as error:
        raise ContentError(_problems(error)) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise ContentError({"practice": str(error)}) from error


def correction_of(content: Content) -> Correction:
    """The correction that a content describes.

    Raises:
        ContentError: names each field that is wrong, and what would be right.
    """
    try:
        return _CORRECTION.validate_python(content)
    except ValidationError as error:
        raise ContentError(_problems(error)) from error


def _problems(error: ValidationError) -> dict[str, str]:
    problems = ((".".join(map(str, item["loc"])), item["msg"].removeprefix("Value error, ")) for item in error.errors())
    return {field or "practice": text for field, text in problems}


def check(kind: ItemKind, content: Content, name: str) -> None:
    """Refuse a content that is not whole.

    Raises:
        ContentError: names each field that is wrong, and what would be right.
    """
    if kind is ItemKind.PRACTICE:
        practice_of(content, name)
    else:
        correction_of(content)


def title_of(kind: ItemKind, content: Content, name: str) -> str:
    """How a record is called in lists, even while it is a draft."""
    title = content.get("title")
    if kind is ItemKind.PRACTICE and isinstance(title, dict) and title:
        return str(title.get("en") or next(iter(title.values())))
    said = title if kind is ItemKind.CORRECTION and isinstance(title, str) else None
    return str(said or content.get("record") or name)


def part_of(values: Any) -> str:
    """The fields that a correction is of, as one word."""
    return ",".join(sorted(map(str, values)))[:128] if isinstance(values, dict) else ""


def country_of(content: Content) -> str | None:
    """The country that a record belongs to, as far as the draft says it: rights can be limited to one."""
    said = content.get("country")
    if "record" in content and isinstance(said, str) and len(said) == 2:
        return said
    places = content.get("places")
    first = places[0] if isinstance(places, list) and places else {}
    country = first.get("country") if isinstance(first, dict) else None
    return country if isinstance(country, str) else None


def record_id(name: str, content: Content) -> str:
    """Id of a practice that begins at the desk: by the best register that named it, or else by its name.

    Raises:
        ValueError: it has neither.
    """
    return best_id(_identifiers(content)) or make_id("isopolis", name)


def _identifiers(content: Content) -> list[Identifier]:
    try:
        return [Identifier.model_validate(item) for item in content.get("identifiers") or ()]
    except (ValidationError, TypeError):
        return []  # told with its place when the whole record is read


def name_of(record: str) -> str:
    """The name that the id of a practice was made of."""
    return decode(record.partition(".")[2])
