"""Asks for the list of files and then for one file of projects after another."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus.issues import Issue
from crawler.parsing import Parsed
from crawler.sources.kohesio.guide import Guide
from crawler.sources.kohesio.listing import FileKey, parse_keys
from crawler.sources.kohesio.parse import Tally, parse_file
from crawler.sources.kohesio.progress import with_bar
from crawler.sources.kohesio.walk import FilesSpider


class KohesioSpider(FilesSpider):
    """One file of projects a country and programming period."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guide = Guide.load(self.config)  # a mistake in a list stops the run before it begins
        self._tally = Tally()

    def read_list(self, body: bytes) -> tuple[list[FileKey], list[Issue]]:
        """The newest file of each country and period."""
        return parse_keys(body, self.config)

    def read_file(self, file: Path, key: FileKey) -> Iterable[Parsed]:
        """Projects of our subjects."""
        tally = Tally()
        bits = parse_file(file, key, self._guide, tally, self.recorder.clock())
        yield from with_bar(bits, key.name)
        self._tally.absorb(tally)

    def settle(self) -> Iterable[Issue]:
        """Say what became of all rows."""
        yield from super().settle()
        yield Issue(source=self.config.id, code="counted", field="rows", message=str(self._tally))
