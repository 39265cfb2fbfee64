from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from corpus.database import open_database
from isopolis import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ISOPOLIS_HOME", str(tmp_path))
    monkeypatch.delenv("ISOPOLIS_DATABASE_URL", raising=False)
    return tmp_path


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["desk", *args])
    return result.exit_code, result.output


def test_the_first_person_is_invited_from_the_terminal() -> None:
    status, output = run("invite", "first@example.org", "--role", "administrator", "--country", "EL")
    assert (status, output.count("/desk/invitation/")) == (0, 1)
    assert "has an account already" in run("invite", "First@example.org", "--role", "editor")[1]


@pytest.mark.parametrize(
    ("option", "told"), [("--country=XQ", "'XQ' is not a country code"), ("--role=king", "'king'")]
)
def test_what_cannot_be_is_refused(option: str, told: str) -> None:
    status, output = run("invite", "first@example.org", "--role", "editor", option)
    assert status != 0
    assert told in output


def test_the_log_is_proved_and_a_change_past_the_database_is_found(home: Path) -> None:
    run("invite", "first@example.org", "--role", "editor")
    assert run("log") == (0, "the log is whole: 1 events\n")
    engine = open_database(f"sqlite:///{home / 'isopolis.db'}")
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER desk_event_no_update"))
        connection.execute(text("UPDATE desk_event SET account = 7"))
    engine.dispose()
    status, output = run("log")
    assert status == 1
    assert "event 1 is not what was written" in output


def test_nothing_is_due_at_first() -> None:
    assert run("due") == (0, "0 published records are due, 0 of them since now\n")
