"""The sentence in which a call page says when the call opens and closes. Nothing else on the page is a date."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.errors import ValueReadError
from corpus.parts import BRUSSELS, Moment
from corpus.values import clean, read_day_first, read_written_day

_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\.?,?\s+\d{4}|\d{1,2}/\d{1,2}/\d{4})"
_HOUR = r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2})(?:[.:h](?P<minute>\d{2})|h)(?=\W|$))?"
_OPENS = re.compile(
    rf"\b(?:launched|open(?:ed|s)?|launch(?:es)?)(?:\s+for\s+applications)?\s+(?:on|from|since)\s+(?P<day>{_DAY})",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    rf"\b(?:clos(?:e|es|ed|ing)|until|deadline(?:\s+for\s+[a-z ]{{3,40}})?(?:\s+is|:)?)\s+(?:on\s+|by\s+)?"
    rf"(?P<day>{_DAY}){_HOUR}",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"\b(?:from|between)\s+(?P<from>\d{{1,2}}\s+[A-Z][a-z]+(?:\s+\d{{4}})?)\s+(?:to|until|and)\s+(?P<day>{_DAY}){_HOUR}"
)
_ANY_DAY = re.compile(
    rf"{_DAY}(?:,?\s+(?:at\s+)?\d{{1,2}}[.:h]\d{{0,2}}(?:\s+CES?T)?)?"
    r"|\b\d{1,2}\s+[A-Z][a-z]{2,8}\b(?=\s+(?:to|until|and)\b)"  # 12 March to 30 April 2024
)
_OF_THE_CALL = re.compile(r"\bcalls?\b|\bappl(?:y|ications?)\b|\bproposals?\b", re.IGNORECASE)
_ALWAYS = re.compile(
    r"\bcontinuously open\b|\balways open\b|\bopen on a permanent basis\b|\bpermanently open\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n")


@dataclass(frozen=True, slots=True)
class Window:
    """When a call is open, as one sentence of its page says it."""

    sentence: str
    opens: dt.date | None = None
    closes: Moment | None = None
    always: bool = False


def windows(text: str) -> list[Window]:
    """What the sentences of a page say of the call's dates; those that name both days come first."""
    sentences = (clean(sentence) for sentence in _SENTENCE.split(text))
    found = [window for sentence in sentences if _OF_THE_CALL.search(sentence) for window in _of(sentence)]
    return sorted(found, key=lambda window: not (window.opens and window.closes))


def _of(sentence: str) -> Iterator[Window]:
    if _ALWAYS.search(sentence):
        yield Window(sentence, always=True)
        return
    span = _RANGE.search(sentence)
    if span:
        yield Window(sentence, _day(_whole(span["from"], span["day"])), _moment(span))
        return
    opens, closes = _OPENS.search(sentence), _CLOSES.search(sentence)
    window = Window(sentence, _day(opens["day"]) if opens else None, _moment(closes) if closes else None)
    if window.opens or window.closes:
        yield window


def _whole(start: str, end: str) -> str:
    """`12 March` of `12 March to 30 April 2024` is in the same year."""
    return start if start[-4:].isdecimal() else f"{start} {end[-4:]}"


def _day(text: str) -> dt.date | None:
    try:
        return read_day_first(text, BRUSSELS).date if "/" in text else read_written_day(text, "en")
    except ValueReadError:
        return None


def _moment(match: re.Match[str]) -> Moment | None:
    """The closing day with its hour on the clocks of Brussels; CET in summer is a slip of the pen there."""
    day = _day(match["day"])
    if day is None or match["hour"] is None or not int(match["hour"]) < 24 or int(match["minute"] or 0) > 59:
        return Moment(date=day) if day else None
    hour = dt.time(int(match["hour"]), int(match["minute"] or 0))
    return Moment(date=day, time=hour, zone=BRUSSELS)


def without_days(text: str) -> str:
    """A text without its days: nothing but the sentence found here may be taken for a date of the call."""
    return _ANY_DAY.sub("", text)


def differing(found: Iterable[Window]) -> list[str]:
    """Sentences that name another day than the first sentence does."""
    said = list(found)
    return [window.sentence for window in said[1:] if _contradicts(said[0], window)]


def _contradicts(one: Window, other: Window) -> bool:
    opens = one.opens and other.opens and one.opens != other.opens
    closes = one.closes and other.closes and one.closes.date != other.closes.date
    return bool(opens or closes)


def both_open_and_closing(found: Iterable[Window]) -> bool:
    """Whether one sentence says that the call is always open, and another one that it closes."""
    said = list(found)
    return any(window.always for window in said) and any(window.closes for window in said)
