"""Small files in every format, made here: what stands in them is invented."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]
_MARGIN, _WIDTH, _HEIGHT, _LINE = 20, 842, 595, 10


def xlsx(rows: Rows, merged: Sequence[str] = (), name: str = "Plan", **other: Rows) -> bytes:
    """A workbook with one sheet, and others by their names."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for span in merged:
        sheet.merge_cells(span)
    for title, more in other.items():
        extra = book.create_sheet(title)
        for row in more:
            extra.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    """An archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=stored)
    return out.getvalue()


def ods(table: str, head: str = "") -> bytes:
    """A table of an office suite; `table` is the XML of its rows."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="Plan">{table}</table:table>'
    content = (
        f'<?xml version="1.0"?>{head}<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"{body}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode()})


def ods_row(*cells: str) -> str:
    """A row of texts."""
    inner = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table-row>{inner}</table:table-row>"


def html(*tables: str, head: str = "") -> bytes:
    """A page with tables, given as the HTML of their rows."""
    body = "".join(f"<table>{rows}</table>" for rows in tables)
    return f"<!DOCTYPE html><html><head>{head}<title>Plan</title></head><body>{body}</body></html>".encode()


def tr(*cells: str, tag: str = "td") -> str:
    """A row of an HTML table."""
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def pdf(pages: Sequence[Rows], widths: Sequence[int], lines: bool = True) -> bytes:
    """A PDF with one table a page, in Western letters; without `lines` the table has no borders."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONT]
    kids = []
    for rows in pages:
        content = _page(rows, widths, lines).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(_PAGE % (_WIDTH, _HEIGHT, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _document(objects)


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"


def _page(rows: Rows, widths: Sequence[int], lines: bool) -> str:
    drawn, top = [], _HEIGHT - _MARGIN
    for row in rows:
        high = _LINE * max(len(str(cell).split("\n")) for cell in row) + 6
        left = _MARGIN
        for cell, width in zip(row, widths, strict=True):
            if lines:
                drawn.append(f"{left} {top - high} {width} {high} re S")
            for number, text in enumerate(str(cell).split("\n"), 1):
                plain = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
                drawn.append(f"BT /F1 8 Tf {left + 3} {top - _LINE * number} Td ({plain}) Tj ET")
            left += width
        top -= high
    return "\n".join(drawn)


def _document(objects: Sequence[bytes]) -> bytes:
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
