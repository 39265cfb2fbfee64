"""Which sources there are: folders of `crawler/sources`. No list to edit.

A folder with a `source.yml` is one source. A folder with a `family.yml` is a family: many sources that are read in the
same way and differ in data alone. Its module `family` says which they are; each has runs, last good data and a line
in the table of its own, so that one that fails takes no other with it.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from crawler.base import SourceSpider
from crawler.errors import MetadataError, UnknownSourceError
from crawler.metadata import SourceConfig, load_config

SOURCES = Path(__file__).parent / "sources"


class Family(Protocol):
    """What the module `family` of a family has."""

    def members(self, folder: Path) -> list[str]:
        """Names of its sources, without reading their files."""

    def load_member(self, folder: Path, source: str) -> SourceConfig:
        """Metadata of one of them."""


def _family(folder: Path) -> Family:
    return cast("Family", import_module(f"crawler.sources.{folder.name}.family"))


@cache
def families(folder: Path = SOURCES) -> dict[str, tuple[str, ...]]:
    """Names of the sources of each family, by the name of its folder."""
    homes = sorted(path.parent for path in folder.glob("*/family.yml"))
    return {home.name: tuple(_family(home).members(home)) for home in homes}


def folder_of(source: str, folder: Path = SOURCES) -> Path:
    """The folder of a source: its own, or that of its family."""
    return next((folder / name for name, members in families(folder).items() if source in members), folder / source)


def file_of(source: str, folder: Path = SOURCES) -> Path:
    """The file that says what a source is: its `source.yml`, or its own file in the folder of its family."""
    home = folder_of(source, folder)
    own = home / "source.yml"
    return own if own.exists() else next(iter(sorted(home.rglob(f"{_stem(source, home)}.yml"))), home / "family.yml")


def _stem(source: str, home: Path) -> str:
    """Name of a member's file: its own, or without the name of the family before it."""
    return source if any(home.rglob(f"{source}.yml")) else source.removeprefix(f"{home.name.rstrip('s')}_")


def known_sources(folder: Path = SOURCES) -> list[str]:
    """Names of all sources."""
    single = [path.parent.name for path in folder.glob("*/source.yml")]
    return sorted([*single, *(name for members in families(folder).values() for name in members)])


def load_sources(names: Sequence[str] = (), folder: Path = SOURCES) -> list[SourceConfig]:
    """Metadata of the sources named, or of all; each once, in the order asked for. A family stands for its members.

    Raises:
        UnknownSourceError: there is no such source; the text lists those that there are.
        MetadataError: a file of metadata breaks a rule.
    """
    known = known_sources(folder)
    wanted = list(dict.fromkeys(name for asked in names for name in families(folder).get(asked, (asked,)))) or known
    unknown = [name for name in wanted if name not in known]
    if unknown:
        there = ", ".join(_short(folder))
        raise UnknownSourceError(f"there is no source {', '.join(map(repr, unknown))}; there are: {there}")
    return [_load(folder_of(name, folder), name) for name in wanted]


def _short(folder: Path) -> Iterator[str]:
    """All sources, with each family in one word."""
    single = [path.parent.name for path in folder.glob("*/source.yml")]
    for name in sorted([*single, *families(folder)]):
        count = len(families(folder).get(name, ()))
        yield f"{name} ({count} sources)" if count else name


def _load(home: Path, source: str) -> SourceConfig:
    if (home / "source.yml").exists():
        return load_config(home / "source.yml")
    return _family(home).load_member(home, source)


def spider_class(source: str) -> type[SourceSpider]:
    """The spider of a source: the one class of the `spider.py` of its folder.

    Raises:
        MetadataError: the source has no spider, or several.
    """
    module = import_module(f"crawler.sources.{folder_of(source).name}.spider")
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, SourceSpider) and value.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise MetadataError(f"{module.__file__}: expected one spider, found {len(found)}")
    return found[0]
