"""Build a snapshot: curated files and what the sources told, merged and checked.

Contents are read in batches by id, so memory grows with the number of names, not with the texts.
"""

import datetime as dt
import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.curated import DATA, curated_files, read_curated
from corpus.desk.effect import corrected, decisions
from corpus.desk.items import Items
from corpus.desk.linkbook import LinkBook, dead_links
from corpus.desk.told import desk_history
from corpus.desk.worklist import Worklist
from corpus.errors import CuratedError
from corpus.events import CURATED, Event
from corpus.identity import Groups
from corpus.ids import make_id
from corpus.issues import ISSUES, Issue, Level
from corpus.links import pointed, references
from corpus.merge import Telling, merge
from corpus.model import Programme, RecordBase
from corpus.past import Place, add_vanished, changes, checks, corrections, history
from corpus.raw import SourceMeta
from corpus.snapshot import Manifest, SourceState, write_snapshot
from corpus.store import Store

_BATCH = 500


def load_curated(folder: Path) -> dict[str, RecordBase]:
    """All curated records by id.

    Raises:
        CuratedError: files are broken (all are named), or two files are of the same thing.
    """
    records: dict[str, RecordBase] = {}
    names: dict[str, Path] = {}
    problems = []
    for path in curated_files(folder):
        try:
            record = read_curated(path)
        except CuratedError as error:
            problems.append(str(error))
            continue
        if record.id in records:
            problems.append(f"{path}: has the id {record.id} of {names[record.id]}")
        records[record.id], names[record.id] = record, path
    problems += _dangling(records, names)
    if problems:
        raise CuratedError("\n".join(problems))
    return records


def _dangling(records: dict[str, RecordBase], names: dict[str, Path]) -> list[str]:
    """Curated files may only point to curated records: crawled ones come and go."""
    return [
        f"{names[record.id]}: {field}: there is no curated record {target}"
        for record in records.values()
        for field, target in references(record)
        if target not in records
    ]


def build(
    store: Store, snapshots: Path, now: dt.datetime, curated: Path | None = None, known: Sequence[SourceMeta] = ()
) -> tuple[Manifest, list[Issue]]:
    """Merge everything into a snapshot and put it in use.

    `known` are all sources that there are: those that were never crawled are named in the manifest as well, so
    that whoever reads the snapshot can say what is not covered.

    Raises:
        CuratedError: a curated file is broken.
        SnapshotError: there is nothing to write.
    """
    desk = decisions(Items(store.engine))
    own = load_curated(curated or DATA) | desk.practices
    issues: list[Issue] = list(desk.issues)
    facts: dict[str, Any] = {"curated": len(own), "sources": _source_states(store, known)}
    written: dict[str, list[Place]] = {}
    checked: dict[str, tuple[Event, ...]] = {}
    work, dead = Worklist(), LinkBook(store.engine).dead()

    def stream() -> Iterator[RecordBase]:
        for merged, found, places in _merged(store, own):
            record, reopened = corrected(merged, desk.corrections.get(merged.id, ()))
            issues.extend((*found, *reopened))
            work.add(record, (*found, *reopened, *dead_links(record, dead)))
            written[record.id] = places
            if CURATED in {source for source, _ in places}:
                checked[record.id] = checks(record)
            yield record
        facts["conflicts"] = len(issues)

    past = _past(store, written, checked)
    manifest = write_snapshot(snapshots, stream(), now, facts, _gone(store, written), past)
    folder = snapshots / manifest.hash[:16]
    write_issues(folder, [*desk.issues, *work.issues(store, folder, written)])
    return manifest, issues


def write_issues(folder: Path, issues: list[Issue]) -> None:
    """Leave what somebody should look at beside the records: one line of JSON each, for those who decide."""
    work = folder / f".issues-{os.getpid()}"
    work.write_text("".join(f"{issue.model_dump_json(exclude_defaults=True)}\n" for issue in issues), encoding="utf-8")
    os.replace(work, folder / ISSUES)


