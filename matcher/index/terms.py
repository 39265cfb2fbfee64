"""Vectors of the vocabulary, in every interface language: what an idea is about, and how languages differ.

The definitions are one text in several languages. How much nearer a question is to their Bulgarian versions
than to their English ones therefore says how much nearer it is to anything Bulgarian, whatever it says.
"""

from collections.abc import Iterator
from enum import StrEnum

from corpus.vocab import Language, Subject, TargetGroup, Theme
from corpus.vocab.labels import terms
from corpus.vocab.places import INTERFACE_LANGUAGES
from matcher.index.kept import KeptVectors
from matcher.unpack import Floats

KINDS: tuple[type[StrEnum], ...] = (Subject, TargetGroup, Theme)


def _texts() -> Iterator[tuple[str, Language, str]]:
    """Code, language and text of every term."""
    for kind in KINDS:
        for code, term in terms(kind).items():
            for language in INTERFACE_LANGUAGES:
                name = f"{kind.__name__}.{code}"
                yield name, language, f"{term.labels[language]}. {term.definition.get(language, '')}".strip()


def definitions() -> list[str]:
    """Every term with its definition, in every interface language."""
    return [text for _, _, text in _texts()]


class TermVectors:
    """Vectors of terms: `codes` x languages x dimension."""

    def __init__(self, codes: list[str], vectors: Floats) -> None:
        """Keep the codes (`TargetGroup.roma`) and the means of their vectors over languages, and over codes."""
        self.codes = codes
        self._of_codes = vectors.mean(axis=1)
        self._of_languages = vectors.mean(axis=0) - vectors.mean(axis=(0, 1))

    @classmethod
    def load(cls, kept: KeptVectors) -> "TermVectors":
        """The vectors, made the first time, and again when the vocabulary changes."""
        rows = list(_texts())
        codes = list(dict.fromkeys(code for code, _, _ in rows))
        flat = kept.passages("terms", [text for _, _, text in rows])
        return cls(codes, flat.reshape(len(codes), len(INTERFACE_LANGUAGES), -1))

    def offsets(self, question: Floats) -> dict[Language, float]:
        """How much nearer the question is to each language than to all of them, meaning left aside."""
        return dict(zip(INTERFACE_LANGUAGES, (self._of_languages @ question).tolist(), strict=True))

    def nearest(self, question: Floats, kind: type[StrEnum]) -> list[tuple[str, float]]:
        """Codes of one list by how well they fit the question, in standard deviations over the list."""
        cosines = self._of_codes @ question
        prefix = f"{kind.__name__}."
        places = [place for place, code in enumerate(self.codes) if code.startswith(prefix)]
        chosen = cosines[places]
        scores = (chosen - chosen.mean()) / max(float(chosen.std()), 1e-6)
        ranked = sorted(zip(places, scores.tolist(), strict=True), key=lambda item: -item[1])
        return [(self.codes[place].removeprefix(prefix), score) for place, score in ranked]
