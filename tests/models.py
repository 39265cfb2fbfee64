"""The packaged model, unpacked once per test session: writing it takes seconds and hundreds of megabytes."""

from pathlib import Path

import pytest

from matcher.settings import MatcherSettings


def models_home(factory: pytest.TempPathFactory) -> Path:
    """A home folder that all tests of this session share for its `models`, and for nothing else."""
    home = factory.getbasetemp() / "shared-models"
    home.mkdir(exist_ok=True)
    return home


def settings_of(home: Path, models: Path, **changes: str) -> MatcherSettings:
    """Settings for a home folder that borrows the unpacked models of another."""
    home.mkdir(parents=True, exist_ok=True)
    source = models / "models"
    source.mkdir(exist_ok=True)
    if not (home / "models").exists():
        (home / "models").symlink_to(source)
    return MatcherSettings(home=home, **changes)
