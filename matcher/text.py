"""Which words of a record are indexed: short passages, each of one field and one language.

A passage is what a person can be shown as the reason of a match, so it is made of whole sentences. The title
goes before each passage when it is embedded: a sentence alone often does not say what it is about.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Call, Practice, Programme
from corpus.parts import LangText, Method
from corpus.vocab import Language, PracticeKind
from corpus.vocab.labels import terms

MAX_PASSAGE = 480
"""Characters; about 110 tokens, a size at which one vector still says one thing."""
MAX_PASSAGES = 12
"""Per record: a long text must not outvote a short one, nor fill the index."""
MAX_OF_PROJECT = 2
"""Of a project out of a register of hundreds of thousands, which says little in many words."""
MAX_WHOLE, MAX_WHOLES = 2000, 4
"""Characters of the whole that are read, about as many as the model takes in, and in how many languages."""

_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+(?=[^\W\d_a-zа-яα-ω])|\n+")

_WRITTEN = (Method.CURATED, Method.CITED)

Indexed = Call | Practice


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a record's text. `field` is the path of the field it was taken from."""

    field: str
    language: Language
    title: str
    text: str

    @property
    def embedded(self) -> str:
        """What the embedding model reads."""
        text = self.text if self.text == self.title else f"{self.title}. {self.text}"
        return unicodedata.normalize("NFC", text)

    @property
    def key(self) -> str:
        """Name of the passage by its content: equal passages are embedded once."""
        return hashlib.sha256(self.embedded.encode()).hexdigest()[:32]


def split(text: str, limit: int = MAX_PASSAGE) -> Iterator[str]:
    """Whole sentences packed into pieces of at most `limit` characters; only a longer sentence is cut."""
    piece = ""
    for sentence in filter(None, (s.strip() for s in _SENTENCE_END.split(text))):
        if piece and len(piece) + 1 + len(sentence) > limit:
            yield piece
            piece = ""
        *heads, rest = _cut(sentence, limit)
        yield from heads
        piece = f"{piece} {rest}".strip()
    if piece:
        yield piece


def _cut(sentence: str, limit: int) -> list[str]:
    """A sentence in parts of at most `limit` characters, between words where there are any."""
    parts = []
    while len(sentence) > limit:
        blank = sentence.rfind(" ", 1, limit)
        at = blank if blank > 0 else limit
        parts.append(sentence[:at])
        sentence = sentence[at:].strip()
    return [*parts, sentence]


def _texts(record: Indexed) -> Iterator[tuple[str, LangText]]:
    """Fields that say what a record is about, most telling first."""
    yield "summary", record.summary
    if isinstance(record, Call):
        yield "objectives", record.objectives
        yield "activities", record.activities
        return
    yield "approach", record.approach
    yield "problem", record.problem
    for place, result in enumerate(record.results):
        yield f"results.{place}", result.statement
    yield "what_failed", record.what_failed


def coded_text(record: Indexed) -> str:
    """Subjects and target groups in English words, so that a terse record can still be found."""
    codes = [*record.subjects, *record.target_groups]
    return ", ".join(terms(type(code))[code.value].label(Language.EN) for code in codes)


def texts(record: Indexed) -> dict[Language, tuple[str, str]]:
    """Title and body of a record in each language that it speaks; codes are English words of the body."""
    bodies: dict[Language, list[str]] = {language: [] for language in record.title}
    for _, told in _texts(record):
        for language, text in told.items():
            bodies.setdefault(language, []).append(text)
    coded = coded_text(record)
    if coded:
        bodies.setdefault(Language.EN, []).append(coded)
    return {language: (record.title.get(language, ""), "\n".join(body)) for language, body in bodies.items()}


def _wholes(record: Indexed) -> list[Passage]:
    """The beginning of all that a record says, once for each language: what it is about on the whole."""
    found = []
    for language in sorted(record.title, key=lambda name: (name != record.original_language, name != Language.EN)):
        body = " ".join(told[language] for _, told in _texts(record) if language in told)
        title = record.title[language]
        found.append(Passage("whole", language, title, body[:MAX_WHOLE].strip() or title))
    return found[:MAX_WHOLES]


def passages(record: Indexed) -> list[Passage]:
    """Passages of a call or practice, those of the whole record first, at most `MAX_PASSAGES`."""
    found = _wholes(record)
    for field, told in _texts(record):
        for language, text in told.items():
            title = record.text(record.title, language)
            found += [Passage(field, language, title, piece) for piece in split(text)]
    coded = coded_text(record)
    subjects = [Passage("subjects", Language.EN, record.text(record.title), coded)] if coded else []
    wholes = len(_wholes(record))
    if _is_of_register(record):
        return _each_once([found[0], *found[wholes:], *subjects])[:MAX_OF_PROJECT]
    return [*found[:wholes], *subjects, *found[wholes:]][:MAX_PASSAGES]


def _is_of_register(record: Indexed) -> bool:
    """Whether a record is a funded project as a register lists it, which nobody has written about."""
    funded = isinstance(record, Practice) and record.practice_kind is PracticeKind.FUNDED_PROJECT
    return funded and all(source.method not in _WRITTEN for source in record.sources)


def _each_once(found: list[Passage]) -> list[Passage]:
    return list({passage.key: passage for passage in reversed(found)}.values())[::-1]


def is_indexed(record: Call | Programme | Practice) -> bool:
    """Programmes are looked up, not searched."""
    return isinstance(record, Call | Practice)
