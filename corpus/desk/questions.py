"""Issues as questions to people: those of one fact together, known again at the next build, with how each stands."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.desk.workflow import State
from corpus.issues import Issue, Level, Quote
from corpus.raw import canonical_json


class IssueKind(StrEnum):
    """What is asked."""

    CONFLICT = "conflict"
    """Two sources disagree."""
    CHANGED = "changed"
    """A source says something else than when a person decided or read it."""
    VALUE = "value"
    """A value was not understood."""
    LINK = "link"
    """A page cannot be read any more."""
    COUNT = "count"
    """A source told more, fewer or other things than it should."""
    RULE = "rule"
    """Work of the desk no longer fits the record or the rules."""


class IssueState(StrEnum):
    """How a question stands."""

    OPEN = "open"
    DECIDED = "decided"
    REOPENED = "reopened"
    """It was decided, and what it was decided from is no longer told."""


class Verdict(StrEnum):
    """What somebody says of a question."""

    KEEP = "keep"
    """The value that the record has is right."""
    OTHER = "other"
    """The value of the other source is right."""
    ANOTHER = "another"
    """Neither: a third value was written down."""
    NOT_A_MISTAKE = "not_a_mistake"
    CANNOT_TELL = "cannot_tell"
    """Somebody looked and could not tell: the question stays open, and says so."""


CORRECTS = frozenset({Verdict.KEEP, Verdict.OTHER, Verdict.ANOTHER})
"""Verdicts that leave a correction behind."""
_KINDS = {
    **dict.fromkeys(("conflict", "prose_disagrees", "not_merged"), IssueKind.CONFLICT),
    **dict.fromkeys(("decision_reopened", "changed"), IssueKind.CHANGED),
    **dict.fromkeys(("link_dead", "dead_link", "lost_page", "lost_file"), IssueKind.LINK),
    **dict.fromkeys(("not_applied", "no_longer_fits"), IssueKind.RULE),
    **dict.fromkeys(
        ("count", "counted", "fewer_told", "vanished", "incomplete", "repeated_rows", "run_failed", "not_checked"),
        IssueKind.COUNT,
    ),
}
"""By the code of an issue; other codes are of values that a reader did not understand."""


@dataclass(frozen=True, slots=True)
class Question:
    """Issues of one fact of one record, or of one source."""

    id: str
    kind: IssueKind
    issues: tuple[Issue, ...]
    words: str
    """SHA-256 of what they say: a decision holds as long as it is the same."""

    @property
    def first(self) -> Issue:
        """The issue that stands for all."""
        return self.issues[0]

    @property
    def record(self) -> str:
        """The record that it is about, or nothing."""
        return self.first.record

    @property
    def field(self) -> str:
        """The path of the fact, or nothing."""
        return self.first.field

    @property
    def countries(self) -> tuple[str, ...]:
        """Countries that it concerns."""
        return self.first.countries

    @property
    def sources(self) -> tuple[str, ...]:
        """Who tells of it."""
        named = [quote.origin for quote in self.quotes] or [issue.source for issue in self.issues]
        return tuple(dict.fromkeys(named))

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """What the sources say, the one that was believed first, each value once."""
        found = {(quote.origin, quote.value): quote for issue in self.issues for quote in issue.quotes}
        return tuple(found.values())

    @property
    def severe(self) -> bool:
        """Whether something was lost."""
        return any(issue.level is Level.ERROR for issue in self.issues)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody said of a question, and what became of it."""

    issue: str
    number: int
    verdict: Verdict
    words: str
    made_from: dict[str, Any]
    reason: str
    account: int
    at: dt.datetime
    item: int | None = None
    state: State | None = None
    """Where the correction stands that came of it."""


def questions(issues: Iterable[Issue]) -> list[Question]:
    """Issues put together by what is asked, in their order."""
    found: dict[str, list[Issue]] = {}
    for issue in issues:
        found.setdefault(_identity(issue), []).append(issue)
    return [Question(name, _kind(some[0]), tuple(some), _words(some)) for name, some in found.items()]


def state_of(question: Question, last: Decision | None) -> IssueState:
    """How a question stands after the last decision on it."""
    if last is None or last.verdict is Verdict.CANNOT_TELL:
        return IssueState.OPEN
    refused = last.state in (State.REJECTED, State.ARCHIVED)
    return IssueState.REOPENED if refused or last.words != question.words else IssueState.DECIDED


def _kind(issue: Issue) -> IssueKind:
    return _KINDS.get(issue.code, IssueKind.VALUE)


def _identity(issue: Issue) -> str:
    """The same fact gives the same name at every build, whichever source is believed."""
    of = [issue.record] if issue.record and issue.quotes else [issue.source, issue.key]
    words = "\t".join((issue.code, issue.field, *of))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _words(issues: list[Issue]) -> str:
    said = sorted(
        canonical_json(
            [[quote.origin, quote.value, quote.words] for quote in issue.quotes] or [issue.message, issue.raw]
        )
        for issue in issues
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
