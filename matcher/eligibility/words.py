"""Words for the values that reasons compare, in the language that is spoken."""

from collections.abc import Iterable

from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import ngettext, spoken
from corpus.vocab import ApplicantType, Language
from corpus.vocab.labels import label
from corpus.vocab.places import country_name

_ARTICLE_AN = tuple("aeio")


def any_of_them(items: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *first, end = list(items) or [_("nothing")]
    return _("{items} or {last}", items=", ".join(first), last=end) if first else end


def all_of_them(items: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, end = list(items) or [_("nothing")]
    return _("{items} and {last}", items=", ".join(first), last=end) if first else end


def clauses(*items: str) -> str:
    """Statements that stand side by side; empty ones are left out."""
    return "; ".join(filter(None, items))


def inhabitants(n: int) -> str:
    """`1 inhabitant`, `10,000 inhabitants`."""
    return ngettext("{count} inhabitant", "{count} inhabitants", n, count=formats.number(n))


def at_least(n: int) -> str:
    """What a call asks for, as a clause."""
    return _("the call asks for at least {count}", count=formats.number(n))


def kind_of_body(kind: ApplicantType | None) -> str:
    """`an association of municipalities`, `a school`; in other languages than English the bare label."""
    if kind is None:
        return _("a body of unknown kind")
    if spoken() is not Language.EN:
        return label(kind, spoken())
    words = "small or medium-sized company" if kind is ApplicantType.SME else kind.value.replace("_", " ")
    words = words.replace("egtc", "European grouping of territorial cooperation").replace("esf", "ESF+")
    return f"{'an' if words[0].lower() in _ARTICLE_AN and not words.startswith('Euro') else 'a'} {words}"


def country(code: str) -> str:
    """Name of a country, or of the group `EU27`."""
    return _("an EU Member State") if code == "EU27" else country_name(code, spoken())


def countries(codes: Iterable[str]) -> str:
    """Names of countries as a list in words."""
    return any_of_them(country(code) for code in codes)


def fact_name(name: str) -> str:
    """The name of a fact, readable."""
    return f"“{name.replace('_', ' ')}”"


def capital(sentence: str) -> str:
    """The sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]
