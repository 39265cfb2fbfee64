"""The engine agrees with the project's own pairs, which speak of the calls as they are shipped."""

from urllib.parse import urlsplit

import pytest

from bench.eligibility import PAIRS, calls_of, read_pairs
from matcher.eligibility.command import answer_file
from matcher.eligibility.file import EligibilityFile, read_file
from matcher.eligibility.score import Score, score


@pytest.fixture(scope="module")
def content() -> EligibilityFile:
    return read_file(PAIRS)


@pytest.fixture(scope="module")
def result(content: EligibilityFile) -> Score:
    expected = {pair.id: pair.expected for pair in content.pairs if pair.expected is not None}
    return score(answer_file(content), expected)


def test_the_file_is_read_whole(content: EligibilityFile) -> None:
    assert not content.errors
    assert not content.warnings
    assert len(content.pairs) >= 150
    assert len({pair.id for pair in content.pairs}) == len(content.pairs)
    assert all(pair.expected and pair.expected.rules for pair in content.pairs)


def test_every_pair_says_why_and_where_that_stands() -> None:
    for pair in read_pairs()["pairs"]:
        assert pair["why"], pair["id"]
        assert pair["sources"], pair["id"]
        assert all(urlsplit(address).netloc for address in pair["sources"]), pair["id"]


def test_the_rules_are_those_of_the_shipped_calls() -> None:
    held = read_pairs()
    shipped = calls_of({pair["call"] for pair in held["pairs"]})
    assert held["calls"] == shipped, "read the pairs again, then: python -m bench.eligibility --renew"


def test_nobody_is_told_a_wrong_no(result: Score) -> None:
    assert result.wrong_fails == ()
    assert result.wrong_cannot == ()


def test_agreement(result: Score) -> None:
    assert result.overall.share >= 0.97, result.wrong
    assert result.rules.share >= 0.97, result.wrong
