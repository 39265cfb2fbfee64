"""One request at a time to each host, whichever source asks.

Scrapy throttles each spider by itself, and lets requests through together where no delay is set. Two sources on
one host would ask it twice as fast as it was promised.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Who may ask which host now. One for all spiders of a process."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[str, float] = {}
        self._closed_until: dict[str, float] = {}

    def close(self, host: str, seconds: float) -> None:
        """The host wants to be left alone for longer than we wait."""
        self._closed_until[host] = time.monotonic() + seconds

    def closed_for(self, host: str) -> float:
        """Seconds for which the host still wants to be left alone; 0 when it may be asked."""
        return max(0.0, self._closed_until.get(host, 0.0) - time.monotonic())

    @asynccontextmanager
    async def take(self, host: str, delay: float) -> AsyncIterator[None]:
        """Wait for the host to be free, and until `delay` seconds have passed since the last request began."""
        async with self._locks[host]:
            await asyncio.sleep(max(0.0, self._free_at.get(host, 0.0) - time.monotonic()))
            self._free_at[host] = time.monotonic() + delay
            yield
