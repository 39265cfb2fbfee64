"""A host is asked one thing at a time, however many ask."""

import asyncio
import time
from contextlib import suppress
from itertools import pairwise

from crawler.turns import Turns


def asked(delay: float, *hosts: str, takes: float = 0.05) -> list[tuple[str, float, float]]:
    """Ask hosts at once; when each request began and ended."""
    log: list[tuple[str, float, float]] = []

    async def ask(turns: Turns, host: str) -> None:
        async with turns.take(host, delay):
            began = time.monotonic()
            await asyncio.sleep(takes)
            log.append((host, began, time.monotonic()))

    async def all_at_once() -> None:
        turns = Turns()
        await asyncio.gather(*(ask(turns, host) for host in hosts))

    asyncio.run(all_at_once())
    return log


def test_one_after_the_other() -> None:
    log = asked(0, "a", "a", "a")
    assert all(before[2] <= after[1] for before, after in pairwise(log))


def test_with_a_pause_between_their_beginnings() -> None:
    log = asked(0.2, "a", "a", takes=0)
    assert log[1][1] - log[0][1] >= 0.2


def test_other_hosts_do_not_wait() -> None:
    log = asked(10, "a", "b")
    assert max(began for _, began, _ in log) < min(ended for _, _, ended in log)


def test_who_fails_gives_the_turn_back() -> None:
    async def fail_and_ask() -> None:
        turns = Turns()
        with suppress(TimeoutError):
            async with turns.take("a", 0), asyncio.timeout(0.01):
                await asyncio.sleep(1)
        async with asyncio.timeout(1), turns.take("a", 0):
            pass

    asyncio.run(fail_and_ask())


def test_a_host_can_be_left_alone_for_a_while() -> None:
    turns = Turns()
    assert turns.closed_for("a") == 0
    turns.close("a", 60)
    assert 59 < turns.closed_for("a") <= 60
    assert turns.closed_for("b") == 0
    turns.close("a", 0)
    assert turns.closed_for("a") == 0
