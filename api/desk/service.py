"""The desk behind its pages: accounts and records in the database, and the snapshot in use beside them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Engine

from api.desk.limits import LettersToAddress
from api.desk.oidc import Provider
from api.desk.post import DeskPost
from corpus.desk.accounts import Accounts
from corpus.desk.fetch import FetchedPage, fetch_page
from corpus.desk.items import Items


class Suggestion(Protocol):
    """A value for a field of the form, and the words that it rests on."""

    @property
    def field(self) -> str:
        """Name of the field."""

    @property
    def value(self) -> str:
        """What could stand there; empty where only the words help."""

    @property
    def excerpt(self) -> str:
        """Words of the page."""


Suggest = Callable[[bytes], Sequence[Suggestion]]
Fetch = Callable[[str], FetchedPage]


def nothing(_body: bytes) -> Sequence[Suggestion]:
    """No suggestions."""
    return ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages of the desk work with."""

    accounts: Accounts
    items: Items
    clock: Callable[[], dt.datetime]
    suggest: Suggest = nothing
    """What a page tells of a practice; given at the entry point: who reads pages knows nothing of the service."""
    fetch: Fetch = fetch_page
    post: DeskPost | None = None
    """How letters leave; without it an administrator passes invitations on."""
    provider: Provider | None = None
    """Where people can sign in besides here."""
    letters: LettersToAddress = field(default_factory=LettersToAddress)

    @classmethod
    def on(cls, engine: Engine, clock: Callable[[], dt.datetime], suggest: Suggest = nothing) -> "Desk":
        """The desk in a database that `corpus.database.open_database` opened."""
        return cls(Accounts(engine), Items(engine), clock, suggest)
