"""Every row of every real sample is parsed and mapped, ignored by name, or an issue."""

import datetime as dt
import json
from collections import Counter
from typing import Any

import pytest

from corpus.issues import Level
from corpus.model import Call, Practice
from corpus.parts import Moment
from corpus.vocab import Fund
from crawler.parsing import Parsed
from crawler.sources.bg_eumis import parse as bg_eumis
from crawler.sources.euroaccess import parse as euroaccess
from crawler.sources.ft_portal import answer, facets, parse, projects
from tests.crawler import samples
from tests.crawler.reading import config

NOW = dt.datetime(2026, 7, 1, 6, 30, tzinfo=dt.UTC)
FT = config("ft_portal")
EU = config("euroaccess")
BG = config("bg_eumis")


def accounted(parsed: Parsed) -> int:
    """Rows whose fate is known."""
    lost = {issue.key for issue in parsed.issues if issue.level is Level.ERROR}
    return len(parsed.records) + len(lost) + sum(parsed.ignored.values())


def codes(parsed: Parsed) -> Counter[tuple[str, str]]:
    return Counter((issue.code, issue.field) for issue in parsed.issues)


def call(parsed: Parsed, key: str) -> Call:
    (record,) = [raw.record for raw in parsed.records if raw.key == key]
    assert isinstance(record, Call)
    return record


@pytest.mark.parametrize(
    ("name", "records", "ignored"),
    [
        ("sedia_search_page_2.151_excerpt", 2, {}),
        ("sedia_cascade_type8", 4, {}),
        ("sedia_search_open_grants", 4, {}),
        ("sedia_tenders_response_in_postman", 0, {"tender": 10}),
    ],
)
def test_answers_of_the_search(name: str, records: int, ignored: dict[str, int]) -> None:
    body = (samples.samples() / "ft_portal" / f"{name}.json").read_bytes()
    rows = list(answer.read_answer(body).rows)
    parsed = parse.parse_calls(rows, FT, NOW)
    assert (len(parsed.records), dict(parsed.ignored)) == (records, ignored)
    assert accounted(parsed) == len(rows)
    assert {code for code, _ in codes(parsed)} <= {"unmapped_value", "broken_json"}


def test_no_field_of_a_search_row_is_unknown() -> None:
    for rows in samples.search_rows().values():
        parsed = parse.parse_calls(rows, FT, NOW)
        assert [issue.field for issue in parsed.issues if issue.code == "unknown_field"] == []


def test_the_search_page_in_detail() -> None:
    parsed = parse.parse_calls(samples.search_rows()["sedia_search_page_2.151_excerpt"], FT, NOW)
    soil = call(parsed, "HORIZON-MISS-2027-05-SOIL-01-two-stage")
    assert [(c.date.isoformat(), c.time, c.stage) for c in soil.timeline.cutoffs] == [
        ("2027-04-08", None, "first"),
        ("2027-09-14", None, "second"),
    ]
    assert "Soil biodiversity" in soil.keywords
    arts = call(parsed, "HORIZON-CL2-2024-TRANSFORMATIONS-01-08")
    assert arts.url.endswith("/topic-details/HORIZON-CL2-2024-TRANSFORMATIONS-01-08")
    assert "Gender research" in arts.keywords
    assert [cutoff.date.isoformat() for cutoff in arts.timeline.cutoffs] == ["2024-02-07"]


def test_cascade_calls_have_keys_of_their_own() -> None:
    parsed = parse.parse_calls(samples.search_rows()["sedia_cascade_type8"], FT, NOW)
    assert len({raw.record.id for raw in parsed.records}) == 4
    assert parsed.issues == []
    metu = call(parsed, "11143COMPETITIVE_CALLen")
    assert metu.cascade is not None
    assert metu.cascade.is_regranting
    assert len(metu.timeline.cutoffs) == 7
    assert metu.timeline.cutoffs[0].indicative  # 03:59 in UTC is midnight somewhere else


