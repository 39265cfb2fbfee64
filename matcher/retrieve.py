"""Wide candidates from vectors and words; nothing is judged here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from corpus.vocab import Language
from matcher.bridge import Crossing, crossings, english
from matcher.embed import Reading
from matcher.index.search import Background, PassageHit, SearchIndex
from matcher.index.wordvectors import Met, Wanted, WordVectors, word_vectors
from matcher.unpack import Floats
from matcher.words import weights

PASSAGES = 300
"""Nearest passages looked at. A record has up to twelve, so this gives at least 25 records, mostly over 100."""
BY_WORDS = 200
"""Records looked at by their words."""
KEPT = 120
"""Records that are looked at again: the best by vectors and words together."""
WORD_BY_WORD = 60
"""And the best of these have their words compared with those of the idea one by one."""

_OWN = 0.5
"""Share of the records in the language of the idea from which English words are not looked for."""
_KNOWN = 0.5
"""Share of an idea's words from which the dictionary is taken to know it."""
_TRUST = 0.5
"""How much words are trusted that the dictionary gave for an idea that it knows."""
_A_STANDARD_DEVIATION = 8.0
"""Points of BM25 that count like a standard deviation of meaning, where few records are chosen from many."""
_SHIFT_OF_WORDS = 1.6
"""How much a difference of languages shifts the nearness of words, as a multiple of what it shifts whole texts."""


@dataclass(slots=True)
class Found:
    """A record that may match.

    `meaning`: how near its best passage is, in standard deviations above chance. `words`: BM25 of the words of the
    idea; None where no word could have met because the record is in other languages. `told`: how much of the idea
    the record speaks of, word by word; `asked`: how much of the record the idea asks for (both about 0 to 1).
    `trust`: how much `words` are to be trusted (0 to 1), less where a dictionary gave the words.
    """

    record_id: str
    meaning: float
    words: float | None = None
    told: float = 0.0
    asked: float = 0.0
    trust: float = 1.0
    hits: list[PassageHit] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """An idea made ready: how the model reads it, its words with their weights, its language."""

    text: str
    reading: Reading
    language: Language | None
    sure: float = 1.0
    """How sure the language is (0 to 1)."""
    _read: list[WordVectors] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def vector(self) -> Floats:
        """Vector of the idea as a whole."""
        return self.reading.vector

    @cached_property
    def words(self) -> dict[str, float]:
        """Words of the idea, each with its weight."""
        return weights(self.text, self.language)

    @cached_property
    def crossings(self) -> list[Crossing]:
        """Words of the idea for which English ones are known."""
        return crossings(self.text, self.language)

    def word_vectors(self, centre: Floats) -> WordVectors:
        """Vectors of the words of the idea, made once: calls and practices are asked for the same words."""
        if not self._read:
            self._read.append(word_vectors(self.reading, self.text, self.language, centre))
        return self._read[0]


def prepare(text: str, reading: Reading, language: Language | None, sure: float = 1.0) -> Question:
    """Make an idea ready for both indexes."""
    return Question(text, reading, language, sure)


@dataclass(frozen=True, slots=True)
class _Aim:
    """What is searched: the idea itself and, where most records speak another language, English for its words."""

    vector: Floats
    words: dict[str, float]
    crossings: dict[str, Crossing]
    sure: float = 1.0
    """How far the dictionary knows the idea (0 to 1): what a few known words say of a long text leads astray."""


def _aim(index: SearchIndex, question: Question, kind: str) -> _Aim:
    if not question.crossings or index.speaks(question.language) > _OWN:
        return _Aim(question.vector, question.words, {})
    words = dict(question.words)
    for word, weight in _english_words(question).items():
        words[word] = words.get(word, 0.0) + weight
    crossed = {crossing.word: crossing for crossing in question.crossings}
    # What every second record speaks of says little of where the idea is aimed.
    things = [thing for crossing in question.crossings for thing in crossing.things]
    telling = [(thing, float(index.rarity(list(english(thing)), kind).max(initial=0.0))) for thing in things]
    known = sum(question.words.get(word, 0.0) for word in crossed) / sum(question.words.values())
    sure = min(known / _KNOWN, 1.0)
    return _Aim(index.things.aimed(question.vector, telling, sure), words, crossed, sure)


