import pytest
from fastapi.testclient import TestClient

from api.site import accepted
from corpus.messages import LOCALE, gettext, speaking, spoken
from corpus.vocab.places import INTERFACE_LANGUAGES, Language
from tests.api.reading import page
from tests.matcher.factory import IDEA


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("*", "en"),
        ("bg", "bg"),
        ("sv, fr;q=0.4, pl;q=0.8", "pl"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr;q=0, it;q=0.1", "it"),
        ("fr;q=much", "en"),
        (";;;,,", "en"),
    ],
)
def test_the_best_language_that_a_reader_accepts(header: str, language: str) -> None:
    assert accepted(header) == language


@pytest.mark.parametrize("path", ["/", "/glossary", "/calls/bg.day-centres?country=BG"])
def test_an_address_without_a_language_leads_to_the_readers(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "lt"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, f"/lt{path}")
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/xx/", "/sv/glossary", "/english/glossary"])
def test_a_language_that_the_interface_does_not_speak_is_no_page(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_page_links_to_itself_in_every_language(client: TestClient) -> None:
    shown = page(client.get("/it/calls/bg.day-centres?country=BG"))
    assert shown.xpath("/html/@lang").get() == "it"
    links = shown.xpath("//nav[@class='tongues']//a/@href").getall()
    assert links == [f"/{language}/calls/bg.day-centres?country=BG" for language in INTERFACE_LANGUAGES]


def test_an_answer_is_asked_again_in_another_language(client: TestClient) -> None:
    """The idea is not in the address: the form carries it."""
    shown = page(client.post("/en/", data={"idea": IDEA}))
    buttons = shown.xpath("//nav[@class='tongues']//button[@form='ask']/@formaction").getall()
    assert buttons == [f"/{language}/" for language in INTERFACE_LANGUAGES]


def test_what_is_spoken_ends_with_the_block() -> None:
    with speaking(Language.BG):
        assert spoken() is Language.BG
        with speaking(Language.SV):
            assert spoken() is Language.EN
    assert spoken() is Language.EN


def test_an_unknown_sentence_is_said_as_it_is_written() -> None:
    with speaking(Language.FR):
        assert gettext("{n} of nobody's sentences", n=3) == "3 of nobody's sentences"
    assert LOCALE.name == "locale"
