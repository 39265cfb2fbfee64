import io
import zipfile

import pytest
from openpyxl import Workbook

from corpus.desk.errors import ContentError
from corpus.desk.sheets import MOST_BYTES, MOST_ROWS, read_rows


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def test_a_workbook_and_a_csv_say_the_same() -> None:
    sheet = workbook(("Title", "Population"), ("A kitchen", 6000.0), (None, None), ("A garden", "12 000"))
    expected = [{"title": "A kitchen", "population": "6000"}, {"title": "A garden", "population": "12 000"}]
    assert read_rows("a.xlsx", sheet) == expected
    for separator, encoding in ((",", "utf-8"), (";", "utf-8-sig"), ("\t", "cp1252")):
        text = "Title,Population\nA kitchen,6000\n,\nA garden,12 000\n".replace(",", separator)
        assert read_rows("a.csv", text.encode(encoding)) == expected


def test_letters_of_the_union_survive() -> None:
    assert read_rows("a.csv", "title\nŽąsų Łąka Българ\n".encode())[0]["title"] == "Žąsų Łąka Българ"
    assert read_rows("a.csv", "title\nCafé\n".encode("cp1252"))[0]["title"] == "Café"


def test_a_formula_is_text_and_nothing_is_evaluated() -> None:
    assert read_rows("a.csv", b'title\n"=HYPERLINK(""http://evil"")"\n')[0]["title"].startswith("=HYPERLINK")
    assert read_rows("a.xlsx", workbook(("title",), ("=1+1",), ("x",))) == [{"title": "x"}]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


def laughs() -> bytes:
    """A workbook whose sheet declares entities that grow when they are read."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("title",), ("a",)))) as whole, zipfile.ZipFile(out, "w") as archive:
        for name in whole.namelist():
            data = whole.read(name)
            if name.endswith("sheet1.xml"):
                entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
                data = data.replace(b"<worksheet", entity + b"<worksheet", 1)
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.xlsx", b"no workbook", "no XLSX file"),
        ("a.xlsx", bomb(), "60 MB when unpacked"),
        ("a.xlsx", laughs(), "no XLSX file"),
        ("a.csv", b"\x00\x01", "neither CSV nor XLSX"),
        ("a.csv", b"", "no headings"),
        ("a.csv", b"title,title\na,b\n", "same heading"),
        ("a.csv", b'title\n"open\n', "cannot be read as CSV"),
        ("a.csv", b"title\n" + b"x\n" * (MOST_ROWS + 1), "split the file"),
        ("a.csv", b"x" * (MOST_BYTES + 1), "larger than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_is_refused_with_what_would_do(name: str, data: bytes, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        read_rows(name, data)
