"""Hypothesis strategies for the values of the domain."""

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from corpus.ids import CANONICAL_SCHEMES
from corpus.model import Call
from corpus.parts import Cutoff, Identifier, Moment, Money, Timeline
from corpus.vocab import Fund, Language, Subject, TargetGroup, Theme
from tests import factories

ZONES = ("Europe/Brussels", "Europe/Sofia", "Europe/Lisbon", "Europe/Warsaw")


def dates() -> st.SearchStrategy[dt.date]:
    return st.dates(min_value=dt.date(2014, 1, 1), max_value=dt.date(2035, 12, 31))


def clock_times() -> st.SearchStrategy[dt.time]:
    return st.times().map(lambda time: time.replace(second=0, microsecond=0))


def instants() -> st.SearchStrategy[dt.datetime]:
    return st.builds(dt.datetime.combine, dates(), st.times(), st.just(dt.UTC))


def words() -> st.SearchStrategy[str]:
    """Texts as records keep them: trimmed and not empty, in any alphabet."""
    letters = st.characters(exclude_categories=["Cs", "Cc"])
    return st.text(letters, min_size=1, max_size=40).map(str.strip).filter(bool)


def keys() -> st.SearchStrategy[str]:
    """Raw keys of registers: anything that is not blank."""
    return st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(lambda text: text.strip())


def lang_texts(min_size: int = 0) -> st.SearchStrategy[dict[Language, str]]:
    return st.dictionaries(st.sampled_from(list(Language)), words(), min_size=min_size, max_size=3)


def identifiers() -> st.SearchStrategy[Identifier]:
    return st.builds(Identifier, scheme=st.sampled_from(CANONICAL_SCHEMES), value=words())


def amounts(most: int = 10**10) -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=0, max_value=most, places=2)


def money() -> st.SearchStrategy[Money]:
    return st.builds(Money, amount=amounts(), currency=st.sampled_from(["EUR", "BGN", "PLN"]))


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    time = draw(st.none() | clock_times())
    zone = draw(st.sampled_from(ZONES)) if time else None
    return Moment(date=draw(dates()), time=time, zone=zone)


@st.composite
def cutoffs(draw: st.DrawFn) -> Cutoff:
    moment = draw(moments())
    return Cutoff.model_validate({**moment.model_dump(), "indicative": draw(st.booleans())})


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Timelines with at most one closing time a day, as registers have them."""
    closes = sorted(draw(st.lists(cutoffs(), max_size=4, unique_by=lambda each: each.date)), key=Cutoff.end)
    opens = draw(st.none() | moments())
    if opens and closes and opens.date > closes[-1].date:
        opens = None
    return Timeline(opens=opens, cutoffs=tuple(closes), continuous=draw(st.booleans()), rhythm=draw(lang_texts()))


def _some(codes: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(list(codes)), max_size=3, unique=True).map(tuple)


@st.composite
def calls(draw: st.DrawFn) -> Call:
    low, high = sorted(draw(st.tuples(amounts(), amounts())))
    fields = {
        "title": draw(lang_texts(min_size=1)),
        "summary": draw(lang_texts()),
        "funds": [draw(st.sampled_from(list(Fund)))],
        "identifiers": draw(st.lists(identifiers(), max_size=3)),
        "timeline": draw(timelines()),
        "money": {"budget": draw(st.none() | money()), "grant_min": {"amount": low}, "grant_max": {"amount": high}},
        "themes": draw(_some(Theme)),
        "subjects": draw(_some(Subject)),
        "target_groups": draw(_some(TargetGroup)),
        "evidence": {"timeline.cutoffs": [factories.proof()]},
    }
    return factories.call(**fields)
