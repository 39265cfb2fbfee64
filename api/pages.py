"""Pages from templates: each template gets one typed object and nothing else."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.errors import ErrorBody
from api.schemas import CallAnswer, PracticeAnswer, ProgrammeAnswer
from api.views import AskPage
from corpus.glossary import GlossaryEntry, find, load_glossary
from corpus.vocab import Language
from corpus.vocab.labels import label
from corpus.vocab.places import country_name

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What the error page shows."""

    status: int
    error: ErrorBody


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """What the glossary page shows."""

    entries: dict[str, GlossaryEntry]


def explained(text: str, language: str = Language.EN) -> dict[str, GlossaryEntry]:
    """Glossary entries whose term occurs in a text, by key."""
    entries = load_glossary()
    return {key: entries[key] for key in find(text, Language(language))}


class Pages:
    """Renders pages."""

    def __init__(self) -> None:
        """Load the templates."""
        loader = FileSystemLoader(_FOLDER / "templates")
        self._templates = Environment(
            loader=loader,
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"label": label, "country": country_name, "explained": explained}

    def ask(self, page: AskPage, status: int = 200) -> HTMLResponse:
        """The page with the idea box, and the answer where there is one."""
        return self._render("ask.html", page, status)

    def record(self, page: CallAnswer | PracticeAnswer | ProgrammeAnswer) -> HTMLResponse:
        """The page of one record."""
        names = {CallAnswer: "call.html", PracticeAnswer: "practice.html", ProgrammeAnswer: "programme.html"}
        return self._render(names[type(page)], page, 200)

    def glossary(self) -> HTMLResponse:
        """The page of all terms."""
        return self._render("glossary.html", GlossaryPage(dict(load_glossary())), 200)

    def error(self, _request: Request, status: int, error: ErrorBody) -> HTMLResponse:
        """The page for anything that went wrong."""
        return self._render("error.html", ErrorPage(status, error), status)

    def _render(self, name: str, page: object, status: int) -> HTMLResponse:
        return HTMLResponse(self._templates.get_template(name).render(page=page), status)
