"""Asks for the list of files and then for one file of projects after another."""

from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.http import Response

from corpus.issues import Issue
from crawler.base import Output, SourceSpider, saved
from crawler.sources.kohesio.guide import Guide
from crawler.sources.kohesio.listing import FileKey, parse_keys
from crawler.sources.kohesio.parse import Tally, parse_file
from crawler.sources.kohesio.progress import with_bar


class KohesioSpider(SourceSpider):
    """A list of files, then every file: the next one is asked for when the last was read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guide = Guide.load(self.config)  # a mistake in a list stops the run before it begins
        self._files = [FileKey("the list of files", "", "", "")]  # what is still to come
        self._tally = Tally()

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the list."""
        yield Request(self.config.urls["list"], callback=self.on_list, errback=self.on_lost)

    def on_list(self, response: Response) -> Output:
        """Read the list, and ask for the first file."""
        return self.trusting(self._on_list(response.body))

    def _on_list(self, body: bytes) -> Output:
        self._files[:], issues = parse_keys(body, self.config)
        yield from issues
        yield from self._next()

    def _next(self) -> Output:
        yield from (self.download(key.url(self.config), self.on_file, key=key) for key in self._files[:1])

    def on_file(self, response: Response, key: FileKey) -> Output:
        """Read a file, then ask for the next."""
        return self.trusting(self._on_file(saved(response), key))

    def _on_file(self, file: Path, key: FileKey) -> Output:
        tally = Tally()
        bits = parse_file(file, key, self._guide, tally, self.recorder.clock())
        yield from with_bar(bits, f"{key.country} {key.period}")
        file.unlink()  # the next file needs the room
        self._tally.absorb(tally)
        del self._files[0]
        yield from self._next()

    def settle(self) -> Iterable[Issue]:
        """Say what became of all rows; a file that was not read fails the run."""
        if self._files:
            self.recorder.reject(f"{self._files[0]} did not come: is it redirected to another site?")
        return [Issue(source=self.config.id, code="counted", field="rows", message=str(self._tally))]
