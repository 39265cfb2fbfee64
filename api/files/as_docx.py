"""A paper as DOCX: styles that a word processor knows, foreign words marked, addresses that lead somewhere."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
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
    sheet = _Sheet(document, paper.language)
    sheet.add("Title", (Words(paper.title, paper.title_language),))
    for block in paper.blocks:
        _write(sheet, block)
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


@dataclass(frozen=True)
class _Sheet:
    """A document that is written from its beginning to its end.

    The library looks through the whole body, all styles and all links for every paragraph, which takes a quarter of a
    minute for a long list; here each style and each address is looked up once.
    """

    document: DocxDocument
    language: Language
    _styles: dict[str, str] = field(default_factory=dict)
    _links: dict[str, str] = field(default_factory=dict)

    def paragraph(self, style: str | None = None) -> DocxParagraph:
        """A new one, after all others."""
        element = OxmlElement("w:p")
        # The last thing in a body is the shape of its pages.
        self.document.element.body[-1].addprevious(element)
        paragraph = DocxParagraph(element, self.document._body)
        if style is not None:
            paragraph._p.style = self._style(style)
        return paragraph

    def add(self, style: str | None, line: Line, shape: Callable[[Run], None] | None = None) -> None:
        """A new paragraph with a line."""
        self.fill(self.paragraph(style), line, shape)

    def fill(self, paragraph: DocxParagraph, line: Line, shape: Callable[[Run], None] | None = None) -> None:
        for words in line:
            run = paragraph.add_run(words.text)
            if shape is not None:
                shape(run)
            if words.language is not self.language:
                _set_language(run._element.get_or_add_rPr(), words.language)
            if words.href is not None:
                self._link(paragraph, run, words.href)

    def _link(self, paragraph: DocxParagraph, run: Run, href: str) -> None:
        """Wrap a run in a hyperlink."""
        run.font.underline = True
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self._relation(href))
        link.append(run._element)
        paragraph._p.append(link)

    def _relation(self, href: str) -> str:
        if href not in self._links:
            relations = self.document.part.rels
            name = f"rIdLink{len(self._links) + 1}"
            relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, href, name, is_external=True)
            self._links[href] = name
        return self._links[href]

    def _style(self, name: str) -> str:
        if name not in self._styles:
            found = self.document.styles.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH)
            assert found is not None, f"the template of the library has no style {name}"  # noqa: S101
            self._styles[name] = found
        return self._styles[name]


def _write(sheet: _Sheet, block: Block) -> None:
    if isinstance(block, Heading):
        sheet.add(f"Heading {block.level}", block.words)
    elif isinstance(block, Facts):
        for pair in block.pairs:
            paragraph = sheet.paragraph()
            paragraph.paragraph_format.space_after = Pt(3)
            paragraph.add_run(f"{pair.name} " if pair.name.endswith("?") else f"{pair.name}: ").bold = True
            sheet.fill(paragraph, pair.words)
    elif isinstance(block, Bullets):
        for item in block.items:
            sheet.add("List Bullet", item)
    else:
        sheet.add(None, block.words, _small if block.quiet else None)


def _small(run: Run) -> None:
    run.font.size = Pt(9)


def _set_language(properties: BaseOxmlElement, language: Language) -> None:
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language.value)
    properties.append(mark)
