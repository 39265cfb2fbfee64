"""What is decided at the desk is in the next snapshot, and no crawl takes it away."""

from copy import deepcopy
from pathlib import Path

import pytest

from corpus.build import build
from corpus.desk.content import Content, ItemKind, correction_of
from corpus.desk.errors import ContentError
from corpus.desk.items import Items, Seen
from corpus.desk.rights import Action
from corpus.issues import Issue
from corpus.model import Call, Practice
from corpus.snapshot import Snapshot
from corpus.store import Store
from tests.corpus.desk.conftest import Desk
from tests.corpus.desk.test_items import PRACTICE
from tests.factories import NOW, call, raw, source_meta

CORRECTION: Content = {
    "record": "euroaccess.A",
    "values": {"money.rate_max": "80"},
    "made_from": {"money.rate_max": None},
    "reason": "The guide for applicants says 80 per cent on page 4.",
    "source": {
        "key": "guide",
        "url": "https://calls.example.eu/guide.pdf",
        "method": "curated",
        "read_on": "2026-11-01",
    },
}


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "curated"
    folder.mkdir()
    return folder


def publish(desk: Desk, kind: ItemKind, content: Content) -> None:
    people = desk.people
    item = desk.items.begin(people["admin"], kind, "shared-kitchen", deepcopy(content), NOW)
    steps = (("admin", Action.SUBMIT), ("rasa", Action.START_REVIEW), ("rasa", Action.APPROVE), ("ema", Action.PUBLISH))
    for who, action in steps:
        item = desk.items.act(people[who], action, Seen(item.id, item.revision), NOW)


def crawl(store: Store, **fields: object) -> None:
    run = store.begin_run(source_meta(), NOW)
    run.add(raw("A", call("euroaccess.A", **fields)))
    run.finish(NOW)


def built(desk: Desk, empty: Path, tmp_path: Path) -> tuple[Snapshot, list[Issue]]:
    _, issues = build(Store(desk.engine), tmp_path / "snapshots", NOW, empty)
    return Snapshot.current(tmp_path / "snapshots"), issues


def test_a_published_practice_is_in_the_next_snapshot(desk: Desk, empty: Path, tmp_path: Path) -> None:
    crawl(Store(desk.engine))
    publish(desk, ItemKind.PRACTICE, PRACTICE)
    snapshot, _ = built(desk, empty, tmp_path)
    practice = snapshot.get("isopolis.shared-kitchen")
    assert isinstance(practice, Practice)
    assert practice.text(practice.title) == "A shared kitchen"


def test_a_draft_is_in_no_snapshot(desk: Desk, empty: Path, tmp_path: Path) -> None:
    crawl(Store(desk.engine))
    desk.items.begin(desk.people["admin"], ItemKind.PRACTICE, "shared-kitchen", deepcopy(PRACTICE), NOW)
    assert built(desk, empty, tmp_path)[0].get("isopolis.shared-kitchen") is None


def test_a_correction_holds_against_every_crawl_and_asks_again(desk: Desk, empty: Path, tmp_path: Path) -> None:
    store = Store(desk.engine)
    crawl(store)
    publish(desk, ItemKind.CORRECTION, CORRECTION)
    snapshot, issues = built(desk, empty, tmp_path)
    found = snapshot.get("euroaccess.A")
    assert isinstance(found, Call)
    assert (found.money.rate_max, issues) == (80, [])
    assert found.evidence["money.rate_max"][0].statement == CORRECTION["reason"]
    crawl(store, money={"rate_max": "60"})
    snapshot, issues = built(desk, empty, tmp_path)
    again = snapshot.get("euroaccess.A")
    assert isinstance(again, Call)
    assert again.money.rate_max == 80
    assert [(issue.code, issue.field) for issue in issues] == [("decision_reopened", "money.rate_max")]
    assert "60" in issues[0].message


def test_a_record_can_have_several_corrections_each_of_its_own_fields(desk: Desk, empty: Path, tmp_path: Path) -> None:
    crawl(Store(desk.engine), money={"rate_max": "60"})
    publish(desk, ItemKind.CORRECTION, {**CORRECTION, "made_from": {"money.rate_max": "60"}})
    budget = {"values": {"money.budget": {"amount": "5"}}, "made_from": {"money.budget": None}, "reason": "Page 2."}
    publish(desk, ItemKind.CORRECTION, {**CORRECTION, **budget})
    snapshot, issues = built(desk, empty, tmp_path)
    found = snapshot.get("euroaccess.A")
    assert isinstance(found, Call)
    assert (found.money.rate_max, str(found.money.budget), issues) == (80, "5 EUR", [])
    assert found.evidence["money.budget"][0].statement == "Page 2."
    assert len({source.key for source in found.sources}) == 3


