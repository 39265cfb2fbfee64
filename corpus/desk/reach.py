"""Which countries a record belongs to, as far as rights go."""

from collections.abc import Collection

from corpus.model import Call, Practice, Programme, RecordBase

_CODE = 2
"""Letters of a country; longer codes are of groups, to which no account is limited."""


def countries_of(record: RecordBase) -> tuple[str, ...]:
    """Codes of the countries (and of groups such as EU27) that a record names, in its order."""
    if isinstance(record, Call):
        return tuple(map(str, record.geography.countries)) if record.geography else ()
    if isinstance(record, Programme):
        return tuple(map(str, record.countries))
    return tuple(dict.fromkeys(str(place.country) for place in record.places)) if isinstance(record, Practice) else ()


def country_for(limits: Collection[str] | None, countries: Collection[str]) -> str | None:
    """The country under which an account works on something of these countries; None where it is of no one country.

    Of several countries the first counts for which the account works.
    """
    named = [code for code in countries if len(code) == _CODE]
    own = sorted(set(named) & set(limits or ()))
    if own:
        return own[0]
    return named[0] if len(countries) == len(named) == 1 else None
