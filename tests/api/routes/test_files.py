import csv
import io
import json
from collections.abc import Iterator

import feedparser
import mammoth
import openpyxl
import pytest
import vobject
from fastapi.testclient import TestClient
from pypdf import PdfReader

from api.files.answering import FIRST, Ending, first
from api.views import browse
from corpus.vocab.places import INTERFACE_LANGUAGES
from tests.api.files.samples import ABOUT
from tests.api.reading import page

LISTS = [(kind, ending) for kind in ("calls", "practices") for ending in ("csv", "xlsx", "docx", "pdf", "atom", "json")]


def titles(client: TestClient, path: str) -> list[str]:
    """Titles on the page of a list, over all its pages."""
    return list(_titles(client, path))


def _titles(client: TestClient, path: str) -> Iterator[str]:
    number = 1
    while True:
        sign = "&" if "?" in path else "?"
        shown = client.get(f"/v1{path}{sign}page={number}").json()
        yield from (row["title"] for row in shown["rows"])
        if shown["next"] is None:
            return
        number += 1


def rows(client: TestClient, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(("kind", "ending"), LISTS)
def test_every_format_is_served_under_its_name(client: TestClient, kind: str, ending: str) -> None:
    response = client.get(f"/en/{kind}.{ending}")
    assert response.status_code == 200
    assert response.content
    if ending not in ("atom", "json"):
        assert response.headers["content-disposition"] == f'attachment; filename="isopolis-{kind}.{ending}"'
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("query", ["", "?status=any", "?status=any&sort=title", "?fund=ESF%2B", "?country=BG&q=roma"])
def test_files_hold_the_rows_of_the_list_in_its_order(client: TestClient, query: str) -> None:
    shown = titles(client, f"/calls{query}")
    assert [row["Title"] for row in rows(client, f"/en/calls.csv{query}")] == shown
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/en/calls.xlsx{query}").content))
    assert [row[0] for row in list(book.worksheets[0].values)[1:]] == shown
    assert [entry.title for entry in feedparser.parse(client.get(f"/en/calls.atom{query}").content).entries] == shown
    items = json.loads(client.get(f"/en/calls.json{query}").content)["items"]
    assert [item["title"] for item in items] == shown
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(client.get(f"/en/calls.pdf{query}").content)).pages
    )
    places = ["".join(text.split()).find("".join(title.split())) for title in shown]
    assert -1 not in places


def test_the_page_of_the_list_that_is_looked_at_does_not_matter(client: TestClient) -> None:
    assert rows(client, "/en/calls.csv?page=3") == rows(client, "/en/calls.csv")


def test_the_calendar_has_an_event_a_cutoff(client: TestClient) -> None:
    told = json.loads(client.get("/en/calls.json?status=any").content)["items"]
    expected = sum(len(item["_isopolis"]["cutoffs"]) for item in told)
    calendar = vobject.readOne(client.get("/en/calls.ics?status=any").text)
    assert len(calendar.vevent_list) == expected > 0


def test_a_search_without_results_gives_whole_files(client: TestClient) -> None:
    query = "?q=nothingiscalledlikethis"
    assert rows(client, f"/en/calls.csv{query}") == []
    assert feedparser.parse(client.get(f"/en/calls.atom{query}").content).entries == []
    assert "vevent" not in vobject.readOne(client.get(f"/en/calls.ics{query}").text).contents
    for ending in ("xlsx", "docx", "pdf", "json"):
        assert client.get(f"/en/calls.{ending}{query}").status_code == 200


