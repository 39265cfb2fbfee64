"""Records: what must be there, and what must fit together."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from corpus.model import Call, Funding, Place, RecordBase
from corpus.vocab import CoverageState, Language, LocationMeaning
from tests.factories import RECORD, call, page, practice, programme, proof, rule
from tests.strategies import calls


def eur(amount: int) -> dict[str, Any]:
    return {"amount": amount}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": {}}, "Dictionary should have at least 1 item"),
        ({"title": {"xx": "Title"}}, "Input should be 'bg'"),
        ({"title": {"en": " "}}, "String should have at least 1 character"),
        ({"sources": []}, "Tuple should have at least 1 item"),
        ({"sources": [page("a"), page("a")]}, "two sources have the same key"),
        ({"funds": []}, "Tuple should have at least 1 item"),
        ({"funds": ["Lottery"]}, "Input should be 'ERDF'"),
        ({"url": "www.example.org"}, "String should match pattern"),
        ({"deadline": "2026-01-01"}, "Extra inputs are not permitted"),
        ({"evidence": {"budget": [proof()]}}, "evidence 'budget': there is no field 'budget'"),
        ({"evidence": {"money.bugdet": [proof()]}}, "evidence 'money.bugdet': there is no field 'bugdet'"),
        ({"evidence": {"cascade.who": [proof()]}}, "evidence 'cascade.who': there is no field 'who'"),
        ({"evidence": {"money": [proof("p2")]}}, "evidence 'money' names the unknown source 'p2'"),
        (
            {"eligibility": {"rules": [rule("population", {"min": 1}), rule("population", {"max": 9})]}},
            "two eligibility rules have the same id",
        ),
        (
            {"eligibility": {"rules": [rule("population", {"min": 1}, evidence=[proof("p2")])]}},
            "rule 'population' names the unknown source 'p2'",
        ),
        ({"money": {"rate_max": 101}}, "Input should be less than or equal to 100"),
        ({"money": {"grants_expected": -1}}, "Input should be greater than or equal to 0"),
        ({"geography": {"countries": ["Bulgaria"]}}, "'Bulgaria' is not a country code"),
        ({"relations": [{"kind": "likes", "target": "isopolis.x"}]}, "Input should be 'variant_of'"),
    ],
)
def test_a_call_that_does_not_fit_together_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        call(**fields)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"grant_min": eur(200), "grant_max": eur(100)},
            "grant_min 200 EUR is larger than grant_max 100 EUR",
        ),
        ({"rate_min": 90, "rate_max": 80}, "rate_min 90 is larger than rate_max 80"),
    ],
)
def test_money_in_the_wrong_order_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Funding.model_validate(fields)


def test_amounts_of_two_currencies_are_not_compared() -> None:
    funding = Funding.model_validate({"grant_min": eur(200) | {"currency": "BGN"}, "grant_max": eur(110)})
    assert funding.grant_min is not None
    assert funding.grant_min.currency == "BGN"


def test_equal_ends_are_in_order() -> None:
    funding = Funding.model_validate({"grant_min": eur(100), "grant_max": eur(100), "rate_min": 80, "rate_max": 80})
    assert funding.rate_min == funding.rate_max == Decimal(80)


def test_unknown_is_not_no() -> None:
    plain = call()
    assert (plain.geography, plain.cascade, plain.management, plain.money.lump_sum) == (None, None, None, None)
    assert (plain.money.budget, plain.timeline.opens, plain.timeline.recurrence) == (None, None, None)
    assert programme().coverage is CoverageState.NOT_COVERED
    assert practice().participation is None


@pytest.mark.parametrize(
    "path", ["money", "money.budget", "money.budget.amount", "timeline.cutoffs", "title", "title.en", "cascade"]
)
def test_evidence_can_name_any_field(path: str) -> None:
    assert list(call(evidence={path: [proof()]}).evidence) == [path]


def test_evidence_of_other_kinds_of_record_is_checked_by_their_own_fields() -> None:
    assert "cost.amount" in practice(evidence={"cost.amount": [proof()]}).evidence
    with pytest.raises(ValidationError, match="there is no field 'funds'"):
        practice(evidence={"funds": [proof()]})


def test_a_failure_is_either_told_or_not_reported() -> None:
    assert practice(none_reported=True).what_failed == {}
    with pytest.raises(ValidationError, match="what_failed has a text, so none_reported must not be true"):
        practice(none_reported=True, what_failed={"en": "Nobody came."})


@pytest.mark.parametrize("cci", ["2021BG05SFPR002", "2021TC16RFCB012"])
def test_programme_codes(cci: str) -> None:
    assert programme(cci=cci).cci == cci


@pytest.mark.parametrize("cci", ["BG05SFPR002", "2021", "2021bg05sfpr002"])
def test_no_programme_codes(cci: str) -> None:
    with pytest.raises(ValidationError, match="cci"):
        programme(cci=cci)


@pytest.mark.parametrize(
    "fields",
    [{"population": -1}, {"population_year": 1800}, {"degurba": 0}, {"latitude": 91}, {"longitude": -181}],
)
def test_impossible_places_are_refused(fields: dict[str, Any]) -> None:
    (name,) = fields
    with pytest.raises(ValidationError, match=name):
        Place.model_validate({"name": "Nowhere", "country": "BG"} | fields)


def test_places_write_countries_in_iso_form() -> None:
    place = Place(name="Tilos", country="EL")
    assert (place.country, place.meaning) == ("GR", LocationMeaning.WHERE_IT_HAPPENED)


@pytest.mark.parametrize("when", ["2026", "2026-05", "2026-05-01"])
def test_periods(when: str) -> None:
    assert practice(period={"start": when}).period.start == when


@pytest.mark.parametrize("when", ["May 2026", "26", "2026-5"])
def test_no_periods(when: str) -> None:
    with pytest.raises(ValidationError, match="period"):
        practice(period={"start": when})


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        ({"en": "Roof", "bg": "Покрив", "fi": "Katto"}, Language.BG, "Покрив"),
        ({"en": "Roof", "fi": "Katto"}, "bg", "Roof"),
        ({"fi": "Katto", "sv": "Tak"}, Language.BG, "Katto"),  # the original
        ({"sv": "Tak"}, Language.BG, "Tak"),
        ({}, Language.BG, ""),
    ],
)
def test_a_text_falls_back_to_english_then_to_the_original(
    texts: dict[Language, str], language: str, expected: str
) -> None:
    assert call(original_language="fi").text(texts, language) == expected


@settings(max_examples=25)
@given(calls())
def test_a_call_that_was_written_is_read_back(record: Call) -> None:
    written = record.model_dump(mode="json", exclude_defaults=True) | {"kind": record.kind}
    assert RECORD.validate_python(written) == record
    assert RECORD.validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize("record", [call(), programme(), practice()], ids=lambda record: str(record.kind))
def test_the_kind_decides_which_record_is_read(record: RecordBase) -> None:
    assert type(RECORD.validate_json(record.model_dump_json())) is type(record)


@pytest.mark.parametrize("record_id", ["", "call", "no id", "Ft.X", "isopolis.a b", "isopolis."])
def test_no_record_ids(record_id: str) -> None:
    with pytest.raises(ValidationError, match="is no record id such as"):
        call(record_id)
