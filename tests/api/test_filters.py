from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from api.filters import ANY, DEADLINES, GRANTS, SIZES, CallFilter, Filter, PracticeFilter, TimelineFilter
from corpus.vocab import CallStatus, Fund, Subject


def asked(kind: type[Filter], query: str) -> Filter:
    """The filter of a query string, as the web framework hands it over: lists where several values can stand."""
    data: dict[str, str | list[str]] = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        if key in kind.coded:
            data.setdefault(key, []).append(value)  # type: ignore[union-attr]
        else:
            data[key] = value
    return kind.model_validate(data)


@st.composite
def call_filters(draw: st.DrawFn) -> CallFilter:
    def some(codes: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(codes), max_size=3).map(tuple)

    return CallFilter(
        q=draw(st.sampled_from(["", "roma", "дневен център", "a&b=c", "100 %", "Bürger+"])),
        status=draw(some((*CallStatus, ANY))),
        fund=draw(some((*Fund, "unknown"))),
        country=draw(some(("BG", "FR", "unknown"))),
        subject=draw(some((*Subject, "unknown"))),
        deadline=draw(some(DEADLINES)),
        grant=draw(some(GRANTS)),
        sort=draw(st.sampled_from(["", *CallFilter.orders, *(f"-{order}" for order in CallFilter.orders)])),
        page=draw(st.integers(1, 40)),
    )


@given(call_filters())
def test_the_address_says_the_whole_filter(wanted: CallFilter) -> None:
    again = asked(CallFilter, wanted.query())
    assert again.query() == wanted.query()
    assert again.chosen() == wanted.chosen()
    assert (again.order, again.q, again.page) == (wanted.order, wanted.q, wanted.page)


@given(call_filters())
def test_a_filter_less_one_of_its_parts_chooses_no_more_of_it(wanted: CallFilter) -> None:
    for field in wanted.chosen():
        assert field not in wanted.without(field).chosen()
        assert wanted.without(field).page == 1


def test_empty_fields_of_a_form_say_nothing() -> None:
    assert asked(CallFilter, "q=&country=&fund=&sort=&status=").query() == ""


def test_without_a_word_calls_that_can_be_reached_are_shown() -> None:
    assert CallFilter().chosen() == {"status": {"open", "forthcoming"}}
    assert TimelineFilter().chosen() == {"status": {"open", "forthcoming", "planned"}}
    assert CallFilter(status=("any", "open")).chosen() == {}
    assert CallFilter(status=("open",)).without("status", "open").chosen() == {}


def test_a_plus_in_an_address_means_the_fund_with_a_plus() -> None:
    assert asked(CallFilter, "fund=ESF+&fund=Erasmus+").chosen()["fund"] == {"ESF+", "Erasmus+"}


def test_country_codes_of_the_eu_style_are_taken() -> None:
    assert asked(PracticeFilter, "country=el&country=UK").chosen()["country"] == {"GR", "GB"}


@pytest.mark.parametrize(
    ("query", "field", "says"),
    [
        ("fund=ESF%2B&fund=ERFD", "fund", "ERDF"),
        ("country=XX", "country", "BG or FR"),
        ("status=opened", "status", "open, closed"),
        ("grant=5", "grant", "0-60000"),
        ("sort=price", "sort", "deadline, -deadline"),
        ("page=0", "page", "greater than or equal to 1"),
        ("fnud=ERDF", "fnud", "Extra inputs"),
        ("q=" + "x" * 201, "q", "at most 200"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(query: str, field: str, says: str) -> None:
    with pytest.raises(ValidationError) as caught:
        asked(CallFilter, query)
    (error,) = caught.value.errors()
    assert error["loc"][0] == field
    assert says in error["msg"]


def test_bands_follow_each_other_without_a_gap() -> None:
    for bands in (GRANTS, SIZES):
        ends = [band.partition("-") for band in bands if band != "unknown"]
        assert ends[0][0] == "0"
        assert ends[-1][2] == ""
        assert [high for _, _, high in ends[:-1]] == [low for low, _, _ in ends[1:]]
