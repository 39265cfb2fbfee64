"""Countries and languages, by the codes of ISO 3166-1 alpha-2 and ISO 639-1.

Names in every language come from the Unicode CLDR through Babel, so no list of names is kept here.
"""

from enum import StrEnum
from functools import cache
from typing import Annotated

import pycountry
from babel import Locale
from pydantic import AfterValidator

EU27 = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
"""Member States of the European Union since 1 February 2020."""

# The EU's own style guide writes EL and UK; Kosovo has a user-assigned code that EU institutions use.
ALIASES = {"EL": "GR", "UK": "GB"}
_USER_ASSIGNED = frozenset({"XK"})


class Language(StrEnum):
    """The 24 official languages of the EU and those of neighbours met in calls."""

    BG = "bg"
    CS = "cs"
    DA = "da"
    DE = "de"
    EL = "el"
    EN = "en"
    ES = "es"
    ET = "et"
    FI = "fi"
    FR = "fr"
    GA = "ga"
    HR = "hr"
    HU = "hu"
    IT = "it"
    LT = "lt"
    LV = "lv"
    MT = "mt"
    NL = "nl"
    PL = "pl"
    PT = "pt"
    RO = "ro"
    SK = "sk"
    SL = "sl"
    SV = "sv"
    # neighbours and co-official languages
    CA = "ca"
    BS = "bs"
    IS = "is"
    MK = "mk"
    NO = "no"
    RU = "ru"
    SQ = "sq"
    SR = "sr"
    TR = "tr"
    UK = "uk"


INTERFACE_LANGUAGES = (
    Language.EN,
    Language.FR,
    Language.IT,
    Language.PL,
    Language.BG,
    Language.LT,
    Language.NL,
    Language.DE,
)
"""Languages in which every term of the vocabulary has a label."""


@cache
def country_codes() -> frozenset[str]:
    """All two-letter country codes of ISO 3166-1 (and XK)."""
    return frozenset(country.alpha_2 for country in pycountry.countries) | _USER_ASSIGNED


def language_name(code: str, language: str = "en") -> str:
    """Name of a language in a language, or the code where CLDR has none."""
    return str(Locale(language).languages.get(code, code))


def country_name(code: str, language: str = "en") -> str:
    """Name of a country in a language, or the code where CLDR has none."""
    return str(Locale(language).territories.get(code, code))


def check_country(code: str) -> str:
    """Return the code in its ISO form (EL becomes GR, UK becomes GB).

    Raises:
        ValueError: the code is not a country; the message gives an example of a right one.
    """
    upper = ALIASES.get(code.upper(), code.upper())
    if upper not in country_codes():
        raise ValueError(f"{code!r} is not a country code; use ISO 3166-1 alpha-2, for example BG or FR")
    return upper


Country = Annotated[str, AfterValidator(check_country)]
