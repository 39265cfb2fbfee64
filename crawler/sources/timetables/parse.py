"""Timetables of planned calls: bytes in, records and issues out; and the page that links to a timetable."""

import datetime as dt
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import partial
from urllib.parse import unquote, urljoin, urlsplit

from crawler.errors import ShapeError
from crawler.fields import IssueLog
from crawler.html import page, text_of
from crawler.parsing import Parsed, sha256, unharmed
from crawler.sources.timetables.formats.sniff import read_tables, refuse_walls, sniff
from crawler.sources.timetables.formats.web import decode
from crawler.sources.timetables.grid import Grid, Line, fits, read_grid
from crawler.sources.timetables.model import TimetableConfig
from crawler.sources.timetables.rows import LineReader, place, row_key


def parse_timetable(body: bytes, url: str, config: TimetableConfig, fetched_at: dt.datetime) -> Parsed:
    """Read a timetable.

    Raises:
        RefusedError: a firewall answered.
        ShapeError: another format, a file that cannot be read, or a column that the file of the authority names and
            the table lacks; the text names file, line, column and the headers that were found.
    """
    timetable = config.timetable
    grid = read_grid(read_tables(body, url, timetable.formats, timetable.encoding or config.words.encoding), config)
    log, found = IssueLog(config.id), Parsed()
    _report_unnamed(grid, config, log)
    reader = LineReader(config, log, fetched_at, sha256(body))
    for line in _different(grid, config, log, found):
        record = unharmed(row_key(line, config) or place(line), log, partial(reader.read, line, found))
        if record:
            found.records.append(record)
    found.issues += log.items
    found.ignored += grid.left_out
    return found


def _report_unnamed(grid: Grid, config: TimetableConfig, log: IssueLog) -> None:
    """A column that nobody named may be new: once per file, not once per row."""
    for text, sheet in grid.unnamed.items():
        if not fits(text, tuple(config.ignored["columns"])):
            message = f"{config.place('')}: a column that is neither named under columns nor under ignored"
            log.add(sheet, text, "unknown_column", message)


def _different(grid: Grid, config: TimetableConfig, log: IssueLog, found: Parsed) -> Iterator[Line]:
    """Lines with keys of their own. The same line again is left out; another line with the same key is lost."""
    seen: dict[str, tuple[str, ...]] = {}
    for line in grid.lines:
        key, texts = row_key(line, config), tuple(cell.line for cell in line.cells.values())
        if key and key in seen:
            if seen[key] == texts:
                found.ignored["the same row again"] += 1
            else:
                message = f"{place(line)} has the key of another row: name more columns under key"
                log.lost(key, "key", "repeated_key", f"{config.place('')}: {message}", line.text("title"))
            continue
        seen[key] = texts
        yield line


def find_files(body: bytes, url: str, config: TimetableConfig) -> tuple[str, ...]:
    """Addresses of the timetable on a page that links to it: of the first pattern that finds any.

    Raises:
        RefusedError: a firewall answered.
        ShapeError: the file lies on a host that the file of the authority does not name.
    """
    if sniff(body) != "html":
        return ()
    refuse_walls(body)
    found = list(_links(body, url))
    for pattern in config.timetable.links:
        fitting = list(dict.fromkeys(address for address, text in found if _fits(pattern, address, text)))
        if fitting:
            return _allowed(fitting, config)
    return ()


def _links(body: bytes, url: str) -> Iterator[tuple[str, str]]:
    for node in page(decode(body)).css("a[href]"):
        address = urljoin(url, node.attrib["href"].strip())
        if address.startswith(("http://", "https://")):
            yield address, text_of(node)


def _fits(pattern: str, address: str, text: str) -> bool:
    """Whether an address fits a pattern such as `*calendario*.csv`, or its text one such as `text:Calendario*`."""
    wanted = pattern.casefold()
    if wanted.startswith("text:"):
        return fits(text, (pattern[5:],))
    parts = urlsplit(address)
    plain = unquote(f"{parts.netloc}{parts.path}").casefold()
    return fnmatchcase(plain, wanted) or fnmatchcase(unquote(address).casefold(), wanted)


def _allowed(addresses: list[str], config: TimetableConfig) -> tuple[str, ...]:
    picked = {"first": addresses[:1], "last": addresses[-1:], "all": addresses}[config.timetable.pick]
    for address in picked:
        host = urlsplit(address).hostname
        if host not in config.hosts:
            raise ShapeError(f"{config.place('links')}: the file lies on {host!r}, which is not among hosts: {address}")
    return tuple(picked)
