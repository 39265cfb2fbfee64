"""Asks for a timetable, or for the page that holds it or links to it."""

from crawler.errors import ShapeError
from crawler.lists import Listing, ListSpider
from crawler.parsing import Parsed
from crawler.sources.timetables.model import TimetableConfig
from crawler.sources.timetables.parse import find_files, parse_timetable


class TimetableSpider(ListSpider):
    """One page with at most a few files."""

    config: TimetableConfig

    def read_list(self, body: bytes, url: str) -> Listing:
        """The timetable itself, or the addresses of its files."""
        timetable = self.config.timetable
        files = find_files(body, url, self.config) if timetable.links else ()
        if files:
            return Listing(urls=files)
        if timetable.links and "html" not in timetable.formats:
            patterns = " or ".join(timetable.links)
            raise ShapeError(f"{self.config.place('links')}: links: the page has no link such as {patterns}")
        return Listing(parsed=self.read_detail(body, url))

    def read_detail(self, body: bytes, url: str) -> Parsed:
        """Read a timetable."""
        return parse_timetable(body, url, self.config, self.recorder.clock())
