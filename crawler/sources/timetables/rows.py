"""A line of a timetable as a call: planned dates, money, place, objective, applicants."""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from functools import partial

from corpus.errors import ValueReadError
from corpus.ids import make_id
from corpus.model import Call
from corpus.parts import Cutoff, Identifier, Moment, Timeline
from corpus.raw import RawRecord
from corpus.values import clean
from corpus.vocab import ManagementMode
from crawler.fields import IssueLog
from crawler.metadata import Mapping
from crawler.parsing import Facts, Parsed, build, page_source
from crawler.sources.timetables.amounts import read_amount
from crawler.sources.timetables.formats.cells import Cell
from crawler.sources.timetables.grid import Line
from crawler.sources.timetables.model import Column, TimetableConfig
from crawler.sources.timetables.periods import Dates, Period
from crawler.sources.timetables.when import Span

DEFAULT_KEY: tuple[Column, ...] = ("title", "objective", "area")
_OBJECTIVE = re.compile(r"\b(RSO|ESO|JSO)\s?(\d)\.(\d{1,2})\b")
_SEPARATORS = re.compile(r"[\n;|]|,\s")
_OLD = dt.timedelta(days=365)
_KEPT_CODE = 60
_RUNNING = re.compile(
    r"\d{1,4}\W*"
)  # numbers the rows of one edition: it names nothing, unless `key` says that it does
_NOT_BINDING = "A timetable is indicative; who may apply is said by the call itself."


class LineReader:
    """Makes records of the lines of one file."""

    def __init__(self, config: TimetableConfig, log: IssueLog, fetched_at: dt.datetime, content_hash: str) -> None:
        self.config = config
        self.timetable = config.timetable
        self.log = log
        self._dates = Dates(config)
        self._fetched_at = fetched_at
        self._hash = content_hash

    def read(self, line: Line, found: Parsed) -> RawRecord | None:
        """Read one line; None, with the reason counted or reported, where it is no call or an old one."""
        key = row_key(line, self.config)
        title = line.text("title")
        if not title:
            self.log.lost(key or place(line), "title", "no_title", f"{place(line)}: a row without a title", _told(line))
            return None
        facts = Facts(self.timetable.language)
        timeline, last = self._timeline(line, key, facts)
        if last and last < self._fetched_at.date() - _OLD:
            found.ignored["over for more than a year"] += 1
            return None
        facts.put("timeline", timeline)
        self._names(line, key, title, facts)
        self._money(line, key, facts)
        self._content(line, key, facts)
        self._applicants(line, facts)
        source = page_source(self.config, facts, self.timetable.address, self._fetched_at, self._hash)
        return build(Call, key, facts, self.log, source)

    def _names(self, line: Line, key: str, title: str, facts: Facts) -> None:
        names = [Identifier(scheme="timetable", value=key)]
        if self.timetable.identifier and line.text("code"):
            names.append(Identifier(scheme=self.timetable.identifier, value=line.text("code")))
        facts.put("id", make_id("timetable", key))
        facts.put("identifiers", tuple(names))
        facts.put("title", {facts.language: title})
        facts.put("original_language", facts.language)
        facts.put("url", line.cell("link").link or line.cell("title").link or self.timetable.address)
        facts.put("authority", self.timetable.publisher)
        facts.put("management", ManagementMode.SHARED)
        facts.put("status_at_source", line.text("status") or None)

    def _timeline(self, line: Line, key: str, facts: Facts) -> tuple[Timeline, dt.date | None]:
        """Planned dates, and the last day that any of them can mean."""
        period = self._period(line, key)
        opens = min(period.opens, key=lambda span: span.first, default=None)
        closes = _once(period.closes)
        if opens and closes and opens.first > closes[-1].last:
            raw = f"{opens.words} / {closes[-1].words}"
            self.log.add(key, "opens", "dates_disagree", f"opens {opens.words} after it closes {closes[-1].words}", raw)
            opens = None
        if opens:
            facts.note("timeline.opens", raw=opens.words)
        for span in closes:
            facts.note("timeline.cutoffs", raw=span.words)
        said = "; ".join(dict.fromkeys(period.said))
        timeline = Timeline(
            opens=_moment(opens, opens.first) if opens else None,
            opens_indicative=opens is not None,
            cutoffs=tuple(_cutoff(span) for span in closes),
            rhythm={facts.language: said} if said else {},
        )
        days = [span.last for span in (*period.opens, *closes)]
        return timeline, max(days, default=None)

    def _period(self, line: Line, key: str) -> Period:
        """Openings and closings out of all columns that hold some."""
        both = self._dates.both(line.cell("period"), partial(self._unreadable, key, "period"))
        starts = self._dates.one_or_more(line.cell("opens"), partial(self._unreadable, key, "opens"))
        ends = self._dates.one_or_more(line.cell("closes"), partial(self._unreadable, key, "closes"))
        return Period(
            opens=[*starts.closes, *both.opens],
            closes=[*ends.closes, *both.closes],
            said=[*starts.said, *ends.said, *both.said],
        )

    def _unreadable(self, key: str, column: str, message: str, raw: str) -> None:
        self.log.add(key, column, "unreadable", message, raw)

    def _money(self, line: Line, key: str, facts: Facts) -> None:
        cell, words = line.cell("amount"), self.config.words
        try:
            rules, currencies = self.timetable.amount, self.config.mappings["currency"]
            budget = read_amount(cell, rules, words, currencies, self.timetable.language)
        except ValueReadError as error:
            self._unreadable(key, "amount", str(error), cell.line)
            return
        if budget:
            facts.put("money", {"budget": budget})
            facts.note("money.budget", raw=cell.line)

    def _content(self, line: Line, key: str, facts: Facts) -> None:
        """Objective with its codes, funds and programme, place, and what is paid."""
        language, objective, area = facts.language, line.text("objective"), line.text("area")
        facts.put("objectives", {language: objective} if objective else {}, words=objective)
        facts.put("activities", {language: line.text("text")} if line.text("text") else {}, words=line.text("text"))
        where = {"countries": (self.timetable.country,), "nuts": self.timetable.nuts}
        facts.put("geography", where | ({"note": {language: area}} if area else {}), raw=area or None)
        codes = [f"{kind}{number}.{part}" for kind, number, part in _OBJECTIVE.findall(objective)]
        mappings = self.config.mappings
        facts.put("subjects", _mapped(codes, mappings["objective"]), raw=", ".join(codes) or None)
        facts.put("target_groups", _mapped(codes, mappings["group"]), raw=", ".join(codes) or None)
        named = self._named_funds(line, key)
        facts.put("funds", named or self._told_funds(objective, codes), raw=line.text("fund") if named else None)
        facts.put("programme", self._programme(line, key), raw=line.text("programme") or None)

    def _named_funds(self, line: Line, key: str) -> tuple[str, ...]:
        """Funds that the row names."""
        words = self._parts(line.cell("fund"))
        own, shared = self.timetable.values.get("fund"), self.config.mappings["fund"]
        found = [(own.codes(word) if own else None) or shared.codes(word) for word in words]
        for word in (word for word, codes_of in zip(words, found, strict=True) if codes_of is None):
            self._unmapped(key, "fund", word)
        return tuple(dict.fromkeys(code for codes_of in found if codes_of for code in codes_of))

    def _told_funds(self, objective: str, codes: Sequence[str]) -> tuple[str, ...]:
        """Funds of the objectives of a row, else all of the programme."""
        shared = self.config.mappings["fund"]
        told = _mapped([code[:3] for code in codes] or _names(objective, shared), shared)
        return tuple(code for code in told if code in self.timetable.funds) or self.timetable.funds

    def _programme(self, line: Line, key: str) -> str | None:
        names, known = self._parts(line.cell("programme")), self.timetable.values.get("programme")
        if known is None or not names:
            return self.timetable.programme
        for name in (name for name in names if known.codes(name) is None):
            self._unmapped(key, "programme", name)
        found = _mapped(names, known)
        return found[0] if len(found) == 1 and len(names) == 1 else self.timetable.programme

    def _applicants(self, line: Line, facts: Facts) -> None:
        """Who may apply: a rule where every word is mapped, which nobody else fails; else words that are not read."""
        text, known = line.text("applicants"), self.timetable.values.get("applicants")
        words = self._parts(line.cell("applicants"))
        types = _mapped(words, known) if known and words and all(known.codes(word) for word in words) else ()
        if types:
            evidence = (facts.evidence(text, text),)
            value = {"any_of": types, "not_listed": "unknown"}
            rule = {"id": "applicants", "family": "applicant_type", "value": value, "evidence": evidence}
            facts.put("eligibility", {"rules": (rule,)})
            return
        unread = {"family": "applicant_type", "note": f"The timetable names: {text}" if text else _NOT_BINDING}
        facts.put("eligibility", {"unread": (unread | ({"kind": "rule_text"} if text else {}),)})

    def _parts(self, cell: Cell) -> list[str]:
        return [part for part in map(clean, _SEPARATORS.split(cell.text)) if part]

    def _unmapped(self, key: str, column: str, word: str) -> None:
        message = f"{self.config.place('')}: values.{column}: the value is not among those that are known"
        self.log.add(key, column, "unmapped_value", message, word)


