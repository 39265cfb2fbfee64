import pytest

from api.fieldnames import field_name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("money.grant_max", "Largest grant"),
        ("period.start", "When"),
        ("timeline.cutoffs", "Cut-offs"),
        ("timeline.continuous", "Dates"),
        ("transfer.conditions.en", "What another place needs"),
        ("odd_one.part", "odd one: part"),
    ],
)
def test_facts_are_named_for_people(path: str, name: str) -> None:
    assert field_name(path) == name
