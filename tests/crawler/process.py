"""Runs `isopolis crawl` in a process of its own: Scrapy's reactor starts once per process."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.runs import RunSummary
from corpus.store import Store

ROOT = Path(__file__).parents[2]
CODE = "import sys; from isopolis import main; main(['crawl', *sys.argv[1:]])"


@dataclass(frozen=True, slots=True)
class Crawled:
    """How a crawl ended."""

    code: int
    out: str
    err: str
    runs: dict[str, RunSummary]


def environment(home: Path, replica: str, **extra: str) -> dict[str, str]:
    """Variables of a crawl without delays, on a replica."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ISOPOLIS_")}
    own = {"ISOPOLIS_HOME": str(home), "ISOPOLIS_CRAWL_REPLICA": replica, "ISOPOLIS_CRAWL_DELAY": "0"}
    return inherited | own | {"ISOPOLIS_CRAWL_RETRIES": "1"} | extra


def command(*sources: str) -> list[str]:
    """Command line of a crawl (of sources, with options) in which any warning is an error."""
    return [sys.executable, "-W", "error", "-c", CODE, *sources]


def crawl(home: Path, replica: str, *sources: str, **extra: str) -> Crawled:
    """Crawl and wait for the end."""
    env = environment(home, replica, **extra)
    done = subprocess.run(
        command(*sources), env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    return Crawled(done.returncode, done.stdout, done.stderr, last_runs(home))


def store_url(home: Path) -> str:
    """Address of the store of a home folder."""
    return f"sqlite:///{home / 'isopolis.db'}"


def last_runs(home: Path) -> dict[str, RunSummary]:
    """The latest run of every source."""
    if not (home / "isopolis.db").exists():
        return {}
    store = Store.open(store_url(home))
    try:
        return {meta.id: store.runs(meta.id, 1)[0] for meta in store.sources()}
    finally:
        store.close()


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within a minute"
        time.sleep(0.05)
