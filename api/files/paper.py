"""A paper: what a person takes to a meeting, before it is a DOCX or a PDF."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from api.files.values import Value, clean, shown
from corpus.messages import spoken
from corpus.vocab import Language


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text, its language, and where it leads."""

    text: str
    language: Language
    href: str | None = None


Line = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 stands below the title of the paper."""

    words: Line
    level: Literal[1, 2] = 1
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a quiet one is small."""

    words: Line
    quiet: bool = False
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what is known."""

    name: str
    words: Line


@dataclass(frozen=True, slots=True)
class Facts:
    """A list of facts."""

    pairs: tuple[Fact, ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of lines."""

    items: tuple[Line, ...]
    kind: Literal["bullets"] = "bullets"


Block = Heading | Paragraph | Facts | Bullets


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in one language, with foreign words marked as such."""

    title: str
    title_language: Language
    language: Language
    date: dt.date
    footer: str
    blocks: tuple[Block, ...]


def say(text: str, language: Language | None = None, href: str | None = None) -> Line:
    """Words in a language (the spoken one where none is named)."""
    return (Words(clean(text), language or spoken(), href),)


def fact(name: str, value: Value, language: Language | None = None) -> Fact:
    """A value under its name; an address leads where it says."""
    text = shown(value)
    href = text if isinstance(value, str) and text.startswith(("https://", "http://")) and " " not in text else None
    return Fact(name, say(text, language, href))
