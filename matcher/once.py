"""What is made of a record once and remembered: records never change while they are in use."""

from collections.abc import Callable
from typing import TypeVar

KEPT = 5000
"""Records that are remembered."""

R = TypeVar("R")
T = TypeVar("T")


def once(make: Callable[[R], T], most: int = KEPT) -> Callable[[R], T]:
    """The function, which remembers what it made of a record; the oldest is forgotten first.

    A record is known by its identity: comparing what it says would take longer than taking it apart.
    """
    made: dict[int, tuple[R, T]] = {}

    def known(record: R) -> T:
        found = made.get(id(record))
        if found is not None:
            return found[1]
        fresh = make(record)
        if len(made) >= most:
            made.pop(next(iter(made)), None)
        # The record is kept beside what was made of it, so that no other one can come to its identity.
        made[id(record)] = record, fresh
        return fresh

    return known
