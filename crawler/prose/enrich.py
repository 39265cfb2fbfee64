"""Put what a text says into the facts of a record, where nothing better is known.

A labelled value always stays. Where the text says something else, both are shown to the curators as an issue.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

from pydantic import ValidationError

from corpus.parts import Moment, Timeline
from corpus.values import as_cutoff
from corpus.vocab import Language
from crawler.fields import IssueLog
from crawler.parsing import Facts, excerpt
from crawler.prose.conditions import Known, conditions
from crawler.prose.kinds import Kind, ProseFact, written
from crawler.prose.read import read

_MONEY = {
    Kind.BUDGET: "budget",
    Kind.GRANT_MIN: "grant_min",
    Kind.GRANT_MAX: "grant_max",
    Kind.RATE: "rate_max",
}
_MONTHS = {Kind.DURATION_MIN: "duration_months_min", Kind.DURATION_MAX: "duration_months_max"}
_COMPARED = {"consortium": ("min_applicants", "min_countries"), "population": ("min", "max")}


def enrich(
    facts: Facts,
    text: str,
    language: Language,
    log: IssueLog,
    key: str,
    *,
    zone: str | None = None,
    aims: bool = False,
) -> None:
    """Add to the facts of a record what a text says and no field did.

    Args:
        facts: what is known of the record; it is added to in place, and nothing in it is replaced.
        text: the prose of the source, as it is written there.
        language: language of the text; one that cannot be read adds nothing.
        log: gets a warning `prose_disagrees`, with both wordings, where text and field say different things.
        key: the record's key in its source, for the issues.
        zone: zone of hours that the text gives without one; without it an hour keeps none.
        aims: the text tells what the call is about; only figures are read there, and only plain ones.
    """
    known: Known = defaultdict(list)
    for fact in read(text, language, aims=aims):
        known[fact.kind].append(fact)
    report = _Report(facts, log, key)
    _timeline(facts, known, report, zone)
    _money(facts, known, report)
    _months(facts, known, report)
    _eligibility(facts, known, report)
    _cascade(facts, known)


class _Report:
    """Tells the curators where text and field differ."""

    def __init__(self, facts: Facts, log: IssueLog, key: str) -> None:
        self._facts, self._log, self._key = facts, log, key

    def differs(self, path: str, known: object, fact: ProseFact) -> None:
        said = self._facts.said(path)
        message = f"the field says {known}, the text {written(fact.value)}; the field is kept"
        raw = f"field: {excerpt(said)[:200]} | text: {excerpt(fact.excerpt)} ({fact.rule})"
        self._log.add(self._key, path, "prose_disagrees", message, raw)


def _note(facts: Facts, path: str, found: list[ProseFact]) -> None:
    for fact in found:
        facts.note(path, written(fact.value), fact.excerpt, fact.rule)


def _timeline(facts: Facts, known: Known, report: _Report, zone: str | None) -> None:
    before = facts.values.get("timeline") or Timeline()
    timeline = before if isinstance(before, Timeline) else Timeline.model_validate(before)
    opens, closes = known.get(Kind.OPENS, []), _in_order(known.get(Kind.DEADLINE, []))
    added: dict[str, Any] = {}
    if closes and not timeline.cutoffs:
        added["cutoffs"] = tuple(as_cutoff(_placed(fact, zone)) for fact in closes)
    elif closes and not {_day(fact) for fact in closes} & {cutoff.date for cutoff in timeline.cutoffs}:
        report.differs("timeline.cutoffs", ", ".join(str(cutoff.date) for cutoff in timeline.cutoffs), closes[0])
    if opens and timeline.opens is None:
        added["opens"] = _placed(opens[0], zone)
    elif opens and timeline.opens and timeline.opens.date != _day(opens[0]):
        report.differs("timeline.opens", timeline.opens.date, opens[0])
    if added:
        _put_timeline(facts, timeline, added, {"cutoffs": closes, "opens": opens})


def _put_timeline(facts: Facts, timeline: Timeline, added: dict[str, Any], why: dict[str, list[ProseFact]]) -> None:
    try:
        facts.values["timeline"] = Timeline.model_validate(timeline.model_dump() | added)
    except ValidationError:  # an opening after the last closing date: one of both is read wrongly
        added.pop("opens", None)
        if not added:
            return
        facts.values["timeline"] = Timeline.model_validate(timeline.model_dump() | added)
    for name in added:
        _note(facts, f"timeline.{name}", why[name])


def _in_order(closes: list[ProseFact]) -> list[ProseFact]:
    return sorted(closes, key=lambda fact: written(fact.value))


def _day(fact: ProseFact) -> object:
    return fact.value.date if isinstance(fact.value, Moment) else None


def _placed(fact: ProseFact, zone: str | None) -> Moment:
    moment = fact.value
    if not isinstance(moment, Moment):
        raise TypeError(f"{fact.rule} gave no moment")
    return moment.model_copy(update={"zone": zone}) if moment.time and zone else moment


def _money(facts: Facts, known: Known, report: _Report) -> None:
    money = dict(facts.values.get("money") or {})
    for kind, name in _MONEY.items():
        for fact in known.get(kind, []):
            if money.get(name) is None:
                if _fits(money, name, fact):
                    money[name] = fact.value
                    _note(facts, f"money.{name}", [fact])
            elif money[name] != fact.value:
                report.differs(f"money.{name}", money[name], fact)
    if money:
        facts.values["money"] = money


def _fits(money: dict[str, Any], name: str, fact: ProseFact) -> bool:
    """Whether a value keeps floor and ceiling in order; with a lump sum no rate applies."""
    if name == "rate_max":
        return not money.get("lump_sum") and (money.get("rate_min") or 0) <= fact.value  # type: ignore[operator]
    other = money.get({"grant_min": "grant_max", "grant_max": "grant_min"}.get(name, ""))
    if other is None or other.currency != fact.value.currency:  # type: ignore[union-attr]
        return other is None
    low, high = (fact.value, other) if name == "grant_min" else (other, fact.value)
    return bool(low.amount <= high.amount)  # type: ignore[union-attr]


def _months(facts: Facts, known: Known, report: _Report) -> None:
    for kind, path in _MONTHS.items():
        for fact in known.get(kind, []):
            if path not in facts.values:
                facts.put(path, fact.value)
                _note(facts, path, [fact])
            elif facts.values[path] != fact.value:
                report.differs(path, facts.values[path], fact)


def _eligibility(facts: Facts, known: Known, report: _Report) -> None:
    eligibility = facts.values.get("eligibility") or {}
    rules = list(eligibility.get("rules", []))
    unread = list(eligibility.get("unread", []))
    by_family = {rule["family"]: rule for rule in rules}
    for family, value, why in conditions(known):
        if family in by_family:
            _compare(by_family[family]["value"], family, value, why, report)
            continue
        evidence = tuple(facts.evidence(None, fact.excerpt, fact.rule) for fact in _sentences(why))
        rules.append({"id": family, "family": family, "value": value, "evidence": evidence})
        unread = [item for item in unread if item["family"] != family]
    if rules or unread:
        facts.values["eligibility"] = {"rules": rules, "unread": unread}
    countries = tuple(dict.fromkeys(fact.value for fact in known.get(Kind.COUNTRIES, [])))
    if countries and "geography" not in facts.values:
        facts.put("geography", {"countries": countries})
        _note(facts, "geography.countries", _sentences(known[Kind.COUNTRIES]))


def _compare(known: dict[str, Any], family: str, said: dict[str, Any], why: list[ProseFact], report: _Report) -> None:
    for name in _COMPARED.get(family, ()):
        if known.get(name) is not None and said.get(name) not in (None, known[name]):
            report.differs("eligibility", f"{family} {name} {known[name]}", why[0])


def _sentences(why: list[ProseFact]) -> list[ProseFact]:
    """One fact for each sentence."""
    return list({fact.excerpt: fact for fact in why}.values())


def _cascade(facts: Facts, known: Known) -> None:
    said, most = known.get(Kind.REGRANTING, []), known.get(Kind.SUB_GRANT_MAX, [])
    if not (said or most) or "cascade" in facts.values:
        return
    allowed = bool(said[0].value) if said else True
    facts.values["cascade"] = {"is_regranting": allowed, "sub_grant_max": most[0].value if most and allowed else None}
    for fact in _unique(chain(said, most)):
        _note(facts, "cascade", [fact])


def _unique(facts: Iterator[ProseFact]) -> list[ProseFact]:
    return _sentences(list(facts))