def test_the_same_fields_of_a_record_are_corrected_once(desk: Desk) -> None:
    publish(desk, ItemKind.CORRECTION, CORRECTION)
    with pytest.raises(ContentError, match="at the desk already"):
        publish(desk, ItemKind.CORRECTION, CORRECTION)


@pytest.mark.parametrize("path", ["id", "kind", "sources", "evidence.title", "sources.0.url"])
def test_what_makes_a_record_one_cannot_be_corrected(path: str) -> None:
    with pytest.raises(ContentError, match="no fact that can be corrected"):
        correction_of({**CORRECTION, "values": {path: "x"}, "made_from": {path: None}})


def test_a_decision_that_opens_again_shows_both_values_with_their_words(
    desk: Desk, empty: Path, tmp_path: Path
) -> None:
    crawl(Store(desk.engine))
    publish(desk, ItemKind.CORRECTION, CORRECTION)
    crawl(Store(desk.engine), money={"rate_max": "60"})
    (issue,) = built(desk, empty, tmp_path)[1]
    assert [(quote.origin, quote.data) for quote in issue.quotes] == [("desk", "80"), ("sources", "60")]
    assert issue.quotes[0].words == CORRECTION["reason"]


def test_a_correction_that_claims_another_country_is_not_applied(desk: Desk, empty: Path, tmp_path: Path) -> None:
    """Rights are limited by country: nobody widens theirs by saying that a record is of their own."""
    crawl(Store(desk.engine), geography={"countries": ["BG"]})
    publish(desk, ItemKind.CORRECTION, {**CORRECTION, "country": "LT"})
    snapshot, (issue,) = built(desk, empty, tmp_path)
    found = snapshot.get("euroaccess.A")
    assert isinstance(found, Call)
    assert (found.money.rate_max, issue.code) == (None, "not_applied")
    assert "the record is of BG, not of LT" in issue.message


def test_the_order_of_a_list_opens_no_decision_again(desk: Desk, empty: Path, tmp_path: Path) -> None:
    crawl(Store(desk.engine), subjects=["housing", "homelessness"])
    about = {"values": {"subjects": ["housing"]}, "made_from": {"subjects": ["homelessness", "housing"]}}
    publish(desk, ItemKind.CORRECTION, {**CORRECTION, **about})
    snapshot, issues = built(desk, empty, tmp_path)
    found = snapshot.get("euroaccess.A")
    assert isinstance(found, Call)
    assert ([str(one) for one in found.subjects], issues) == (["housing"], [])


def test_a_corrected_country_keeps_no_other_correction_away(desk: Desk, empty: Path, tmp_path: Path) -> None:
    crawl(Store(desk.engine), geography={"countries": ["LT"]})
    where = {"values": {"geography.countries": ["LV"]}, "made_from": {"geography.countries": ["LT"]}, "country": "LT"}
    publish(desk, ItemKind.CORRECTION, {**CORRECTION, **where})
    for path, country in (("money.rate_max", "LT"), ("money.rate_min", "LV")):
        text = {"values": {path: "60"}, "made_from": {path: None}, "country": country}
        publish(desk, ItemKind.CORRECTION, {**CORRECTION, **text})
    snapshot, issues = built(desk, empty, tmp_path)
    found = snapshot.get("euroaccess.A")
    assert isinstance(found, Call)
    assert (found.money.rate_max, found.money.rate_min, issues) == (60, 60, [])


def test_a_correction_that_no_longer_fits_leaves_the_record_as_it_is(desk: Desk, empty: Path, tmp_path: Path) -> None:
    crawl(Store(desk.engine))
    publish(desk, ItemKind.CORRECTION, {**CORRECTION, "values": {"money.rate_max": "much"}})
    snapshot, issues = built(desk, empty, tmp_path)
    found = snapshot.get("euroaccess.A")
    assert isinstance(found, Call)
    assert (found.money.rate_max, [issue.code for issue in issues]) == (None, ["not_applied"])


def test_a_published_practice_that_no_longer_fits_stops_nothing(
    desk: Desk, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl(Store(desk.engine))
    publish(desk, ItemKind.PRACTICE, PRACTICE)
    broken = {key: value for key, value in PRACTICE.items() if key != "places"}
    (item, _), *_rest = desk.items.published()
    monkeypatch.setattr(Items, "published", lambda _self: iter([(item, broken)]))
    snapshot, issues = built(desk, empty, tmp_path)
    assert snapshot.get("euroaccess.A") is not None
    assert [issue.code for issue in issues] == ["no_longer_fits"]
