"""What is read, known and not known of the timetables of the member states: the table of the page on coverage."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.vocab.places import EU27
from crawler.config_files import read_model
from crawler.sources.timetables.family import load_member, members
from crawler.sources.timetables.model import NotReadList

FOLDER = Path(__file__).parent
State = Literal["read", "page_only", "unknown"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One timetable: read by the source `source`, or only known by its page, or not known."""

    country: str
    state: State
    title: str
    page: str | None
    portal: str | None
    programme: str | None
    source: str | None
    sure: str
    """How sure a source is, or why there is none."""
    formats: tuple[str, ...] = ()


def entries(folder: Path = FOLDER) -> list[Entry]:
    """All entries, by country, those that are read first."""
    order: tuple[State, ...] = ("read", "page_only", "unknown")
    return sorted((*_read(folder), *_not_read(folder)), key=lambda e: (e.country, order.index(e.state), e.title))


def _read(folder: Path) -> Iterator[Entry]:
    for source in members(folder):
        told = load_member(folder, source).timetable
        sure = str(told.confidence)
        yield Entry(
            told.country, "read", told.title, told.address, None, told.programme, source, sure, tuple(told.formats)
        )


def _not_read(folder: Path) -> Iterator[Entry]:
    for told in read_model(folder / "not_read.yml", NotReadList).entries:
        yield Entry(told.country, told.state, told.title, told.page, told.portal, told.programme, None, told.why)


def states(folder: Path = FOLDER) -> dict[str, State]:
    """The best state of every member state."""
    best: dict[str, State] = {}
    for entry in entries(folder):
        best.setdefault(entry.country, entry.state)
    return {country: best.get(country, "unknown") for country in sorted(EU27)}
