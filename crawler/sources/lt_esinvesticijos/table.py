"""The table of financed activities: its columns are labels, and each row tells of one activity."""

from collections.abc import Iterable, Iterator

from parsel import Selector

from corpus.values import clean
from crawler.html import drop, text_of
from crawler.labels import fold


def take_tables(main: Selector, names: Iterable[str]) -> dict[str, list[str]]:
    """Cells below the columns that a reader knows, by `fold(column)`; their tables are taken out of the page.

    Left in the page, the head of a column would look like a label with the whole row as its value.
    """
    known = frozenset(map(fold, names))
    found: dict[str, list[str]] = {}
    for table in main.css("table"):
        rows = list(_rows(table))
        head = [fold(cell) for cell in rows[0]] if rows else []
        if len(rows) < 2 or len(known.intersection(head)) < 2:
            continue
        for row in rows[1:]:
            if len(row) == len(head):
                _add(dict(zip(head, row, strict=True)), known, found)
        drop(table, "tr")
    return found


def _rows(table: Selector) -> Iterator[list[str]]:
    for row in table.css("tr"):
        cells = [clean(text_of(cell)) for cell in row.css("th, td")]
        if cells:
            yield cells


def _add(row: dict[str, str], known: frozenset[str], found: dict[str, list[str]]) -> None:
    for label, cell in row.items():
        if label in known and cell:
            found.setdefault(label, []).append(cell)
