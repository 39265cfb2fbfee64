"""Copies of real sources, each on a host of its own, so that many faults are met in one crawl.

`python -m tests.crawler.fault_crawl euroaccess__reset ft_portal__reset` crawls two copies: the spiders and parsers
are those of the sources, the name after `__` tells the replica what goes wrong.
"""

import sys
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from crawler import command, run
from crawler.errors import MetadataError
from crawler.metadata import Mapping, SourceConfig
from crawler.registry import spider_class
from tests.crawler.reading import config

BROKEN = "broken"
SLOW = ("timeout", "drip")
TIMEOUT = 5
"""Seconds: many spiders start at once here, on a machine that may be busy."""


def host_of(name: str) -> str:
    """The one host of a copy."""
    return f"{name.replace('_', '-')}.example"


def copy_of(name: str) -> SourceConfig:
    """Metadata of a copy: few records are enough, and of the portal one programme."""
    original = config(name.split("__", maxsplit=1)[0])
    urls = {key: url.replace(urlsplit(url).netloc, host_of(name)) for key, url in original.urls.items()}
    update: dict[str, Any] = {"id": name, "hosts": (host_of(name),), "urls": urls}
    update["expect"] = original.expect.model_copy(update={"min": 5})
    if "crawled" in original.mappings:
        crawled = Mapping(to="text", values={"43251589": "CERV"})
        update["mappings"] = {**original.mappings, "crawled": crawled}
    return original.model_copy(update=update)


def spider_of(name: str) -> Any:
    """The spider of the original; one that is to meet a slow site waits for a short time only."""
    if name.endswith(BROKEN):
        raise MetadataError("expected one spider, found 0")
    original = spider_class(name.split("__", maxsplit=1)[0])
    settings = {"DOWNLOAD_TIMEOUT": TIMEOUT} if name.endswith(SLOW) else {}
    return type(original.__name__, (original,), {"custom_settings": settings})


def main(names: Sequence[str]) -> int:
    """Crawl copies."""
    copies = patch.object(run, "load_sources", lambda wanted: [copy_of(name) for name in wanted])
    spiders = patch.object(run, "spider_class", spider_of)
    with copies, spiders, patch.object(command, "load_sources", lambda _names: []):
        return command.crawl_command(names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
