"""Which part of an idea meets which sentence of a record, and which part finds nothing there.

How near a part and a passage are is read against a list of clauses on things that no call of the collection pays
for: what the part, or the passage, has in common with these says nothing. (Nearer than to other passages would not
do: every clause, also one on container cranes, is nearest to something; and short or vague passages are near to
everything.) A part meets the passage that lies nearest in this sense, if it lies above `MEETS`.

Of that passage the sentence is shown that shares most words with the part; where they share none, as between two
languages, the one that lies nearest in meaning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from corpus.model import Call
from corpus.vocab import Language
from matcher.answer import PartMatch
from matcher.embed import Embedder, Reading
from matcher.explain import excerpt_of
from matcher.index.search import SearchIndex
from matcher.index.sentences import mean_of
from matcher.once import once
from matcher.parts import MEETS, split_idea
from matcher.retrieve import Question
from matcher.told import Told, told
from matcher.unpack import Floats
from matcher.words import tokens

UNRELATED = (
    "deep-sea drilling for natural gas",
    "a new paint shop for sports cars",
    "Aktienhandel mit Optionsscheinen",
    "le montage d'un télescope spatial",
    "la exportación de maquinaria agrícola a Asia",
    "una ricetta di pasta con le vongole",
    "silnik wysokoprężny do statków towarowych",
    "добив на медна руда",
    "greitųjų traukinių bėgių suvirinimas",
    "een legering voor vliegtuigvleugels",
    "χημική ανάλυση πετρωμάτων",
    "licenser för kasinospel på nätet",
    "vrták na betonové panely",
    "fremstilling af skibsmotorer",
    "raudteevagunite värvimine",
    "rakettien polttoaine",
    "sladoled z okusom vanilije, recept",
    "atomfizikai mérőműszer",
    "asfalta ieklāšanas iekārta",
    "magna għat-tħaffir tal-blat",
    "fábrica de pneus para camiões",
    "bursa de valori și obligațiuni",
    "motor do závodného auta",
    "rudarski stroj za iskop ugljena",
    "antenna le haghaidh satailítí",
)
"""Clauses that meet nothing, in the 24 languages: what lies as near as these is no meeting."""
SHIFT_TAKEN_OFF = 0.6
"""Share of the shift between languages that is taken off, as in the search."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an idea, ready to be compared."""

    text: str
    vector: Floats
    tokens: Floats
    """Mean of its tokens, of length one: what sentences are compared with."""
    words: frozenset[str]
    shifts: dict[Language, float]
    """How much nearer the part is to passages of a language, whatever they say."""
    unrelated: float
    """How near it is to unrelated clauses."""


@dataclass(frozen=True, slots=True)
class _Chance:
    """The unrelated clauses: their vectors, how near they are to passages, and how widely that differs."""

    vectors: Floats
    mean: float
    spread: float


@dataclass(frozen=True, slots=True)
class _Read:
    """What a call says beside its title, ready to be compared: passages, their vectors, and how near chance lies."""

    told: list[Told]
    languages: list[Language]
    vectors: Floats
    beside: Floats


@dataclass(frozen=True, slots=True)
class _Met:
    """A part and the passage nearest to it."""

    part: Part
    told: Told
    nearness: float


