"""Rows of the search: many rows about one thing, rows that nobody asked for, and questions that leave none out."""

import datetime as dt
from itertools import permutations
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.model import Call
from corpus.status import status_at
from corpus.vocab import CallStatus
from crawler.sources.ft_portal.filters import Own
from crawler.sources.ft_portal.parse import parse_calls
from crawler.sources.ft_portal.projects import parse_projects
from crawler.sources.ft_portal.query import calls_of, facets_of_calls, projects_of
from tests.crawler.reading import config
from tests.crawler.site import PROGRAMMES, Row, project_row, topic_row

NOW = dt.datetime(2026, 7, 1, 6, 30, tzinfo=dt.UTC)
FT = config("ft_portal")
AMIF, CERV = "43251447", "43251589"


def stub(row: Row) -> Row:
    """A row about the same topic without status, deadline and text."""
    kept = {name: row["metadata"][name] for name in ("identifier", "title", "type", "language", "DATASOURCE")}
    return row | {"reference": f"{row['reference']}-stub", "metadata": kept}


def older(row: Row) -> Row:
    """The same topic in the older shape, which has more fields."""
    values = row["metadata"] | {"DATASOURCE": ["SEDIA_PRD_CENTRICITY"], "title": ["Older"], "tags": ["a", "b"]}
    return row | {"reference": f"{row['reference']}-older", "metadata": values}


def test_970_rows_are_888_topics() -> None:
    topics = [topic_row(number) for number in range(888)]
    rows = [stub(row) for row in topics[:41]] + topics + [older(row) for row in topics[41:82]]
    parsed = parse_calls(rows, FT, NOW)
    assert (len(rows), len(parsed.records), dict(parsed.ignored), parsed.issues) == (970, 888, {"duplicate": 82}, [])


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_best_row_wins_wherever_it_stands(order: tuple[int, ...]) -> None:
    best = topic_row(1)
    other = topic_row(1, language=["da"], title=["Dansk"]) | {"reference": "danish", "language": "da"}
    rows = [stub(best), other, best, older(best)]
    parsed = parse_calls([rows[place] for place in order], FT, NOW)
    assert [raw.record.title for raw in parsed.records] == [{"en": best["metadata"]["title"][0]}]
    assert parsed.ignored == {"duplicate": 3}


def test_a_whole_row_in_another_language_is_better_than_a_stub_in_english() -> None:
    whole = topic_row(1, language=["lt"], title=["Namai kaimynams"]) | {"language": "lt"}
    empty = stub(topic_row(1))
    for rows in ([empty, whole], [whole, empty]):
        (raw,) = parse_calls(rows, FT, NOW).records
        assert raw.record.title == {"lt": "Namai kaimynams"}


def test_of_equal_rows_the_fuller_one_wins() -> None:
    fuller = topic_row(1, title=["Fuller"], tags=["night buses"])
    plain = topic_row(1, title=["Plain"]) | {"reference": "plain"}
    for rows in ([plain, fuller], [fuller, plain]):
        (raw,) = parse_calls(rows, FT, NOW).records
        assert raw.record.title == {"en": "Fuller"}


def test_rows_of_other_programmes_are_left_out_and_told() -> None:
    rows = [topic_row(1, CERV), topic_row(2, AMIF), topic_row(3, "43254019"), topic_row(4, CERV)]
    parsed = Own("calls of CERV", "frameworkProgramme", CERV, parse_calls, FT, NOW)(rows)
    assert [raw.key for raw in parsed.records] == ["CERV-2026-TOWN-001", "CERV-2026-TOWN-004"]
    assert dict(parsed.ignored) == {"other programme": 2}
    assert [(issue.key, issue.code) for issue in parsed.issues] == [("calls of CERV", "filter_ignored")]
    assert parsed.issues[0].message.startswith("2 rows of other programmes came")


def test_projects_of_other_programmes_are_left_out_and_told() -> None:
    rows = [project_row(1, CERV), project_row(2, AMIF)]
    parsed = Own("projects of AMIF", "programId", AMIF, parse_projects, FT, NOW)(rows)
    assert [raw.key for raw in parsed.records] == ["43251447-101000002"]
    assert [issue.code for issue in parsed.issues] == ["filter_ignored"]


def test_a_row_that_names_no_programme_is_kept() -> None:
    rows = [stub(topic_row(1)), topic_row(1)]
    parsed = Own("calls of CERV", "frameworkProgramme", CERV, parse_calls, FT, NOW)(rows)
    assert (len(parsed.records), dict(parsed.ignored), parsed.issues) == (1, {"duplicate": 1}, [])


QUESTIONS = {name: question for code in PROGRAMMES for name, question in (
    (f"calls {code}", calls_of(code)), (f"projects {code}", projects_of(code)))}  # fmt: skip


@pytest.mark.parametrize("question", [*QUESTIONS.values(), facets_of_calls()], ids=[*QUESTIONS, "facets"])
def test_only_filters_that_the_search_understands(question: dict[str, Any]) -> None:
    clauses = question["query"]["bool"]["must"]
    assert {name for clause in clauses for name in clause} <= {"terms", "term"}, "range and the like are ignored"
    assert question["languages"] == ["en"], "without it there is a row for every language"


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_order_drops_no_row(question: dict[str, Any]) -> None:
    assert question["sort"]["field"] == "es_SortDate", "rows without the field of the order are dropped"


def test_calls_of_the_period_before_are_not_asked_for() -> None:
    assert {"term": {"programmePeriod": "2021 - 2027"}} in calls_of(CERV)["query"]["bool"]["must"]


def test_closed_calls_are_asked_for() -> None:
    assert {"terms": {"status": ["31094501", "31094502", "31094503"]}} in calls_of(AMIF)["query"]["bool"]["must"]


@pytest.mark.parametrize(("code", "kind"), [("31094502", "1"), ("31094501", "1"), ("31094502", "8")])
def test_a_stale_flag_is_kept_and_the_dates_are_believed(code: str, kind: str) -> None:
    row = topic_row(1, status=[code], type=[kind], startDate=["2024-01-10T00:00:00.000+0000"])
    row["metadata"]["deadlineDate"] = ["2024-03-01T00:00:00.000+0000"]
    (raw,) = parse_calls([row], FT, NOW).records
    assert isinstance(raw.record, Call)
    assert code in (raw.record.status_at_source or "")
    assert status_at(raw.record.timeline, NOW) is CallStatus.CLOSED


def test_a_deadline_at_midnight_is_a_day_that_lasts_to_its_end() -> None:
    (raw,) = parse_calls([topic_row(1, deadlineDate=["2026-07-01T00:00:00.000+0000"])], FT, NOW).records
    assert isinstance(raw.record, Call)
    assert raw.record.timeline.cutoffs[0].time is None
    assert status_at(raw.record.timeline, NOW) is CallStatus.OPEN, "half past six in the morning of that day"


def test_persons_are_never_asked_for() -> None:
    keys = {key for url in FT.urls.values() for key in parse_qs(urlsplit(url).query).get("apiKey", ())}
    assert keys == {"SEDIA", "SEDIA_NONH2020_PROD"}
