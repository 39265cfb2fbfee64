from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.settings import load
from matcher.settings import PACKAGED, MatcherSettings


def test_defaults_need_no_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "MODEL", "ENGINE", "CHROMA_URL"):
        monkeypatch.delenv(f"ISOPOLIS_{name}", raising=False)
    settings = load(MatcherSettings)
    assert (settings.home, settings.model, settings.engine, settings.chroma_url) == (
        Path("var"),
        PACKAGED,
        "openvino",
        "",
    )


def test_everything_lies_in_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISOPOLIS_HOME", "/data")
    settings = load(MatcherSettings)
    assert {str(path) for path in (settings.index, settings.chroma, settings.models)} == {
        "/data/index",
        "/data/chroma",
        "/data/models",
    }


def test_an_impossible_engine_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISOPOLIS_ENGINE", "steam")
    with pytest.raises(SettingsError, match=r"^ISOPOLIS_ENGINE: Input should be 'openvino' or 'torch'"):
        load(MatcherSettings)
