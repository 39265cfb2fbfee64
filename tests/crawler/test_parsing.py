"""Facts keep their evidence; a record that breaks a rule loses the value or itself, never the others."""

import datetime as dt

from corpus.model import Call
from corpus.vocab import Language
from crawler.fields import IssueLog
from crawler.parsing import Facts, Parsed, build, excerpt, page_source, sha256
from tests.crawler.reading import config

NOW = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
URL = "https://a.example/1"


def facts(**changed: object) -> Facts:
    found = Facts(Language.EN)
    values = {"id": "ft.A", "title": {"en": "A"}, "original_language": "en", "url": URL, "funds": ("CERV",)}
    for name, value in (values | changed).items():
        found.put(name, value, raw="raw")
    return found


def built(found: Facts) -> tuple[Call | None, IssueLog]:
    log = IssueLog("ft_portal")
    source = page_source(config("ft_portal"), found, URL, NOW, "hash")
    raw = build(Call, "A", found, log, source)
    record = raw.record if raw else None
    assert record is None or isinstance(record, Call)
    return record, log


def test_a_record_names_its_source_and_keeps_raw_values() -> None:
    record, log = built(facts())
    assert record is not None
    (source,) = record.sources
    assert (source.fetched_at, source.content_hash, source.publisher) == (NOW, "hash", "European Commission")
    assert record.evidence["funds"][0].raw == "raw"
    assert log.items == []


def test_an_unknown_value_is_left_out() -> None:
    found = facts(programme=None, keywords=(), objectives={})
    assert {"programme", "keywords", "objectives"} & set(found.values) == set()
    assert "programme" not in found.all_evidence()


def test_a_bad_value_is_left_out_with_an_issue() -> None:
    record, log = built(facts(apply_url="no address"))
    assert record is not None
    assert record.apply_url is None
    assert [(issue.level, issue.code, issue.field) for issue in log.items] == [("warning", "invalid", "apply_url")]


def test_a_record_without_what_it_needs_is_left_out() -> None:
    record, log = built(facts(funds=("Moon",)))
    assert record is None
    assert {(issue.level, issue.code, issue.field.split(".")[0]) for issue in log.items} == {
        ("error", "invalid", "funds")
    }


def test_a_record_that_is_wrong_as_a_whole_is_left_out() -> None:
    rule = {"id": "x", "family": "country", "value": {"in": ["BG"]}, "evidence": [{"source": "other", "raw": "BG"}]}
    record, log = built(facts(eligibility={"rules": [rule]}, apply_url="no address"))
    assert record is None
    assert log.items[-1].level == "error"


def test_excerpts_are_short_and_end_at_a_word() -> None:
    assert excerpt("short") == "short"
    cut = excerpt("word " * 200)
    assert len(cut) <= 404
    assert cut.endswith("word ...")


def test_hashes_of_rows_do_not_depend_on_their_order() -> None:
    assert sha256({"a": 1, "b": 2}) == sha256({"b": 2, "a": 1})
    assert sha256(b"a") != sha256(b"b")


def test_absorb() -> None:
    whole = Parsed()
    part = Parsed(issues=IssueLog("x").items)
    part.ignored["tender"] = 2
    whole.absorb(part)
    whole.absorb(part)
    assert whole.ignored["tender"] == 4
