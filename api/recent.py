"""Answers of the last minutes, so that a click on a filter does not match again.

They stay in memory, under a keyed hash of the question whose key ends with the process; nothing is written anywhere.
"""

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from matcher.answer import Answer

SECONDS = 600
MOST = 64


class Recent:
    """A few answers for a short time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, seconds: float = SECONDS, most: int = MOST) -> None:
        """`clock` gives seconds; `most` answers are kept, each for `seconds`."""
        self._clock, self._seconds, self._most = clock, seconds, most
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, tuple[float, Answer]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def answer(self, question: str, find: Callable[[], Answer]) -> Answer:
        """The answer to a question: the one that was just given, else what `find` gives now."""
        name = hmac.digest(self._key, question.encode(), "sha256")
        with self._lock:
            self._forget()
            known = self._kept.get(name)
        if known is not None:
            return known[1]
        found = find()
        with self._lock:
            self._kept[name] = (self._clock() + self._seconds, found)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found

    def _forget(self) -> None:
        """Drop what is too old: answers were put in in the order in which they end."""
        now = self._clock()
        while self._kept and next(iter(self._kept.values()))[0] <= now:
            self._kept.popitem(last=False)
