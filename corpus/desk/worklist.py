"""What people should look at, from all sides: the merge, the last runs of sources, and what changed since it was read.

Everything is put into one list that lies beside the records of a snapshot: each issue with its record and the countries
that it concerns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from corpus.desk.reach import countries_of
from corpus.difference import show
from corpus.events import CURATED, Event, EventKind, read_history
from corpus.issues import Issue, Level
from corpus.model import RecordBase
from corpus.raw import SourceMeta
from corpus.store import Store

Place = tuple[str, str]
Countries = Mapping[str, tuple[str, ...]]
_SHOWN = 8
"""Changed fields that one issue names."""


class Worklist:
    """Collects the issues of a build."""

    def __init__(self) -> None:
        """Begin an empty list."""
        self._issues: list[Issue] = []
        self._countries: dict[str, tuple[str, ...]] = {}

    def add(self, record: RecordBase, issues: Iterable[Issue]) -> None:
        """Take note of a record, and of what the build found in it."""
        countries = self._countries[record.id] = countries_of(record)
        self._issues += [issue.model_copy(update={"record": record.id, "countries": countries}) for issue in issues]

    def issues(self, store: Store, folder: Path, places: Mapping[str, Sequence[Place]]) -> list[Issue]:
        """All of them, when the snapshot is written: `places` says who tells of each record."""
        owners = {place: name for name, some in places.items() for place in some}
        runs = of_runs(store, owners, self._countries)
        return [*self._issues, *runs, *outdated(folder, places, self._countries)]


def of_runs(store: Store, owners: Mapping[Place, str], countries: Countries) -> Iterator[Issue]:
    """What the last run of each source that came to an end could not read, and why a run failed."""
    for meta in store.sources():
        run = next((run for run in store.runs(meta.id) if run.status in ("ok", "failed")), None)
        if run is None:
            continue
        covered = _covered(meta)
        for issue in store.issues(run.id):
            record = owners.get((meta.id, issue.key), "")
            reach = countries.get(record, ()) if record else covered
            yield issue.model_copy(update={"record": record, "countries": reach})
        if run.status == "failed":
            what = {"level": Level.ERROR, "code": "run_failed", "message": run.message or "the run failed"}
            yield Issue(source=meta.id, **what, countries=covered)


def _covered(meta: SourceMeta) -> tuple[str, ...]:
    named = dict.fromkeys(str(country) for cover in meta.covers for country in cover.countries)
    return tuple(country for country in named if country != "EU")


def outdated(folder: Path, places: Mapping[str, Sequence[Place]], countries: Countries) -> Iterator[Issue]:
    """Records that people read and that a source has told differently since."""
    for record, some in places.items():
        if CURATED in {source for source, _ in some} and len(some) > 1:
            events = read_history(folder, record)
            read_on = max((event.day for event in events if event.kind is EventKind.CHECKED), default=None)
            later = [event for event in events if event.kind is EventKind.CHANGED and event.changes]
            for event in later:
                if read_on is not None and event.day > read_on and event.source != CURATED:
                    reach = countries.get(record, ())
                    yield _outdated(record, event).model_copy(update={"record": record, "countries": reach})


def _outdated(record: str, event: Event) -> Issue:
    lines = [f"{one.path}: {show(one.before)} -> {show(one.after)}" for one in event.changes if not one.words]
    lines += [f"{one.path}: other words" for one in event.changes if one.words]
    text = f"its source told something else on {event.day}, after a person had read it: {'; '.join(lines[:_SHOWN])}"
    return Issue(source=event.source, key=record, code="changed", message=text)
