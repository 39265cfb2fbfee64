"""Pop and audit: nothing of a source record is overlooked."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.values import read_iso_date
from crawler.fields import Fields, IssueLog, read
from crawler.metadata import Mapping

WORDS = Mapping(to="text", values={"1": "one", "2": ("two", "zwei"), "3": ()})


def fields(ignored: dict[str, str] | None = None, **values: object) -> tuple[Fields, IssueLog]:
    log = IssueLog("some_source")
    return Fields(values, "key", log, ignored or {}), log


def codes(log: IssueLog) -> list[tuple[str, str]]:
    return [(issue.code, issue.field) for issue in log.items]


def test_what_is_left_is_an_issue_unless_it_is_ignored_by_name() -> None:
    taken, log = fields({"b": "why", "es_*": "technical"}, a="1", b="2", es_Sort="3", c=["new"], d=[], e=None, f="")
    assert taken.text("a") == "1"
    taken.audit()
    (issue,) = log.items
    assert (issue.key, issue.field, issue.code, issue.raw) == ("key", "c", "unknown_field", "['new']")
    taken.audit()
    assert len(log.items) == 1


def test_texts() -> None:
    taken, log = fields(a=[" x ", "", None, 7], b="y", c=["p", "q"], d=["r", "r"])
    assert taken.texts("a") == ("x",)
    assert taken.texts("b") == ("y",)
    assert taken.text("c") == "p"
    assert taken.text("d") == "r"
    assert taken.text("none") is None
    assert codes(log) == [("shape", "a"), ("several", "c")]


def test_words() -> None:
    taken, log = fields(a="1", b=["1", "2", "1", "9"], c="3", d="9")
    assert taken.code("a", WORDS) == "one"
    assert taken.codes("b", WORDS) == ("one", "two", "zwei")
    assert taken.code("c", WORDS) is None
    assert taken.code("d", WORDS) is None
    assert taken.code("none", WORDS) is None
    assert codes(log) == [("unmapped_value", "b"), ("unmapped_value", "d")]


def test_what_cannot_be_read_is_unknown_and_an_issue() -> None:
    taken, log = fields()
    assert read(taken, "day", None, read_iso_date) is None
    assert read(taken, "day", "soon", read_iso_date) is None
    (issue,) = log.items
    assert (issue.code, issue.raw) == ("unreadable", "soon")


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1)), st.sets(st.text(min_size=1)))
def test_every_field_is_taken_ignored_or_reported(values: dict[str, str], names: set[str]) -> None:
    ignored = {name: "known" for name in names if "*" not in name and "[" not in name and "?" not in name}
    log = IssueLog("some_source")
    taken = Fields(values, "key", log, ignored)
    first = next(iter(values), "")
    taken.texts(first)
    taken.audit()
    reported = {issue.field for issue in log.items}
    assert reported == set(values) - {first} - set(ignored)
