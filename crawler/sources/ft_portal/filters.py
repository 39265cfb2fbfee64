"""Filters again on our side: the API silently ignores a filter that it does not understand."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from corpus.issues import Issue
from crawler.metadata import SourceConfig
from crawler.parsing import Parsed
from crawler.sources.ft_portal.answer import Row, metadata_of


@dataclass(frozen=True, slots=True)
class Own:
    """Reads the rows of one programme out of an answer; rows that name other programmes only are told and left out.

    Attributes:
        name: what was asked for, in messages.
        field: the field that names the programme; a stub without it may be of this one.
    """

    name: str
    field: str
    programme: str
    parse: Callable[[list[Row], SourceConfig, dt.datetime], Parsed]
    config: SourceConfig
    fetched_at: dt.datetime

    def __call__(self, rows: list[Row]) -> Parsed:
        """Records of the programme."""
        foreign = [row for row in rows if self.programme not in self._named(row)]
        parsed = self.parse([row for row in rows if self.programme in self._named(row)], self.config, self.fetched_at)
        if foreign:
            parsed.ignored["other programme"] += len(foreign)
            parsed.issues.append(self._issue(foreign))
        return parsed

    def _named(self, row: Row) -> list[str]:
        return metadata_of(row).get(self.field) or [self.programme]

    def _issue(self, foreign: list[Row]) -> Issue:
        first = foreign[0]["reference"]
        message = f"{len(foreign)} rows of other programmes came, for example {first}: is the filter still understood?"
        return Issue(source=self.config.id, key=self.name, code="filter_ignored", field=self.field, message=message)
