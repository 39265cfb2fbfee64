"""Questions that a build leaves, and what people make of them, over a store that is crawled."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from parsel import Selector

from api.app import create_app
from api.desk.service import Desk
from api.settings import ApiSettings
from api.state import Service
from corpus.build import build
from corpus.desk.accounts import Newcomer
from corpus.desk.rights import DeskRole
from corpus.model import Call
from corpus.store import Store
from tests.api.desk.conftest import PASSWORD, Person
from tests.factories import NOW, call, raw, source_meta
from tests.matcher.factory import World

RECORD = "euroaccess.A"
SOURCE = {"url": "https://guide.example.eu/a.pdf", "read_on": "2026-11-20"}


@dataclass
class Town:
    """A service over what two sources tell of one call."""

    home: Path
    desk: Desk
    app: Callable[[], TestClient]

    def tell(self, source: str, countries: tuple[str, ...] = ("LT",), **fields: object) -> None:
        run = Store(self.desk.items.engine).begin_run(source_meta(source), NOW)
        identifiers = [{"scheme": "ft", "value": "A"}]
        run.add(raw("A", call(RECORD, identifiers=identifiers, geography={"countries": countries}, **fields), source))
        run.finish(NOW)

    def build(self) -> Call:
        empty = self.home / "curated"
        empty.mkdir(exist_ok=True)
        build(Store(self.desk.items.engine), self.home / "snapshots", NOW, empty)
        record = World(self.home, None).snapshot().get("ft.A")  # type: ignore[arg-type]
        assert isinstance(record, Call)
        return record

    def join(self, name: str, role: DeskRole, countries: frozenset[str] | None = None) -> Person:
        secret = self.desk.accounts.invite(Newcomer(f"{name}@example.org", role, countries), NOW)
        browser = self.app()
        browser.post(f"/en/desk/invitation/{secret}", data={"name": name, "password": PASSWORD})
        return Person(browser)


@pytest.fixture
def town(desk: Desk, tmp_path: Path) -> Iterator[Town]:
    def unbuilt() -> None:
        raise AssertionError("nobody asks for an answer here")

    service = Service(tmp_path, unbuilt, lambda: NOW)  # type: ignore[arg-type]
    app = create_app(service, ApiSettings(), desk)
    town = Town(tmp_path, desk, lambda: TestClient(app))
    town.tell("source-a", money={"rate_max": "80"})
    town.tell("source-b", money={"rate_max": "60"})
    town.build()
    return town  # type: ignore[return-value]


def questions(person: Person, query: str = "") -> list[str]:
    return person.page(f"/en/desk/issues{query}").css(".rules a::attr(href)").getall()


def answers(page: Selector) -> list[str]:
    return page.css("input[name=answer]::attr(value)").getall()


def seen(page: Selector) -> dict[str, str]:
    return {name: page.css(f"input[name={name}]::attr(value)").get("") for name in ("seen", "item", "revision")}


def decide(person: Person, place: str, answer: str, status: int = 303, **fields: str) -> Selector:
    page = person.page(place)
    given = {"reason": "The guide says so on page 4.", "read_on": "2026-11-20", **seen(page), **fields}
    return person.send(place, page, status, answer=answer, **given)


def publish(town: Town, number: int, *people: Person) -> Call:
    reviewer, editor = people
    for person, step in ((reviewer, "start_review"), (reviewer, "approve"), (editor, "publish")):
        person.send(f"/en/desk/{number}/steps/{step}", person.page(f"/en/desk/{number}"))
    return town.build()


def test_a_decision_goes_to_the_public_and_no_crawl_overwrites_it(town: Town) -> None:
    ruta, rasa = town.join("ruta", DeskRole.CONTRIBUTOR), town.join("rasa", DeskRole.REVIEWER)
    ema = town.join("ema", DeskRole.EDITOR)
    (place,) = questions(ruta)
    page = ruta.page(place)
    assert answers(page) == ["keep", "other-1", "cannot_tell"]
    assert {"80%", "60%"} <= set(page.css("td span::text").getall())
    decide(ruta, place, "other-1")
    assert questions(ruta) == []
    assert questions(ruta, "?state=decided") == [place]
    shown = rasa.page("/en/desk/1")
    assert shown.css("[aria-labelledby=corrects] td span::text").getall() == ["80%", "60%"]
    assert publish(town, 1, rasa, ema).money.rate_max == 60
    assert (questions(ruta), town.build().money.rate_max) == ([], 60)

    town.tell("source-a", money={"rate_max": "70"})
    assert town.build().money.rate_max == 60
    opened = {ruta.page(one).css(".tag::text").getall()[0]: one for one in questions(ruta)}
    assert set(opened) == {"sources disagree", "told differently since"}
    again = ruta.page(opened["told differently since"])
    assert {"60%", "70%"} <= set(again.css("td span::text").getall())
    decide(ema, opened["told differently since"], "other-1", reason="The call was changed.")
    admin = town.join("admin", DeskRole.ADMINISTRATOR)
    assert publish(town, 1, rasa, admin).money.rate_max == 70
    assert questions(ruta) == []


def test_who_decides_alone_publishes_nothing(town: Town) -> None:
    ema = town.join("ema", DeskRole.EDITOR)
    (place,) = questions(ema)
    decide(ema, place, "keep")
    ema.send("/en/desk/1/steps/start_review", ema.page("/en/desk/1"))
    ema.send("/en/desk/1/steps/approve", ema.page("/en/desk/1"), status=403)
    assert list(town.desk.items.published()) == []


def test_what_is_no_mistake_stays_closed_until_the_words_change(town: Town) -> None:
    rasa = town.join("rasa", DeskRole.REVIEWER)
    (place,) = questions(rasa)
    decide(rasa, place, "not_a_mistake", reason="Both hold: 60 for profit-making bodies.")
    town.tell("source-a", money={"rate_max": "80"}, keywords=["new"])
    town.build()
    assert questions(rasa) == []
    town.tell("source-b", money={"rate_max": "65"})
    town.build()
    assert questions(rasa, "?state=reopened") == [place]
    assert "Both hold" in rasa.page(place).get()


def test_a_question_that_nobody_can_answer_stays_open_and_says_so(town: Town) -> None:
    ruta = town.join("ruta", DeskRole.CONTRIBUTOR)
    (place,) = questions(ruta)
    decide(ruta, place, "cannot_tell", reason="The page does not open.")
    assert questions(ruta, "?state=open") == [place]
    assert "The page does not open." in ruta.page(place).get()


def test_of_two_who_decide_the_slower_is_told(town: Town) -> None:
    rasa, ema = town.join("rasa", DeskRole.REVIEWER), town.join("ema", DeskRole.EDITOR)
    (place,) = questions(ema)
    late = ema.page(place)
    decide(rasa, place, "other-1")
    for answer in ("keep", "not_a_mistake"):
        page = ema.send(place, late, 409, answer=answer, reason="Mine", read_on="2026-11-20", **seen(late))
        assert "after you opened it" in page.css("[role=alert]").get("")
        assert page.css("#reason::text").get() == "Mine"
    ((item, *_others), versions) = town.desk.items.all(), town.desk.items.versions(1)
    assert (item.id, [version.content["values"] for version in versions]) == (1, [{"money.rate_max": "60"}])


def test_another_countrys_question_is_refused(town: Town) -> None:
    abroad = town.join("jan", DeskRole.EDITOR, frozenset({"PL"}))
    (place,) = questions(abroad)
    page = abroad.page(place)
    assert answers(page) == []
    fields = {"reason": "x", "read_on": "2026-11-20", "url": SOURCE["url"], "seen": "0"}
    token = abroad.page("/en/desk").css("input[name=token]::attr(value)").get("")
    for answer in ("keep", "other-1", "not_a_mistake", "cannot_tell"):
        refused = abroad.browser.post(place, data={"token": token, "answer": answer, **fields})
        assert (refused.status_code, "works for PL" in refused.text) == (403, True)
    assert (town.desk.items.all(), questions(abroad)) == ([], [place])


def test_an_answer_that_does_not_exist_changes_nothing(town: Town) -> None:
    ema = town.join("ema", DeskRole.EDITOR)
    (place,) = questions(ema)
    for answer in ("", "another", "keep-x", "other-9", "approve"):
        decide(ema, place, answer, 422)
    assert town.desk.items.all() == []


def test_a_decision_without_a_reason_is_refused(town: Town) -> None:
    ema = town.join("ema", DeskRole.EDITOR)
    (place,) = questions(ema)
    for answer in ("keep", "not_a_mistake", "cannot_tell"):
        assert "say why" in decide(ema, place, answer, 422, reason=" ").css("#reason-error::text").get("")
    assert town.desk.items.all() == []


def test_a_forged_decision_does_nothing(town: Town) -> None:
    ema = town.join("ema", DeskRole.EDITOR)
    (place,) = questions(ema)
    for path in (place, "/en/desk/correct/ft.A/money.rate_max"):
        answer = ema.browser.post(path, data={"token": "0" * 64, "answer": "keep", "value": "1", "reason": "x"})
        assert answer.status_code == 403
    assert (town.desk.items.all(), questions(ema)) == ([], [place])


def test_the_list_is_filtered_by_the_address(town: Town) -> None:
    ema = town.join("ema", DeskRole.EDITOR)
    (place,) = questions(ema)
    for query in ("?kind=conflict", "?country=LT", "?source=source-b", "?state=open", "?state=any"):
        assert questions(ema, query) == [place]
    for query in ("?kind=link", "?country=PL", "?source=source-c", "?state=decided", "?page=2"):
        assert questions(ema, query) == []
    assert (
        ema.browser.get("/en/desk/issues?kind=&country=LT", follow_redirects=False)
        .headers["location"]
        .endswith("/en/desk/issues?country=LT")
    )
    for query in ("?kind=gossip", "?state=lost", "?page=0"):
        assert ema.browser.get(f"/en/desk/issues{query}").status_code == 422
    assert ema.browser.get("/en/desk/issues/none").status_code == 404


def test_before_the_first_build_there_are_no_questions(somebody: Callable[[str, DeskRole], Person]) -> None:
    assert questions(somebody("ema", DeskRole.EDITOR), "?state=any") == []


def test_questions_are_for_people_of_the_desk(town: Town) -> None:
    for path in ("/issues", "/issues/x", "/correct/ft.A", "/correct/ft.A/title"):
        answer = town.app().get(f"/en/desk{path}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/en/desk/sign-in")
