"""Help while writing: what is alike, what is spoken of, what lacks; nothing set by itself, nothing typed lost."""

import re
from collections.abc import Callable

import pytest
from parsel import Selector

from api.desk.complete import how_complete
from api.desk.service import Desk
from corpus.desk.rights import DeskRole
from corpus.desk.unsent import NEW, UnsentForms
from tests.api.desk.conftest import Person
from tests.api.desk.test_pages import STORY

Join = Callable[[str, DeskRole], Person]
NEAR = {
    **STORY,
    "original_language": "en",
    "title": "Roma house",
    "summary": "A house in the neighbourhood where Roma children and families get meals and advice in a day centre.",
    "target_groups": ["older_people"],
}


@pytest.fixture
def ema(somebody: Join) -> Person:
    return somebody("ema", DeskRole.EDITOR)


def check(person: Person, **fields: object) -> Selector:
    return person.send("/en/desk/check", person.page("/en/desk/new"), 200, **{"number": 0, **fields})


def test_a_check_shows_what_is_alike_with_its_place_and_the_reason(ema: Person) -> None:
    page = check(ema, **NEAR)
    near = page.css("#help li a[href^='/en/practices/']")
    assert near.css("::attr(href)").get() == "/en/practices/isopolis.roma-house"
    assert "about the same" in page.css("#help li").get("")
    assert page.css("#help q::text").get()


def test_a_draft_of_the_same_title_is_shown_too(ema: Person) -> None:
    ema.send("/en/desk/new", **STORY)
    page = check(ema, **{**STORY, "title": "Bendra  virtuvė!"})
    assert page.css("#help a[href='/en/desk/1']::text").get() == "Bendra virtuvė"


def test_a_suggestion_shows_its_words_and_is_ticked_only_by_a_press(ema: Person, desk: Desk) -> None:
    page = check(ema, **NEAR)
    offered = page.css("#help button[name=take]::attr(value)").getall()
    assert offered
    assert page.css("input[name=target_groups][checked]::attr(value)").getall() == ["older_people"]
    field, code = offered[0].split(":")
    pressed = check(ema, **NEAR, take=offered[0])
    assert code in pressed.css(f"input[name={field}][checked]::attr(value)").getall()
    assert offered[0] not in pressed.css("#help button[name=take]::attr(value)").getall()
    assert pressed.css("#summary::text").get() == NEAR["summary"]
    assert desk.items.all() == []


@pytest.mark.parametrize("take", ["themes:no_theme", "title:x", "", "roma"])
def test_what_is_no_suggestion_sets_nothing(ema: Person, take: str) -> None:
    page = check(ema, **NEAR, take=take)
    assert page.css("input[type=checkbox][checked]::attr(value)").getall() == ["older_people"]
    assert page.css("#title::attr(value)").get() == "Roma house"


def test_what_lacks_is_named_with_its_place_in_the_form(ema: Person) -> None:
    page = check(ema, **STORY)
    lacking = page.css(".lacking a::attr(href)").getall()
    assert {"#what_failed", "#conditions", "#subjects"} <= set(lacking)
    assert "#problem" not in lacking
    assert all(page.css(f"[id='{name.removeprefix('#')}']") for name in lacking)


def test_completeness_takes_what_is_half_written_as_it_is() -> None:
    assert how_complete({}).answered == 0
    assert how_complete({"places": "nonsense", "problem": {"en": "Loneliness"}}).answered == 1
    assert how_complete({"problem": {"xx": "?"}, "what_failed": {"en": "No"}, "none_reported": True}).of == 11


def test_the_script_gets_the_panel_alone(ema: Person) -> None:
    page = ema.send("/en/desk/help", ema.page("/en/desk/new"), 200, number=0, **NEAR)
    assert page.css("h2#help-title")
    assert not page.css("form, header, main")


@pytest.mark.parametrize("path", ["help", "check", "keep", "1/keep", "forget", "comments/1/settle"])
def test_without_the_token_of_the_session_nothing_is_done(ema: Person, path: str) -> None:
    assert ema.browser.post(f"/en/desk/{path}", data={**NEAR, "token": "guessed"}).status_code == 403


def test_what_was_typed_is_there_again_and_goes_when_it_is_sent(ema: Person, somebody: Join, desk: Desk) -> None:
    told = ema.send("/en/desk/keep", ema.page("/en/desk/new"), 200, number=0, title="Half a", summary="story")
    assert "kept since" in str(told.get())
    assert desk.items.all() == []
    other = somebody("rasa", DeskRole.REVIEWER)
    assert not other.page("/en/desk/new").css("a[href$='/desk/unsent']")
    assert ema.page("/en/desk/new").css("a[href='/en/desk/unsent']")
    again = ema.page("/en/desk/unsent")
    assert again.css("#title::attr(value)").get() == "Half a"
    ema.send("/en/desk/new", again, **STORY)
    assert UnsentForms(desk.items.engine).of(1, NEW) is None
    ema.send("/en/desk/keep", ema.page("/en/desk/new"), 200, number=0, title="Another")
    ema.send("/en/desk/forget", ema.page("/en/desk/new"))
    assert not ema.page("/en/desk/new").css("a[href='/en/desk/unsent']")


