"""Which expectations hold in what a probe saw: what is wrong, what is for the eye, and what does no harm."""

import datetime as dt
from collections.abc import Iterable

import pytest

from corpus.issues import Issue, Level
from corpus.model import Call
from corpus.raw import RawRecord
from crawler.metadata import Probe, Selector
from crawler.probing.expect import State, all_hold, findings
from crawler.probing.seen import Answer, Kind, Seen
from tests.crawler.reading import CASES, config, read_parsed

NOW = dt.datetime(2026, 7, 1, 6, 30, tzinfo=dt.UTC)
RECORDS = tuple(read_parsed(CASES / "bg_eumis" / "detail").records)
HOUSES = "Домове за съседи, в които всеки може да влезе, да готви и да учи заедно с другите. " * 3
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://x.example/1</loc></url><url><loc>https://x.example/2</loc></url></urlset>"""


def answer(kind: Kind, body: bytes = b"<h1>Call</h1>", status: int = 200, url: str = "https://x.example/") -> Answer:
    return Answer(kind, url, url, status, body, "text/html")


def seen(*answers: Answer, issues: Iterable[Issue] = (), records: Iterable[RawRecord] = RECORDS) -> Seen:
    return Seen(NOW, list(answers), list(records), list(issues))


def state(saw: Seen, what: str, *selectors: Selector, language: str = "bg") -> State:
    """State of the expectation whose text begins so."""
    wanted = Probe.model_validate({"language": language, "fields": ["title"], "selectors": selectors})
    found = findings(config("bg_eumis").model_copy(update={"probe": wanted}), saw)
    (own,) = [finding for finding in found if finding.what.startswith(what)]
    assert all_hold([own]) == (own.state in ("holds", "look"))
    return own.state


def issue(key: str) -> Issue:
    return Issue(source="bg_eumis", key=key, code="lost", field="page", level=Level.ERROR, message="cannot be read")


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ([b"<h1>One</h1>", b"<h1>Other</h1>"], "holds"),
        ([b"<h1>One</h1>", b"<h2>Older layout</h2>"], "look"),
        ([b"<h2>One</h2>", b""], "does not hold"),
    ],
)
def test_details(bodies: list[bytes], expected: State) -> None:
    saw = seen(*(answer("detail", body) for body in bodies))
    assert state(saw, "detail: h1", Selector(page="detail", css="h1", why="the title")) == expected


def test_one_list_of_several_is_enough() -> None:
    saw = seen(answer("list", b"<a href='/list'>all</a>"), answer("list", b"<article></article>"))
    assert state(saw, "list: article", Selector(page="list", css="article", why="cards")) == "holds"


@pytest.mark.parametrize(("number", "expected"), [(2, "holds"), (3, "does not hold")])
def test_a_sitemap_is_read_without_its_namespace(number: int, expected: State) -> None:
    wanted = Selector(page="list", css="loc", at_least=number, why="pages")
    assert state(seen(answer("list", SITEMAP)), "list: loc", wanted) == expected


@pytest.mark.parametrize(("path", "expected"), [("results.0.total", "holds"), ("results.1", "does not hold")])
def test_a_value_of_an_answer_in_json(path: str, expected: State) -> None:
    wanted = Selector.model_validate({"page": "list", "json": path, "why": "the count"})
    assert state(seen(answer("list", b'{"results": [{"total": 9}]}')), f"list: {path}", wanted) == expected


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (answer("other", b"", 404), "look"),  # a script
        (answer("list", b"", 404), "does not hold"),
        (answer("list", b""), "does not hold"),
        (answer("detail", b"", 500), "does not hold"),
    ],
)
def test_what_did_not_come(missing: Answer, expected: State) -> None:
    assert state(seen(missing), missing.kind) == expected


def test_what_came_when_it_was_asked_again_is_for_the_eye() -> None:
    wanted = config("bg_eumis")
    found = findings(wanted, seen(answer("list", b"", 401), answer("list")))
    assert [finding.state for finding in found if finding.what.startswith("list: https")] == ["look", "holds"]


def test_without_records_nothing_is_excused() -> None:
    assert state(seen(answer("other", b"", 404), records=()), "other") == "does not hold"


def test_as_many_lost_as_read_is_another_site() -> None:
    assert state(seen(answer("list"), issues=[issue("9")]), "issue lost") == "does not hold"


def test_one_lost_of_several_is_for_the_eye() -> None:
    assert state(seen(answer("list"), issues=[issue("9")], records=RECORDS * 2), "issue lost") == "look"


@pytest.mark.parametrize(
    ("year", "expected"), [(2013, "does not hold"), (2014, "holds"), (2034, "holds"), (2062, "does not hold")]
)
def test_years_of_deadlines(year: int, expected: State) -> None:
    (raw,) = RECORDS
    assert isinstance(raw.record, Call)
    timeline = raw.record.timeline
    closes = timeline.cutoffs[0].model_copy(update={"date": dt.date(year, 5, 1)})
    record = raw.record.model_copy(update={"timeline": timeline.model_copy(update={"cutoffs": (closes,)})})
    assert state(seen(records=[raw.model_copy(update={"record": record})]), "deadlines") == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (HOUSES, "bg", "holds"),
        (
            "Домове за съседи, в които всеки може да влезе, да готви и да учи заедно с другите. " * 3,
            "lt",
            "does not hold",
        ),
        ("Домове за съседи", "lt", "look"),
        ("A1001 B1002 C1003 " * 12, "pt", "look"),
    ],
)
def test_language(text: str, language: str, expected: State) -> None:
    (raw,) = RECORDS
    bare = {"title": {"bg": text}, "summary": {}, "objectives": {}}
    records = [raw.model_copy(update={"record": raw.record.model_copy(update=bare)})]
    assert state(seen(records=records), "texts are in", language=language) == expected
