"""Every family of the corpus model is answered, and says in one sentence what it asks."""

from typing import get_args

import pytest

from corpus.rules import Rule
from matcher.eligibility.registry import CHECKS, requirement

FAMILIES = sorted(
    family for model in get_args(get_args(Rule)[0]) for family in get_args(model.model_fields["family"].annotation)
)


def test_every_family_of_the_model_is_answered() -> None:
    assert sorted(CHECKS) == FAMILIES


@pytest.mark.parametrize("family", FAMILIES)
def test_the_docstring_is_a_sentence_for_the_applicant(family: str) -> None:
    sentence = requirement(family)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert sentence.count(".") == 1
    assert len(sentence) < 140
