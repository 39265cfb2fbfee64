"""Wide candidates from vectors and words; nothing is judged here."""

from dataclasses import dataclass, field

from corpus.vocab import Language
from matcher.index.search import PassageHit, SearchIndex
from matcher.unpack import Floats
from matcher.words import tokens

PASSAGES = 300
"""Nearest passages looked at. A record has up to twelve, so this gives at least 25 records, mostly over 100."""
BY_WORDS = 100
"""Records looked at by their words."""


@dataclass(slots=True)
class Found:
    """A record that may match: how near its best passages are, and how well its words fit.

    `meaning` is in standard deviations above chance. `words` is BM25 per word of the idea; None where no word
    could have met because the record is in other languages.
    """

    record_id: str
    meaning: float
    words: float | None = None
    hits: list[PassageHit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Question:
    """An idea made ready: its vector, its words, its language."""

    text: str
    vector: Floats
    language: Language | None
    words: tuple[str, ...]
    sure: float = 1.0
    """How sure the language is (0 to 1)."""


def prepare(text: str, vector: Floats, language: Language | None, sure: float = 1.0) -> Question:
    """Make an idea ready for both indexes."""
    return Question(text, vector, language, tuple(dict.fromkeys(tokens(text, language))), sure)


def retrieve(index: SearchIndex, question: Question, kind: str) -> list[Found]:
    """Records of a kind that may match, the nearest first."""
    background = index.background(question.vector, kind)
    found: dict[str, Found] = {}
    for hit in index.nearest(question.vector, kind, PASSAGES):
        nearness = background.standard(hit.cosine, hit.language)
        record = found.setdefault(hit.record_id, Found(hit.record_id, nearness))
        record.meaning = max(record.meaning, nearness)
        record.hits.append(hit)
    hits = index.by_words(list(question.words), kind, BY_WORDS)
    for record_id, score in hits:
        # A record found by words alone is farther by meaning than the last passage that was looked at.
        record = found.setdefault(record_id, Found(record_id, 0.0))
        record.words = score / len(question.words)
    _fill_words(list(found.values()), index, question)
    return sorted(found.values(), key=lambda record: (-record.meaning, record.record_id))


def _fill_words(found: list[Found], index: SearchIndex, question: Question) -> None:
    """Say 0 where words could have met and did not, and leave None where no word could meet."""
    for record in found:
        if record.words is None and question.language in index.languages(record.record_id):
            record.words = 0.0
