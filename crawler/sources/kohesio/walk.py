"""A list of files, and then one file after another: the way of access of a source that publishes large files."""

from abc import abstractmethod
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from corpus.issues import Issue, Level
from crawler.base import Output, SourceSpider, explain, saved
from crawler.errors import SourceError
from crawler.parsing import Parsed
from crawler.sources.kohesio.listing import FileKey


class FilesSpider(SourceSpider):
    """Reads the list, then every file: the next one is asked for when the last was read, so that few lie on disk.

    A file that does not come or cannot be read keeps the records that it gave before; too many end the run.
    """

    most_lost = 0.1  # of the files: more is not the same source

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._files = [FileKey("the list of files", "", "", "")]  # what is still to come
        self._total = self._lost = 0

    @abstractmethod
    def read_list(self, body: bytes) -> tuple[list[FileKey], list[Issue]]:
        """Read the list."""

    @abstractmethod
    def read_file(self, file: Path, key: FileKey) -> Iterable[Parsed]:
        """Read a file; it must not give records before it knows that the whole file can be trusted."""

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the list."""
        yield Request(self.config.urls["list"], callback=self.on_list, errback=self.on_lost)

    def on_list(self, response: Response) -> Output:
        """Read the list, and ask for the first file."""
        return self.trusting(self._on_list(response.body))

    def _on_list(self, body: bytes) -> Output:
        self._files, issues = self.read_list(body)
        self._total = len(self._files)
        yield from issues
        yield from self._next()

    def _next(self) -> Output:
        for key in self._files[:1]:
            request = self.download(key.url(self.config), self.on_file, key=key)
            yield request.replace(errback=self.on_file_lost)

    def on_file(self, response: Response, key: FileKey) -> Output:
        """Read a file, then ask for the next."""
        file = saved(response)
        try:
            yield from self.read_file(file, key)
        except SourceError as error:
            yield self._lose(key, str(error))
        file.unlink()  # the next file needs the room
        del self._files[0]
        yield from self._next()

    def on_file_lost(self, failure: Failure) -> Output:
        """A file did not come."""
        key = failure.request.cb_kwargs["key"]  # type: ignore[attr-defined]  # Scrapy puts it there
        yield self._lose(key, f"{key}: {explain(failure)}")
        del self._files[0]
        yield from self._next()

    def _lose(self, key: FileKey, reason: str) -> Issue:
        self._lost += 1
        if self._lost > self.most_lost * self._total:
            raise self.reject(f"{self._lost} of {self._total} files could not be read: {reason}")
        message = reason + self.recorder.lose(key.name)
        return Issue(source=self.config.id, key=key.name, level=Level.ERROR, code="lost_file", message=message)

    def settle(self) -> Iterable[Issue]:
        """A file that was asked for and never came, such as one that is redirected, fails the run."""
        if self._files:
            self.recorder.reject(f"{self._files[0]} did not come: is it redirected to another site?")
        return ()
