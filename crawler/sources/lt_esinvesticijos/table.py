"""The table of financed activities: its columns are labels, and each row tells of one activity."""

import re
from collections.abc import Iterable, Iterator

from parsel import Selector

from corpus.values import clean
from crawler.html import drop, text_of
from crawler.labels import fold

_VALUE = re.compile(r"€|\beur\b|\bproc\b|%|\bregion", re.IGNORECASE)


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
            _add(head, row, known, found)
        drop(table, "tr")
    for grid, head in _grids(main, known):
        for node in _grid_rows(grid, len(head)):
            _add(head, [clean(text_of(cell)) for cell in node.xpath("./*")], known, found)
            _empty(node)
        _empty(grid)
    return found


def _grids(main: Selector, known: frozenset[str]) -> list[tuple[Selector, list[str]]]:
    """Rows of heads that are no rows of a table: elements with nothing in them but known columns."""
    rows = ((node, [fold(text_of(child)) for child in node.xpath("./*")]) for node in main.css("*"))
    return [(node, head) for node, head in rows if len(head) > 1 and known.issuperset(head)]


def _grid_rows(grid: Selector, width: int) -> list[Selector]:
    """Elements after a row of heads with as many parts as it has, one of which looks like a value of the table."""
    for steps in ("following-sibling::*", "../following-sibling::*"):
        nodes = grid.xpath(f"./{steps}/descendant-or-self::*[count(*)={width}]")
        rows = [node for node in nodes if _VALUE.search(text_of(node))]
        if rows:
            return rows
    return []


def _empty(node: Selector) -> None:
    for part in node.xpath("./*"):
        part.root.getparent().remove(part.root)


def _rows(table: Selector) -> Iterator[list[str]]:
    for row in table.css("tr"):
        cells = [clean(text_of(cell)) for cell in row.css("th, td")]
        if cells:
            yield cells


def _add(head: list[str], row: list[str], known: frozenset[str], found: dict[str, list[str]]) -> None:
    if len(row) != len(head):
        return
    for label, cell in zip(head, row, strict=True):
        if label in known and cell:
            found.setdefault(label, []).append(cell)
