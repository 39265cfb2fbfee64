"""A table with what must be known of it: the same for every format of tables."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from api.files.columns import Column
from api.files.values import Value
from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.vocab import Language

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class About:
    """What a file is: its name, what was asked for, and how things stood when."""

    title: str
    asked: tuple[str, ...]
    """The search in words, one condition a line; empty: everything."""
    as_of: dt.datetime
    page: str
    """Address of the page that shows the same."""
    home: str
    """Address of the first page in this language, without a slash at its end."""
    rows: int = 0
    """Rows of the list, where the file holds fewer: the first `held` of them."""
    held: int = 0

    @property
    def cut(self) -> str | None:
        """What the file does not hold, and how to get it, in words; None where it holds all."""
        if not self.rows > self.held:
            return None
        held, rows, left = (formats.number(number) for number in (self.held, self.rows, self.rows - self.held))
        return _(
            "This file has the first {held} of {rows}; {left} are not in it. "
            "Narrow the list by its filters, or take the table (CSV or XLSX), which has all.",
            held=held,
            rows=rows,
            left=left,
        )


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, in one language."""

    about: About
    language: Language
    keys: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def table(about: About, columns: Sequence[Column[R]], rows: Sequence[R]) -> Table:
    """Rows as a table of chosen columns."""
    return Table(
        about=about,
        language=spoken(),
        keys=tuple(column.key for column in columns),
        headings=tuple(column.heading for column in columns),
        rows=tuple(tuple(column.value(row) for column in columns) for row in rows),
    )


def advice() -> str:
    """What stands at the end of everything that is taken away."""
    return _("Relevance is no chance of success. Check every call at its source before you decide.")
