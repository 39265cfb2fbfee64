import csv
import io
import logging

import mammoth
import openpyxl
import pytest
import vobject
from fastapi.testclient import TestClient
from pypdf import PdfReader

from tests.api.reading import cards, page
from tests.matcher.factory import FAR_IDEA, IDEA

FORM = {"idea": IDEA, "applicant": "municipality", "country": "BG", "population": "10000"}


def words(client: TestClient, ending: str, form: dict[str, str]) -> str:
    data = client.post(f"/en/answer.{ending}", data=form).content
    if ending == "pdf":
        text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(data)).pages)
    else:
        text = mammoth.extract_raw_text(io.BytesIO(data)).value
    return " ".join(text.split())


def numbers(client: TestClient, form: dict[str, str]) -> list[str]:
    text = client.post("/en/answer.csv", data=form).content.decode("utf-8-sig")
    return [row["Number"] for row in csv.DictReader(io.StringIO(text, newline=""))]


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_note_says_what_the_page_says(client: TestClient, ending: str) -> None:
    text = words(client, ending, FORM)
    assert IDEA in text
    for told in ("Calls that could pay", "Can we apply? ", "Why:", "EU pays up to (%): 80%", "31 May 2027", "€400,000"):
        assert told in text, told
    assert "Still open: " in text
    for told in ("What others did", "Sources:", "Checked on", "Check every call at its source"):
        assert told in text, told


def test_the_tables_hold_the_calls_of_the_page_in_its_order(client: TestClient) -> None:
    shown = cards(client.post("/en/", data={**FORM, "more": "yes"}), "calls")
    assert numbers(client, FORM) == shown
    book = openpyxl.load_workbook(io.BytesIO(client.post("/en/answer.xlsx", data=FORM).content))
    headings, *rest = book.worksheets[0].values
    assert [row[headings.index("Number")] for row in rest] == shown
    assert {row[headings.index("Can we apply?")] for row in rest}


def test_filters_and_order_of_the_page_hold_for_the_file(client: TestClient) -> None:
    form = {**FORM, "sort": "deadline", "status": "open"}
    assert numbers(client, form) == cards(client.post("/en/", data={**form, "more": "yes"}), "calls")


def test_the_calendar_holds_the_deadlines_of_the_answer(client: TestClient) -> None:
    calendar = vobject.readOne(client.post("/en/answer.ics", data=FORM).text)
    assert calendar.vevent_list


def test_an_answer_without_a_call_is_a_note_that_says_why(client: TestClient) -> None:
    assert "Nothing fits yet." in words(client, "docx", {"idea": FAR_IDEA})


@pytest.mark.parametrize(("form", "field"), [({"idea": ""}, "idea"), ({**FORM, "population": "many"}, "population")])
def test_a_wrong_field_is_named(client: TestClient, form: dict[str, str], field: str) -> None:
    response = client.post("/en/answer.pdf", data=form)
    assert response.status_code == 422
    assert field in page(response).xpath("string(//main)").get("")


def test_the_idea_stands_in_no_address_header_or_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    response = client.post("/en/answer.pdf", data=FORM)
    assert response.headers["cache-control"] == "no-store"
    assert IDEA not in str(response.headers)
    assert IDEA not in caplog.text
    assert client.get("/en/answer.pdf").status_code in (404, 405)


def test_an_unknown_ending_is_a_404(client: TestClient) -> None:
    assert client.post("/en/answer.odt", data=FORM).status_code == 404
