from typing import Any

import pytest
from pydantic import ValidationError

from matcher.profile import Applicant, input_problems


def test_nothing_said_is_not_known() -> None:
    who = Applicant()
    assert (who.role, who.type, who.country, who.inhabitants, who.partners) == ("lead", None, None, None, ())


def test_inhabitants_are_those_of_the_units() -> None:
    who = Applicant.model_validate({"population": 7, "units": [{"population": 3}, {"population": 5}]})
    assert who.inhabitants == 8


def test_official_codes_of_the_eu_are_read() -> None:
    assert Applicant(country="EL").country == "GR"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"population": -1}, "population: Input should be greater than or equal to 0 (given: -1)"),
        ({"country": "Atlantis"}, "country: 'Atlantis' is not a country code"),
        ({"degurba": 4}, "degurba: Input should be 1, 2 or 3 (given: 4)"),
        ({"colour": "blue"}, "colour: this key is not known (given: 'blue')"),
        ({"partners": [{"units": [{"population": -2}]}]}, "partners.0.units.0.population: "),
    ],
)
def test_bad_values_are_named(given: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Applicant.model_validate(given)
    assert input_problems(caught.value)[0].startswith(told)
