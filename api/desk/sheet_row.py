"""A record as a row of a sheet, and back, with nothing lost.

The columns of the form stand there for people. What a form cannot show (evidence, coordinates, more than one source)
stands in `whole` as JSON. When a row comes back, cells that nobody changed give back exactly what was there; a cell
that was changed is taken as if it had been typed into the form.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from api.desk.form import LISTS, PracticeForm, content_of, form_of
from api.files.values import begins_like_formula, clean
from corpus.desk.content import Content
from corpus.desk.errors import ContentError

WHOLE = "whole"
LONGEST = 32_000
"""Signs of a cell: a workbook holds 32,767."""
_NOT_IN_FILES = re.compile("[\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""In JSON they can be written in another way; in a cell they can get lost."""


def cells(content: Content, columns: Sequence[str]) -> dict[str, str]:
    """The columns of a practice, and the whole of it.

    Raises:
        ContentError: a text is longer than a cell holds.
    """
    form = form_of(content)
    row = {name: _cell(getattr(form, name)) for name in columns}
    long = {name: "too long for a cell: take YAML or JSON lines" for name, text in row.items() if len(text) > LONGEST}
    if long:
        raise ContentError(long)
    return row | whole_cells(content)


def whole_cells(content: Content) -> dict[str, str]:
    """The whole of a record, in as many cells as it needs: `whole`, `whole_2` and so on."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = _NOT_IN_FILES.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)
    pieces = _pieces(text)
    return {WHOLE if number == 1 else f"{WHOLE}_{number}": piece for number, piece in enumerate(pieces, 1)}


def _pieces(text: str) -> list[str]:
    """Pieces of a text that neither begin nor end with a space: cells are read without them."""
    pieces = []
    while len(text) > LONGEST:
        cut = LONGEST
        while cut > 1 and (text[cut].isspace() or text[cut - 1].isspace()):
            cut -= 1
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def is_whole(name: str) -> bool:
    """Whether a column holds a part of the whole record."""
    return re.fullmatch(rf"{WHOLE}(_\d+)?", name) is not None


def whole_of(row: Mapping[str, str]) -> Content | None:
    """The whole record of a row; None where the row does not carry one.

    Raises:
        ContentError: it cannot be read.
    """
    names = [name for name in (WHOLE, *(f"{WHOLE}_{number}" for number in range(2, 60))) if row.get(name)]
    if not names:
        return None
    try:
        found = json.loads("".join(row[name] for name in names))
    except (ValueError, RecursionError) as error:
        raise ContentError({WHOLE: "it cannot be read: leave it as it came, or empty it"}) from error
    if not isinstance(found, dict):
        raise ContentError({WHOLE: "it is no record: leave it as it came, or empty it"})
    return found


def content_of_row(row: Mapping[str, str], columns: Sequence[str], before: Content | None) -> Content:
    """What a row stands for.

    Args:
        row: texts by heading, without what protects them from spreadsheets.
        columns: headings that the form knows.
        before: the whole record that the row carries.

    Raises:
        pydantic.ValidationError, ContentError: a cell cannot be read.
    """
    if before is None:
        said = {name: _value(name, row[name]) for name in columns if row.get(name)}
        return content_of(PracticeForm.model_validate(said))
    shown = form_of(before)
    changed = {name: _value(name, row[name]) for name in columns if name in row and row[name] != _read(shown, name)}
    if not changed:
        return before
    return content_of(PracticeForm.model_validate({**shown.model_dump(), **changed}), before)


def _read(form: PracticeForm, name: str) -> str:
    """A field as it comes back from a cell that nobody changed."""
    return _cell(getattr(form, name))


def _cell(value: Any) -> str:
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return clean(_NOT_IN_FILES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def _value(name: str, text: str) -> str | list[str]:
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()] if name in LISTS else text


def protected(text: str, csv: bool) -> str:
    """A text as it is written into a cell, so that no spreadsheet runs it; `plain` gives it back."""
    if (csv and begins_like_formula(text)) or _looks_protected(text):
        return f"'{text}"
    return text


def plain(text: str) -> str:
    """The text of a cell, without what protected it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text[1:] if _looks_protected(text) else text


def _looks_protected(text: str) -> bool:
    return text.startswith("'") and (begins_like_formula(text[1:]) or text.startswith("''"))
