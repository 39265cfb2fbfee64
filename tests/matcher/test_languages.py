"""Every sentence of ours in an answer comes from the catalogs: each is marked there, and none is left bare."""

import datetime as dt
import gettext as gnu
import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from corpus import messages
from corpus.messages import speaking
from corpus.vocab import ApplicantType, Language
from matcher import present
from matcher.answer import Answer
from matcher.profile import Applicant
from matcher.query import IdeaQuery
from tests.matcher.factory import FAR_IDEA, IDEA, World

OURS = ("reason", "requirement", "summary", "description", "remedy", "why", "formula", "what", "notes", "paragraph")
"""Fields of an answer that hold sentences which the code makes."""
_SENTENCES = ("sentence",)
_MARK = re.compile(r"⟦[^⟦⟧]*⟧")
_BARE = re.compile(r"[a-zA-Z]{3,} [a-z]{2,} [a-z]{2,}")
APPLICANTS = (
    Applicant(),
    Applicant(type=ApplicantType.MUNICIPALITY, country="BG", population=10_000),
    Applicant(type=ApplicantType.ASSOCIATION, country="PL"),
)


class Marked(gnu.NullTranslations):
    """A catalog that says every sentence in marks."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{context}: {message}⟧"


def sentences(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from sentences(getattr(value, name), name)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from sentences(item, field)
    elif isinstance(value, str) and field in (*OURS, *_SENTENCES):
        yield field, value


def bare(text: str) -> str:
    """What stands outside all marks; marks stand in marks where a sentence takes in another."""
    while (shorter := _MARK.sub("", text)) != text:
        text = shorter
    return text


def answers(world: World) -> Iterator[Answer]:
    matcher = world.matcher()
    for text in (IDEA, FAR_IDEA):
        for who in APPLICANTS:
            yield matcher.match(IdeaQuery(text=text, applicant=who, as_of=dt.date(2026, 11, 2)))


def test_no_sentence_of_an_answer_is_made_beside_the_catalogs(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_catalog", lambda _language: Marked())
    monkeypatch.setattr(present, "_descriptions", present._descriptions.__wrapped__)  # kept for each language
    found = [item for answer in answers(small_world) for item in sentences(answer)]
    assert len(found) > 100
    assert {(field, text) for field, text in found if _BARE.search(bare(text))} == set()
    assert {field for field, _ in found} >= {"reason", "requirement", "summary", "description", "sentence"}


def test_an_answer_in_another_language_ranks_and_judges_alike(small_world: World) -> None:
    query = IdeaQuery(text=IDEA, applicant=APPLICANTS[1], as_of=dt.date(2026, 11, 2))
    matcher = small_world.matcher()
    english = matcher.match(query)
    with speaking(Language.BG):
        other = matcher.match(query)
    assert [call.id for call in other.calls] == [call.id for call in english.calls]
    assert [call.eligibility.overall for call in other.calls] == [call.eligibility.overall for call in english.calls]
