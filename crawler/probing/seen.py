"""What a probe saw: answers, records and issues, and what stood in its way. Pure data."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from corpus.issues import Issue
from corpus.raw import RawRecord

Kind = Literal["robots", "list", "detail", "file", "other"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the site."""

    kind: Kind
    url: str
    asked: str
    status: int
    body: bytes
    content_type: str

    @property
    def is_json(self) -> bool:
        """Whether it says that it is JSON."""
        return "json" in self.content_type


@dataclass(slots=True)
class Seen:
    """Everything that a probe saw of one source.

    Attributes:
        offered: how many details the lists that were read name.
        reasons: why a run would have failed here.
    """

    at: dt.datetime
    answers: list[Answer] = field(default_factory=list)
    records: list[RawRecord] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    offered: int = 0

    def of(self, kind: Kind) -> list[Answer]:
        """Answers of one kind."""
        return [answer for answer in self.answers if answer.kind == kind]