def test_keeping_says_when_somebody_was_faster_and_both_texts_are_shown(ema: Person, somebody: Join) -> None:
    ema.send("/en/desk/new", **STORY)
    mine = ema.page("/en/desk/1/edit")
    admin = somebody("admin", DeskRole.ADMINISTRATOR)
    admin.send("/en/desk/1/edit", admin.page("/en/desk/1/edit"), **{**STORY, "lead": "The library"})
    told = ema.send("/en/desk/1/keep", mine, 200, number=1, **{**STORY, "problem": "Mine"})
    assert "Somebody changed this record meanwhile" in str(told.get())
    again = ema.page("/en/desk/1/unsent")
    assert again.css("#problem::text").get() == "Mine"
    page = ema.send("/en/desk/1/edit", again, 409, **{**STORY, "problem": "Mine"})
    assert "The library" in page.get()


def test_translations_are_kept_beside_the_original_and_marked(ema: Person, desk: Desk) -> None:
    rows = {"translated_field": ["title", "conditions"], "translated_language": ["en", "en"]}
    ema.send("/en/desk/new", **STORY, **rows, conditions="Raktas", translated_text=["A shared kitchen", "A key"])
    content = desk.items.versions(1)[0].content
    assert content["title"] == {"lt": "Bendra virtuvė", "en": "A shared kitchen"}
    assert content["transfer"]["conditions"] == {"lt": "Raktas", "en": "A key"}
    assert content["original_language"] == "lt"
    page = ema.page("/en/desk/1/edit")
    assert page.css("#title::attr(lang)").get() == "lt"
    assert page.css(".translation textarea[lang=en]::text").getall() == ["A shared kitchen", "A key"]
    rows = {"translated_field": ["title"], "translated_language": ["en"], "translated_text": [""]}
    ema.send("/en/desk/1/edit", page, **STORY, conditions="Raktas", **rows)
    assert desk.items.versions(1)[1].content["title"] == {"lt": "Bendra virtuvė"}


@pytest.mark.parametrize(
    ("languages", "told"),
    [([""], "choose the language"), (["lt"], "language of the original"), (["en", "en"], "two translations")],
)
def test_a_translation_without_its_language_is_told_and_stays(ema: Person, languages: list[str], told: str) -> None:
    texts = ["A shared kitchen"] * len(languages)
    rows = {"translated_field": ["title"] * len(texts), "translated_language": languages, "translated_text": texts}
    page = ema.send("/en/desk/new", ema.page("/en/desk/new"), 422, **STORY, **rows)
    assert told in page.css("#title-error").get("")
    assert page.css(".translation textarea::text").get() == "A shared kitchen"


def test_who_corrects_the_language_moves_the_text_and_makes_no_translation(ema: Person, desk: Desk) -> None:
    ema.send("/en/desk/new", **STORY)
    ema.send("/en/desk/1/edit", ema.page("/en/desk/1/edit"), **{**STORY, "original_language": "lv"})
    assert desk.items.versions(1)[1].content["title"] == {"lv": "Bendra virtuvė"}


def test_an_open_comment_stands_beside_its_field_until_it_is_settled(ema: Person, somebody: Join) -> None:
    ema.send("/en/desk/new", **STORY)
    rasa = somebody("rasa", DeskRole.REVIEWER)
    rasa.send("/en/desk/1/comments", rasa.page("/en/desk/1"), field="cost", text="Which year?")
    beside = ema.page("/en/desk/1/edit").xpath("//div[label[@for='cost']]").get("")
    assert "Which year?" in beside
    assert "Which year?" in ema.page("/en/desk/1").css("dl.facts").get("")
    ema.send("/en/desk/comments/1/settle", ema.page("/en/desk/1"), settled="yes")
    assert "Which year?" not in ema.page("/en/desk/1/edit").get()
    shown = ema.page("/en/desk/1")
    assert "Which year?" not in shown.css("dl.facts").get("")
    assert re.search(r"Which year\?.*settled", shown.css("#comments ~ ul").get(""), re.DOTALL)


def test_an_older_version_comes_back_with_its_difference_and_a_reason(ema: Person, desk: Desk) -> None:
    ema.send("/en/desk/new", **STORY)
    ema.send("/en/desk/1/edit", ema.page("/en/desk/1/edit"), **{**STORY, "problem": "Worse"}, reason="?")
    page = ema.page("/en/desk/1/versions/1")
    assert "Worse" in page.css("td")[0].get()
    assert "Vienatvė." in page.css("td")[1].get()
    missing = ema.send("/en/desk/1/versions/1/restore", page, 422, reason=" ")
    assert missing.css("[role=alert]")
    ema.send("/en/desk/1/versions/1/restore", page, reason="It was right")
    versions = desk.items.versions(1)
    assert (versions[-1].content, versions[-1].reason) == (versions[0].content, "It was right")
    assert ema.send("/en/desk/1/versions/2/restore", page, 409, reason="Again").css("[role=alert]")
    assert not ema.page("/en/desk/1/versions/3").css("form.ask")
    assert ema.browser.get("/en/desk/1/versions/9").status_code == 404


def test_a_contributor_sees_the_difference_and_cannot_bring_it_back(somebody: Join, desk: Desk) -> None:
    ruta = somebody("ruta", DeskRole.CONTRIBUTOR)
    ruta.send("/en/desk/new", **STORY)
    ruta.send("/en/desk/1/edit", ruta.page("/en/desk/1/edit"), **{**STORY, "problem": "Worse"})
    page = ruta.page("/en/desk/1/versions/1")
    assert page.css("td")
    assert not page.css("form.ask")
    token = ruta.page("/en/desk/1")
    ruta.send("/en/desk/1/versions/1/restore", token, 403, reason="Mine")
    assert len(desk.items.versions(1)) == 2
