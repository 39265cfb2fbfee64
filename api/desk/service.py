"""The desk behind its pages: accounts and records in the database, and the snapshot in use beside them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from corpus.desk.accounts import Accounts
from corpus.desk.items import Items


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages of the desk work with."""

    accounts: Accounts
    items: Items
    clock: Callable[[], dt.datetime]

    @classmethod
    def on(cls, engine: Engine, clock: Callable[[], dt.datetime]) -> "Desk":
        """The desk in a database that `corpus.database.open_database` opened."""
        return cls(Accounts(engine), Items(engine), clock)
