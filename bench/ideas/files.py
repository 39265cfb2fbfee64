"""The texts of this bench: base ideas in every language, further ideas, and texts that are about something else."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from corpus.vocab import ApplicantType, Language

FOLDER = Path(__file__).parent


class Idea(NamedTuple):
    """One text: `name` is shared by the versions of a base idea in all languages."""

    name: str
    language: Language
    text: str
    country: str | None = None
    applicant: ApplicantType | None = None


class OffTopic(NamedTuple):
    """A text that no record is about, and what makes it so."""

    name: str
    language: Language
    kind: str
    text: str


def base_ideas(folder: Path = FOLDER) -> Iterator[Idea]:
    """The base ideas, language by language: the same content, as a native town hall or group would put it."""
    for path in sorted((folder / "base").glob("*.yml")):
        texts = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield from (Idea(name, Language(path.stem), text) for name, text in texts.items())


def further_ideas(folder: Path = FOLDER) -> Iterator[Idea]:
    """Distinct ideas, each in the language in which it was written."""
    for row in _rows(folder / "further.yml"):
        applicant = ApplicantType(row["applicant"])
        yield Idea(row["id"], Language(row["lang"]), row["text"], row["country"], applicant)


def off_topic(folder: Path = FOLDER) -> Iterator[OffTopic]:
    """Texts about something else, or about nothing."""
    for row in _rows(folder / "off_topic.yml"):
        yield OffTopic(row["id"], Language(row["lang"]), row["kind"], row["text"])


def elsewhere(folder: Path = FOLDER) -> Iterator[OffTopic]:
    """The same things that no record is about, in every language."""
    things = yaml.safe_load((folder / "elsewhere.yml").read_text(encoding="utf-8"))
    for name, texts in things.items():
        for language, text in texts.items():
            yield OffTopic(f"{name}-{language}", Language(language), "elsewhere", text)


def _rows(path: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows
