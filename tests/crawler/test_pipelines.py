"""What may enter the store."""

import datetime as dt

from corpus.issues import Issue
from crawler.pipelines import fitting
from crawler.sources.ft_portal.parse import parse_calls
from tests.crawler.reading import config
from tests.crawler.site import topic_row

NOW = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


def test_a_record_of_usual_size_passes() -> None:
    (record,) = parse_calls([topic_row(1)], config("ft_portal"), NOW).records
    assert fitting(record, "ft_portal") is record


def test_a_key_that_the_store_cannot_hold_is_an_issue() -> None:
    (record,) = parse_calls([topic_row(1, identifier=["X" * 600])], config("ft_portal"), NOW).records
    issue = fitting(record, "ft_portal")
    assert isinstance(issue, Issue)
    assert (issue.level, issue.code, len(issue.key)) == ("error", "key", 512)


def test_a_long_issue_is_cut() -> None:
    issue = fitting(Issue(source="x", key="k" * 600, field="f" * 200, code="c", message="m"), "x")
    assert isinstance(issue, Issue)
    assert (len(issue.key), len(issue.field)) == (512, 128)
