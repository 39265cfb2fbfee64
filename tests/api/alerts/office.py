"""A post office over a snapshot that tests change, with a clock that they turn."""

import datetime as dt
import email
import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.alerts.post import Post
from api.app import create_app
from api.settings import ApiSettings
from api.state import Service
from corpus.database import open_database
from corpus.errors import MailError
from corpus.mail import Outbox, Transport
from corpus.model import RecordBase
from corpus.snapshot import write_snapshot
from matcher.engine import Matcher
from tests.factories import NOW, call

HOME = "https://isopolis.example"
WHO = "mayor@town.example"
DAY = dt.timedelta(days=1)


def opened(number: int, **fields: Any) -> RecordBase:
    """A call that is open."""
    timeline = {"opens": {"date": "2026-11-01"}, "cutoffs": [{"date": "2027-06-01"}]}
    plain = {"title": {"en": f"Call number {number}"}, "timeline": timeline}
    return call(f"isopolis.n{number:03}", **(plain | fields))


def announced(number: int) -> RecordBase:
    """The same call before it opens."""
    timeline = {"opens": {"date": "2027-02-01"}, "cutoffs": [{"date": "2027-06-01"}]}
    return opened(number, timeline=timeline)


def _no_matcher() -> Matcher:
    raise AssertionError("lists need no index")


@dataclass
class Office:
    """All that a test turns and looks at."""

    home: Path
    engine: Engine
    moment: dt.datetime = NOW
    seen: set[str] = field(default_factory=set)
    matcher: Any = _no_matcher

    def __post_init__(self) -> None:
        self.service = Service(self.home, self.matcher, lambda: self.moment)
        self.post = self.with_transport(Outbox(self.home / "outbox"))
        self.client = TestClient(create_app(self.service, ApiSettings(), post=self.post), base_url=HOME)

    @classmethod
    def at(cls, home: Path) -> "Office":
        return cls(home, open_database(f"sqlite:///{home / 'alerts.db'}"))

    def with_transport(self, transport: Transport) -> Post:
        return Post(self.engine, transport, "Isopolis <news@isopolis.example>", HOME, self.service)

    def hold(self, *records: RecordBase) -> None:
        """Put a snapshot of these records in use."""
        write_snapshot(self.home / "snapshots", sorted(records, key=lambda record: record.id), self.moment)

    def letters(self) -> list[EmailMessage]:
        """Letters that came since the last look, read by the standard library."""
        files = [file for file in sorted((self.home / "outbox").glob("*.eml")) if file.name not in self.seen]
        self.seen |= {file.name for file in files}
        read = [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]
        return [message for message in read if isinstance(message, EmailMessage)]

    def ask(self, query: str = "", **form: str) -> str:
        """Ask for an alert; gives the path of the link that confirms it."""
        data = {"email": WHO, "kind": "calls", "rhythm": "daily", "query": query, **form}
        assert self.client.post("/en/alerts", data=data).status_code == 200
        (letter,) = self.letters()
        return links(letter, "confirm")[0]

    def begin(self, query: str = "", **form: str) -> None:
        assert self.client.post(self.ask(query, **form)).status_code == 200


class Refusing:
    """A mail server that takes nothing."""

    repeatable = False

    def send(self, letter_id: str, message: str) -> None:
        del letter_id, message
        raise MailError("closed today")


def links(letter: EmailMessage, purpose: str) -> list[str]:
    """Paths of the links of a letter that are for something."""
    return re.findall(rf"{HOME}(/\w\w/alerts/{purpose}/[\w-]+)", letter.get_content())


def titles(letter: EmailMessage) -> list[str]:
    return re.findall(r"^\* (.+?)\r?$", letter.get_content(), re.MULTILINE)