def _source_states(store: Store, known: Sequence[SourceMeta]) -> tuple[SourceState, ...]:
    """States of all sources: as their last run described them, else as they are known."""
    crawled = {meta.id: meta for meta in store.sources()}
    metas = [*crawled.values(), *(meta for meta in known if meta.id not in crawled)]
    return tuple(_source_state(store, meta) for meta in metas)


def _source_state(store: Store, meta: SourceMeta) -> SourceState:
    runs = store.runs(meta.id, limit=1)
    good = next(iter(store.runs(meta.id, limit=1, status="ok")), None)
    return SourceState(
        id=meta.id,
        title=meta.title,
        licence=meta.licence,
        confidence=meta.confidence,
        last_good_run=good.finished_at if good else None,
        last_status=runs[0].status if runs else "never",
        records=good.fetched + good.kept if good else 0,
        covers=meta.covers,
    )


def _past(
    store: Store, written: dict[str, list[Place]], checked: dict[str, tuple[Event, ...]]
) -> Iterator[tuple[str, list[Event]]]:
    """What happened to every record, put together when all are written."""
    add_vanished(store, written)
    yield from history(store, written, (checked, corrections(), desk_history(store.engine, changes)))


def _gone(store: Store, written: Collection[str]) -> Iterator[str]:
    """Ids under which sources told of records that none of them tells of today, read when all records are written."""
    told = {member.record_id for member in store.members()}
    yield from sorted({member.record_id for member in store.members(vanished=True)} - told - set(written))


def _merged(store: Store, own: dict[str, RecordBase]) -> Iterator[tuple[RecordBase, list[Issue], list[Place]]]:
    """Records ordered by id, each with the issues of its merge and with who tells of it."""
    groups, handles = Groups(), dict[str, tuple[str, str]]()
    for record in own.values():
        _add(groups, handles, CURATED, record.id, record.id, [(i.scheme, i.value) for i in record.identifiers])
    for member in store.members():
        _add(groups, handles, member.source, member.key, member.record_id, member.identifiers)
    ranks = {CURATED: 0} | {meta.id: meta.rank for meta in store.sources()}
    ordered, aliases = sorted(groups.groups()), dict(groups.aliases())
    aliases = _by_code(own, aliases) | aliases
    for start in range(0, len(ordered), _BATCH):
        batch = ordered[start : start + _BATCH]
        wanted = [handles[h] for _, members in batch for h in members if handles[h][0] != CURATED]
        loaded = store.records(wanted) if wanted else {}
        for record_id, members in batch:
            places = sorted((handles[h] for h in members), key=lambda place: (ranks[place[0]], place))
            tellings = [Telling(o, k, own[k] if o == CURATED else loaded[o, k]) for o, k in places]
            record, issues = _merge_or_best(tellings, record_id)
            yield pointed(record, aliases), issues, places


def _by_code(own: dict[str, RecordBase], aliases: dict[str, str]) -> dict[str, str]:
    """Ids by the CCI code, for programmes that keep the id they had before the code was read: lists link by code."""
    programmes = [record for record in own.values() if isinstance(record, Programme) and record.cci]
    codes = Counter(record.cci for record in programmes)
    known = {make_id("cci", record.cci or ""): record.id for record in programmes if codes[record.cci] == 1}
    return {code: aliases.get(name, name) for code, name in known.items() if code not in own and code != name}


def _merge_or_best(tellings: list[Telling], record_id: str) -> tuple[RecordBase, list[Issue]]:
    """One thing that cannot be merged must not stop the build: the best telling stands, a person decides."""
    try:
        return merge(tellings, record_id)
    except ValueError as error:
        best, text = tellings[0], f"{record_id}: {len(tellings)} tellings cannot be merged, kept the best: {error}"
        issue = Issue(source=best.origin, key=best.key, level=Level.ERROR, code="not_merged", message=text)
        return merge(tellings[:1], record_id)[0], [issue]


def _add(
    groups: Groups,
    handles: dict[str, tuple[str, str]],
    origin: str,
    key: str,
    record_id: str,
    names: Sequence[tuple[str, str]],
) -> None:
    handle = f"{origin}\t{key}"
    handles[handle] = (origin, key)
    groups.add(handle, record_id, names)
