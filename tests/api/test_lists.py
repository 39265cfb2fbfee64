from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.catalogue import find_calls, find_practices
from api.errors import InvalidFieldError
from api.filters import ANY, DEADLINES, GRANTS, SIZES, CallFilter, PracticeFilter
from api.lists import call_list, practice_list
from corpus.messages import speaking
from corpus.snapshot import Snapshot
from corpus.vocab import Fund, Language, Subject, TargetGroup
from tests.api.test_filters import call_filters
from tests.matcher.factory import CALLS, NOW, PRACTICES, World

SLOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)


@pytest.fixture(scope="module")
def snapshot(small_world: World) -> Snapshot:
    return small_world.snapshot()


def narrowings(wanted: CallFilter) -> Iterator[CallFilter]:
    """The filter with one more condition in a field that has none yet."""
    choices = {
        "fund": tuple(Fund),
        "country": ("BG", "FR", "unknown"),
        "subject": tuple(Subject),
        "target_group": tuple(TargetGroup),
        "deadline": DEADLINES,
        "grant": GRANTS,
        "applicant": ("municipality", "unknown"),
    }
    for field, codes in choices.items():
        if field not in wanted.chosen():
            for code in codes:
                yield wanted.but(**{field: (str(code),)})


@given(call_filters().map(lambda wanted: wanted.but(status=("any",))))
@SLOW
def test_each_further_filter_only_removes(snapshot: Snapshot, wanted: CallFilter) -> None:
    before = set(find_calls(snapshot, wanted, NOW).ids)
    for narrower in narrowings(wanted):
        assert set(find_calls(snapshot, narrower, NOW).ids) <= before


@given(st.sampled_from(["", "roma", "house"]), st.sampled_from(["any", "open", "forthcoming", "closed"]), st.data())
@SLOW
def test_a_count_is_the_number_of_results_when_it_is_chosen(
    snapshot: Snapshot, words: str, status: str, data: st.DataObject
) -> None:
    fund = data.draw(st.sampled_from([(), ("ESF+",), ("ESF+", "AMIF")]))
    wanted = CallFilter(q=words, status=(status,), fund=fund)
    for facet in call_list(snapshot, wanted, NOW).facets:
        for option in facet.options:
            chosen = wanted.but(**{facet.field: (option.code,)})
            assert call_list(snapshot, chosen, NOW).total == option.count, (facet.field, option.code)


@given(st.sampled_from(["", "children"]), st.sampled_from([(), ("BG",), ("FR", "NL")]))
@SLOW
def test_counts_of_practices_hold_too(snapshot: Snapshot, words: str, country: tuple[str, ...]) -> None:
    wanted = PracticeFilter(q=words, country=country)
    for facet in practice_list(snapshot, wanted).facets:
        for option in facet.options:
            chosen = wanted.but(**{facet.field: (option.code,)})
            assert practice_list(snapshot, chosen).total == option.count, (facet.field, option.code)


def test_every_filter_counts_what_does_not_tell(snapshot: Snapshot) -> None:
    for facet in call_list(snapshot, CallFilter(status=(ANY,)), NOW).facets:
        assert facet.options[-1].code == "unknown"
    unknown = find_calls(snapshot, CallFilter(status=(ANY,), country=("unknown",)), NOW).ids
    assert set(unknown) == {call.id for call in CALLS} - {"bg.day-centres"}


def test_without_filters_everything_is_there_once(snapshot: Snapshot) -> None:
    assert sorted(find_calls(snapshot, CallFilter(status=(ANY,)), NOW).ids) == sorted(call.id for call in CALLS)
    assert sorted(find_practices(snapshot, PracticeFilter()).ids) == sorted(practice.id for practice in PRACTICES)


@pytest.mark.parametrize("order", CallFilter.orders)
def test_orders_turn_round_and_keep_the_unknown_last(snapshot: Snapshot, order: str) -> None:
    one = find_calls(snapshot, CallFilter(status=("open",), sort=order), NOW).ids
    other = find_calls(snapshot, CallFilter(status=("open",), sort=f"-{order}"), NOW).ids
    assert sorted(one) == sorted(other)
    if order in {"rate", "amount"}:
        assert one[0] == other[0] == "bg.day-centres"  # the only one whose figures are known
    if order == "title":
        assert one == other[::-1]


def test_the_soonest_deadline_comes_first_and_the_past_last(snapshot: Snapshot) -> None:
    ids = find_calls(snapshot, CallFilter(status=(ANY,)), NOW).ids
    with_dates = [record_id for record_id in ids if record_id not in {"eu.homeless", "eu.older"}]
    assert with_dates[-1] == "eu.day-centres-2024"
    assert find_calls(snapshot, CallFilter(status=(ANY,), sort="-deadline"), NOW).ids[0] != "eu.day-centres-2024"


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("MUSEUM", {"creative.museums"}),  # another form of the word, in capitals
        ("ромски", {"bg.day-centres"}),
        ("day centres poland", {"pl.day-centres"}),
        ("homes for small cities", {"eui.small-cities"}),
        ("eui.small-cities", {"eui.small-cities"}),
        ("volcano", set()),
    ],
)
def test_words_are_found_in_any_form_and_all_of_them_count(snapshot: Snapshot, words: str, ids: set[str]) -> None:
    assert set(find_calls(snapshot, CallFilter(q=words, status=(ANY,)), NOW).ids) == ids


def test_no_result_says_which_filter_keeps_most_away(snapshot: Snapshot) -> None:
    listing = call_list(snapshot, CallFilter(q="museums", fund=("CERV",)), NOW)
    assert listing.total == 0
    best = listing.relaxed[0]
    assert (best.field, best.results, best.without) in {("fund", 1, "q=museums"), ("q", 1, "fund=CERV")}
    assert {item.field for item in listing.relaxed} >= {"fund", "q"}


def test_what_does_not_tell_is_counted_and_one_click_away(snapshot: Snapshot) -> None:
    listing = call_list(snapshot, CallFilter(country=("BG",)), NOW)
    silent = {item.field: item for item in listing.silent}
    assert silent["country"].including == "country=BG&country=unknown"
    with_them = call_list(snapshot, CallFilter(country=("BG", "unknown")), NOW)
    assert with_them.total == listing.total + silent["country"].count
    assert "country" not in {item.field for item in with_them.silent}
    everything = call_list(snapshot, CallFilter(), NOW)
    assert [(item.field, item.count) for item in everything.silent] == [("status", 1)]


def test_places_of_any_size_are_found_by_their_band(snapshot: Snapshot) -> None:
    ids = find_practices(snapshot, PracticeFilter(size=("10000-50000",))).ids
    assert ids == ("isopolis.roma-house",)
    assert set(SIZES) > {"unknown"}


def test_pages_lead_to_each_other_and_end(snapshot: Snapshot) -> None:
    first = call_list(snapshot, CallFilter(status=(ANY,)), NOW, size=4)
    assert (first.total, first.pages, first.previous, first.next) == (10, 3, None, "status=any&page=2")
    last = call_list(snapshot, CallFilter(status=(ANY,), page=3), NOW, size=4)
    assert (len(last.rows), last.previous, last.next) == (2, "status=any&page=2", None)
    with pytest.raises(InvalidFieldError, match="the last one is 3"):
        call_list(snapshot, CallFilter(status=(ANY,), page=4), NOW, size=4)


def test_labels_are_those_of_the_language(snapshot: Snapshot) -> None:
    with speaking(Language.DE):
        facets = {facet.field: facet for facet in call_list(snapshot, CallFilter(status=(ANY,)), NOW).facets}
    assert "Bulgarien" in {option.label for option in facets["country"].options}
