"""In a page that is Bulgarian, every English text of the collection says that it is English."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from lxml import html

from corpus.model import Call, RecordBase
from corpus.vocab import Language
from tests.api.routes.test_every_page import PATHS
from tests.matcher.factory import IDEA, IDEA_BG, RECORDS

FOLDERS = {"call": "calls", "practice": "practices", "programme": "programmes"}
PLAIN = re.compile(r"[\x00-\x7f‘’“”–—€…]*")
PAGES = [*PATHS, *(f"/{FOLDERS[record.kind]}/{record.id}" for record in RECORDS)]  # type: ignore[attr-defined]


def own_texts(record: RecordBase) -> Iterator[str]:
    """English texts of a record that are no names: titles and texts, statements and their places, notes."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, dict) and Language.EN in value:
            yield value[Language.EN]
    for items in record.evidence.values():
        for item in items:
            yield from filter(None, (item.statement, item.place))
    if isinstance(record, Call):
        yield from (rule.note for rule in record.eligibility.unread if rule.note)
        yield from (item.place or "" for rule in record.eligibility.rules for item in rule.evidence)


ENGLISH = {" ".join(text.split()) for record in RECORDS for text in own_texts(record) if len(text) > 6}


def unmarked(page: str) -> list[str]:
    """English texts of the collection that stand in a page as if they were Bulgarian."""
    found = []
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str) or element.tag in ("input", "textarea"):
            continue
        for holder, words in ((element, element.text), (element.getparent(), element.tail)):
            text = " ".join((words or "").split()).strip("“”()·:;, ")
            if holder is not None and PLAIN.fullmatch(text) and text in ENGLISH and language_of(holder) == "bg":
                found.append(text)
    return found


def language_of(element: html.HtmlElement) -> str:
    return next((found for one in (element, *element.iterancestors()) if (found := one.get("lang"))), "")


@pytest.mark.parametrize("path", PAGES)
def test_english_texts_are_marked_in_a_bulgarian_page(client: TestClient, path: str) -> None:
    assert unmarked(client.get(f"/bg{path}").text) == []


@pytest.mark.parametrize("idea", [IDEA, IDEA_BG])
def test_english_texts_are_marked_in_a_bulgarian_answer(client: TestClient, idea: str) -> None:
    page = client.post("/bg/", data={"idea": idea, "applicant": "municipality", "country": "BG", "more": "yes"}).text
    assert "<article" in page
    assert unmarked(page) == []


def test_a_text_without_its_mark_would_be_found(client: TestClient) -> None:
    page = client.get("/bg/calls/eui.small-cities").text
    assert unmarked(page.replace(' lang="en"', ""))
