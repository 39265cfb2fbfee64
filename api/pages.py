"""Pages from templates: each template gets one typed object, and the frame of the site."""

from pathlib import Path
from typing import ClassVar, Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.fieldnames import field_name
from api.site import site_of
from api.wording import sureness
from corpus import formats
from corpus.glossary import GlossaryEntry, find, load_glossary
from corpus.messages import gettext, ngettext, pgettext, spoken
from corpus.vocab.labels import label
from corpus.vocab.places import country_name, language_name
from matcher.relevance import Relevance

_FOLDER = Path(__file__).parent


class Page(Protocol):
    """What a page shows; the class names its template."""

    template: ClassVar[str]


def explained(text: str) -> dict[str, GlossaryEntry]:
    """Glossary entries whose term occurs in a text of the spoken language, by key."""
    entries = load_glossary()
    return {key: entries[key] for key in find(text, spoken())}


def relevance(level: Relevance) -> str:
    """How near a record is to the idea, in a word."""
    words = {
        Relevance.STRONG: pgettext("relevance", "strong"),
        Relevance.GOOD: pgettext("relevance", "good"),
        Relevance.POSSIBLE: pgettext("relevance", "possible"),
    }
    return words[level]


class Pages:
    """Renders pages in the language that is spoken."""

    def __init__(self) -> None:
        """Load the templates."""
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER / "templates"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {"_": gettext, "ngettext": ngettext, "pgettext": pgettext}
        self._templates.filters |= {
            "label": lambda code: label(code, spoken()),
            "tongue": lambda code: language_name(code, spoken()),
            "country": lambda code: country_name(code, spoken()),
            "relevance": relevance,
            "sureness": sureness,
            "explained": explained,
            "field_name": field_name,
            "day": formats.day,
            "short_day": formats.short_day,
            "month": formats.month,
            "clock": formats.clock,
            "number": formats.number,
            "percent": formats.percent,
            "money": formats.money,
        }

    def render(self, request: Request, page: Page, status: int = 200) -> HTMLResponse:
        """A page as HTML."""
        template = self._templates.get_template(page.template)
        return HTMLResponse(template.render(page=page, site=site_of(request)), status)
