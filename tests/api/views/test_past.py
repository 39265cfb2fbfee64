"""The history of a record on its page and in the answer for programs."""

import pytest
from fastapi.testclient import TestClient

from api.views.past import in_words, past
from corpus.events import Event
from corpus.messages import speaking
from corpus.vocab import Language
from tests.api.reading import page
from tests.matcher.happened import HAPPENED


@pytest.mark.parametrize(
    ("value", "name", "words"),
    [
        (None, "budget", "not known"),
        ({"amount": "3000000", "currency": "EUR"}, "budget", "€3,000,000"),
        ([{"date": "2027-05-31", "time": "17:00:00"}], "cutoffs", "31 May 2027 17:00"),
        (["BG", "EU27"], "countries", "Bulgaria; the whole EU"),
        (True, "unrestricted", "yes"),
        ("municipality", "any_of", "City, town or municipality"),
        ("2027-05-31", "opens", "31 May 2027"),
        (1250, "min", "1,250"),
        ("roma", "keywords", "roma"),
    ],
)
def test_a_value_is_told_as_people_write_it(value: object, name: str, words: str) -> None:
    assert in_words(value, name) == words


def test_a_long_list_is_told_by_what_came_and_what_went() -> None:
    change = {"path": "keywords", "before": ["a", "b", "c"], "after": ["b", "c", "d"]}
    event = Event.model_validate({"day": "2026-10-01", "kind": "changed", "source": "x", "changes": [change]})
    (shown,) = past((event,))
    assert [(one.name, one.before, one.after) for one in shown.changes] == [("Keywords", "a", "d")]


def test_the_page_of_a_call_tells_its_history_the_newest_first(client: TestClient) -> None:
    shown = page(client.get("/en/calls/bg.day-centres"))
    lines = [" ".join(line.split()) for line in shown.css("#past + ol > li").xpath("string(.)").getall()]
    assert [line.partition(" · ")[0] for line in lines] == [
        "20 October 2026 No longer told by this source",
        "12 October 2026 The words at the source changed, no fact did",
        "5 October 2026 Changed",
        "1 September 2026 First read",
    ]
    assert "Money of the whole call: not known → €3,000,000" in lines[2]
    assert "Cut-offs: 30 April 2027 → 31 May 2027 17:00" in lines[2]
    assert shown.css("#past + ol [lang=bg]").getall()
    assert shown.css("#past + ol del::text").getall()[-1] == "quarter"


def test_who_decided_is_told_without_a_name_that_was_not_given(client: TestClient) -> None:
    text = (
        page(client.get("/bg/practices/isopolis.roma-house")).xpath("string(//*[@id='past']/following::ol[1])").get("")
    )
    assert "България" in text
    note = page(client.get("/bg/practices/isopolis.roma-house")).css("#past + ol p[lang=en]::text").get()
    assert note == "The number of flats was put right."


@pytest.mark.parametrize("path", ["calls/bg.day-centres", "records/bg.day-centres", "records/isopolis.roma-house"])
def test_programs_get_the_same_history(client: TestClient, path: str) -> None:
    answer = client.get(f"/v1/{path}").json()
    told = [Event.model_validate(event) for event in answer["history"]]
    expected = [Event.model_validate(event) for event in HAPPENED[path.partition("/")[2]]]
    assert told == expected[::-1]


def test_no_record_of_that_id_is_told_in_the_one_shape(client: TestClient) -> None:
    answer = client.get("/v1/records/no.such")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_the_language_of_the_page_names_the_event() -> None:
    event = Event.model_validate(HAPPENED["bg.day-centres"][1])
    with speaking(Language.DE):
        assert past((event,))[0].changes[0].after.replace("\xa0", " ") == "3.000.000 €"
