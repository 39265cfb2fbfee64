"""Asks the search API of the portal for calls and funded projects, programme by programme."""

from collections.abc import Iterable
from functools import partial

from crawler.base import Page, SearchSpider, Walk
from crawler.sources.ft_portal.answer import read_answer
from crawler.sources.ft_portal.parse import parse_calls
from crawler.sources.ft_portal.projects import parse_projects
from crawler.sources.ft_portal.query import calls_of, projects_of


class FtPortalSpider(SearchSpider):
    """One walk for the calls and one for the projects of each programme."""

    def walks(self) -> Iterable[Walk]:
        """Calls are read when all rows are there, since the best of several rows counts; projects page by page."""
        now = self.recorder.clock()
        calls = partial(parse_calls, config=self.config, fetched_at=now)
        projects = partial(parse_projects, config=self.config, fetched_at=now)
        for programme, name in self.config.mappings["crawled"].values.items():
            yield Walk(f"calls of {name}", self.config.urls["search"], calls_of(programme), calls)
            url = self.config.urls["projects"]
            yield Walk(f"projects of {name}", url, projects_of(programme), projects, by_page=True)

    def read_page(self, body: bytes) -> Page:
        """Rows of a page, each with its reference."""
        answer = read_answer(body)
        return Page(answer.total, tuple((row["reference"], row) for row in answer.rows))
