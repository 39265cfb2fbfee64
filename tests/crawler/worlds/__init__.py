"""Small invented worlds for the replica, one module a source, named as the source.

A world has `build(site)`, which puts enough pages for a healthy run into a site: in the shapes of the real
pages, with texts of our own, paged and with the traps of the source. `test_run` crawls every one of them twice.
A world of a source that asks for a key has `SETTINGS`, the variables of the environment with which it is crawled.
"""

from importlib import import_module
from pathlib import Path

from tests.crawler.replica import Site

WORLDS = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def settings_of(source: str) -> dict[str, str]:
    """Variables of the environment that a source needs."""
    found: dict[str, str] = getattr(import_module(f"tests.crawler.worlds.{source}"), "SETTINGS", {})
    return found


def world_of(source: str) -> Site:
    """The world of one source."""
    site = Site()
    import_module(f"tests.crawler.worlds.{source}").build(site)
    return site