@pytest.mark.parametrize(
    ("name", "rows", "records"), [("eu_grants_feed", 723, 723), ("equality_related", 55, 55), ("cerv_isf", 6, 6)]
)
def test_rows_of_other_harvests(name: str, rows: int, records: int) -> None:
    wire = samples.feed_rows()[name]
    parsed = parse.parse_calls(wire, FT, NOW)
    assert len(wire) == rows == accounted(parsed)
    assert len(parsed.records) == records
    assert not [issue for issue in parsed.issues if issue.level is Level.ERROR]
    assert {code for code, _ in codes(parsed)} <= {"unmapped_value", "prose_disagrees"}
    # The portal gives each topic of the Defence Fund the budget of its whole call; the texts give the topic's own.
    differing = [issue for issue in parsed.issues if issue.code == "prose_disagrees"]
    assert {(issue.key.partition("-")[0], issue.field) for issue in differing} <= {("EDF", "money.budget")}


def test_the_equality_calls_need_no_issue() -> None:
    parsed = parse.parse_calls(samples.feed_rows()["equality_related"], FT, NOW)
    assert [str(issue) for issue in parsed.issues] == []
    funds = {fund for raw in parsed.records if isinstance(raw.record, Call) for fund in raw.record.funds}
    assert funds == {Fund.CERV, Fund.ESF_PLUS, Fund.ERDF, Fund.CF, Fund.JTF, Fund.SOCPL}


def test_daphne_topics_repeat_the_budget_of_the_call_and_are_not_added_up() -> None:
    parsed = parse.parse_calls(samples.feed_rows()["equality_related"], FT, NOW)
    budgets = {
        raw.record.money.budget.amount
        for raw in parsed.records
        if isinstance(raw.record, Call) and "DAPHNE" in raw.key and raw.record.money.budget
    }
    assert budgets == {21_000_000}


def test_titles_stay_in_the_language_of_their_row() -> None:
    parsed = parse.parse_calls(samples.feed_rows()["cerv_isf"], FT, NOW)
    assert {str(language) for raw in parsed.records for language in raw.record.title} == {"bg", "de"}


def test_projects() -> None:
    rows = samples.load("ft_portal/projects_results_sample_raw.json")
    answered = answer.read_answer(json.dumps({"totalResults": 3, "results": rows}).encode())
    parsed = projects.parse_projects(list(answered.rows), FT, NOW)
    assert len(parsed.records) == 3
    assert [str(issue) for issue in parsed.issues] == []
    safe = parsed.records[0].record
    assert isinstance(safe, Practice)
    assert safe.period.start == "2023-01-01"
    assert (safe.places[0].name, safe.places[0].country) == ("Ravenna", "IT")
    assert len(safe.partners) == 7


@pytest.mark.parametrize("name", ["facets_2026-08-22", "facet_values_2026_union"])
def test_facets(name: str) -> None:
    data: dict[str, Any] = samples.load(f"ft_portal/{name}.json")
    wire = {facet: _values(found) for facet, found in data.items()}
    issues = facets.check_answer(json.dumps(wire).encode(), FT)
    unknown = {issue.raw for issue in issues if issue.code == "unmapped_value"}
    assert unknown <= {"31045243", "31059643"}  # Horizon 2020 and COSME: the period before
    lost = {issue.raw for issue in issues if issue.code != "unmapped_value"}
    assert lost <= {"43251447"}  # AMIF had no open call that summer, and these were counts of open ones


def _values(found: Any) -> list[dict[str, Any]]:
    """Facet values; one of the two samples is a table of code to label."""
    if isinstance(found, list):
        return found
    return [{"rawValue": code, "value": label} for code, (label, *_) in found.items()]


def test_codes_of_the_official_list() -> None:
    text = (samples.samples() / "ft_portal" / "basic_code_list_official.csv").read_text(encoding="utf-8")
    rows = [line.rsplit(",", 1)[-1] for line in text.splitlines() if line.startswith("ccm2Codes,")]
    numbers = [code for code in rows if code.startswith(("43", "44"))]
    unknown = [code for code in numbers if FT.mappings["fund"].codes(code) is None]
    assert unknown == []


def test_list_of_euroaccess() -> None:
    body = (samples.samples() / "euroaccess" / "search_list_2025-10.html").read_bytes()
    entries = euroaccess.parse_list(body, EU.urls["list"])
    assert len(entries) == len({entry.number for entry in entries}) == 142
    assert [e.programme for e in entries if EU.mappings["fund"].codes(e.programme) is None] == []


