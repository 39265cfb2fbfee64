"""The countries that a call names, read off its record once."""

from corpus.model import Call
from corpus.rules import expand_countries
from matcher.once import once


def _named(call: Call) -> frozenset[str]:
    place = call.geography
    return frozenset() if place is None or place.unrestricted else expand_countries(place.countries)


named_countries = once(_named)
"""Countries that a call names; none where it is open to all, or does not say."""


def _sole(call: Call) -> str | None:
    countries = expand_countries(call.geography.countries) if call.geography else frozenset()
    return next(iter(countries)) if len(countries) == 1 else None


sole_country = once(_sole)
"""The only country that a call names."""
