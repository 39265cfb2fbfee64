"""Which sources there are: every folder of `crawler/sources` with a `source.yml`. No list to edit."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from crawler.base import SourceSpider
from crawler.errors import MetadataError, UnknownSourceError
from crawler.metadata import SourceConfig, load_config

SOURCES = Path(__file__).parent / "sources"


def known_sources(folder: Path = SOURCES) -> list[str]:
    """Names of all sources."""
    return sorted(path.parent.name for path in folder.glob("*/source.yml"))


def load_sources(names: Sequence[str] = (), folder: Path = SOURCES) -> list[SourceConfig]:
    """Metadata of the sources named, or of all; each once, in the order asked for.

    Raises:
        UnknownSourceError: there is no such source; the text lists those that there are.
        MetadataError: a `source.yml` breaks a rule.
    """
    known = known_sources(folder)
    wanted = list(dict.fromkeys(names)) or known
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise UnknownSourceError(f"there is no source {', '.join(map(repr, unknown))}; there are: {', '.join(known)}")
    return [load_config(folder / name / "source.yml") for name in wanted]


def spider_class(source: str) -> type[SourceSpider]:
    """The spider of a source: the one class of its `spider.py`.

    Raises:
        MetadataError: the source has no spider, or several.
    """
    module = import_module(f"crawler.sources.{source}.spider")
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, SourceSpider) and value.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise MetadataError(f"{module.__file__}: expected one spider, found {len(found)}")
    return found[0]
