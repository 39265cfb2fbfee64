"""The desk as the environment wants it."""

from pathlib import Path

import pytest

from api.desk.opening import opened
from api.desk.service import Desk
from api.settings import OidcSettings
from corpus.errors import SettingsError
from corpus.settings import load

LOCAL = "http://127.0.0.1:8000"


def test_letters_go_into_a_folder_and_nobody_signs_in_elsewhere_at_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ISOPOLIS_HOME", str(tmp_path))
    made = opened(desk, LOCAL)
    assert made.provider is None
    assert made.post is not None
    assert made.post.link("/forgotten") == f"{LOCAL}/en/desk/forgotten"
    made.post.transport.send("letter", "Subject: x\n\n")
    assert (tmp_path / "outbox" / "letter.eml").exists()


def test_another_service_is_named_and_comes_back_to_the_public_address(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISOPOLIS_API_ADDRESS", "https://isopolis.example")
    monkeypatch.setenv("ISOPOLIS_OIDC_ISSUER", "https://login.example")
    with pytest.raises(SettingsError, match=r"^ISOPOLIS_OIDC_CLIENT: "):
        opened(desk, LOCAL)
    monkeypatch.setenv("ISOPOLIS_OIDC_CLIENT", "isopolis")
    provider = opened(desk, LOCAL).provider
    assert provider is not None
    assert (provider.name, provider.back) == ("login.example", "https://isopolis.example/desk/elsewhere")


@pytest.mark.parametrize(
    ("name", "value"),
    [("ISSUER", "http://login.example"), ("ISSUER", "login.example"), ("ISSUER", "https://a?b"), ("SCOPES", "email")],
)
def test_settings_that_cannot_be_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"ISOPOLIS_OIDC_{name}", value)
    with pytest.raises(SettingsError, match=rf"^ISOPOLIS_OIDC_{name}: .*write"):
        load(OidcSettings)


def test_the_secret_is_not_shown() -> None:
    assert "hidden" not in repr(OidcSettings(client="a", secret="hidden"))  # type: ignore[arg-type]  # noqa: S106  no secret
