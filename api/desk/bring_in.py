"""Practices from CSV and XLSX files: read, shown row by row with what is wrong, and kept only after a yes."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from api.desk.form import LISTS, PracticeForm, content_of, slug
from corpus.desk.content import ItemKind, check
from corpus.desk.errors import ContentError
from corpus.desk.sheets import Row
from corpus.messages import gettext as _

_OF_THE_FORM_ONLY = ("revision", "reason", "translated_field", "translated_language", "translated_text")
COLUMNS = tuple(name for name in PracticeForm.model_fields if name not in _OF_THE_FORM_ONLY)
"""Headings that a file may have, in the order of the form; lists are separated by semicolons."""
_EXAMPLE = {
    "original_language": "en",
    "title": "A shared kitchen",
    "summary": "Neighbours cook together once a week.",
    "practice_kind": "practice",
    "place": "Zarasai",
    "country": "LT",
    "population": "6000",
    "target_groups": "older_people; low_income",
    "url": "https://town.example.lt/kitchen",
    "read_on": "2026-11-01",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of a file: the practice that it would become, and what is wrong with it."""

    row: int
    """As the sheet numbers it: the headings are row 1."""
    form: PracticeForm
    problems: dict[str, str]

    @property
    def name(self) -> str:
        """The name that it would get."""
        return slug(self.form.title)


def candidates(rows: Sequence[Row]) -> list[Candidate]:
    """What the rows of a file would become, each with what is wrong."""
    found = [_candidate(number, row) for number, row in enumerate(rows, start=2)]
    seen: dict[str, int] = {}
    return [_not_twice(candidate, seen) for candidate in found]


def _not_twice(candidate: Candidate, seen: dict[str, int]) -> Candidate:
    before = seen.setdefault(candidate.name, candidate.row)
    if before == candidate.row:
        return candidate
    text = _("row {row} has the same title", row=before)
    return Candidate(candidate.row, candidate.form, {**candidate.problems, "title": text})


def _candidate(number: int, row: Row) -> Candidate:
    unknown = {name: _("this column is not known: see the template") for name in row if name not in COLUMNS}
    said = {name: value for name, value in row.items() if name in COLUMNS and value}
    values = {name: _split(value) if name in LISTS else value for name, value in said.items()}
    try:
        form = PracticeForm.model_validate(values)
    except ValidationError as error:
        problems = {".".join(map(str, item["loc"])): item["msg"] for item in error.errors()}
        return Candidate(number, PracticeForm(title=row.get("title", "")), problems)
    return Candidate(number, form, unknown | _problems(form))


def _split(value: str) -> list[str]:
    return [part.strip() for part in value.replace("\n", ";").split(";") if part.strip()]


def _problems(form: PracticeForm) -> dict[str, str]:
    try:
        check(ItemKind.PRACTICE, content_of(form), slug(form.title))
    except ContentError as error:
        return error.fields
    return {}


def template() -> bytes:
    """An empty sheet with its headings and one example, as CSV that every spreadsheet opens."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerow(_EXAMPLE)
    return out.getvalue().encode("utf-8-sig")