def test_columns_can_be_chosen(client: TestClient) -> None:
    (first, *_) = rows(client, "/en/calls.csv?status=any&columns=days_left,title")
    assert list(first) == ["Days left", "Title", "Checked", "Sources"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/en/calls.csv?columns=colour", 422, "columns"),
        ("/en/calls.csv?fund=NONE", 422, "fund"),
        ("/en/calls.csv?colour=red", 422, "colour"),
        ("/en/calls/bg.day-centres.pdf?population=many", 422, "population"),
        ("/en/calls.odt", 404, "There is no such page"),
        ("/en/practices.ics", 404, "There is no such page"),
        ("/en/calls/nobody.knows.ics", 404, "There is no such page"),
        ("/en/practices/nobody.knows.pdf", 404, "There is no such page"),
    ],
)
def test_what_cannot_be_is_a_page_that_says_so(client: TestClient, path: str, status: int, words: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert words in page(response).xpath("string(//main)").get("")


def test_one_call_is_a_calendar_and_a_paper(client: TestClient) -> None:
    calendar = vobject.readOne(client.get("/en/calls/bg.day-centres.ics").text)
    title = calendar.vevent.summary.value.removeprefix("Deadline: ")
    for query in ("", "?country=BG&applicant=municipality&population=10+000&role="):
        reader = PdfReader(io.BytesIO(client.get(f"/en/calls/bg.day-centres.pdf{query}").content))
        text = "".join(page.extract_text() for page in reader.pages)
        assert title in text
        assert "Where this was read" in text
    assert client.get("/en/calls/bg.day-centres.docx").content.startswith(b"PK")


def test_one_practice_is_a_paper(client: TestClient) -> None:
    item = json.loads(client.get("/en/practices.json").content)["items"][0]
    path = f"/en/practices/{item['_isopolis']['id']}"
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(client.get(f"{path}.pdf").content)).pages)
    assert "".join(item["title"].split()) in "".join(text.split())
    assert client.get(f"{path}.docx").status_code == 200


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_files_speak_the_language_of_their_address(client: TestClient, language: str) -> None:
    feed = client.get(f"/{language}/calls.atom")
    assert f'xml:lang="{language}"' in feed.text
    reader = PdfReader(io.BytesIO(client.get(f"/{language}/calls.pdf").content))
    assert reader.trailer["/Root"]["/Lang"] == language


def test_what_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/en/calls.ics")
    again = client.get("/en/calls.ics", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/en/calls.atom").status_code == 200


@pytest.mark.parametrize("ending", ["docx", "pdf", "atom", "ics"])
def test_a_long_list_gives_its_first_rows_and_says_how_many_are_missing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    shown = titles(client, "/calls?status=any")
    monkeypatch.setitem(FIRST, Ending(ending), 3)
    told = told_by(ending, client.get(f"/en/calls.{ending}?status=any").content)
    assert [title for title in shown if "".join(title.split()) in told] == shown[:3]
    line = f"This file has the first 3 of {len(shown)}; {len(shown) - 3} are not in it. Narrow the list by its filters"
    assert "".join(line.split()) in told


def told_by(ending: str, data: bytes) -> str:
    """All words of a file without spaces, by a reader that did not write it."""
    if ending == "docx":
        words = mammoth.extract_raw_text(io.BytesIO(data)).value
    elif ending == "pdf":
        words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    elif ending == "ics":
        calendar = vobject.readOne(data.decode())
        words = calendar.description.value + "".join(event.summary.value for event in calendar.vevent_list)
    else:
        feed = feedparser.parse(data)
        words = feed.feed.subtitle + "".join(entry.title for entry in feed.entries)
    return "".join(words.split())


def test_tables_and_json_hold_all_rows_however_many() -> None:
    assert not {Ending.CSV, Ending.XLSX, Ending.JSON} & set(FIRST)
    about, ids = first(Ending.CSV, ABOUT, [str(n) for n in range(70_000)])
    assert (len(ids), about.cut) == (70_000, None)


def test_the_page_says_which_files_hold_only_the_first_rows(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "take the table, which has all" not in client.get("/en/calls?status=any").text
    monkeypatch.setattr(browse, "DOCX_ROWS", 3)
    told = " ".join(page(client.get("/en/calls?status=any")).css("#take-away ~ p.quiet::text").getall())
    assert "DOCX: the first 3 of 10. Narrow the list by its filters, or take the table, which has all." in told
