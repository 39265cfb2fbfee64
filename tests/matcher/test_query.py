from typing import Any

import pytest
from pydantic import ValidationError

from matcher.profile import input_problems
from matcher.query import MAX_IDEA, IdeaQuery


def test_an_idea_is_enough() -> None:
    query = IdeaQuery(text="  A day centre.  ")
    assert (query.text, query.limit, query.only, query.place, query.as_of) == ("A day centre.", 10, (), None, None)
    assert query.applicant.country is None


def test_the_longest_idea_is_read() -> None:
    assert len(IdeaQuery(text="a" * MAX_IDEA).text) == MAX_IDEA


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": ""}, "text: describe the idea in a sentence or two"),
        ({"text": " \n "}, "text: describe the idea"),
        ({"text": "12 !"}, "text: describe the idea"),
        ({}, "text: Field required"),
        ({"text": "a" * (MAX_IDEA + 1)}, "text: String should have at most 4000 characters"),
        ({"text": "idea", "colour": "blue"}, "colour: this key is not known"),
        ({"text": "idea", "applicant": {"population": -5}}, "applicant.population: Input should be greater than"),
        ({"text": "idea", "applicant": {"country": "XY"}}, "applicant.country: 'XY' is not a country code"),
        ({"text": "idea", "applicant": {"type": "town"}}, "applicant.type: Input should be 'municipality'"),
        ({"text": "idea", "applicant": {"size": 3}}, "applicant.size: this key is not known"),
        ({"text": "idea", "language": "xx"}, "language: Input should be"),
        ({"text": "idea", "as_of": "soon"}, "as_of: "),
        ({"text": "idea", "limit": 0}, "limit: "),
        ({"text": "idea", "limit": 51}, "limit: "),
        ({"text": "idea", "place": "x" * 201}, "place: "),
    ],
)
def test_bad_input_names_the_field(given: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        IdeaQuery.model_validate(given)
    problems = input_problems(caught.value)
    assert len(problems) == 1
    assert problems[0].startswith(told)
