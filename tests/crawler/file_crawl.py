"""`python -m tests.crawler.file_crawl`: a source of one file of JSON lines, crawled as `isopolis crawl` would."""

import json
import sys
from collections.abc import AsyncIterator, Iterator
from itertools import islice
from typing import Any
from unittest.mock import patch

from scrapy.http import Response

from crawler import command, run
from crawler.base import SourceSpider, saved
from crawler.metadata import SourceConfig
from crawler.parsing import Parsed
from tests.crawler.reading import config
from tests.factories import raw

URL = "https://files.example.org/all.jsonl"


class FileSpider(SourceSpider):
    """One file, one record a line, handed on in batches."""

    async def start(self) -> AsyncIterator[Any]:
        yield self.download(URL, self.on_file)

    def on_file(self, response: Response) -> Iterator[Parsed]:
        with saved(response).open(encoding="utf-8") as file:
            for batch in iter(lambda: list(islice(file, 500)), []):
                yield Parsed([raw(f"F-{json.loads(line)['n']}", source="filed") for line in batch])


def filed() -> SourceConfig:
    """Its metadata."""
    own = {"id": "filed", "hosts": ("files.example.org",), "urls": {"file": URL}, "probe": None}
    return config("bg_eumis").model_copy(update=own)


def main() -> int:
    """Crawl it."""
    sources = patch.object(run, "load_sources", lambda _names: [filed()])
    spider = patch.object(run, "spider_class", lambda _source: FileSpider)
    with sources, spider, patch.object(command, "load_sources", lambda _names: []):
        return command.crawl_command([])


if __name__ == "__main__":
    sys.exit(main())
