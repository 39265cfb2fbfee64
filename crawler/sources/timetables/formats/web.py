"""Tables of HTML pages: every table that holds rows of its own, with cells that span rows and columns filled."""

from urllib.parse import urljoin

from parsel import Selector
from w3lib.encoding import html_body_declared_encoding

from crawler.html import page, text_of
from crawler.sources.timetables.formats.cells import EMPTY, MOST_COLUMNS, MOST_ROWS, Cell, Table, collect, plain

_ROWS = "./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"
Spans = dict[int, tuple[int, Cell]]


def read_html(body: bytes, url: str) -> list[Table]:
    """Read all tables of a page. A table that only arranges others gives the cells it has itself."""
    root = page(decode(body))
    tables = []
    for number, node in enumerate(root.css("table"), 1):
        name = " ".join(node.xpath("string(./caption)").get("").split()) or f"table {number}"
        tables.append(collect(name, enumerate(_rows(node, url), 1)))
    return tables


def decode(body: bytes) -> str:
    """Text of a page: in the encoding that it declares, else as UTF-8."""
    try:
        return body.decode(html_body_declared_encoding(body) or "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _rows(table: Selector, url: str) -> list[tuple[Cell, ...]]:
    found, spans = [], Spans()
    for row in table.xpath(_ROWS)[: MOST_ROWS * 2]:
        found.append(tuple(_cells(row, spans, url)))
    return found


def _cells(row: Selector, spans: Spans, url: str) -> list[Cell]:
    cells: list[Cell] = []
    for node in row.xpath("./td | ./th"):
        _from_above(cells, spans)
        if len(cells) >= MOST_COLUMNS:
            return cells
        cell, high = _cell(node, url), _span(node, "rowspan", MOST_ROWS)
        for _ in range(_span(node, "colspan", MOST_COLUMNS)):
            if high > 1:
                spans[len(cells)] = (high - 1, cell)
            cells.append(cell)
    _from_above(cells, spans)
    return cells


def _from_above(cells: list[Cell], spans: Spans) -> None:
    """Put in the cells of rows above that reach down into this one."""
    while (left := spans.get(len(cells), (0, EMPTY)))[0] > 0:
        spans[len(cells)] = (left[0] - 1, left[1])
        cells.append(left[1])


def _span(node: Selector, name: str, most: int) -> int:
    text = node.attrib.get(name, "1").strip()
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 7 else 1


def _cell(node: Selector, url: str) -> Cell:
    href = next((link.attrib["href"].strip() for link in node.css("a[href]")), "")
    address = urljoin(url, href) if href and not href.startswith(("#", "mailto:", "javascript:", "tel:")) else ""
    return Cell(plain(text_of(node)), link=address if address.startswith(("http://", "https://")) else None)
