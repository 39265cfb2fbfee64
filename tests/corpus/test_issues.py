"""Issues are lines for people."""

import pytest
from pydantic import ValidationError

from corpus.issues import Issue, Level


def test_an_issue_is_one_line() -> None:
    issue = Issue(source="eui", key="IA-4", code="date", field="timeline", message="no such day", raw="31.02.2026")
    assert str(issue) == "warning: eui IA-4 timeline: no such day (was: '31.02.2026')"


def test_what_is_not_known_is_left_out() -> None:
    issue = Issue(source="eui", level=Level.ERROR, code="count", message="no records")
    assert str(issue) == "error: eui: no records"


def test_a_long_raw_value_is_cut() -> None:
    line = str(Issue(source="eui", code="text", message="unknown", raw="x" * 500))
    assert line == f"warning: eui: unknown (was: '{'x' * 120}')"


def test_line_breaks_of_the_source_do_not_break_the_line() -> None:
    assert "\n" not in str(Issue(source="eui", code="text", message="unknown", raw="a\nb"))


@pytest.mark.parametrize("name", ["source", "code", "message"])
def test_an_issue_says_where_and_what(name: str) -> None:
    fields = {"source": "eui", "code": "text", "message": "unknown"} | {name: " "}
    with pytest.raises(ValidationError, match=name):
        Issue.model_validate(fields)
