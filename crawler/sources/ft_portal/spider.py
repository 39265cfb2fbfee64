"""Asks the search API of the portal for calls and funded projects, programme by programme."""

from collections.abc import AsyncIterator, Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.base import Output, explain
from crawler.multipart import CONTENT_TYPE, multipart
from crawler.search import Page, SearchSpider, Walk
from crawler.sources.ft_portal.answer import read_answer
from crawler.sources.ft_portal.facets import check_answer, not_checked
from crawler.sources.ft_portal.filters import Own
from crawler.sources.ft_portal.parse import parse_calls
from crawler.sources.ft_portal.projects import parse_projects
from crawler.sources.ft_portal.query import calls_of, facets_of_calls, projects_of


class FtPortalSpider(SearchSpider):
    """One walk for the calls and one for the projects of each programme, and one question about codes."""

    async def start(self) -> AsyncIterator[Any]:
        """Ask which codes there are, and walk."""
        yield Request(
            self.config.urls["facets"],
            method="POST",
            headers={"Content-Type": CONTENT_TYPE, "Accept": "application/json"},
            body=multipart(facets_of_calls()),
            callback=self.on_facets,
            errback=self.on_facets_lost,
        )
        async for asked in super().start():
            yield asked

    def on_facets(self, response: Response) -> Output:
        """Compare the codes of the portal with those that we know."""
        yield from check_answer(response.body, self.config)

    def on_facets_lost(self, failure: Failure) -> Output:
        """The run goes on without the comparison."""
        yield not_checked(explain(failure, self.unread_robots), self.config)

    def walks(self) -> Iterable[Walk]:
        """Calls are read when all rows are there, since the best of several rows counts; projects page by page."""
        search, projects = self.config.urls["search"], self.config.urls["projects"]
        told = (self.config, self.recorder.clock())
        for programme, label in self.config.mappings["crawled"].values.items():
            own = Own(f"calls of {label}", "frameworkProgramme", programme, parse_calls, *told)
            yield Walk(own.name, search, calls_of(programme), own)
            own = Own(f"projects of {label}", "programId", programme, parse_projects, *told)
            yield Walk(own.name, projects, projects_of(programme), own, by_page=True)

    def read_page(self, body: bytes) -> Page:
        """Rows of a page, each with its reference."""
        answer = read_answer(body)
        return Page(answer.total, tuple((row["reference"], row) for row in answer.rows))
