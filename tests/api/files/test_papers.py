import datetime as dt
import io
import time
import zipfile
from dataclasses import replace

import docx
import mammoth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from api.files.as_docx import as_docx
from api.files.as_pdf import as_pdf
from api.files.columns import call_columns, choose
from api.files.lists import list_paper
from api.files.paper import Bullets, Heading, Paper, Paragraph, Words, say
from api.rows import CallRow
from corpus.messages import speaking
from corpus.vocab import Language
from tests.api.files.samples import ABOUT, bare, whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(*rows: CallRow, columns: str = "") -> Paper:
    return list_paper(ABOUT, choose(call_columns(), columns), rows)


def words_of_docx(data: bytes) -> str:
    """By a reader that did not write it."""
    text = mammoth.extract_raw_text(io.BytesIO(data)).value
    assert isinstance(text, str)
    return " ".join(text.split())


def words_of_pdf(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


@pytest.mark.parametrize(("write", "read"), [(as_docx, words_of_docx), (as_pdf, words_of_pdf)], ids=["docx", "pdf"])
def test_a_paper_says_what_the_row_says(write, read) -> None:  # type: ignore[no-untyped-def]
    text = read(write(made(whole())))
    for words in (
        "Безопасни улици",
        "Next deadline: 1 February 2027",
        "Largest grant: €200,000.50",
        "You pay at least (%): 15%",
        "first term: 1 February 2027 at 17:00 (Europe/Sofia); 15 June 2027 (indicative)",
        "Fund: ERDF",
        "As of 22 November 2026",
        "Sources: Call page; https://example.org/other. Checked on 1 November 2026.",
        "Check every call at its source",
    ):
        assert words in text, words


@pytest.mark.parametrize(("write", "read"), [(as_docx, words_of_docx), (as_pdf, words_of_pdf)], ids=["docx", "pdf"])
def test_what_is_not_known_is_named(write, read) -> None:  # type: ignore[no-untyped-def]
    text = read(write(made(bare())))
    assert "Not known: Next deadline; Opens; Smallest grant; Largest grant" in text


@pytest.mark.parametrize(("write", "read"), [(as_docx, words_of_docx), (as_pdf, words_of_pdf)], ids=["docx", "pdf"])
def test_an_empty_list_is_a_whole_paper(write, read) -> None:  # type: ignore[no-untyped-def]
    assert "0 entries" in read(write(made()))


def test_foreign_words_are_marked_in_a_docx() -> None:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(as_docx(made(whole())))).read("word/document.xml"))
    runs = [run for run in root.iter(f"{W}r") if "".join(run.itertext()) == "Безопасни улици"]
    assert [lang.get(f"{W}val") for run in runs for lang in run.iter(f"{W}lang")] == ["bg"]


def test_addresses_lead_where_they_say() -> None:
    part = docx.Document(io.BytesIO(as_docx(made(whole())))).part
    targets = {relation.target_ref for relation in part.rels.values() if relation.is_external}
    assert {"https://example.org/page", "https://example.org/other", ABOUT.page} <= targets
    links = [
        note.get_object() for page in PdfReader(io.BytesIO(as_pdf(made(whole())))).pages for note in page.annotations
    ]
    assert {"https://example.org/page", "https://example.org/other"} <= {link["/A"]["/URI"] for link in links}


def test_headings_are_headings() -> None:
    styles = [p.style.name for p in docx.Document(io.BytesIO(as_docx(made(whole())))).paragraphs if p.style]
    assert styles[0] == "Title"
    assert "Heading 1" in styles


def test_a_pdf_is_tagged_names_its_language_and_carries_its_fonts() -> None:
    with speaking(Language.BG):
        reader = PdfReader(io.BytesIO(as_pdf(made(whole()))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "bg"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Calls"
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    deep = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert deep
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in deep)


@pytest.mark.parametrize(
    "text", ["Žemaičių žalioji erdvė", "Łódź: zażółć gęślą jaźń", "Ямбол, щъркел", "Größe œuvre ĳ"]
)
def test_every_alphabet_of_the_interface_is_shown(text: str) -> None:
    assert text in words_of_pdf(as_pdf(made(whole(title=text))))


def test_words_are_never_commands_of_the_typesetter() -> None:
    title = '#panic("x") *bold* $x$ <label> @ref \\ // /* = head'
    assert title in words_of_pdf(as_pdf(made(whole(title=title))))


def test_a_sign_without_a_glyph_costs_no_paper() -> None:
    assert "Largest grant" in words_of_pdf(as_pdf(made(whole(title="Streets 😀 中文"))))


def test_equal_rows_make_equal_papers() -> None:
    assert as_pdf(made(whole())) == as_pdf(made(whole()))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_makes_a_paper_that_opens(text: str) -> None:
    blocks = (Heading(say(text)), Paragraph(say(text, Language.BG)), Bullets((say(text),)))
    paper = Paper("Title", Language.EN, Language.EN, dt.date(2026, 11, 22), "Isopolis", blocks)
    assert len(PdfReader(io.BytesIO(as_pdf(paper))).pages) > 0
    assert "Title" in words_of_docx(as_docx(paper))


def test_a_long_list_becomes_a_document_in_little_time() -> None:
    """Of many paragraphs and links none is looked for among all others."""
    link = Words("there", Language.EN, "https://example.org/same")
    blocks = (Heading(say("One", Language.EN), 2), Bullets(((link,),) * 3)) * 400
    paper = replace(made(), blocks=blocks)
    before = time.process_time()
    document = docx.Document(io.BytesIO(as_docx(paper)))
    assert time.process_time() - before < 5
    assert [p.style.name for p in document.paragraphs[1:3] if p.style] == ["Heading 2", "List Bullet"]
    assert len(document.paragraphs) == 1 + 4 * 400
    assert [link.address for p in document.paragraphs for link in p.hyperlinks] == ["https://example.org/same"] * 1200
