"""Properties of a call on efre.gv.at: known by class, their order and labels are not."""

import re
from functools import partial

from parsel import Selector

from corpus.parts import Moment, Timeline
from corpus.values import as_cutoff, clean, read_day_first
from corpus.vocab import Language
from crawler.fields import Fields, IssueLog, read
from crawler.html import text_of
from crawler.parsing import Facts, excerpt

VIENNA = "Europe/Vienna"
_DAY = r"\d{1,2}\.\d{1,2}\.\d{4}(?:,?\s+\d{1,2}[:.]\d{2}(?:\s*Uhr)?)?"
_TERM = re.compile(rf"(?:von\s+)?(?P<opens>{_DAY})\s*(?:-|\u2013|bis)\s*(?P<closes>{_DAY}|laufend)", re.IGNORECASE)
_FROM = re.compile(rf"(?:ab|seit)\s+(?P<opens>{_DAY})", re.IGNORECASE)
_UNTIL = re.compile(rf"bis\s+(?P<closes>{_DAY})", re.IGNORECASE)
_TIME = re.compile(r"\s*Uhr$", re.IGNORECASE)


def read_properties(main: Selector, facts: Facts, log: IssueLog, key: str) -> None:
    """Short description, area and dates of a call, where the page marks them; another page stays as it is."""
    description = clean(" ".join(text_of(node) for node in main.css(".short-description")))
    facts.put("summary", {Language.DE: excerpt(description)} if description else {}, words=description)
    area = ", ".join(clean(text_of(node)) for node in main.css(".call-property .property-value.areas"))
    if area:
        facts.put("geography", {"countries": ("AT",), "note": {Language.DE: area}}, raw=area)
    values = [clean(text_of(node)) for node in main.css(".call-property .property-value")]
    terms = [term for value in values if (term := _term(value))]
    fields = Fields({}, key, log, {})
    if len({term.group() for term in terms}) > 1:
        fields.odd("timeline", "several", "several properties are a period; none was taken", values)
    elif terms:
        _put_timeline(terms[0], fields, facts)


def _term(value: str) -> re.Match[str] | None:
    return next((match for pattern in (_TERM, _FROM, _UNTIL) if (match := pattern.fullmatch(value))), None)


def _put_timeline(term: re.Match[str], fields: Fields, facts: Facts) -> None:
    said = term.groupdict()
    endless = (said.get("closes") or "").casefold() == "laufend"
    day = partial(read, fields, "timeline", reader=_vienna)
    opens, closes = day(said.get("opens")), None if endless else day(said.get("closes"))
    if opens and closes and opens.date > closes.date:
        fields.odd("timeline", "dates_disagree", "the call opens after it closes", term.group())
        return
    cutoffs = (as_cutoff(closes),) if closes else ()
    if opens or cutoffs or endless:
        facts.put("timeline", Timeline(opens=opens, cutoffs=cutoffs, continuous=endless), raw=term.group())


def _vienna(text: str) -> Moment:
    return read_day_first(_TIME.sub("", text), VIENNA)
