"""Addresses in records that people wrote, and whether they still answer.

One bad day proves nothing: an address counts as dead when it failed on two different days in a row. Who refuses to
answer a program (robots.txt, 401, 403, 429) has said nothing about the page: that neither kills an address nor saves
it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, delete, insert, select

from corpus.desk_tables import link as t
from corpus.issues import Issue
from corpus.model import RecordBase
from corpus.parts import Method

LINKS = "links"
"""The source of issues on addresses."""
DAYS = 2
"""Different days on which an address must fail before it counts as dead."""
_MOST_DAYS = 30
"""Later days that are kept beside those."""
AGAIN = dt.timedelta(days=30)
"""An address that answered is asked again after that time; one that did not, on the next day."""
_SOON = dt.timedelta(hours=20)


class Answer(StrEnum):
    """What asking for an address showed."""

    ALIVE = "alive"
    FAILED = "failed"
    REFUSED = "refused"
    """Nothing: it was not asked, or does not answer programs."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One address that was asked for."""

    url: str
    answer: Answer
    status: int | None = None
    reason: str = ""
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of an address."""

    url: str
    checked_at: dt.datetime
    status: int | None
    reason: str
    etag: str | None
    modified: str | None
    failed_days: tuple[str, ...]

    @property
    def dead(self) -> bool:
        """Whether it failed on enough days."""
        return len(self.failed_days) >= DAYS

    def due(self, now: dt.datetime) -> bool:
        """Whether it is time to ask again."""
        return now - self.checked_at >= (_SOON if self.failed_days else AGAIN)


class LinkBook:
    """What is known of addresses, in the database."""

    def __init__(self, engine: Engine) -> None:
        """Keep it in a database that `corpus.database.open_database` opened."""
        self._engine = engine

    def known(self) -> dict[str, Link]:
        """All addresses that were ever asked for."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(t)).mappings()
            return {row["url"]: Link(**{**row, "failed_days": tuple(row["failed_days"])}) for row in rows}

    def note(self, seen: Iterable[Checked], now: dt.datetime) -> None:
        """Take down what was seen."""
        known = self.known()
        with self._engine.begin() as connection:
            for one in seen:
                row = _after(known.get(one.url), one, now)
                connection.execute(delete(t).where(t.c.url == one.url))
                connection.execute(insert(t).values(**row))

    def dead(self) -> dict[str, Link]:
        """Addresses that are dead."""
        return {url: link for url, link in self.known().items() if link.dead}


def _after(before: Link | None, seen: Checked, now: dt.datetime) -> dict[str, Any]:
    days = list(before.failed_days) if before else []
    if seen.answer is Answer.ALIVE:
        days = []
    elif seen.answer is Answer.FAILED and now.date().isoformat() not in days:
        days = [*days, now.date().isoformat()]
        days = [*days[:DAYS], *days[DAYS:][-_MOST_DAYS:]]
    row = {"url": seen.url, "checked_at": now, "status": seen.status, "reason": seen.reason[:500]}
    return row | {"etag": seen.etag, "modified": seen.modified, "failed_days": days}


def addresses(record: RecordBase) -> Iterator[tuple[str, str]]:
    """Field and address of everything that a record leads to, each address once."""
    found = dict[str, str]()
    for path, url in _walk("", record.model_dump(mode="json", exclude={"evidence"})):
        found.setdefault(url, path)
    yield from ((path, url) for url, path in found.items())


def _walk(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(f"{path}.{name}" if path else name, inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _walk(f"{path}.{place}", inner)
    elif isinstance(value, str) and value.startswith(("http://", "https://")):
        yield path, value


def by_people(record: RecordBase) -> bool:
    """Whether people wrote it: what is crawled is read again and again anyway."""
    return any(source.method is Method.CURATED for source in record.sources)


def dead_links(record: RecordBase, dead: Mapping[str, Link]) -> Iterator[Issue]:
    """An issue for each dead address of a record that people wrote."""
    if not dead or not by_people(record):
        return
    for path, url in addresses(record):
        if url in dead:
            yield _issue(record, path, dead[url])


def _issue(record: RecordBase, path: str, link: Link) -> Issue:
    why = f"status {link.status}" if link.status else link.reason or "no answer"
    # The days that proved it, and no later ones: what somebody decided on it must not open again every day.
    days = " and ".join(link.failed_days[:DAYS])
    text = f"{link.url} failed on {days} ({why}): find where it stands now, or another source"
    return Issue(source=LINKS, key=record.id, code="link_dead", field=path, message=text, raw=link.url)
