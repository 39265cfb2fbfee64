"""The commands `isopolis desk ...`: invite the first people, see what is due, prove that the log is whole."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from corpus.database import open_database
from corpus.desk import audit
from corpus.desk.accounts import Accounts, Newcomer
from corpus.desk.care import expire
from corpus.desk.items import Items
from corpus.desk.rights import DeskRole
from corpus.settings import CorpusSettings
from corpus.vocab.places import check_country


@contextmanager
def _database(settings: CorpusSettings) -> Iterator[Engine]:
    engine = open_database(settings.store_url)
    try:
        yield engine
    finally:
        engine.dispose()


def invite_command(
    settings: CorpusSettings, email: str, role: str, countries: tuple[str, ...], network: str | None
) -> None:
    """Begin an account and print the invitation, which is told only here.

    Raises:
        DeskError: the address is none, or has an account already.
        ValueError: a country is none.
    """
    limits = frozenset(map(check_country, countries)) or None
    with _database(settings) as engine:
        secret = Accounts(engine).invite(Newcomer(email, DeskRole(role), limits, network), dt.datetime.now(dt.UTC))
    print(f"{email} is invited as {role}. Pass this on by a way that only they can read; it is good for 14 days:")
    print(f"/desk/invitation/{secret}")


def due_command(settings: CorpusSettings) -> None:
    """Move published records that are past their date to `needs revalidation`, and print what is due."""
    now = dt.datetime.now(dt.UTC)
    with _database(settings) as engine:
        moved = {item.id for item in expire(Items(engine), now)}
        items = Items(engine).due(now)
    for item in items:
        print(f"{item.revalidate_by:%Y-%m-%d}  {item.record_id}  {item.title}{'  (new)' * (item.id in moved)}")
    print(f"{len(items)} published records are due, {len(moved)} of them since now")


def log_command(settings: CorpusSettings) -> int:
    """Say whether the log of the desk is whole; 1 where it is not."""
    with _database(settings) as engine, engine.connect() as connection:
        events, broken = sum(1 for _ in audit.events(connection)), audit.broken(connection)
    if broken is None:
        print(f"the log is whole: {events} events")
        return 0
    print(f"the log was changed: event {broken} is not what was written, or one before it is gone")
    return 1
