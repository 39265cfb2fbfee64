"""What was wrong in the collection and was put right, for everybody to see: `data/corrections.yml`.

    - date: 2026-12-01            # on which it was put right
      record: cerv.town-twinning  # the record, where it was one
      wrong: {en: The grant was given as 30,000 euro.}
      right: {en: It is 50,745 euro.}
      source: https://...         # where that can be checked
      retired: true               # the record was taken out for good; its address says so

Names of people who report mistakes do not stand here.
"""

import datetime as dt
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError, field_validator

from corpus.errors import CuratedError
from corpus.model import RecordId
from corpus.parts import Frozen, LangText, Url
from corpus.vocab import Language

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