class Meetings:
    """Compares parts of ideas with the passages of calls."""

    def __init__(self, index: SearchIndex, embedder: Embedder) -> None:
        """Take the index that holds the vectors of passages, and the model for parts."""
        self._index = index
        self._embedder = embedder
        self._read = once(self._take)

    def parts(self, question: Question) -> tuple[Part, ...]:
        """Parts of an idea, with their vectors."""
        texts = split_idea(question.text, question.language)
        readings = [question.reading] if len(texts) == 1 else self._embedder.read_queries(texts) if texts else []
        return self.as_parts(texts, readings, question.language)

    def as_parts(
        self, texts: Sequence[str], readings: Sequence[Reading], language: Language | None
    ) -> tuple[Part, ...]:
        """Parts that the model has read."""
        return tuple(self.part(text, reading, language) for text, reading in zip(texts, readings, strict=True))

    def part(self, text: str, reading: Reading, language: Language | None) -> Part:
        """A part as the model reads it."""
        shifts = self._index.terms.offsets(reading.vector)
        unrelated = float((self._chance.vectors @ reading.vector).mean())
        middle = mean_of(reading, 0, len(text))
        return Part(text, reading.vector, middle, frozenset(tokens(text, language)), shifts, unrelated)

    @cached_property
    def _chance(self) -> _Chance:
        vectors = self._index.kept.queries("unrelated", UNRELATED)
        found = [self._index.background(vector, "call") for vector in vectors]
        spread = float(np.mean([one.spread for one in found]))
        return _Chance(vectors, float(np.mean([one.mean for one in found])), spread)

    def warm_up(self) -> None:
        """Load what every question is compared with."""
        _ = self._chance

    def of_calls(self, calls: Sequence[Call], parts: Sequence[Part]) -> list[tuple[PartMatch, ...]]:
        """For each call what each part meets in it."""
        return [tuple(_shown(call, one, self._sentence(one)) for one in self._nearest(call, parts)) for call in calls]

    def meets(self, call: Call, parts: Sequence[Part]) -> bool:
        """Whether a sentence of a call meets any of the parts."""
        return any(one.nearness >= MEETS for one in self._nearest(call, parts))

    def _take(self, call: Call) -> _Read:
        # Subjects are our coding, and a title stands above anyway: neither is a sentence of the record.
        whole = told(call)
        chosen = [item for item in whole if item.passage.field not in ("subjects", "whole")] or list(whole)
        vectors = self._index.vectors([item.key for item in chosen])
        beside = (vectors @ self._chance.vectors.T).mean(axis=1)
        return _Read(chosen, [item.passage.language for item in chosen], vectors, beside)

    def _nearest(self, call: Call, parts: Sequence[Part]) -> list[_Met]:
        if not parts:
            return []
        read = self._read(call)
        near = self._nearness(read.vectors, read.beside, read.languages, parts)
        best, most = near.argmax(axis=0).tolist(), near.max(axis=0).tolist()
        return [_Met(part, read.told[at], value) for part, at, value in zip(parts, best, most, strict=True)]

    def nearness(self, texts: Floats, languages: Sequence[Language], parts: Sequence[Part]) -> Floats:
        """How near each part (column) is to each text (row), in spreads of the nearness of unrelated clauses."""
        return self._nearness(texts, (texts @ self._chance.vectors.T).mean(axis=1), languages, parts)

    def _nearness(self, texts: Floats, beside: Floats, languages: Sequence[Language], parts: Sequence[Part]) -> Floats:
        chance = self._chance
        shifts = [[SHIFT_TAKEN_OFF * part.shifts.get(language, 0.0) for part in parts] for language in languages]
        unrelated = np.array([part.unrelated for part in parts], np.float32) - chance.mean
        cosines = texts @ np.stack([part.vector for part in parts]).T
        near: Floats = ((cosines - np.array(shifts) - beside[:, np.newaxis] - unrelated) / chance.spread).astype("f4")
        return near

    def _sentence(self, one: _Met) -> str | None:
        """The sentence of a passage that a part meets; the whole passage where they cannot be told apart."""
        if one.nearness < MEETS:
            return None
        sentences = one.told.sentences
        if len(sentences) == 1:
            return sentences[0][0]
        return _by_words(one) or self._by_meaning(one) or one.told.passage.text

    def _by_meaning(self, one: _Met) -> str | None:
        (vectors,) = self._index.sentences([one.told.key])
        if len(vectors) != len(one.told.sentences):
            return None
        return one.told.sentences[int((vectors @ one.part.tokens).argmax())][0]


def _by_words(one: _Met) -> str | None:
    """The one sentence that shares most words with the part; None where none does, or two do alike."""
    shared = [len(one.part.words & words) for _, words in one.told.sentences]
    most = max(shared, default=0)
    return one.told.sentences[shared.index(most)][0] if most and shared.count(most) == 1 else None


def _shown(call: Call, one: _Met, sentence: str | None) -> PartMatch:
    excerpt = excerpt_of(call, one.told.passage, sentence) if sentence else None
    return PartMatch(part=one.part.text, nearness=round(one.nearness, 2), sentence=excerpt)