def test_page_of_euroaccess() -> None:
    body = (samples.samples() / "euroaccess" / "call_detail_erasmus_charter.html").read_bytes()
    parsed = euroaccess.parse_detail(body, "https://www.euro-access.eu/en/calls/135/Erasmus-Charter", EU, NOW)
    assert parsed.issues == []
    charter = call(parsed, "135")
    assert charter.id == "ft.ERASMUS-EDU-2022-ECHE-CERT-FP"
    (cutoff,) = charter.timeline.cutoffs
    assert (cutoff.date.isoformat(), str(cutoff.time), cutoff.zone) == ("2026-01-27", "17:00:00", "Europe/Brussels")
    assert charter.geography is not None
    assert set(charter.geography.countries) == {"EU27", "AL", "BA", "IS", "XK", "LI", "MK", "NO", "RS", "TR"}
    assert "read more" not in charter.objectives["en"]  # type: ignore[index]


def test_records_of_euroaccess_rendered_as_pages() -> None:
    parsed = Parsed()
    records = samples.euroaccess_records()
    for record in records:
        parsed.absorb(euroaccess.parse_detail(samples.euroaccess_page(record).encode(), record["url"], EU, NOW))
    assert len(records) == len(parsed.records) == 72
    assert not [issue for issue in parsed.issues if issue.level is Level.ERROR]
    assert {code for code, _ in codes(parsed)} <= {"unreadable", "implausible", "prose_disagrees"}
    assert len(parsed.issues) <= 11


def test_consortia_of_euroaccess_are_read_only_when_safe() -> None:
    found = {}
    for record in samples.euroaccess_records():
        body = samples.euroaccess_page(record).encode()
        parsed = euroaccess.parse_detail(body, record["url"], EU, NOW)
        for raw in parsed.records:
            assert isinstance(raw.record, Call)
            rules = {rule.id: rule.value for rule in raw.record.eligibility.rules}
            unread = {rule.family for rule in raw.record.eligibility.unread}
            assert "consortium" in rules or "consortium" in unread
            found[raw.record.id] = rules.get("consortium")
    assert found["ft.CERV-2025-EQUAL-ANTISEMITISM"].min_applicants == 2  # type: ignore[union-attr]
    assert found["ft.HORIZON-NEB-2025-01-REGEN-02"].min_applicants == 3  # type: ignore[union-attr]
    assert found["ft.HORIZON-NEB-2025-01-REGEN-02"].min_countries == 3  # type: ignore[union-attr]


def test_list_of_bg_eumis() -> None:
    body = (samples.samples() / "bulgaria_isun" / "isun_active_listing_excerpt.html").read_bytes()
    entries, parsed = bg_eumis.parse_list(body, BG.urls["list"], BG)
    assert len(entries) == len({entry.guid for entry in entries}) == 12
    assert [issue.code for issue in parsed.issues] == ["count"]  # the second programme was cut off
    assert {entry.code.split("-", maxsplit=1)[0] for entry in entries} == {"BG05SFPR001", "BG05SFPR002"}


def test_page_of_bg_eumis() -> None:
    body = (samples.samples() / "bulgaria_isun" / "isun_detail_mig.html").read_bytes()
    url = "https://eumis2020.government.bg/bg/s/Procedure/Info/06021f2c-6c40-457d-846a-71dcd7b01b83"
    parsed = bg_eumis.parse_detail(body, url, BG, NOW)
    assert parsed.issues == []
    mig = call(parsed, "06021f2c-6c40-457d-846a-71dcd7b01b83")
    assert mig.timeline.opens is not None
    assert utc(mig.timeline.opens) == "2026-07-10T11:00:00+00:00"  # summer time in Sofia
    assert utc(mig.timeline.cutoffs[0]) == "2026-09-14T13:30:00+00:00"
    assert "потребител" not in mig.objectives["bg"]  # type: ignore[index]  # the help text stays out
    assert len(mig.documents) == 7


def utc(moment: Moment) -> str:
    return moment.end().astimezone(dt.UTC).isoformat()
