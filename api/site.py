"""What every page knows of the site: its language, its own address, the same page in other languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from babel import Locale
from starlette.requests import Request

from api.theme import PLAIN, Theme
from corpus.vocab.places import INTERFACE_LANGUAGES, Language

DATA_PATHS = ("/v1/", "/health")
"""Where programs are answered: English unless they ask for another language, errors as JSON."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """The page in a language of the interface."""

    code: Language
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Site:
    """The frame of a page."""

    language: Language
    path: str
    """Address of the page without its language, with its query."""
    posted: bool
    """The page answers a form that was posted: its address alone does not bring it back."""
    contact: str = ""
    """Address of e-mail to which errors are reported."""
    theme: Theme = PLAIN
    framed: bool = False
    """The page is shown inside a page of a partner: header and footer are left to that page."""
    desk: bool = False
    """There is a desk, at which people can correct what they read."""

    def list_url(self, path: str) -> str:
        """Address of a page of the menu, with the filters with which this site begins."""
        return self.url(self.theme.begins(path))

    def report(self, what: str) -> str:
        """An address that opens a mail about something, or nothing where nobody reads mail."""
        query = urlencode({"subject": f"Isopolis: {what}"}, quote_via=quote)
        return f"mailto:{self.contact}?{query}" if self.contact else ""

    def url(self, path: str) -> str:
        """Address of another page in the same language."""
        return f"/{self.language}{path}"

    def tongues(self) -> Iterator[Tongue]:
        """This page in every language of the interface."""
        for code in INTERFACE_LANGUAGES:
            name = str(Locale(code).get_display_name(code)).capitalize()
            yield Tongue(code, name, f"/{code}{self.path}", code is self.language)


def site_of(request: Request) -> Site:
    """The frame for a request."""
    language = asked_language(request)
    path = request.url.path
    if _in_path(path) is not None:
        path = path[3:] or "/"
    query = f"?{request.url.query}" if request.url.query else ""
    contact = getattr(request.app.state, "contact", "")
    theme: Theme = getattr(request.app.state, "theme", PLAIN)
    framed = bool(theme.embed) and request.headers.get("sec-fetch-dest") == "iframe"
    desk = getattr(request.app.state, "desk", None) is not None
    return Site(language, path + query, request.method == "POST", contact, theme, framed, desk)


def asked_language(request: Request) -> Language:
    """The language of the answer: of the address, else of `?language=`, else the best that the reader accepts."""
    found = _in_path(request.url.path) or _known(request.query_params.get("language", ""))
    if found is not None:
        return found
    if request.url.path.startswith(DATA_PATHS):
        return Language.EN
    return accepted(request.headers.get("accept-language", ""))


def home_address(request: Request) -> str:
    """The first page in the language of the request, as files and feeds name it: whole, without a slash at its end."""
    public = getattr(request.app.state, "address", "") or str(request.base_url).rstrip("/")
    return f"{public}/{asked_language(request)}"


def accepted(header: str) -> Language:
    """The best language of the interface for an Accept-Language header (RFC 9110, 12.5.4); English where none fits."""
    wishes = [_wish(part) for part in header.split(",") if part.strip()]
    for _, tag in sorted((wish for wish in wishes if wish[0] > 0), key=lambda wish: -wish[0]):
        found = _known(tag.partition("-")[0])
        if found is not None:
            return found
    return Language.EN


def _wish(part: str) -> tuple[float, str]:
    tag, _, parameter = part.strip().lower().partition(";")
    name, _, value = parameter.strip().partition("=")
    try:
        return (float(value) if name.strip() == "q" else 1.0), tag.strip()
    except ValueError:
        return 0.0, tag.strip()


def _in_path(path: str) -> Language | None:
    return _known(path[1:3]) if path[3:4] in {"", "/"} else None


def _known(code: str) -> Language | None:
    return next((language for language in INTERFACE_LANGUAGES if language.value == code), None)
