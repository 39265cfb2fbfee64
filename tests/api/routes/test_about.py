import datetime as dt

import pytest
from fastapi.testclient import TestClient

from api import lookup
from api.routes import about
from api.settings import ApiSettings
from api.state import Service
from corpus.corrections import DECIDED, Correction
from corpus.coverage import SHARED
from corpus.raw import Cover
from corpus.snapshot import SourceState, write_snapshot
from corpus.vocab import Fund
from tests.api.conftest import client_of
from tests.api.reading import page
from tests.matcher.factory import GARDENS, NOW, RECORDS, SOURCE, World, changed

FIXED = Correction(
    date=dt.date(2026, 12, 1),
    record="cerv.gone",
    wrong={"en": "There never was such a call."},
    right={"en": "It was a rumour <b>only</b>.", "de": "Es war ein Gerücht."},
    retired=True,
)


def test_coverage_says_what_is_known_and_what_is_not(client: TestClient) -> None:
    shown = page(client.get("/en/coverage"))
    rows = {
        row.xpath("normalize-space(./th)").get(): row
        for row in shown.xpath("//table[contains(@class, 'coverage')]/tbody/tr")
    }
    assert len(rows) == 28
    bulgaria = rows["Bulgaria"].xpath("normalize-space(./td[2])").get()
    assert bulgaria == "1 call by hand"  # ESF+
    assert rows["France"].xpath("normalize-space(./td[1])").get() == "not covered"
    assert rows["France"].xpath("normalize-space(./td[7])").get() == "–"  # CERV is the same in every country
    gaps = " ".join(shown.xpath("//section[h2/@id='gaps']//text()").getall())
    assert "France" in gaps
    assert len(shown.xpath("//section[h2/@id='gaps']/p").getall()) == len(SHARED)


def test_coverage_says_how_fresh_and_how_sure_sources_are(world: World) -> None:
    cover = Cover(countries=("FR",), funds=(Fund.ERDF,), what="calls")
    facts = {"confidence": "untested-live", "licence": "x", "records": 7, "covers": (cover,)}
    read = SourceState(id="a", title="Read", last_good_run=NOW, last_status="good", **facts)
    never = SourceState(id="b", title="Never read", last_good_run=None, last_status="never", **facts)
    ordered = sorted(RECORDS, key=lambda record: record.id)
    write_snapshot(world.home / "snapshots", ordered, NOW, {"sources": (never, read)})
    client = client_of(Service(world.home, world.matcher))
    shown = page(client.get("/en/coverage"))
    assert shown.xpath("//section[h2/@id='sources']//tbody/tr/th/text()").getall() == ["Read", "Never read"]
    text = shown.xpath("normalize-space(//section[h2/@id='sources'])").get() or ""
    assert "1 of them had no good run yet" in text
    assert "2 November 2026" in text
    assert "never" in text


def test_no_correction_yet_is_said_honestly(client: TestClient) -> None:
    text = client.get("/en/corrections").text
    assert "No mistake was reported and put right yet" in text
    assert "mailto:" not in text  # nobody gave an address


def test_corrections_are_shown_in_the_language_that_they_have(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about, "load_corrections", lambda: (FIXED,))
    german = page(client.get("/de/corrections"))
    assert german.xpath("//dd[2]/span/text() | //dd/span/text()").getall()[-1] == "Es war ein Gerücht."
    french = client.get("/fr/corrections")
    assert page(french).xpath("//dd/span/@lang").getall() == ["en", "en"]
    assert "<b>only</b>" not in french.text


def test_what_was_decided_at_the_desk_is_public(world: World) -> None:
    said = {"source": "desk", "statement": "The call itself says 500 000 euro.", "place": DECIDED}
    source = {**SOURCE, "key": "desk", "read_on": "2026-11-20"}
    fixed = changed(GARDENS, sources=[SOURCE, source], evidence={"money.grant_max": [said]})
    records = [fixed, *(record for record in RECORDS if record.id != GARDENS.id)]
    world.write(records)
    shown = page(client_of(Service(world.home, world.matcher)).get("/en/corrections"))
    card = shown.xpath("normalize-space(//section[contains(@class, 'card')])").get() or ""
    for part in ("20 November 2026", "life.gardens", "money: grant max", "The call itself says 500 000 euro."):
        assert part in card
    assert shown.xpath("//section//a/@href").getall() == ["/en/calls/life.gardens"]


def test_a_record_that_was_taken_out_is_gone_and_says_why(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "retired", lambda record_id: FIXED if record_id == "cerv.gone" else None)
    response = client.get("/en/calls/cerv.gone")
    assert response.status_code == 410
    assert "It was a rumour" in response.text
    assert client.get("/v1/calls/cerv.gone").json()["error"]["code"] == "gone"
    assert client.get("/en/calls/cerv.other").status_code == 404


def test_a_record_of_which_no_source_tells_any_more_is_gone(world: World) -> None:
    ordered = sorted(RECORDS, key=lambda record: record.id)
    write_snapshot(world.home / "snapshots", ordered, NOW, gone=["ft.OLD-CALL"])
    client = client_of(Service(world.home, world.matcher))
    response = client.get("/en/calls/ft.OLD-CALL")
    assert response.status_code == 410
    assert "no source tells of it any more" in response.text
    assert client.get("/v1/practices/ft.OLD-CALL").status_code == 410


def test_an_address_for_reports_is_offered_where_there_is_one(service: Service) -> None:
    from api.app import create_app  # noqa: PLC0415  the settings differ from those of the other tests

    client = TestClient(create_app(service, ApiSettings(contact="help@isopolis.example")))
    for path in ("corrections", "accessibility", "privacy"):
        assert "mailto:help@isopolis.example" in client.get(f"/en/{path}").text


def test_the_statement_has_all_parts_of_the_model(client: TestClient) -> None:
    headings = page(client.get("/en/accessibility")).xpath("//h2/text()").getall()
    assert len(headings) == 5
    text = client.get("/en/accessibility").text
    for part in ("partially complies", "EN 301 549", "self-assessment", "23 November 2026", "2018/1523", "2016/2102"):
        assert part in text


def test_privacy_names_how_long_things_are_kept(client: TestClient) -> None:
    text = client.get("/en/privacy").text
    assert "10 minutes at most" in text
    assert "unconfirmed for 7 days at most" in text