def row_key(line: Line, config: TimetableConfig) -> str:
    """The key of a call: the prefix of the timetable and the authority's own code, or a hash of what names the row.

    A hash, since a title in Greek or Bulgarian letters would make an id longer than an address may be. Dates and
    amounts are no part of it: every edition moves them, and the call stays the same. Empty without a title and code.
    """
    named = bool(line.text("code")) and not _RUNNING.fullmatch(line.text("code"))
    columns = config.timetable.key or (("code",) if named else DEFAULT_KEY)
    texts = [line.text(column) for column in columns]
    if not any(texts):
        return ""
    if len(texts) == 1 and columns == ("code",) and len(texts[0]) <= _KEPT_CODE:
        return f"{config.timetable.id_prefix} {texts[0]}"
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    return f"{config.timetable.id_prefix} {digest}"


def place(line: Line) -> str:
    """Where a line stands, for a person who opens the file."""
    return f"{line.sheet}, row {line.number}"


def _told(line: Line) -> str:
    return " | ".join(cell.line for cell in line.cells.values() if cell.line)


def _mapped(values: Sequence[str], mapping: Mapping) -> tuple[str, ...]:
    """Words for those values that are known, each once."""
    return tuple(dict.fromkeys(code for value in values for code in mapping.codes(value) or ()))


def _names(text: str, mapping: Mapping) -> list[str]:
    """Names that stand in a text as words of their own."""
    return [name for name in mapping.labels() if re.search(rf"(?<![\w+]){re.escape(name)}(?![\w+])", text)]


def _once(spans: Sequence[Span]) -> list[Span]:
    """Spans in order of their last days, each day once."""
    return sorted({span.last: span for span in spans}.values(), key=lambda span: span.last)


def _moment(span: Span, day: dt.date) -> Moment:
    return Moment(date=day, time=span.time)


def _cutoff(span: Span) -> Cutoff:
    return Cutoff(date=span.last, time=span.time, indicative=True, label=None if span.exact else span.words)
