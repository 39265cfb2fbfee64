"""One thing told by several sources: what is kept, what is joined, and what a person must decide."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings

from corpus.issues import Issue, Quote
from corpus.merge import Telling, merge
from corpus.model import Call, Practice, RecordBase
from corpus.parts import Timeline
from corpus.quotes import taken_over
from tests.factories import call, closing, cutoff, day, page, practice, programme, proof, rule, telling
from tests.strategies import calls

ID = "ft.A-1"


def told(*fields: dict[str, Any]) -> list[Telling]:
    """The same call told by source-a, source-b, ... in this order of belief."""
    return [
        telling(call(**each), f"source-{letter}", f"{letter}-1") for letter, each in zip("abcd", fields, strict=False)
    ]


def merged(*fields: dict[str, Any]) -> tuple[Call, list[Issue]]:
    record, issues = merge(told(*fields), ID)
    assert isinstance(record, Call)
    return record, issues


def eur(amount: int) -> dict[str, Any]:
    return {"amount": amount}


@settings(max_examples=25)
@given(calls())
def test_merging_one_telling_changes_nothing_but_the_id(record: Call) -> None:
    merged_record, issues = merge([telling(record)], ID)
    assert merged_record == record.model_copy(update={"id": ID})
    assert issues == []


@settings(max_examples=25)
@given(calls())
def test_a_telling_said_twice_says_no_more(record: Call) -> None:
    twice, issues = merge([telling(record), telling(record, "source-b")], ID)
    assert issues == []
    keep = {"sources", "evidence", "identifiers", "id"}
    assert twice.model_dump(exclude=keep) == record.model_dump(exclude=keep)


def test_a_field_comes_from_the_first_that_knows_it() -> None:
    record, issues = merged(
        {"authority": None, "money": {"budget": eur(5)}},
        {"authority": "Agency", "money": {"rate_max": 80}, "duration_months_max": 24},
        {"authority": "Another agency", "management": "direct"},
    )
    assert (record.authority, record.management, record.duration_months_max) == ("Agency", "direct", 24)
    assert (str(record.money.budget), str(record.money.rate_max)) == ("5 EUR", "80")
    assert issues == []


def test_texts_are_joined_by_language_and_the_better_wording_stays() -> None:
    record, issues = merged({"title": {"en": "Best"}}, {"title": {"en": "Other", "bg": "Друго"}})
    assert record.title == {"en": "Best", "bg": "Друго"}
    assert issues == []


def test_lists_are_joined_without_repetition() -> None:
    record, issues = merged(
        {"keywords": ["roma", "housing"], "subjects": ["housing"]}, {"keywords": ["housing", "work"]}
    )
    assert (record.keywords, record.subjects) == (("roma", "housing", "work"), ("housing",))
    assert issues == []


@pytest.mark.parametrize(
    ("first", "other", "field", "kept", "lost"),
    [
        ({"duration_months_max": 24}, {"duration_months_max": 36}, "duration_months_max", "24", "36"),
        ({"money": {"budget": eur(5)}}, {"money": {"budget": eur(6)}}, "money.budget", "5 EUR", "6 EUR"),
        ({"money": {"rate_max": 80}}, {"money": {"rate_max": 90}}, "money.rate_max", "80", "90"),
        ({"management": "direct"}, {"management": "shared"}, "management", "direct", "shared"),
        (
            {"timeline": closing("2026-06-15")},
            {"timeline": closing("2026-06-16")},
            "timeline.cutoffs",
            "2026-06-15",
            "2026-06-16",
        ),
    ],
)
def test_a_disagreement_keeps_the_better_and_tells_both(
    first: dict[str, Any], other: dict[str, Any], field: str, kept: str, lost: str
) -> None:
    record, (issue,) = merged(first, other)
    assert issue == Issue(
        source="source-a",
        key="a-1",
        code="conflict",
        field=field,
        message=f"sources disagree on {field}: kept {kept}, another says {lost}",
        raw=lost,
        quotes=(
            Quote(origin="source-a", value=kept, url="https://example.org/page", data=taken_over(call(**first), field)),
            Quote(origin="source-b", value=lost, url="https://example.org/page", data=taken_over(call(**other), field)),
        ),
    )
    alone, _ = merged(first)
    assert record.model_dump(exclude={"sources"}) == alone.model_dump(exclude={"sources"})


@pytest.mark.parametrize("field", ["url", "apply_url", "status_at_source", "authority", "programme", "funds"])
def test_wordings_and_addresses_do_not_contradict_each_other(field: str) -> None:
    values: dict[str, tuple[Any, Any]] = {
        "status_at_source": ("open", "Отворена"),
        "authority": ("Agency", "The Agency"),
        "programme": ("isopolis.a", "isopolis.b"),
        "funds": (["ERDF"], ["EUI", "ERDF"]),
    }
    one, other = values.get(field, ("https://a.example", "https://b.example"))
    record, issues = merged({field: one}, {field: other})
    assert issues == []
    assert getattr(record, field) == getattr(call(**{field: one}), field)


def test_a_closing_day_takes_its_hour_from_whoever_knows_it() -> None:
    hour = {"timeline": Timeline(cutoffs=(cutoff("2026-06-15", "17:00"),))}
    record, issues = merged({"timeline": closing("2026-06-15", "2026-09-15")}, hour)
    first, second = record.timeline.cutoffs
    assert (first.time, first.zone, second.time) == (dt.time(17), "Europe/Brussels", None)
    # Another list of days is another story; another hour of the same day is not.
    assert [issue.field for issue in issues] == ["timeline.cutoffs"]
    _, agreed = merged({"timeline": closing("2026-06-15")}, hour)
    assert agreed == []


def test_a_known_hour_is_not_replaced() -> None:
    record, _ = merged(
        {"timeline": Timeline(cutoffs=(cutoff("2026-06-15", "17:00"),))},
        {"timeline": Timeline(cutoffs=(cutoff("2026-06-15", "12:00"),))},
    )
    assert [c.time for c in record.timeline.cutoffs] == [dt.time(17)]


def test_the_days_of_one_register_are_united() -> None:
    """EuroAccess lists a call once per closing date; these are several dates, not a contradiction."""
    days = ["2026-09-15", "2026-03-15", "2026-06-15"]
    tellings = [telling(call(timeline=closing(text)), "euroaccess", str(n)) for n, text in enumerate(days)]
    record, issues = merge(tellings, ID)
    assert isinstance(record, Call)
    assert [str(c.date) for c in record.timeline.cutoffs] == sorted(days)
    assert issues == []


def test_openings_come_from_whoever_knows_them_unless_they_contradict_the_cutoffs() -> None:
    late = {"timeline": Timeline(opens=day("2026-07-01"))}
    early = {"timeline": Timeline(opens=day("2026-02-01"))}
    record, _ = merged({"timeline": closing("2026-06-15")}, early)
    assert record.timeline.opens == day("2026-02-01")
    record, _ = merged({"timeline": closing("2026-06-15")}, late)
    assert record.timeline.opens is None


def test_one_register_that_knows_it_is_continuous_is_enough() -> None:
    record, issues = merged({"timeline": closing("2027-12-31")}, {"timeline": Timeline(continuous=True)})
    assert (record.timeline.continuous, len(record.timeline.cutoffs), issues) == (True, 1, [])


def test_sources_of_all_are_kept_apart_by_origin_and_key() -> None:
    record, _ = merged({}, {"sources": [page("page"), page("guide")]})
    assert [source.key for source in record.sources] == ["source-a:a-1:page", "source-b:b-1:page", "source-b:b-1:guide"]


def test_evidence_stays_only_where_it_says_what_the_record_says() -> None:
    said = {"evidence": {"money.budget": [proof()], "title": [proof()], "keywords": [proof()]}}
    record, _ = merged(
        {"money": {"budget": eur(5)}, **said},
        {"money": {"budget": eur(6)}, **said},
        {"money": {"budget": eur(5)}, **said},
    )
    sources = {path: [item.source for item in items] for path, items in record.evidence.items()}
    everyone = ["source-a:a-1:page", "source-b:b-1:page", "source-c:c-1:page"]
    assert sources == {
        "money.budget": ["source-a:a-1:page", "source-c:c-1:page"],
        "title": everyone,
        "keywords": everyone,
    }


def test_evidence_of_the_same_days_stays_although_only_one_knows_the_hour() -> None:
    said = {"evidence": {"timeline.cutoffs": [proof()]}}
    hour = Timeline(cutoffs=(cutoff("2026-06-15", "17:00"),))
    record, _ = merged({"timeline": closing("2026-06-15"), **said}, {"timeline": hour, **said})
    assert len(record.evidence["timeline.cutoffs"]) == 2


def test_rules_come_by_family_whole_from_the_first_that_has_it() -> None:
    best = {"rules": [rule("population", {"min": 25000})], "unread": [{"family": "country", "note": "not read"}]}
    other = {
        "rules": [
            rule("population", {"min": 1}),
            rule("country", {"in": ["BG"]}, id="country-1"),
            rule("country", {"in": ["RO"]}, id="country-2"),
        ],
        "unread": [{"family": "consortium"}, {"family": "population"}],
    }
    record, issues = merged({"eligibility": best}, {"eligibility": other})
    assert [(r.id, r.family) for r in record.eligibility.rules] == [
        ("population", "population"),
        ("country-1", "country"),
        ("country-2", "country"),
    ]
    assert record.eligibility.rules[0].value == call(eligibility=best).eligibility.rules[0].value
    assert [unread.family for unread in record.eligibility.unread] == ["consortium"]
    assert record.eligibility.rules[1].evidence[0].source == "source-b:b-1:page"
    assert [(issue.field, issue.raw) for issue in issues] == [("eligibility.rules", 'population {"min":1}')]


def test_rules_of_two_origins_with_one_id_are_told_apart() -> None:
    record, _ = merged(
        {"eligibility": {"rules": [rule("population", {"min": 1}, id="r1")]}},
        {"eligibility": {"rules": [rule("country", {"in": ["BG"]}, id="r1")]}},
    )
    ids = [r.id for r in record.eligibility.rules]
    assert ids[0] == "r1"
    assert len(set(ids)) == 2


def test_always_open_is_an_answer_that_a_worse_source_cannot_fill() -> None:
    record, issues = merged({"timeline": Timeline(continuous=True)}, {"timeline": closing("2027-12-31")})
    assert (record.timeline.continuous, record.timeline.cutoffs) == (True, ())
    assert [(issue.field, issue.raw) for issue in issues] == [("timeline.cutoffs", "2027-12-31")]
    assert "kept always open" in issues[0].message


def test_a_place_told_twice_is_one_place() -> None:
    town = {"name": "Szeged", "country": "HU"}
    tellings = [
        telling(practice(places=[town | {"latitude": 46.25}, {"name": "Pecs", "country": "HU"}]), "source-a"),
        telling(practice(places=[town | {"population": 160_000}]), "source-b"),
        telling(practice(places=[town | {"latitude": 46.0}]), "source-c"),
    ]
    record, issues = merge(tellings, "uia.1-99")
    assert isinstance(record, Practice)
    assert [(p.name, p.latitude, p.population) for p in record.places] == [
        ("Szeged", 46.25, 160_000),
        ("Pecs", None, None),
    ]
    assert [(issue.field, issue.raw) for issue in issues] == [("places.latitude", "46.0")]


def test_other_places_are_a_question_for_a_person() -> None:
    tellings = [
        telling(practice(places=[{"name": "Szeged", "country": "HU"}]), "source-a"),
        telling(practice(places=[{"name": "Lugo", "country": "ES"}]), "source-b"),
    ]
    record, issues = merge(tellings, "uia.1-99")
    assert isinstance(record, Practice)
    assert [place.name for place in record.places] == ["Szeged"]
    assert [(issue.field, issue.raw) for issue in issues] == [("places", "('Lugo', 'ES')")]


def test_money_of_one_fund_told_twice_is_one_payment() -> None:
    paid = {"fund": "ERDF", "payer": "Urban Innovative Actions, first call", "amount": eur(5)}
    tellings = [
        telling(practice(paid_by=[paid]), "source-a"),
        telling(practice(paid_by=[{"fund": "ERDF", "amount": eur(5), "rate": 80}]), "source-b"),
    ]
    record, issues = merge(tellings, "uia.1-99")
    assert isinstance(record, Practice)
    assert [(item.payer, item.rate) for item in record.paid_by] == [("Urban Innovative Actions, first call", 80)]
    assert issues == []


def test_practices_are_merged_too() -> None:
    tellings = [
        telling(practice(lead="Town", results=[{"statement": {"en": "12 homes"}, "level": "monitored"}])),
        telling(practice(lead="City", partners=["Agency"], actions=["poverty_3"]), "source-b"),
    ]
    record, issues = merge(tellings, "uia.UIA02_123")
    assert isinstance(record, Practice)
    assert (record.id, record.lead, record.partners) == ("uia.UIA02_123", "Town", ("Agency",))
    assert [(issue.field, issue.raw) for issue in issues] == [("lead", "City")]


@pytest.mark.parametrize("other", [practice(), programme()])
def test_things_of_two_kinds_are_not_one(other: RecordBase) -> None:
    words = f"^ft.A-1: told as Call and {type(other).__name__}$"
    with pytest.raises(ValueError, match=words):
        merge([telling(call()), telling(other, "source-b")], ID)


def test_no_argument_is_changed() -> None:
    tellings = told({"keywords": ["a"], "timeline": closing("2026-06-15")}, {"keywords": ["b"]})
    before = [each.record.model_dump_json() for each in tellings]
    merge(tellings, ID)
    assert [each.record.model_dump_json() for each in tellings] == before


def test_a_stated_no_is_no_gap() -> None:
    record, (issue,) = merged({"money": {"lump_sum": False}}, {"money": {"lump_sum": True}})
    assert record.money.lump_sum is False
    assert issue.field == "money.lump_sum"


def test_amounts_that_contradict_each_other_stay_with_the_better() -> None:
    record, (issue,) = merged({"money": {"grant_max": eur(5)}}, {"money": {"grant_min": eur(9)}})
    assert record.money.grant_max is not None
    assert record.money.grant_min is None
    assert issue.field == "money"


def test_a_geography_comes_whole_from_one_telling() -> None:
    record, (issue,) = merged({"geography": {"unrestricted": True}}, {"geography": {"countries": ["BG"]}})
    assert record.geography is not None
    assert record.geography.unrestricted
    assert record.geography.countries == ()
    assert issue.field == "geography"


def test_a_planned_opening_stays_planned() -> None:
    opening = Timeline(opens=day("2026-02-01"), opens_indicative=True)
    record, _ = merged({"timeline": closing("2026-06-15")}, {"timeline": opening})
    assert record.timeline.opens == day("2026-02-01")
    assert record.timeline.opens_indicative


def test_different_openings_and_different_hours_are_told() -> None:
    one = Timeline(opens=day("2026-02-01"), cutoffs=(cutoff("2026-06-15", "14:00"),))
    other = Timeline(opens=day("2026-03-01"), cutoffs=(cutoff("2026-06-15", "17:00"),))
    record, issues = merged({"timeline": one}, {"timeline": other})
    assert record.timeline == one
    assert sorted(issue.field for issue in issues) == ["timeline.cutoffs", "timeline.opens"]


def test_two_stages_on_one_day_are_two_cutoffs() -> None:
    first, second = cutoff("2026-06-15", stage="first"), cutoff("2026-06-15", stage="second")
    tellings = [telling(call(timeline=Timeline(cutoffs=(c,))), key=str(n)) for n, c in enumerate((first, second))]
    record, _ = merge(tellings, "ft.X")
    assert isinstance(record, Call)
    assert {c.stage for c in record.timeline.cutoffs} == {"first", "second"}


def test_what_one_did_not_read_and_another_did_is_no_longer_unread() -> None:
    unread = {"eligibility": {"unread": [{"family": "country"}, {"family": "fact", "note": "a"}, {"family": "fact"}]}}
    read = {"eligibility": {"rules": [rule("country", {"in": ["BG"]})]}}
    record, _ = merged(unread, read)
    assert [item.family for item in record.eligibility.unread] == ["fact", "fact"]
    assert [item.family for item in record.eligibility.rules] == ["country"]


def test_a_reported_failure_outweighs_none_reported() -> None:
    tellings = [
        telling(practice(none_reported=True), "source-a"),
        telling(practice(what_failed={"en": "The shop closed."}), "source-b"),
    ]
    record, issues = merge(tellings, "uia.1")
    assert isinstance(record, Practice)
    assert not record.none_reported
    assert [issue.field for issue in issues] == ["none_reported"]


def said(url: str, words: str, **fields: Any) -> dict[str, Any]:
    """A crawled page and the words behind one of its values."""
    path, value = next(iter(fields.items()))
    source = {"key": "page", "url": url, "method": "parsed", "fetched_at": "2026-11-01T10:00:00Z"}
    return {path.split("__")[0]: value, "sources": [source], "evidence": {path.replace("__", "."): [
        {"source": "page", "excerpt": words, "language": "en"}
    ]}}  # fmt: skip


def test_a_disagreement_carries_the_words_of_both() -> None:
    _, (issue,) = merged(
        said("https://a.example/1", "Budget: five euro", money__budget={"budget": eur(5)}),
        said("https://b.example/1", "The envelope holds 5 EUR", money__budget={"budget": eur(5)}),
        said("https://c.example/1", "Six euro are there", money={"budget": eur(6)}),
    )
    assert issue.quotes == (
        Quote(
            origin="source-a", value="5 EUR", words="Budget: five euro", url="https://a.example/1", data={"amount": "5"}
        ),
        Quote(
            origin="source-c",
            value="6 EUR",
            words="Six euro are there",
            url="https://c.example/1",
            data={"amount": "6"},
        ),
    )
    assert str(issue).splitlines() == [
        "warning: source-a a-1 money.budget: sources disagree on money.budget: kept 5 EUR, another says 6 EUR",
        '    source-a says 5 EUR: "Budget: five euro" (https://a.example/1)',
        '    source-c says 6 EUR: "Six euro are there" (https://c.example/1)',
    ]


def test_different_days_and_hours_carry_the_words_of_both() -> None:
    day_and_hour = Timeline(cutoffs=(cutoff("2026-06-15", "14:00"),))
    for other, value in (
        (closing("2026-06-16"), "2026-06-16"),
        (Timeline(cutoffs=(cutoff("2026-06-15", "17:00"),)), "2026-06-15 17:00:00"),
    ):
        _, (issue,) = merged(
            said("https://a.example/1", "Until 15 June", timeline__cutoffs=day_and_hour),
            said("https://b.example/1", "Deadline another", timeline__cutoffs=other),
        )
        assert [quote.words for quote in issue.quotes] == ["Until 15 June", "Deadline another"]
        assert issue.quotes[1].value == value


def test_two_readings_of_who_may_apply_carry_the_words_of_both() -> None:
    def towns(least: int, statement: str) -> dict[str, Any]:
        return {"eligibility": {"rules": [rule("population", {"min": least}, evidence=[proof(statement=statement)])]}}

    _, (issue,) = merged(towns(25000, "Towns from 25,000."), towns(50000, "Cities from 50,000."))
    assert [(quote.value, quote.words) for quote in issue.quotes] == [
        ('population {"min":25000}', "Towns from 25,000."),
        ('population {"min":50000}', "Cities from 50,000."),
    ]
    _, agreed = merged(towns(25000, "Towns from 25,000."), towns(25000, "At least 25,000 people."))
    assert agreed == []
