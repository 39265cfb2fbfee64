"""What is made of a record once and remembered: records never change while they are in use."""

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

KEPT = 5000
"""Records that are remembered."""

R = TypeVar("R")
T = TypeVar("T")


class _One(Generic[R]):
    """A record by its identity: comparing what it says would take longer than taking it apart."""

    __slots__ = ("record",)

    def __init__(self, record: R) -> None:
        self.record = record

    def __hash__(self) -> int:
        return id(self.record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _One) and other.record is self.record


def once(make: Callable[[R], T], most: int = KEPT) -> Callable[[R], T]:
    """The function, which remembers what it made of a record."""
    made = lru_cache(most)(lambda one: make(one.record))
    return lambda record: made(_One(record))
