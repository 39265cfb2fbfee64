"""What `isopolis newsource` does: write a source that runs, say what was written, and what to do next."""

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from crawler.errors import CrawlerError, NewSourceError
from crawler.newsource.make import CASE, make
from crawler.newsource.wish import Kind, wish
from crawler.registry import SOURCES, families, known_sources

_NEXT = """\

Next:
  1. crawler/sources/{id}/source.yml: fill in the lines that say so, and the site's own words under `mappings`
  2. isopolis probe {id} --save DIR: asks for a few pages and says what does not hold
  3. tests/crawler/cases/{id}/{case}: put a real page there in place of the invented one, cut, without names of persons,
     and what must come out of it: python -m tests.crawler.reading tests/crawler/cases/{id}/{case}
  4. pytest tests/crawler/sources/test_cases.py -k {id}; then python -m docs.generate and make check
docs/adding-a-source.md tells more."""


def newsource_command(name: str, kind: Kind, country: str, funds: Sequence[str], url: str) -> int:
    """Write a new source: 0 when it was written, 2 when it was not, and then nothing was."""
    try:
        root = _checkout(Path.cwd())
        wanted = wish(name, kind, country, funds, url, {*known_sources(), *families()})
        written = make(root, wanted, dt.datetime.now(dt.UTC))
    except CrawlerError as error:
        print(f"isopolis newsource: {error}", file=sys.stderr)
        return 2
    print("\n".join(f"wrote {path.relative_to(root)}" for path in written))
    print(_NEXT.format(id=name, case=CASE[kind]))
    return 0


def _checkout(here: Path) -> Path:
    """The root of the checkout that this program runs from; the current folder must lie in it."""
    root = SOURCES.parents[1]
    if not (root / "tests" / "crawler" / "cases").is_dir() or not (root / "pyproject.toml").is_file():
        raise NewSourceError(
            "a source is written into a checkout, and this is an installed program: clone the repository"
        )
    if not here.resolve().is_relative_to(root.resolve()):
        raise NewSourceError(f"the source would be written into {root}: run the command there")
    return root
