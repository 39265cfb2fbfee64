"""What may enter the store."""

import datetime as dt

import pytest

from corpus.issues import Issue
from crawler.pipelines import StorePipeline, fitting
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
    assert (issue.level, issue.code, len(issue.storable().key)) == ("error", "key", 512)


def test_a_key_with_a_nul_is_an_issue() -> None:
    (record,) = parse_calls([topic_row(1)], config("ft_portal"), NOW).records
    issue = fitting(record.model_copy(update={"key": "A\0B"}), "ft_portal")
    assert isinstance(issue, Issue)
    assert "holds a NUL" in issue.message


class Kept:
    """In place of a recorder: what it was given."""

    config = config("ft_portal")

    def __init__(self) -> None:
        self.items: list[object] = []
        self.add = self.items.append
        self.reject = self.items.append


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    found = Kept()
    monkeypatch.setattr(StorePipeline, "_recorder", found)
    return found


def test_what_a_parser_found_is_kept_one_by_one(kept: Kept) -> None:
    parsed = parse_calls([topic_row(1), topic_row(2)], config("ft_portal"), NOW)
    parsed.issues.append(Issue(source="ft_portal", code="x", message="y"))
    pipeline = StorePipeline(None)  # type: ignore[arg-type]
    assert pipeline.process_item(parsed) is parsed
    assert kept.items == [*parsed.records, *parsed.issues]


def test_anything_else_is_a_mistake_of_the_spider(kept: Kept) -> None:
    StorePipeline(None).process_item({"title": "x"})  # type: ignore[arg-type]
    assert kept.items == ["the spider yielded a dict"]
