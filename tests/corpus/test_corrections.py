from pathlib import Path

import pytest

from corpus import corrections
from corpus.corrections import load_corrections, read_corrections, retired
from corpus.errors import CuratedError

TWO = """
- date: 2026-11-30
  record: cerv.one
  wrong: {en: The grant was given as 30 000 euro.}
  right: {en: It is 50 745 euro., fr: "C'est 50 745 euros."}
  source: https://example.eu/call
- date: 2026-12-02
  record: cerv.two
  wrong: {en: There never was such a call.}
  right: {en: It was a rumour.}
  retired: true
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "corrections.yml"
    path.write_text(TWO, encoding="utf-8")
    return path


def test_the_newest_comes_first(file: Path) -> None:
    assert [one.record for one in read_corrections(file)] == ["cerv.two", "cerv.one"]


def test_the_file_of_the_package_is_sound() -> None:
    days = [one.date for one in load_corrections()]
    assert days == sorted(days, reverse=True)


def test_only_what_was_taken_out_is_retired(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corrections, "load_corrections", lambda: read_corrections(file))
    assert retired("cerv.one") is None
    assert retired("cerv.three") is None
    found = retired("cerv.two")
    assert found is not None
    assert found.right == {"en": "It was a rumour."}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- date: soon", "0.date"),
        ("- {date: 2026-12-01, wrong: {fr: Faux.}, right: {en: Right.}}", "missing in en"),
        ("- {date: 2026-12-01, wrong: {en: W.}, right: {en: R.}, reporter: Ann}", "0.reporter"),
        ("a: [", "cannot be read"),
    ],
)
def test_a_broken_file_names_entry_and_field(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "corrections.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CuratedError, match=says):
        read_corrections(path)


def test_an_empty_file_is_no_correction(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yml"
    path.write_text("# none yet\n", encoding="utf-8")
    assert read_corrections(path) == ()
