"""How often letters go to one address, whoever asks for them. How often one client asks is counted by `api.limiter`."""

import hashlib
import secrets

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

LETTERS_AN_HOUR = 3
"""To one address, so that nobody's letter box is filled by somebody else."""


class LettersToAddress:
    """Counts letters in memory, under keys that nobody can turn back into addresses."""

    def __init__(self) -> None:
        """No letter was sent yet."""
        self._counter = MovingWindowRateLimiter(MemoryStorage())
        self._salt = secrets.token_bytes(16)

    def allow(self, address: str) -> bool:
        """Whether one more letter may go to an address; it is counted."""
        key = hashlib.blake2b(address.strip().lower().encode(), key=self._salt, digest_size=16).hexdigest()
        return self._counter.hit(RateLimitItemPerHour(LETTERS_AN_HOUR), key)
