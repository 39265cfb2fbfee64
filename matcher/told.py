"""What a record says, taken apart once: its passages, their keys, and their sentences with their words.

A call that many ideas meet is taken apart for the first of them.
"""

from dataclasses import dataclass
from functools import cached_property

from matcher.once import once
from matcher.parts import sentences_of
from matcher.text import Indexed, Passage, passages
from matcher.words import tokens


@dataclass(frozen=True)
class Told:
    """A passage with its key and, when asked for, its sentences."""

    passage: Passage
    key: str

    @cached_property
    def sentences(self) -> list[tuple[str, frozenset[str]]]:
        """Sentences, each with its words."""
        language = self.passage.language
        return [(text, frozenset(tokens(text, language))) for text in sentences_of(self.passage.text, language)]


def _told(record: Indexed) -> tuple[Told, ...]:
    return tuple(Told(passage, passage.key) for passage in passages(record))


told = once(_told)
"""Passages of a call or practice."""
