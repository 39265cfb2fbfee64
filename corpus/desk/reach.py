"""Which countries a record belongs to, as far as rights go."""

from collections.abc import Collection

from corpus.model import Call, Practice, Programme, RecordBase


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
    own = sorted(set(countries) & set(limits or ()))
    if own:
        return own[0]
    return next(iter(countries)) if len(countries) == 1 else None
