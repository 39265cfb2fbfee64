"""Which part of an idea meets which sentence of a record, and which part finds nothing there.

How near a part and a passage are is read against a list of clauses on things that no call of the collection pays
for: what the part, or the passage, has in common with these says nothing. (Nearer than to other passages would not
do: every clause, also one on container cranes, is nearest to something; and short or vague passages are near to
everything.) A part meets the passage that lies nearest in this sense, if it lies above `MEETS`.

Of that passage the sentence is shown that shares most words with the part; where they share none, as between two
languages, the one that lies nearest in meaning.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from corpus.model import Call
from corpus.vocab import Language
from matcher.answer import PartMatch
from matcher.embed import Embedder
from matcher.explain import excerpt_of
from matcher.index.search import SearchIndex
from matcher.parts import MEETS, sentences_of, split_idea
from matcher.retrieve import Question
from matcher.text import Passage, passages
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
SENTENCES = 12
"""Sentences embedded for one answer, nearest calls first; where it is used up the whole passage is shown."""
_KEPT = 4000
"""Vectors of sentences kept from one answer to the next."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an idea, ready to be compared."""

    text: str
    vector: Floats
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
class _Met:
    """A part and the passage nearest to it."""

    part: Part
    passage: Passage
    nearness: float


class Meetings:
    """Compares parts of ideas with the passages of calls."""

    def __init__(self, index: SearchIndex, embedder: Embedder) -> None:
        """Take the index that holds the vectors of passages, and the model for parts and sentences."""
        self._index = index
        self._embedder = embedder
        self._sentences: OrderedDict[str, Floats] = OrderedDict()

    def parts(self, question: Question) -> tuple[Part, ...]:
        """Parts of an idea, with their vectors."""
        texts = split_idea(question.text, question.language)
        if len(texts) == 1:
            return (self.part(texts[0], question.vector, question.language),)
        return tuple(self.part(text, self._embedder.query(text), question.language) for text in texts)

    def part(self, text: str, vector: Floats, language: Language | None) -> Part:
        """A part with its vector."""
        shifts = self._index.background(vector, "call").shifts
        unrelated = float((self._chance.vectors @ vector).mean())
        return Part(text, vector, frozenset(tokens(text, language)), shifts, unrelated)

    @cached_property
    def _chance(self) -> _Chance:
        vectors = np.stack([self._embedder.query(text) for text in UNRELATED])
        found = [self._index.background(vector, "call") for vector in vectors]
        spread = float(np.mean([one.spread for one in found]))
        return _Chance(vectors, float(np.mean([one.mean for one in found])), spread)

    def warm_up(self) -> None:
        """Embed what every question is compared with."""
        _ = self._chance

    def of_calls(self, calls: Sequence[Call], parts: Sequence[Part]) -> list[tuple[PartMatch, ...]]:
        """For each call what each part meets in it."""
        met = [[self._nearest(call, part) for part in parts] for call in self._read(calls)]
        chosen = self._choose([one for row in met for one in row if one.nearness >= MEETS])
        return [
            tuple(_shown(call, one, chosen.get((one.part.text, one.passage.key))) for one in row)
            for call, row in zip(calls, met, strict=True)
        ]

    def _read(self, calls: Sequence[Call]) -> list[list[tuple[Passage, Floats]]]:
        """Passages of calls with their vectors, read from the index at once."""
        texts = [passages(call) for call in calls]
        # Between nothing and one passage lies the passage itself.
        nothing = np.zeros(self._index.manifest.dimension, np.float32)
        vectors = iter(self._index.between(nothing, [[p.key] for row in texts for p in row], "call"))
        return [[(passage, next(vectors)) for passage in row] for row in texts]

    def _nearest(self, call: list[tuple[Passage, Floats]], part: Part) -> _Met:
        # Subjects are our coding, and a title stands above anyway: neither is a sentence of the record.
        told = [item for item in call if item[0].field not in ("subjects", "whole")] or call
        rated = [(self.nearness(vector, passage.language, part), passage) for passage, vector in told]
        nearness, passage = max(rated, key=lambda item: item[0])
        return _Met(part, passage, nearness)

    def nearness(self, passage: Floats, language: Language, part: Part) -> float:
        """How near a part is to a text of a language, in spreads of the nearness of unrelated clauses."""
        chance = self._chance
        shift = SHIFT_TAKEN_OFF * part.shifts.get(language, 0.0)
        beside = float((chance.vectors @ passage).mean()) + part.unrelated - chance.mean
        return (float(passage @ part.vector) - shift - beside) / chance.spread

    def _choose(self, met: list[_Met]) -> dict[tuple[str, str], str]:
        """The sentence of each passage that a part meets, by part and passage."""
        chosen: dict[tuple[str, str], str] = {}
        left = SENTENCES
        for one in met:
            sentences = sentences_of(one.passage.text, one.passage.language)
            sentence = sentences[0] if len(sentences) == 1 else _by_words(one, sentences)
            if sentence is None and len(sentences) <= left:
                left -= len(sentences)
                sentence = self._by_meaning(one, sentences)
            chosen[one.part.text, one.passage.key] = sentence or one.passage.text
        return chosen

    def _by_meaning(self, one: _Met, sentences: list[str]) -> str:
        vectors = {text: self._sentences[text] for text in sentences if text in self._sentences}
        missing = [text for text in dict.fromkeys(sentences) if text not in vectors]
        for place, vector in self._embedder.passages(missing) if missing else ():
            vectors[missing[place]] = self._sentences[missing[place]] = vector
        while len(self._sentences) > _KEPT:
            self._sentences.popitem(last=False)
        return max(sentences, key=lambda text: float(vectors[text] @ one.part.vector))


def _by_words(one: _Met, sentences: list[str]) -> str | None:
    """The one sentence that shares most words with the part; None where none does, or two do alike."""
    shared = [len(one.part.words.intersection(tokens(text, one.passage.language))) for text in sentences]
    most = max(shared)
    return sentences[shared.index(most)] if most and shared.count(most) == 1 else None


def _shown(call: Call, one: _Met, sentence: str | None) -> PartMatch:
    excerpt = excerpt_of(call, one.passage, sentence) if sentence else None
    return PartMatch(part=one.part.text, nearness=round(one.nearness, 2), sentence=excerpt)
