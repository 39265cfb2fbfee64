"""All that is kept of a person, for the person (Regulation (EU) 2016/679, Articles 15 and 20)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Select, select

from corpus.desk import unsent
from corpus.desk_tables import account, comment, decision, event_log, item, item_version, token

SECRET = ("password", "hash", "seal")
"""Columns that are kept to check something and tell a person nothing; in the wrong hands they would help to guess."""


def own_data(connection: Connection, number: int) -> dict[str, object]:
    """Account, signed-in devices, keys, records, versions, comments and steps of a person, as plain JSON values."""
    kept = dict(connection.execute(select(account).where(account.c.id == number)).mappings().one())
    return {
        **_plain(kept),
        "tokens": _rows(connection, _of(token.c.account, number).order_by(token.c.created_at)),
        "records": _rows(connection, _of(item.c.owner, number).order_by(item.c.id)),
        "versions": _rows(connection, _of(item_version.c.author, number).order_by(item_version.c.at)),
        "comments": _rows(connection, _of(comment.c.author, number).order_by(comment.c.id)),
        "decisions": _rows(connection, _of(decision.c.account, number).order_by(decision.c.at)),
        "events": _rows(connection, _of(event_log.c.account, number).order_by(event_log.c.id)),
        "unsent": unsent.left_by(connection, number),
    }


def _of(column: Column[Any], number: int) -> Select[Any]:
    return select(column.table).where(column == number)


def _rows(connection: Connection, query: Select[Any]) -> list[dict[str, object]]:
    return [_plain(row) for row in connection.execute(query).mappings()]


def _plain(row: Mapping[Any, Any]) -> dict[str, object]:
    shown = ((name, value) for name, value in row.items() if name not in SECRET)
    return {str(name): value.isoformat() if hasattr(value, "isoformat") else value for name, value in shown}
