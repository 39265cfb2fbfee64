"""What somebody types and has not sent: kept for that person alone, so that nothing is lost with a browser.

It is no version and no step: nobody else sees it, and the log does not tell of it. It remembers the revision of the
record that it was begun from; when it is sent later, the usual check finds out whether somebody was faster.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from corpus.desk_tables import unsent as t

NEW = 0
"""In place of the number of a record: one that was not begun yet."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form as somebody left it."""

    form: dict[str, Any]
    revision: int
    """Of the record, when the form was opened."""
    at: dt.datetime


class UnsentForms:
    """Forms that were typed and not sent, one for each person and record."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in a database that `corpus.database.open_database` opened."""
        self._engine = engine

    def keep(self, account: int, item: int, form: dict[str, Any], revision: int, now: dt.datetime) -> None:
        """Keep a form in place of what the person left there before."""
        row = {"account": account, "item": item, "form": form, "revision": revision, "at": now}
        with self._engine.begin() as connection:
            connection.execute(delete(t).where(t.c.account == account, t.c.item == item))
            connection.execute(insert(t).values(**row))

    def of(self, account: int, item: int) -> Unsent | None:
        """What a person left of a record."""
        query = select(t).where(t.c.account == account, t.c.item == item)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return Unsent(row.form, row.revision, row.at) if row else None

    def drop(self, account: int, item: int) -> None:
        """Forget it: it was sent, or is not wanted."""
        with self._engine.begin() as connection:
            connection.execute(delete(t).where(t.c.account == account, t.c.item == item))


def forget(connection: Connection, account: int) -> None:
    """Forget all that a person left, in the transaction that erases the person."""
    connection.execute(delete(t).where(t.c.account == account))


def left_by(connection: Connection, account: int) -> list[dict[str, Any]]:
    """All that a person left, for the person."""
    rows = connection.execute(select(t).where(t.c.account == account).order_by(t.c.item))
    return [{"item": row.item, "at": row.at.isoformat(), "form": row.form} for row in rows]
