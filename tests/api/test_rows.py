import datetime as dt
from decimal import Decimal

from api.rows import applicant_types, call_row, practice_row
from corpus.vocab import ApplicantType, CallStatus, EvidenceLevel, Fund, Language
from tests.factories import NOW, call, closing, cutoff, practice, rule

MONEY = {"grant_max": {"amount": "200000"}, "rate_max": "90"}


def test_a_row_says_what_stands_at_the_moment() -> None:
    two = call(timeline=closing("2026-11-01", "2026-12-02"), money=MONEY)
    row = call_row(two, NOW)
    assert (row.status, row.next_cutoff, row.days_left) == (CallStatus.OPEN, cutoff("2026-12-02"), 10)
    assert [c.date for c in row.cutoffs] == [dt.date(2026, 11, 1), dt.date(2026, 12, 2)]
    assert (row.own_share, row.rate_max) == (Decimal(10), Decimal(90))
    assert call_row(two, NOW + dt.timedelta(days=30)).status is CallStatus.CLOSED


def test_the_last_day_has_no_days_left() -> None:
    assert call_row(call(timeline=closing("2026-11-22")), NOW).days_left == 0


def test_what_is_not_known_is_left_open() -> None:
    row = call_row(call(), NOW)
    assert row.status is CallStatus.UNKNOWN
    assert (row.days_left, row.own_share, row.budget, row.lump_sum) == (None, None, None, None)
    assert row.countries == row.applicant_types == ()
    assert not row.anywhere


def test_a_lump_sum_has_no_own_share() -> None:
    assert call_row(call(money={**MONEY, "lump_sum": True}), NOW).own_share is None


def test_texts_come_in_the_language_asked_for_else_english_else_the_original() -> None:
    titles = {"bg": "Безопасни улици", "en": "Safe streets"}
    both = call(title=titles, original_language="bg")
    only = call(title={"bg": titles["bg"]}, original_language="bg")
    assert [call_row(both, NOW, language).title_language for language in (Language.BG, Language.FR)] == ["bg", "en"]
    assert (call_row(only, NOW).title, call_row(only, NOW).title_language) == (titles["bg"], Language.BG)


def test_bodies_come_from_rules_on_applicants_and_leads_only() -> None:
    rules = [
        rule("applicant_type", {"any_of": ["municipality"], "conditional": ["association"]}),
        rule("partner_type", {"any_of": ["public_university"]}),
    ]
    types = applicant_types(call(eligibility={"rules": rules}))
    assert types == (ApplicantType.MUNICIPALITY, ApplicantType.ASSOCIATION)


def test_a_practice_tells_places_payers_and_how_well_results_are_known() -> None:
    told = practice(
        paid_by=[{"fund": "ERDF", "amount": {"amount": "1000"}}, {"fund": "ERDF"}, {"payer": "City"}],
        results=[{"statement": {"en": "Rents fell."}, "level": "monitored"}],
        period={"start": "2019"},
    )
    row = practice_row(told)
    assert (row.places[0].name, row.places[0].population) == ("Gabrovo", 48133)
    assert row.funds == (Fund.ERDF,)
    assert row.results[0].level is EvidenceLevel.MONITORED
    assert (row.start, row.end, row.cost) == ("2019", None, None)
    assert [source.url for source in row.sources] == ["https://example.org/page"]
    assert row.checked == dt.date(2026, 11, 1)
