"""People who leave the desk, or never came: what is kept of them goes, and their work stays under a number."""

import datetime as dt

from sqlalchemy import Connection, select, update

from corpus.desk import audit, tokens, unsent
from corpus.desk_tables import account as t
from corpus.desk_tables import token

_ERASED = "somebody who has left"


def forget(connection: Connection, account: int) -> None:
    """Forget who an account was of; it cannot be entered any more."""
    values = {"email": None, "name": _ERASED, "password": None, "subject": None, "active": False, "network": None}
    more = {"name_is_public": False, "language": None, "failures": 0, "locked_until": None}
    connection.execute(update(t).where(t.c.id == account).values(**values, **more))
    tokens.revoke(connection, account)
    unsent.forget(connection, account)


def forget_unanswered(connection: Connection, now: dt.datetime) -> None:
    """Forget addresses that were invited and whose invitation is too old by now; they can be invited anew."""
    never_came = select(t.c.id).where(t.c.email.is_not(None), t.c.password.is_(None), t.c.subject.is_(None))
    waits = select(token.c.account).where(token.c.expires_at > now)
    for number in connection.execute(never_came.where(t.c.id.not_in(waits))).scalars().all():
        audit.record(connection, now, audit.PROGRAM, "forget", None, whom=number)
        forget(connection, number)