def _english_words(question: Question) -> dict[str, float]:
    """English words for those of the idea, each with what it counts."""
    found: dict[str, float] = {}
    for crossing in question.crossings:
        said = question.words.get(crossing.word, 1.0)
        for thing in crossing.things:
            for word, counts in english(thing).items():
                found[word] = max(found.get(word, 0.0), counts * said)
    return found


def retrieve(index: SearchIndex, question: Question, kind: str) -> list[Found]:
    """Records of a kind that may match, the nearest first."""
    aim = _aim(index, question, kind)
    background = index.background(aim.vector, kind)
    hits = index.nearest(aim.vector, kind, PASSAGES)
    near = _standards(hits, background)
    found = _by_meaning(hits, near)
    # A record found by words alone is as far by meaning as the last passage that was looked at, or farther.
    farthest = min(near, default=np.inf)
    for record_id, score in index.by_words(aim.words, kind, BY_WORDS):
        record = found.get(record_id)
        if record is None:
            record = found[record_id] = Found(record_id, farthest)
        record.words = score
    best = sorted(found.values(), key=_first_look)[:KEPT]
    _fill_words(best, index, question.language, aim)
    wanted = _wanted(index, question, aim, kind)
    _compare_words(best[:WORD_BY_WORD], index, wanted, background.shifts)
    return sorted(best, key=lambda record: (-record.meaning, record.record_id))


def _standards(hits: Sequence[PassageHit], background: Background) -> list[float]:
    """How near each passage is, in standard deviations above chance."""
    languages = list({hit.language for hit in hits})
    nothing = dict(zip(languages, background.standards(0.0, languages), strict=True))
    return [nothing[hit.language] + hit.cosine / background.spread for hit in hits]


def _by_meaning(hits: Sequence[PassageHit], near: Sequence[float]) -> dict[str, Found]:
    """Records of the passages that were found, each as near as the nearest of them."""
    found: dict[str, Found] = {}
    for hit, nearness in zip(hits, near, strict=True):
        record = found.get(hit.record_id)
        if record is None:
            found[hit.record_id] = Found(hit.record_id, nearness, hits=[hit])
            continue
        record.hits.append(hit)
        record.meaning = max(record.meaning, nearness)
    return found


def _first_look(record: Found) -> tuple[float, str]:
    return -record.meaning - (record.words or 0.0) / _A_STANDARD_DEVIATION, record.record_id


def _fill_words(found: list[Found], index: SearchIndex, language: Language | None, aim: _Aim) -> None:
    """Say 0 where words could have met and did not, and leave None where no word could meet."""
    for record in found:
        spoken = index.languages(record.record_id)
        record.trust = _TRUST * aim.sure if aim.crossings else 1.0
        if record.words is None and (language in spoken or (aim.crossings and Language.EN in spoken)):
            record.words = 0.0


def _wanted(index: SearchIndex, question: Question, aim: _Aim, kind: str) -> Wanted:
    """Words of the idea with their vectors, and behind each those of what it stands for in English."""
    mine = question.word_vectors(index.centre)
    rows: list[Floats] = []
    for place, word in enumerate(mine.words):
        crossing, own = aim.crossings.get(word), mine.vectors[place : place + 1]
        rows.append(own if crossing is None else np.concatenate([own, index.things.words(crossing.things, aim.sure)]))
    said = np.array([question.words.get(word, 1.0) for word in mine.words], np.float32)
    starts = np.cumsum([0, *map(len, rows)])[:-1]
    vectors = np.concatenate(rows) if rows else mine.vectors
    return Wanted(said * index.rarity(mine.words, kind), vectors, starts)


def _compare_words(found: list[Found], index: SearchIndex, wanted: Wanted, shifts: dict[Language, float]) -> None:
    """How well the words of records meet those of the idea, whatever the languages."""
    met = index.meet(wanted, [record.record_id for record in found])
    for record, languages in zip(found, met, strict=True):
        record.told, record.asked = _best(languages, shifts)


def _best(languages: Iterable[tuple[Language, Met]], shifts: dict[Language, float]) -> tuple[float, float]:
    """What is told and asked in the language in which the record fits best."""
    shifted = [(met, _SHIFT_OF_WORDS * shifts.get(language, 0.0)) for language, met in languages]
    pairs = [(met.told - shift, met.asked - shift) for met, shift in shifted]
    return max(pairs, key=lambda pair: 3 * pair[0] + pair[1], default=(0.0, 0.0))
