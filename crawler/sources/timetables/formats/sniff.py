"""What a file is, by its first bytes: names and content types of such files are often wrong."""

from collections.abc import Callable, Sequence

from crawler.errors import RefusedError, ShapeError
from crawler.sources.timetables.formats.cells import MOST_BYTES, Table
from crawler.sources.timetables.formats.delimited import read_csv
from crawler.sources.timetables.formats.opendocument import read_ods
from crawler.sources.timetables.formats.portable import read_pdf
from crawler.sources.timetables.formats.web import read_html
from crawler.sources.timetables.formats.workbook import read_xlsx

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TURNED_AWAY = (
    "Request Rejected",
    "support ID is",
    "Attention Required! | Cloudflare",
    "Just a moment...",
    "Checking your browser",
    "Access Denied",
    "Access to this page has been denied",
)
_DECLARED = 1_000_000


def sniff(body: bytes) -> str:
    """Format of a file.

    Raises:
        RefusedError: the page of a firewall.
        ShapeError: an empty answer, one that is too large, or a format that cannot be read.
    """
    if not body.strip():
        raise ShapeError("the answer is empty")
    if len(body) > MOST_BYTES:
        raise ShapeError(f"the file has {len(body):,} bytes: more than {MOST_BYTES:,} are not read")
    if body.startswith(_OLD_OFFICE):
        raise ShapeError("the file is an old XLS or DOC file, or one with a password; only XLSX and ODS are read")
    if body.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if body.startswith(b"PK"):
        return "ods" if b"opendocument.spreadsheet" in body[:200] else "xlsx"
    return "html" if _is_html(body) else "csv"


def _is_html(body: bytes) -> bool:
    head = body[:4000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    html = head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")) or b"<html" in head
    if html or head.startswith(b"<"):
        refuse_walls(body)
    return html or head.startswith(b"<")


def refuse_walls(body: bytes) -> None:
    """Refuse the page of a firewall, which comes with status 200."""
    text = body[:_DECLARED].decode("utf-8", "replace")
    if len(text) < 20_000 and (words := next((words for words in _TURNED_AWAY if words in text), None)):
        raise RefusedError(f"a firewall answered instead of the authority: {words!r}")


def read_tables(body: bytes, url: str, formats: Sequence[str], encoding: str) -> list[Table]:
    """Read the tables of a file of one of the formats expected.

    Raises:
        RefusedError: the page of a firewall.
        ShapeError: another format, or one that cannot be read.
    """
    found = sniff(body)
    if found not in formats:
        hint = " (a page instead of the file: is there a login, or has the file moved?)" if found == "html" else ""
        raise ShapeError(f"expected {' or '.join(formats)}, but the answer is {found}{hint}")
    readers: dict[str, Callable[[], list[Table]]] = {
        "csv": lambda: read_csv(body, encoding),
        "xlsx": lambda: read_xlsx(body),
        "ods": lambda: read_ods(body),
        "html": lambda: read_html(body, url),
        "pdf": lambda: read_pdf(body),
    }
    return readers[found]()
