"""Plain English for the values that reasons compare."""

from collections.abc import Iterable

from corpus.vocab import ApplicantType
from corpus.vocab.places import country_name

_ARTICLE_AN = tuple("aeio")


def listing(items: Iterable[str], last: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    *first, end = list(items) or ["nothing"]
    return f"{', '.join(first)} {last} {end}" if first else end


def number(value: float, noun: str, plural: str | None = None) -> str:
    """`1 country`, `10,000 inhabitants`."""
    return f"{value:,} {noun if value == 1 else plural or noun + 's'}"


def kind_of_body(kind: ApplicantType | None) -> str:
    """`an association of municipalities`, `a school`."""
    if kind is None:
        return "a body of unknown kind"
    words = "small or medium-sized company" if kind is ApplicantType.SME else kind.value.replace("_", " ")
    words = words.replace("egtc", "European grouping of territorial cooperation").replace("esf", "ESF+")
    return f"{'an' if words[0].lower() in _ARTICLE_AN and not words.startswith('Euro') else 'a'} {words}"


def country(code: str) -> str:
    """Name of a country, or of the group `EU27`."""
    return "an EU Member State" if code == "EU27" else country_name(code)


def countries(codes: Iterable[str]) -> str:
    """Names of countries as a list in words."""
    return listing(country(code) for code in codes)


def fact_name(name: str) -> str:
    """The name of a fact, readable."""
    return f"“{name.replace('_', ' ')}”"


def capital(sentence: str) -> str:
    """The sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]
