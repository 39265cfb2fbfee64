"""Records from CSV, XLSX, YAML and JSON lines: read, shown row by row with what is wrong, and kept only after a yes."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from api.desk.form import PracticeForm, form_of, slug
from api.desk.sheet_row import content_of_row, is_whole, plain, whole_of
from corpus.desk.content import Content, ItemKind, check
from corpus.desk.documents import ENDINGS, Document, read_documents
from corpus.desk.draft import check_draft
from corpus.desk.errors import ContentError
from corpus.desk.sheets import Row, read_rows
from corpus.desk.workflow import State
from corpus.messages import gettext as _

_OF_THE_FORM_ONLY = ("revision", "reason", "translated_field", "translated_language", "translated_text")
COLUMNS = tuple(name for name in PracticeForm.model_fields if name not in _OF_THE_FORM_ONLY)
"""Headings that a file may have, in the order of the form; lists are separated by semicolons."""
OF_THE_DESK = ("name", "kind", "state", "licence", "sources")
"""Columns that a file may have beside those of the form."""
HALF = frozenset({State.DRAFT.value, State.CHANGES_REQUESTED.value, State.REJECTED.value})
"""A record in these states may be half empty."""
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
    """A record of a file: what it would become, and what is wrong with it."""

    row: int
    """As the sheet numbers it: the headings are row 1."""
    form: PracticeForm
    problems: dict[str, str]
    content: Content = field(default_factory=dict)
    name: str = ""
    """The name that it would get."""
    kind: ItemKind = ItemKind.PRACTICE


def read_candidates(name: str, data: bytes) -> list[Candidate]:
    """What the records of a file would become, each with what is wrong.

    Args:
        name: name of the file; its ending says what it is.
        data: the file.

    Raises:
        ContentError: the file itself cannot be read; the text says what would be right.
    """
    if name.lower().endswith(ENDINGS):
        return _once([_of_document(document) for document in read_documents(name, data)])
    return candidates(read_rows(name, data))


def candidates(rows: Sequence[Row]) -> list[Candidate]:
    """What the rows of a sheet would become, each with what is wrong."""
    return _once([_of_row(number, row) for number, row in enumerate(rows, start=2)])


def _once(found: list[Candidate]) -> list[Candidate]:
    seen: dict[str, int] = {}
    return [_not_twice(candidate, seen) for candidate in found]


def _not_twice(candidate: Candidate, seen: dict[str, int]) -> Candidate:
    before = seen.setdefault(f"{candidate.kind}.{candidate.name}", candidate.row)
    if before == candidate.row:
        return candidate
    text = _("row {row} has the same title", row=before)
    return replace(candidate, problems={**candidate.problems, "title": text})


def _of_row(number: int, row: Row) -> Candidate:
    texts = {name: plain(text) for name, text in row.items()}
    unknown = {name: _("this column is not known: see the template") for name in texts if not _is_known(name)}
    try:
        kind = ItemKind(texts.get("kind") or ItemKind.PRACTICE)
        whole = whole_of(texts)
        content = (whole or {}) if kind is ItemKind.CORRECTION else content_of_row(texts, COLUMNS, whole)
    except ValidationError as error:
        problems = {".".join(map(str, item["loc"])): item["msg"] for item in error.errors()}
        return Candidate(number, PracticeForm(title=texts.get("title", "")), problems)
    except ContentError as error:
        return Candidate(number, PracticeForm(title=texts.get("title", "")), error.fields)
    except ValueError:
        return Candidate(number, PracticeForm(title=texts.get("title", "")), {"kind": "write practice or correction"})
    half = content == whole and texts.get("state", "") in HALF
    return _candidate(number, kind, texts.get("name", ""), content, unknown, half=half)


def _is_known(name: str) -> bool:
    return name in COLUMNS or name in OF_THE_DESK or is_whole(name)


def _of_document(document: Document) -> Candidate:
    half = document.state in HALF
    return _candidate(document.number, document.kind, document.name, document.content, {}, half=half)


def _candidate(
    number: int, kind: ItemKind, name: str, content: Content, unknown: dict[str, str], *, half: bool
) -> Candidate:
    problems = unknown | _problems(kind, content, half=half)
    try:
        shown = form_of(content) if kind is ItemKind.PRACTICE else PracticeForm(title=str(content.get("record", "")))
    except (AttributeError, TypeError, ValueError):  # the problems say what has another shape
        shown = PracticeForm()
    called = (name or slug(shown.title))[:80] if kind is ItemKind.PRACTICE else shown.title
    return Candidate(number, shown, problems, content, called, kind)


def _problems(kind: ItemKind, content: Content, *, half: bool) -> dict[str, str]:
    """What is wrong; what was taken out as a draft may come back half empty."""
    try:
        check_draft(kind.value, content)
        if not half:
            check(kind, content, "imported")
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
