"""Single sentences in eight languages: what each says, and sentences that say nothing."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.vocab import Language
from crawler.prose import Kind, read, written

_HERE = Path(__file__).parent


def _sentences(path: Path) -> list[Any]:
    rows: list[Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows


def _said() -> list[Any]:
    return [
        pytest.param(path.stem, row, id=f"{path.stem}-{row['text'][:60]}")
        for path in sorted((_HERE / "phrases").glob("*.yml"))
        for row in _sentences(path)
    ]


def _silent() -> list[Any]:
    rows: dict[str, list[str]] = yaml.safe_load((_HERE / "nothing.yml").read_text(encoding="utf-8"))
    return [pytest.param(language, text, id=f"{language}-{text[:60]}") for language in rows for text in rows[language]]


def _read(language: str, text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for fact in read(text, Language(language)):
        found.setdefault(fact.kind, set()).add(written(fact.value))
    return found


@pytest.mark.parametrize(("language", "row"), _said())
def test_a_sentence_says_its_facts(language: str, row: dict[str, Any]) -> None:
    said = {str(Kind(kind)): {str(v) for v in values} for kind, values in row.items() if kind != "text"}
    assert _read(language, row["text"]) == said


@pytest.mark.parametrize(("language", "text"), _silent())
def test_a_sentence_about_other_things_says_nothing(language: str, text: str) -> None:
    assert _read(language, text) == {}
