"""Countries and languages."""

import pytest

from corpus.vocab import EU27, Language
from corpus.vocab.places import ALIASES, check_country, country_codes, country_name


def test_the_union_has_27_members_and_all_are_countries() -> None:
    assert len(EU27) == 27
    assert country_codes() >= EU27
    assert {"GR", "HR", "BG"} < EU27
    assert not {"GB", "EL", "UK", "EU"} & EU27


def test_what_is_no_country_has_no_code() -> None:
    assert not {"EU", "EZ", "UN", "QO", "ZZ", "EL", "UK"} & country_codes()
    assert {"XK", "UA", "GB", "TR", "US"} <= country_codes()


@pytest.mark.parametrize(("written", "code"), [("bg", "BG"), ("EL", "GR"), ("el", "GR"), ("UK", "GB"), ("XK", "XK")])
def test_codes_are_brought_to_their_iso_form(written: str, code: str) -> None:
    assert check_country(written) == code


def test_aliases_lead_to_countries() -> None:
    assert ALIASES == {"EL": "GR", "UK": "GB"}


@pytest.mark.parametrize("written", ["", "QQ", "EU", "Bulgaria", "B"])
def test_no_country(written: str) -> None:
    with pytest.raises(ValueError, match="is not a country code; use ISO 3166-1 alpha-2, for example BG or FR"):
        check_country(written)


def test_names_come_in_the_language_asked_for() -> None:
    assert [country_name("GR", language) for language in ("en", "bg", "fr")] == ["Greece", "Гърция", "Grèce"]
    assert country_name("QQ") == "QQ"


def test_the_24_official_languages_are_known() -> None:
    first = ["bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr"]
    second = ["hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"]
    official = {*first, *second}
    assert {Language(code).value for code in official} == official
