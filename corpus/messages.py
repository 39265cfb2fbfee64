"""Sentences for people, in the languages of the interface.

Code and templates write English with named places, `_("{count} days left", count=5)`; catalogs in `corpus/locale/*.po`
(gettext, one a language) hold the others. Which language is spoken is said once, at the edge, by `speaking`; what runs
inside it, also in worker threads that are started there, speaks it. A sentence without a translation is shown in
English. `python -m docs.messages` brings the catalogs up to date with the code.
"""

import gettext as gnu
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from corpus.vocab.places import INTERFACE_LANGUAGES, Language

LOCALE = Path(__file__).parent / "locale"

_TWO_POINTS = re.compile(r"(?<!\.)\.\.(?!\.)")

_language: ContextVar[Language] = ContextVar("language", default=Language.EN)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language of the interface until the end of the block; any other is English."""
    token = _language.set(language if language in INTERFACE_LANGUAGES else Language.EN)
    try:
        yield
    finally:
        _language.reset(token)


def spoken() -> Language:
    """The language in which sentences are written now."""
    return _language.get()


def gettext(message: str, **values: object) -> str:
    """A sentence in the language that is spoken, its named places filled in."""
    return _filled(_catalog(spoken()).gettext(message), values)


def ngettext(singular: str, plural: str, n: int, **values: object) -> str:
    """A sentence whose form follows a number, which stands at `{n}`."""
    return _filled(_catalog(spoken()).ngettext(singular, plural, n), {"n": n, **values})


def pgettext(context: str, message: str, **values: object) -> str:
    """A sentence or word whose translation depends on where it stands."""
    return _filled(_catalog(spoken()).pgettext(context, message), values)


def _filled(message: str, values: dict[str, object]) -> str:
    if not values:
        return message
    # Dates of some languages end with a point (`22 ноември 2026 г.`), which is also that of the sentence.
    return _TWO_POINTS.sub(".", message.format_map(values))


@cache
def _catalog(language: Language) -> gnu.NullTranslations:
    path = LOCALE / f"{language}.po"
    if not path.exists():
        return gnu.NullTranslations()
    with path.open("rb") as lines:
        catalog = read_po(lines, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)
