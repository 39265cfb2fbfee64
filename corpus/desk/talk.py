"""Comments that were answered: said to be settled, and opened again."""

import datetime as dt

from sqlalchemy import Engine, select, update

from corpus.desk import audit
from corpus.desk.errors import NotAllowedError, UnknownItemError
from corpus.desk.rights import Action, Actor, DeskRole, check_right
from corpus.desk.rows import item_of
from corpus.desk_tables import comment as c
from corpus.desk_tables import item as t

SETTLE, REOPEN = "settle_comment", "reopen_comment"
"""How the log calls it."""


def settle(engine: Engine, actor: Actor, comment: int, now: dt.datetime, *, settled: bool = True) -> int:
    """Mark a comment as settled, or as open again; gives the number of its record.

    Who said it, whose record it is, and whoever reviews may do that.

    Raises:
        UnknownItemError: there is no such comment.
        NotAllowedError: this person may not.
    """
    with engine.begin() as connection:
        said = connection.execute(select(c).where(c.c.id == comment)).first() if 0 < comment < 2**31 else None
        if said is None:
            raise UnknownItemError(f"there is no comment {comment}")
        item = item_of(connection.execute(select(t).where(t.c.id == said.item)).one())
        check_right(actor, Action.COMMENT, item.scope)
        if actor.account not in (said.author, item.scope.owner) and not actor.at_least(DeskRole.REVIEWER):
            raise NotAllowedError("who said it, whose record it is or a reviewer says that it is settled")
        connection.execute(update(c).where(c.c.id == comment).values(resolved_at=now if settled else None))
        action = SETTLE if settled else REOPEN
        audit.record(connection, now, actor.account, action, item.id, comment=comment, field=said.field)
    return item.id
