"""The post office: takes requests for alerts, and sends what is new. Addresses are never logged."""

import datetime as dt
import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine

from api.alerts.letters import Chapter, confirming, telling
from api.alerts.searching import Finds, find, is_news, told
from api.errors import ApiError
from api.recent import Recent
from api.rows import RowBase
from api.state import Service
from corpus.alerts import links, readers
from corpus.alerts import telling as notes
from corpus.alerts.links import Link, Purpose
from corpus.alerts.readers import Alert, Reader, Search, Told
from corpus.alerts.telling import Draft, Sent
from corpus.errors import MailError
from corpus.mail import Letter, Transport, written
from corpus.messages import speaking, spoken
from corpus.vocab import Language
from matcher.errors import MatcherError

logger = logging.getLogger("isopolis.alerts")

MOST_ITEMS = 30
"""Items of one letter; the rest comes with the next ones."""


@dataclass(frozen=True, slots=True)
class Post:
    """All that alerts need. `address`: the public address of the service, as it stands in letters."""

    engine: Engine
    transport: Transport
    sender: str
    address: str
    service: Service
    recent: Recent = field(default_factory=Recent)

    def home(self) -> str:
        """First page in the spoken language, without a slash at its end."""
        return f"{self.address}/{spoken()}"

    def link(self, purpose: Purpose, secret: str) -> str:
        """Address of a link in a letter."""
        return f"{self.home()}/alerts/{purpose}/{secret}"

    def find(self, search: Search) -> Finds:
        """What a search finds now."""
        return find(self.service, self.recent, search)

    def now(self) -> dt.datetime:
        """The moment."""
        return self.service.clock()


@dataclass(frozen=True, slots=True)
class Report:
    """How a run went: counts only."""

    readers: int
    written: int
    unreadable: int
    """Searches that cannot be read any more, for example after a change of the vocabulary."""
    forgotten: int
    """Requests that were never confirmed."""
    sent: Sent


def request(post: Post, email: str, search: Search) -> None:
    """Keep a request and send the letter that asks for confirmation.

    Raises:
        InvalidFieldError: the search cannot be read.
        MailError: the letter was not taken.
    """
    finds = post.find(search)
    secret = readers.ask(post.engine, email, spoken(), search, post.now())
    if secret is None:
        logger.info("a request for alerts was not followed: too many wait for the same address")
        return
    words = confirming(post.home(), finds, search.rhythm, post.link(Purpose.CONFIRM, secret))
    number = str(uuid.uuid4())
    letter = Letter(number, email.strip(), words.subject, words.text, spoken())
    try:
        post.transport.send(number, _message(post, letter))
    except MailError:
        readers.withdraw(post.engine, secret, post.now())
        raise


def confirm(post: Post, secret: str) -> tuple[Alert, Finds]:
    """Begin an alert: what its page shows now is no news.

    Raises:
        LinkExpiredError: the link is too old.
    """
    _link, (alert,) = readers.about(post.engine, secret, Purpose.CONFIRM, post.now())
    finds = post.find(alert.search)
    readers.confirm(post.engine, secret, tuple(map(told, finds.rows)), post.now())
    return alert, finds


def run(post: Post) -> Report:
    """Write to everybody whose time has come, at most one letter each, and send it.

    Interrupted at any line, the next run goes on: what was written leaves, and is not written again.
    """
    now = post.now()
    with post.engine.begin() as connection:
        forgotten = readers.forget(connection, now)
    waiting = notes.waiting(post.engine)
    due = [reader for reader in readers.due(post.engine, now) if reader.id not in waiting]
    count = unreadable = 0
    for reader in due:
        with speaking(Language(reader.language)):
            wrote, lost = _write(post, reader, now)
        count, unreadable = count + wrote, unreadable + lost
    return Report(len(due), count, unreadable, forgotten, notes.send(post.engine, post.transport, now))


def _write(post: Post, reader: Reader, now: dt.datetime) -> tuple[bool, int]:
    """A letter for one reader, if there is news; and how many searches cannot be read."""
    found = [(alert, _finds(post, alert)) for alert in reader.alerts]
    chapters = _chapters(post, reader, [(alert, finds) for alert, finds in found if finds is not None])
    lost = sum(finds is None for _alert, finds in found)
    if not any(chapter.rows for chapter, _links in chapters):
        notes.looked(post.engine, reader.alerts, now)
        return False, lost
    draft = _draft(post, reader, chapters, now)
    return notes.keep(post.engine, draft, reader.alerts, now), lost


def _finds(post: Post, alert: Alert) -> Finds | None:
    try:
        return post.find(alert.search)
    except (ApiError, MatcherError) as error:
        # Its words can hold an idea.
        logger.warning("alert %d cannot be read (%s)", alert.id, type(error).__name__)
        return None


def _chapters(
    post: Post, reader: Reader, found: Sequence[tuple[Alert, Finds]]
) -> list[tuple[Chapter, dict[str, Link]]]:
    """A chapter a search, with its links; no item stands in two of them."""
    left, seen, chapters = MOST_ITEMS, set[Told](), []
    for alert, finds in found:
        possible = [row for row in finds.rows if is_news(row)]
        fresh = set(notes.news(post.engine, reader.id, map(told, possible))) - seen
        rows = [row for row in possible if told(row) in fresh]
        seen |= fresh
        shown = rows[:left]
        left -= len(shown)
        if shown:
            chapters.append(_chapter(post, alert, finds, shown, len(rows) - len(shown)))
    return chapters


def _chapter(
    post: Post, alert: Alert, finds: Finds, rows: Sequence[RowBase], more: int
) -> tuple[Chapter, dict[str, Link]]:
    stop = links.fresh()
    kept = {stop: Link(Purpose.STOP, alert.reader, alert.id)}
    listed = []
    for row in rows:
        secret = links.fresh()
        kept[secret] = Link(Purpose.DISMISS, alert.reader, None, row.id)
        listed.append((row, post.link(Purpose.DISMISS, secret)))
    return Chapter(alert, finds, listed, more, post.link(Purpose.STOP, stop)), kept


def _draft(post: Post, reader: Reader, chapters: Sequence[tuple[Chapter, dict[str, Link]]], now: dt.datetime) -> Draft:
    secret, number = links.fresh(), str(uuid.uuid4())
    stop = post.link(Purpose.STOP, secret)
    words = telling(post.home(), [chapter for chapter, _links in chapters], stop)
    items = tuple(told(row) for chapter, _links in chapters for row, _dismiss in chapter.rows)
    kept = {secret: Link(Purpose.STOP, reader.id)}
    for _chapter, more in chapters:
        kept |= more
    letter = Letter(number, reader.email, words.subject, words.text, reader.language, stop)
    return Draft(number, reader.id, items, kept, _message(post, letter, now))


def _message(post: Post, letter: Letter, now: dt.datetime | None = None) -> str:
    return written(letter, post.sender, now or post.now())
