import pytest

from corpus.vocab import Language
from crawler.suggest import suggest

PAGE = """<!doctype html><html lang="en"><head><meta charset="{charset}"><title>A shared kitchen in Zarasai</title>
<meta name="description" content="Neighbours cook together once a week."></head><body><nav><a href="/">Home</a></nav>
<main><h1>A shared kitchen in Zarasai</h1><p>Neighbours of all ages cook together once a week in the old school, and
eat at one long table. The library leads it – café included.</p>
<p>The total budget of the project is EUR 12 000. It began with a survey of older people who live alone, and it was
planned with them over one winter; the town lends the rooms and pays for its heat.</p></main></body></html>"""


def found(body: bytes, language: Language | None = Language.EN) -> dict[str, tuple[str, str]]:
    return {item.field: (item.value, item.excerpt) for item in suggest(body, lambda _text: language)}


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_page_suggests_with_its_own_words(charset: str) -> None:
    said = found(PAGE.format(charset=charset).encode(charset))
    assert said["title"][0] == "A shared kitchen in Zarasai"
    assert said["cost"][0] == "12000"
    assert "total budget of the project" in said["cost"][1]
    assert said["currency"][0] == "EUR"
    assert said["original_language"][0] == "en"
    assert said["summary"] == ("", "Neighbours cook together once a week.")


def test_of_a_language_that_nobody_recognised_no_fact_is_read() -> None:
    said = found(PAGE.format(charset="utf-8").encode(), None)
    assert "cost" not in said
    assert said["title"][0]


@pytest.mark.parametrize("body", [b"", b"\0\xff\xfe", b"<html>", b"{}", b"<title></title>"])
def test_what_is_hardly_a_page_suggests_nothing_and_breaks_nothing(body: bytes) -> None:
    assert "cost" not in found(body)
