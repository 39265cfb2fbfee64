"""What was wrong in the collection and was put right, for everybody to see: `data/corrections.yml`.

    - date: 2026-12-01            # on which it was put right
      record: cerv.town-twinning  # the record, where it was one
      wrong: {en: The grant was given as 30,000 euro.}
      right: {en: It is 50,745 euro.}
      source: https://...         # where that can be checked
      retired: true               # the record was taken out for good; its address says so

Names of people who report mistakes do not stand here. What is decided at the desk stands in the records themselves,
as evidence with the place `DECIDED`.
"""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError, field_validator

from corpus.errors import CuratedError
from corpus.model import RecordBase, RecordId
from corpus.parts import Frozen, LangText, Url
from corpus.vocab import Language

DECIDED = "decided at the desk"
"""The place of evidence for a value that people put right."""
FILE = Path(__file__).parent / "data" / "corrections.yml"


class Correction(Frozen):
    """One mistake and what is right. `retired`: the record was taken out for good."""

    date: dt.date
    record: RecordId | None = None
    wrong: LangText
    right: LangText
    source: Url | None = None
    retired: bool = False

    @field_validator("wrong", "right")
    @classmethod
    def _in_english(cls, value: LangText) -> LangText:
        if Language.EN not in value:
            raise ValueError("missing in en")
        return value


class Decision(Frozen):
    """Values of one record that were put right at the desk for one reason, on the day its source was read."""

    date: dt.date | None
    record: RecordId
    kind: str
    fields: tuple[str, ...]
    reason: str


def decisions_in(record: RecordBase) -> Iterator[Decision]:
    """What was decided about a record, as its evidence tells."""
    read_on = {source.key: source.read_on for source in record.sources}
    found: dict[tuple[str, str], list[str]] = {}
    for path, items in record.evidence.items():
        for item in items:
            if item.place == DECIDED:
                found.setdefault((item.source, item.statement or ""), []).append(path)
    for (source, reason), paths in found.items():
        kind = str(getattr(record, "kind", ""))
        yield Decision(date=read_on[source], record=record.id, kind=kind, fields=tuple(paths), reason=reason)


_ALL: TypeAdapter[tuple[Correction, ...]] = TypeAdapter(tuple[Correction, ...])


def read_corrections(path: Path = FILE) -> tuple[Correction, ...]:
    """Corrections of a file, the newest first.

    Raises:
        CuratedError: the file is missing, no YAML or breaks a rule; the text names entry and field.
    """
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CuratedError(f"{path}: cannot be read: {error}") from error
    try:
        found = _ALL.validate_python(data or [])
    except ValidationError as error:
        lines = (f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise CuratedError(f"{path}:\n  " + "\n  ".join(lines)) from error
    return tuple(sorted(found, key=lambda correction: correction.date, reverse=True))


@cache
def load_corrections() -> tuple[Correction, ...]:
    """The corrections of this package.

    Raises:
        CuratedError: see `read_corrections`.
    """
    return read_corrections()


def retired(record_id: str) -> Correction | None:
    """Why a record was taken out for good, or None where it was not."""
    return next((one for one in load_corrections() if one.retired and one.record == record_id), None)
