"""The commands `isopolis build`, `isopolis check` and `isopolis status`, as far as they concern records."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.build import build, load_curated
from corpus.checks import Table, broken_rules, counts, tables
from corpus.coverage import FUNDS, Coverage, Level, coverage, places_of
from corpus.curated import DATA
from corpus.history import history_lines
from corpus.issues import ISSUES
from corpus.model import Call, Practice
from corpus.raw import SourceMeta
from corpus.settings import CorpusSettings
from corpus.snapshot import Manifest, Snapshot, SourceState
from corpus.status import status_at
from corpus.store import Store
from corpus.vocab import EU27


def build_command(settings: CorpusSettings, known: Sequence[SourceMeta] = ()) -> None:
    """Merge curated records and those of the store into a snapshot, and say what it holds.

    Raises:
        CorpusError: a curated file is broken, or there is nothing to write.
    """
    store = Store.open(settings.store_url)
    try:
        manifest, issues = build(store, settings.snapshots, dt.datetime.now(dt.UTC), settings.curated, known)
    finally:
        store.close()
    for issue in issues[:20]:
        print(issue)
    if len(issues) > 20:
        print(f"... and {len(issues) - 20} more disagreements of sources, all in {ISSUES} of the snapshot")
    print(f"snapshot {manifest.hash[:16]}: {_counts(manifest)} ({manifest.curated} curated)")


def _counts(manifest: Manifest) -> str:
    return ", ".join(f"{number} {kind}s" for kind, number in sorted(manifest.counts.items()))


def status_lines(snapshots: Path, now: dt.datetime) -> list[str]:
    """What is built from what: counts per fund, country and status, freshness, and what is not covered.

    Raises:
        SnapshotError: there is no snapshot.
    """
    snapshot = Snapshot.current(snapshots)
    manifest = snapshot.manifest
    funds: Counter[str] = Counter()
    states: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    programmes: Counter[str] = Counter()
    for record in snapshot.records():
        if isinstance(record, Call):
            funds.update(str(fund) for fund in record.funds)
            states[status_at(record.timeline, now)] += 1
            calls.update(record.geography.countries if record.geography else ("not known",))
        elif isinstance(record, Practice):
            countries.update({place.country for place in record.places})
        else:
            programmes[record.coverage] += 1
    return [
        f"snapshot   {manifest.hash[:16]}, built {manifest.built_at:%Y-%m-%d %H:%M} UTC",
        f"records    {_counts(manifest)}; {manifest.curated} curated, {manifest.conflicts} disagreements of sources",
        f"calls now  {_table(states)}",
        f"by fund    {_table(funds)}",
        f"calls for  {_table(calls)}",
        f"practices  {_table(countries)}",
        f"programmes {_table(programmes)}",
        f"gaps       no call that names the country: {', '.join(sorted(EU27 - set(calls))) or 'none'}",
        *_covered(coverage(manifest.sources, snapshot.records())),
        *_freshness(manifest),
    ]


def _table(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counter.most_common())


_LEVELS: dict[Level, str] = {
    "crawled": "crawled",
    "known": "a source, never crawled",
    "curated": "curated records only",
    "none": "not covered",
}


def _covered(table: Coverage) -> Iterator[str]:
    """For each fund, the countries by how well its calls are covered."""
    for fund in FUNDS:
        groups = {level: [place for place in places_of(fund) if table[place, fund].level == level] for level in _LEVELS}
        said = "; ".join(f"{_LEVELS[level]}: {' '.join(places)}" for level, places in groups.items() if places)
        yield f"covered    {fund}: {said}"


def _freshness(manifest: Manifest) -> list[str]:
    crawled = [source for source in manifest.sources if source.last_status != "never"]
    if not crawled:
        return ["sources    none crawled yet: only curated records; run `isopolis crawl`"]
    return [_source_line(source) for source in crawled]


def _source_line(source: SourceState) -> str:
    good = f"{source.last_good_run:%Y-%m-%d %H:%M} UTC" if source.last_good_run else "never"
    runs = f"last good run {good}, last run {source.last_status}"
    return f"source     {source.id}: {source.records} records, {runs}, {source.confidence}"


def history_command(settings: CorpusSettings, record_id: str) -> None:
    """Print every state that a record ever had, with the differences. Times are UTC.

    Raises:
        CorpusError: nobody tells of such a record.
    """
    store = Store.open(settings.store_url)
    try:
        print("\n".join(history_lines(store, record_id, settings.curated)))
    finally:
        store.close()


def check_command(settings: CorpusSettings) -> int:
    """Check every rule of the curated records and print what they cover.

    Returns:
        0 when all rules hold, 1 when one is broken.

    Raises:
        CuratedError: a file cannot be read at all.
    """
    records = load_curated(settings.curated or DATA).values()
    for title, table in tables(records).items():
        print(f"\n{title}")
        print("\n".join(_table_lines(table)))
    print("\ncounts")
    print("\n".join(f"{number:6}  {name}" for name, number in counts(records).items()))
    problems = list(broken_rules(records, dt.datetime.now(dt.UTC).date()))
    print("\n" + ("\n".join(problems) or "all rules hold"))
    return 1 if problems else 0


def _table_lines(table: Table) -> list[str]:
    widths = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
