"""The privacy page tells of every column in which something of the people of the desk is kept."""

from fastapi.testclient import TestClient
from parsel import Selector

import corpus.desk_tables  # noqa: F401  fills the metadata
from api.app import create_app
from api.desk.service import Desk
from api.settings import ApiSettings
from api.state import Service
from api.views.kept import NOT_OF_PEOPLE, kept_of_people
from corpus.database import metadata, open_database


def of_tables() -> set[tuple[str, str]]:
    tables = (table for table in metadata.sorted_tables if table.name.startswith("desk_"))
    return {(table.name, column.name) for table in tables for column in table.columns}


def test_what_the_page_tells_are_the_columns_of_the_tables() -> None:
    told = [(table, name) for kept in kept_of_people() for table, names in kept.columns.items() for name in names]
    others = {(table, name) for table, names in NOT_OF_PEOPLE.items() for name in names}
    assert len(told) == len(set(told))
    remedy = "say in api/views/kept.py what a new column tells of a person, and for how long it is kept"
    assert set(told) | others == of_tables(), remedy
    assert not set(told) & others


def test_the_page_names_what_is_kept_and_for_how_long(service: Service) -> None:
    engine = open_database("sqlite://")
    client = TestClient(create_app(service, ApiSettings(), Desk.on(engine, service.clock)))
    text = " ".join(Selector(client.get("/en/privacy").text).css("main ::text").getall())
    for kept in kept_of_people():
        assert kept.told in text
    for time in ("14 days", "12 hours", "1 hour", "365 days"):
        assert time in text
    engine.dispose()


def test_without_a_desk_nothing_is_told_of_one(client: TestClient) -> None:
    text = client.get("/en/privacy").text
    assert "unless you ask for alerts." in text
    assert "argon2id" not in text
