"""The labelled texts, and what is read in them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bench.prose.score import Tallies, canonical, tallies
from corpus.vocab import Language
from crawler.prose import Kind, read, written

FOLDER = Path(__file__).parent
HALVES = ("open", "held", "fresh")
GROUPS = ("known", "sealed")
FIRST_SEALED = 108
"""Number of the first text that nobody who writes rules has read; sealed texts with smaller numbers were opened."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the values that it says, by kind."""

    name: str
    language: Language
    half: str
    text: str
    facts: dict[Kind, frozenset[str]]

    @property
    def group(self) -> str:
        """`sealed`: an even number from `FIRST_SEALED` on, which nobody reads; `known`: all others."""
        number = int(self.name.partition("-")[0])
        return "sealed" if number >= FIRST_SEALED and number % 2 == 0 else "known"


@cache
def texts() -> tuple[Text, ...]:
    """All texts, in the order of their names.

    Raises:
        ValueError: a file is in the folder of another language, or has a kind or half that does not exist.
    """
    return tuple(_text(path) for path in sorted(FOLDER.glob("*/*.yml")))


def _text(path: Path) -> Text:
    row = yaml.safe_load(path.read_text(encoding="utf-8"))
    if row["language"] != path.parent.name or row["half"] not in HALVES:
        raise ValueError(f"{path}: language {row['language']!r} or half {row['half']!r} does not fit")
    said = {Kind(kind): frozenset(map(canonical, values)) for kind, values in row["facts"].items()}
    return Text(path.stem, Language(row["language"]), row["half"], row["text"], said)


def values_read(text: Text) -> dict[Kind, set[str]]:
    """What the reader finds in a text, by kind."""
    found: dict[Kind, set[str]] = defaultdict(set)
    for fact in read(text.text, text.language):
        found[fact.kind].add(canonical(written(fact.value)))
    return found


def measured() -> dict[tuple[str, Language], Tallies]:
    """Tallies by kind, for each group and language."""
    found: dict[tuple[str, Language], Tallies] = defaultdict(tallies)
    for text in texts():
        for kind, read_, said in compared(text):
            found[text.group, text.language][kind].add(read_, said)
    return found


def compared(text: Text) -> Iterator[tuple[Kind, set[str], set[str]]]:
    """Values that were read and values that are said, for each kind that has any."""
    read_ = values_read(text)
    for kind in Kind:
        if kind in read_ or kind in text.facts:
            yield kind, read_.get(kind, set()), set(text.facts.get(kind, ()))
