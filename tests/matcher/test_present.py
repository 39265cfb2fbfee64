import pytest

from corpus.vocab import CallStatus
from matcher.algorithm import Candidate
from matcher.present import call_match, practice_match
from matcher.retrieve import Found
from tests.matcher.factory import DAY_CENTRES_BG, NOW, ROMA_HOUSE, changed


def candidate(record: object, status: CallStatus | None = None) -> Candidate:
    return Candidate(record, Found("x", 1.0), 0.0, {}, {}, status=status)  # type: ignore[arg-type]


def test_a_call_that_was_not_judged_is_not_shown() -> None:
    with pytest.raises(TypeError, match=r"bg\.day-centres was not judged"):
        call_match(1, candidate(DAY_CENTRES_BG), lambda _: None, NOW, (), ())


def test_kinds_are_not_mixed_up() -> None:
    with pytest.raises(TypeError, match="was not judged as a call"):
        call_match(1, candidate(ROMA_HOUSE, CallStatus.OPEN), lambda _: None, NOW, (), ())
    with pytest.raises(TypeError, match="is no practice"):
        practice_match(1, candidate(DAY_CENTRES_BG))


def test_a_practice_shows_place_money_and_kind() -> None:
    match = practice_match(3, candidate(ROMA_HOUSE))
    assert (match.rank, match.place, match.country, match.population) == (3, "Tsvetovo", "BG", 30000)
    assert (match.funds, str(match.cost), match.kind) == (("ESF+",), "120,000 EUR", "practice")


def test_a_fund_that_paid_twice_is_named_once() -> None:
    twice = changed(ROMA_HOUSE, paid_by=[{"fund": "ESF+"}, {"payer": "Town"}, {"fund": "ERDF"}, {"fund": "ESF+"}])
    assert practice_match(1, candidate(twice)).funds == ("ESF+", "ERDF")


def test_a_title_in_another_language_than_the_original_is_shown_with_its_own() -> None:
    only_english = changed(ROMA_HOUSE, original_language="bg")
    match = practice_match(1, candidate(only_english))
    assert (match.title, match.title_language) == ("A house for Roma children", "en")
