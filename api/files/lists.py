"""Lists of rows as papers: one heading a row, and what is known below it."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from api.files.columns import Column
from api.files.paper import Block, Facts, Heading, Line, Paper, Paragraph, Words, fact, say
from api.files.table import About, advice
from api.files.values import clean
from api.rows import RowBase
from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import ngettext, spoken

R = TypeVar("R", bound=RowBase)
T = TypeVar("T")
_TOLD_BY_OTHERS = frozenset({"next_hour", "days_left", "cutoffs", "apply_url"})
"""Columns that are empty where another says why."""
_ELSEWHERE = frozenset({"title", "summary", "sources", "checked", "url"})
"""Columns that a paper shows in other places than among the facts."""


def list_paper(about: About, columns: Sequence[Column[R]], rows: Sequence[R]) -> Paper:
    """Rows with the facts of the chosen columns."""
    told = tuple(column for column in columns if column.key not in _ELSEWHERE)
    with_summary = any(column.key == "summary" for column in columns)
    blocks: list[Block] = [*head(about, ngettext("{n} entry", "{n} entries", len(rows)))]
    for row in rows:
        blocks += row_blocks(row, told, with_summary)
    return paper(about, blocks)


def paper(about: About, blocks: Sequence[Block]) -> Paper:
    """Blocks under the title of what they are about, with the advice at their end."""
    return Paper(
        title=clean(about.title),
        title_language=spoken(),
        language=spoken(),
        date=about.as_of.date(),
        footer=f"Isopolis · {formats.day(about.as_of.date())}",
        blocks=(*blocks, Paragraph(say(advice()), quiet=True)),
    )


def head(about: About, *lines: str) -> Iterator[Block]:
    """What was asked for, and when."""
    for line in about.asked:
        yield Paragraph(say(line))
    as_of = _("As of {date}", date=formats.day(about.as_of.date()))
    yield Paragraph((*say(" · ".join((as_of, *lines, ""))), *say(about.page, href=about.page)), quiet=True)
    if about.cut:
        yield Paragraph(say(about.cut))


def row_blocks(row: R, columns: Sequence[Column[R]], with_summary: bool = True) -> Iterator[Block]:
    """A row: title, summary, facts, sources."""
    yield Heading(say(row.title, row.title_language))
    if with_summary and row.summary:
        yield Paragraph(say(row.summary, row.summary_language))
    yield from known_facts(row, columns)
    yield Paragraph(sources(row), quiet=True)


def known_facts(row: T, columns: Sequence[Column[T]]) -> Iterator[Block]:
    """What is known as facts, and in one line the names of what is not."""
    values = [(column, column.value(row)) for column in columns]
    yield Facts(tuple(fact(column.heading, value) for column, value in values if value is not None))
    missing = [c.heading for c, value in values if value is None and c.key not in _TOLD_BY_OTHERS]
    if missing:
        yield Paragraph(say(_("Not known: {facts}", facts="; ".join(missing))), quiet=True)


def sources(row: RowBase) -> Line:
    """Where a row was read, and when that was last checked."""
    words: list[Words] = [*say(_("Sources:") + " ")]
    for place, source in enumerate(row.sources):
        words += [*(say("; ") if place else ()), *say(source.title, href=source.url)]
    if row.checked is None:
        return (*words, *say(". " + _("Not yet checked by us.")))
    return (*words, *say(". " + _("Checked on {date}.", date=formats.day(row.checked))))
