"""Settings come from the environment, once, and say which variable is wrong."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import SettingsError
from corpus.settings import CorpusSettings, MailSettings, load


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("ISOPOLIS_")]:
        monkeypatch.delenv(name)


def test_plain_settings() -> None:
    settings = load(CorpusSettings)
    assert (settings.home, settings.curated) == (Path("var"), None)
    assert settings.store_url == f"sqlite:///{Path('var/isopolis.db').resolve()}"
    assert settings.snapshots == Path("var/snapshots")


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ISOPOLIS_HOME", str(tmp_path))
    monkeypatch.setenv("ISOPOLIS_DATABASE_URL", "postgresql+psycopg://db/isopolis")
    monkeypatch.setenv("ISOPOLIS_CURATED", str(tmp_path / "mine"))
    settings = load(CorpusSettings)
    assert settings.store_url == "postgresql+psycopg://db/isopolis"
    assert (settings.snapshots, settings.curated) == (tmp_path / "snapshots", tmp_path / "mine")


@pytest.mark.parametrize("name", ["HOME", "DATABASE_URL", "CURATED"])
def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"ISOPOLIS_{name}", "")
    assert load(CorpusSettings) == CorpusSettings.model_construct()


def test_variables_of_other_packages_do_not_disturb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISOPOLIS_SOMETHING_ELSE", "1")
    assert load(CorpusSettings).home == Path("var")


class Strict(BaseSettings):
    """Settings of this test."""

    model_config = SettingsConfigDict(env_prefix="ISOPOLIS_")

    batch_size: int = 5


def test_an_impossible_value_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISOPOLIS_BATCH_SIZE", "many")
    with pytest.raises(SettingsError, match=r"^ISOPOLIS_BATCH_SIZE: Input should be a valid integer"):
        load(Strict)


def test_a_variable_is_named_with_its_whole_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISOPOLIS_MAIL_PORT", "many")
    with pytest.raises(SettingsError, match=r"^ISOPOLIS_MAIL_PORT: "):
        load(MailSettings)


def test_settings_are_not_changed_after_they_were_built() -> None:
    settings = load(CorpusSettings)
    with pytest.raises(ValidationError, match="frozen"):
        settings.home = Path("elsewhere")  # type: ignore[misc]


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in CorpusSettings.model_fields.values())
