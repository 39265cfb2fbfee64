"""The database: SQLite or PostgreSQL by one address, opened and brought to the newest shape in one place."""

import datetime as dt
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, DateTime, Engine, MetaData, TypeDecorator, create_engine, event, make_url
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from corpus.errors import StoreError

_CANNOT = "the store cannot be opened (ISOPOLIS_DATABASE_URL)"
_MIGRATIONS = Path(__file__).parent / "migrations"


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A point in time, always with zone: SQLite alone would forget it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse a time without zone; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def open_database(url: str) -> Engine:
    """Open a database and bring its tables up to date.

    Raises:
        StoreError: the address is no database, cannot be reached, or holds a newer store.
    """
    parsed = _address(url)
    try:
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = _engine(parsed)
    except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        raise StoreError(f"{_CANNOT}: {error}") from error
    try:
        _upgrade(engine)
    except StoreError:
        engine.dispose()
        raise
    except (SQLAlchemyError, OSError) as error:
        engine.dispose()
        raise StoreError(f"{_CANNOT}: {error}") from error
    return engine


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # WAL lets readers go on while a run writes; the wait covers another process that ends a run of a million records.
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=120000", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _address(url: str) -> URL:
    """Read the address. A password with an odd sign spills into other parts, so nothing of it is repeated."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or "@" in (parsed.host or ""):
        likes = "sqlite:///var/isopolis.db or postgresql+psycopg://user:password@host/isopolis"
        raise StoreError(f"{_CANNOT}: no address such as {likes}; in a password write %40 for @ and %2F for /")
    if parsed.drivername in ("postgresql", "postgres"):  # else SQLAlchemy would look for a driver that we do not have
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL) -> Engine:
    # Values stay out of errors and logs: they can be addresses of people.
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
    return engine


def _upgrade(engine: Engine) -> None:
    """Bring the tables to the newest shape; refuse a store written by a newer version of the program."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == script.get_current_head():
        return
    known = {revision.revision for revision in script.walk_revisions()}
    if current is not None and current not in known:
        raise StoreError(f"the store has revision {current}, which this version does not know: update Isopolis")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
