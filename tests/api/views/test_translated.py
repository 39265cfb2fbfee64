"""Texts of a practice say which language they are in where they are not the original."""

from typing import Any

import pytest
from parsel import Selector

from api.pages import Pages
from api.site import Site
from corpus.messages import speaking
from corpus.vocab import Language
from tests.factories import practice

BOTH = {"lt": "Kaimynai gamina kartu.", "en": "Neighbours cook together."}


def shown(language: Language, texts: dict[str, str], original: str = "lt") -> Selector:
    record = practice("a.b", summary=texts, original_language=original)
    template: Any = Pages()._templates.get_template("record.html")
    with speaking(language):
        html = template.make_module({"site": Site(language, "/", posted=False)}).shown(record, record.summary, True)
    return Selector(f"<main>{html}</main>")


def test_a_translation_says_so_and_the_original_stands_behind_it() -> None:
    page = shown(Language.EN, BOTH)
    assert page.css("main > p .tag::text").get() == "English, translated"
    assert page.css("details p[lang=lt] .tag::text").get() == "Lithuanian, the original"


def test_the_original_in_the_language_of_the_page_says_nothing() -> None:
    page = shown(Language.LT, BOTH)
    assert page.css("main > p .tag").getall() == []
    assert page.css("details p[lang=en] .tag").getall()


@pytest.mark.parametrize("texts", [{"en": BOTH["en"]}, {"lt": BOTH["lt"]}])
def test_our_own_words_on_a_source_in_another_language_are_no_translation(texts: dict[str, str]) -> None:
    assert shown(Language.EN, texts).css(".tag").getall() == []
