"""Filters, counts and orders of an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.forms import FILTERS, AskForm
from api.state import Service
from api.views.answer import AnswerView, answer_view
from corpus.messages import speaking
from corpus.vocab import Language
from matcher.query import IdeaQuery
from tests.matcher.factory import IDEA, NOW


@pytest.fixture(scope="module")
def view_of(service: Service):  # type: ignore[no-untyped-def]
    answer = service.matcher().match(IdeaQuery(text=IDEA, limit=20))

    def shown(**fields: str) -> AnswerView:
        form = AskForm(idea=IDEA, more="yes", **fields)
        return answer_view(answer, form, service.snapshot().get, NOW)

    return shown


def ids(view: AnswerView) -> list[str]:
    return [card.match.id for card in view.cards]


def test_without_filters_all_stand_in_the_order_of_the_answer(view_of) -> None:  # type: ignore[no-untyped-def]
    view = view_of()
    assert [card.match.rank for card in view.cards] == list(range(1, view.found + 1))
    assert view.active == ()


def test_a_count_is_what_is_left_when_it_is_chosen(view_of) -> None:  # type: ignore[no-untyped-def]
    options = [(facet.name, option) for facet in view_of().facets for option in facet.options]
    assert len(options) > 6
    for name, option in options:
        assert view_of(**{name: option.value}).left == option.count


def test_counts_keep_the_other_filters(view_of) -> None:  # type: ignore[no-untyped-def]
    for facet in view_of(fund="ESF+").facets:
        for option in facet.options:
            if facet.name != "fund":
                assert view_of(fund="ESF+", **{facet.name: option.value}).left == option.count


def test_what_is_not_known_is_a_choice_of_its_own(view_of) -> None:  # type: ignore[no-untyped-def]
    where = next(facet for facet in view_of().facets if facet.name == "where")
    assert where.options[-1].value == "unknown"
    assert where.options[-1].label == "not known"
    assert where.options[-1].count > 0


@given(data=st.data())
def test_every_filter_only_takes_away(view_of, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    every = {facet.name: ["", *(o.value for o in facet.options), "nonsense"] for facet in view_of().facets}
    chosen = {name: data.draw(st.sampled_from(every[name])) for name in FILTERS}
    view = view_of(**chosen)
    for name in FILTERS:
        assert set(ids(view)) <= set(ids(view_of(**{**chosen, name: ""})))
    for active in view.active:
        assert active.without == view_of(**{**chosen, active.name: ""}).left


def test_what_is_not_known_comes_last_in_every_order(view_of) -> None:  # type: ignore[no-untyped-def]
    values = {
        "deadline": lambda row: row.days_left,
        "rate": lambda row: None if row.rate_max is None else -row.rate_max,
        "amount": lambda row: None if row.grant_max is None else -row.grant_max.amount,
    }
    for sort, value in values.items():
        got = [value(card.row) for card in view_of(sort=sort).cards]
        known = [one for one in got if one is not None]
        assert got == sorted(known) + [None] * (len(got) - len(known))
        assert len(known) < len(got) or sort == "deadline"


def test_an_unknown_order_is_relevance(view_of) -> None:  # type: ignore[no-untyped-def]
    assert ids(view_of(sort="colour")) == ids(view_of())


def test_labels_follow_the_language(view_of) -> None:  # type: ignore[no-untyped-def]
    with speaking(Language.BG):
        where = next(facet for facet in view_of().facets if facet.name == "where")
    assert "България" in {option.label for option in where.options}
