"""A paper as DOCX: styles that a word processor knows, foreign words marked, addresses that lead somewhere."""

import datetime as dt
import io
from collections.abc import Callable

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from api.files.paper import Block, Bullets, Facts, Heading, Line, Paper, Words
from corpus.vocab import Language

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_docx(paper: Paper) -> bytes:
    """The paper."""
    document = Document()
    _prepare(document, paper)
    _add(document.add_paragraph(style="Title"), (Words(paper.title, paper.title_language),), paper.language)
    for block in paper.blocks:
        _write(document, block, paper.language)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _prepare(document: DocxDocument, paper: Paper) -> None:
    moment = dt.datetime.combine(paper.date, dt.time(0))
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title[:255], "Isopolis", paper.language.value
    properties.created = properties.modified = moment
    properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    _set_language(normal.element.get_or_add_rPr(), paper.language)
    section.footer.paragraphs[0].text = paper.footer


def _write(document: DocxDocument, block: Block, language: Language) -> None:
    if isinstance(block, Heading):
        _add(document.add_heading(level=block.level), block.words, language)
    elif isinstance(block, Facts):
        for pair in block.pairs:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(3)
            paragraph.add_run(f"{pair.name} " if pair.name.endswith("?") else f"{pair.name}: ").bold = True
            _add(paragraph, pair.words, language)
    elif isinstance(block, Bullets):
        for item in block.items:
            _add(document.add_paragraph(style="List Bullet"), item, language)
    else:
        _add(document.add_paragraph(), block.words, language, _small if block.quiet else None)


def _small(run: Run) -> None:
    run.font.size = Pt(9)


def _add(paragraph: DocxParagraph, line: Line, language: Language, shape: Callable[[Run], None] | None = None) -> None:
    for words in line:
        run = paragraph.add_run(words.text)
        if shape is not None:
            shape(run)
        if words.language is not language:
            _set_language(run._element.get_or_add_rPr(), words.language)
        if words.href is not None:
            _link(paragraph, run, words.href)


def _link(paragraph: DocxParagraph, run: Run, href: str) -> None:
    """Wrap a run in a hyperlink."""
    run.font.underline = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._element)
    paragraph._p.append(link)


def _set_language(properties: BaseOxmlElement, language: Language) -> None:
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language.value)
    properties.append(mark)
