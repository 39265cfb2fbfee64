"""A table as CSV (RFC 4180) in UTF-8; the mark at its beginning tells spreadsheets the encoding."""

import csv
import io

from api.files.table import Table
from api.files.values import Value, begins_like_formula, clean, plain

MEDIA = "text/csv; charset=utf-8; header=present"


def as_csv(table: Table) -> bytes:
    """The table; a text that a spreadsheet would run as a formula begins with an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.headings)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    text = clean(plain(value))
    # A number with a minus is no formula, and there is none: amounts, days and shares are never negative.
    return f"'{text}" if begins_like_formula(text) else text
