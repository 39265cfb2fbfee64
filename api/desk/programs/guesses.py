"""Keys that do not exist are counted by client, so that nobody can go through them."""

import math
import time

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.errors import TooManyError
from api.limiter import client_of

MOST_A_MINUTE = 10
"""Wrong keys; who holds a right one is not counted, however much they ask."""


class Guesses:
    """Wrong keys of the last minute, in the memory of this process."""

    def __init__(self) -> None:
        """Nobody has guessed yet."""
        self._counter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = RateLimitItemPerMinute(MOST_A_MINUTE)

    def check(self, request: Request) -> None:
        """Refuse a client that has guessed too often, before its next key is looked at.

        Raises:
            TooManyError: says after how many seconds to come back.
        """
        client = client_of(request)
        if not self._counter.test(self._limit, client):
            free = self._counter.get_window_stats(self._limit, client).reset_time
            raise TooManyError(max(1, math.ceil(free - time.time())))

    def count(self, request: Request) -> None:
        """One more wrong key."""
        self._counter.hit(self._limit, client_of(request))
