"""Which fields can be corrected, how their values are written down, and how they are put into a record."""

import pytest

from corpus.desk.fields import Control, at, field_at, fields_of, plain, put
from corpus.desk.reach import countries_of, country_for
from corpus.model import RecordBase
from corpus.vocab import Fund
from tests.factories import RECORD, call, practice, programme


@pytest.mark.parametrize("record", [call(), programme(), practice()])
def test_every_field_is_one_of_the_record_and_has_a_control(record: RecordBase) -> None:
    for field in fields_of(record):
        node = record
        for name in field.path.split(".")[:-1]:
            inner = getattr(node, name)
            if inner is None:
                break
            node = inner
        else:
            assert field.path.split(".")[-1] in type(node).model_fields
        assert (field.words is not None) == (field.control in (Control.CHOICE, Control.CHOICES))


@pytest.mark.parametrize(
    ("path", "expected", "control"),
    [
        ("money.budget", "money.budget", Control.MONEY),
        ("timeline.cutoffs", "timeline.cutoffs", Control.DATES),
        ("geography.countries", "geography.countries", Control.COUNTRIES),
        ("title.en", "title", Control.TEXT),
        ("eligibility.rules", None, None),
        ("moneybags", None, None),
    ],
)
def test_what_is_wrong_at_a_path_is_corrected_in_a_field(
    path: str, expected: str | None, control: Control | None
) -> None:
    field = field_at(call(), path)
    assert (field and field.path, field and field.control) == (expected, control)


def test_a_coded_field_knows_its_words() -> None:
    field = field_at(call(), "funds")
    assert field is not None
    assert field.words is Fund


def test_a_value_is_put_where_it_is_read() -> None:
    data = plain(call())
    assert at(data, "money.rate_max") is None
    put(data, "money.rate_max", "80")
    put(data, "geography.countries", ["LT"])
    assert at(data, "money.rate_max") == "80"
    again = RECORD.validate_python(data)
    assert countries_of(again) == ("LT",)
    put(data, "money.rate_max", None)
    assert RECORD.validate_python(data).model_dump()["money"]["rate_max"] is None


@pytest.mark.parametrize(
    ("limits", "countries", "expected"),
    [
        (None, ("LT",), "LT"),
        (None, ("LT", "PL"), None),
        (None, ("EU27",), None),
        ({"LT"}, ("EU27", "LT"), "LT"),
        ({"PL", "LV"}, ("LT", "PL"), "PL"),
        ({"LV"}, ("LT",), "LT"),
        ({"LV"}, ("LT", "PL"), None),
        ({"LV"}, (), None),
    ],
)
def test_the_country_of_a_correction_is_one_of_the_record(
    limits: set[str] | None, countries: tuple[str, ...], expected: str | None
) -> None:
    assert country_for(limits, countries) == expected
