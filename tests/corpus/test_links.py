"""One call told by several registers is one record; what is only alike stays apart, and links go where things are."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.build import build
from corpus.issues import ISSUES
from corpus.links import pointed
from corpus.model import Call, RecordBase
from corpus.raw import RawRecord
from corpus.snapshot import Snapshot
from corpus.store import Store
from tests.factories import NOW, call, closing, practice, programme, raw, source_meta

RANKS = {"ft_portal": 10, "bg_eumis": 20, "euroaccess": 80}
TOPIC = {"scheme": "ft", "value": "CERV-2026-TOWN-001"}
TITLE = {"en": "Houses for neighbours"}


def page(url: str) -> dict[str, Any]:
    return {"key": "page", "url": url, "method": "parsed", "fetched_at": NOW.isoformat(), "content_hash": "0" * 64}


def told(source: str, key: str, record_id: str, *names: dict[str, str], **fields: Any) -> RawRecord:
    url = f"https://{source}.example/{key}"
    plain = {"title": TITLE, "identifiers": names, "url": url, "sources": [page(url)]}
    return raw(key, call(record_id, **(plain | fields)), source)


def words(text: str, path: str = "timeline.cutoffs") -> dict[str, Any]:
    return {path: [{"source": "page", "excerpt": text, "language": "en"}]}


def tell(store: Store, *records: RawRecord) -> None:
    run = store.begin_run(source_meta(records[0].source, rank=RANKS[records[0].source]), NOW)
    for record in records:
        run.add(record)
    assert run.finish(NOW).status == "ok"


@pytest.fixture
def snapshots(tmp_path: Path) -> Path:
    (tmp_path / "curated").mkdir()
    return tmp_path / "snapshots"


def built(store: Store, snapshots: Path) -> Snapshot:
    build(store, snapshots, NOW, snapshots.parent / "curated")
    return Snapshot.current(snapshots)


def a_call(snapshot: Snapshot, record_id: str) -> Call:
    record = snapshot.get(record_id)
    assert isinstance(record, Call)
    return record


def test_a_call_told_by_three_registers_is_one_record_with_all_its_sources(store: Store, snapshots: Path) -> None:
    tell(store, told("ft_portal", "T1", "ft.CERV-2026-TOWN-001", TOPIC, timeline=closing("2026-09-30"),
                     evidence=words("Deadline date: 30 September 2026")))  # fmt: skip
    tell(store, told("euroaccess", "7", "euroaccess.7", {"scheme": "euroaccess", "value": "7"}, TOPIC,
                     timeline=closing("2026-09-29"), evidence=words("Deadline 29.09.2026")))  # fmt: skip
    tell(store, told("bg_eumis", "BG-1", "bg.BG-1", {"scheme": "bg", "value": "BG-1"}, TOPIC,
                     timeline=closing("2026-09-30"), title={"bg": "Домове за съседи"}))  # fmt: skip
    snapshot = built(store, snapshots)
    assert snapshot.ids() == ["ft.CERV-2026-TOWN-001"]
    record = a_call(snapshot, "ft.CERV-2026-TOWN-001")
    assert [source.url for source in record.sources] == [
        "https://ft_portal.example/T1",
        "https://bg_eumis.example/BG-1",
        "https://euroaccess.example/7",
    ]
    assert {(i.scheme, i.value) for i in record.identifiers} == {
        ("ft", "CERV-2026-TOWN-001"),
        ("bg", "BG-1"),
        ("euroaccess", "7"),
    }
    assert set(record.title) == {"en", "bg"}
    (line,) = (snapshot.folder / ISSUES).read_text(encoding="utf-8").splitlines()
    issue = json.loads(line)
    assert (issue["code"], issue["field"]) == ("conflict", "timeline.cutoffs")
    assert [(q["origin"], q["value"], q["words"], q["url"]) for q in issue["quotes"]] == [
        ("ft_portal", "2026-09-30", "Deadline date: 30 September 2026", "https://ft_portal.example/T1"),
        ("euroaccess", "2026-09-29", "Deadline 29.09.2026", "https://euroaccess.example/7"),
    ]


def test_calls_of_one_title_and_other_names_stay_apart(store: Store, snapshots: Path) -> None:
    """Variants and national versions are told by their registers to be so; a title tells nothing."""
    names = [{"scheme": "ft", "value": f"CERV-2026-TOWN-00{n}"} for n in (1, 2)]
    tell(store, *(told("ft_portal", f"T{n}", f"ft.{name['value']}", name) for n, name in enumerate(names)))
    national = {"relations": [{"kind": "national_version_of", "target": "ft.CERV-2026-TOWN-001"}]}
    tell(store, told("bg_eumis", "BG-1", "bg.BG-1", {"scheme": "bg", "value": "BG-1"}, **national))
    snapshot = built(store, snapshots)
    assert {"ft.CERV-2026-TOWN-001", "ft.CERV-2026-TOWN-002", "bg.BG-1"} <= set(snapshot.ids())
    links = {
        record_id: [(r.kind, r.target) for r in a_call(snapshot, record_id).relations] for record_id in snapshot.ids()
    }
    assert links.pop("bg.BG-1") == [("national_version_of", "ft.CERV-2026-TOWN-001")]
    assert set(map(len, links.values())) == {0}


def test_a_link_leads_to_the_id_that_a_thing_has_after_merging(store: Store, snapshots: Path) -> None:
    variant = {"relations": [{"kind": "variant_of", "target": "euroaccess.7"}]}
    seventh = told("euroaccess", "7", "euroaccess.7", {"scheme": "euroaccess", "value": "7"}, TOPIC)
    tell(store, seventh, told("euroaccess", "8", "euroaccess.8", **variant))
    snapshot = built(store, snapshots)
    assert [(r.kind, r.target) for r in a_call(snapshot, "euroaccess.8").relations] == [
        ("variant_of", "ft.CERV-2026-TOWN-001")
    ]


ALIASES = {"euroaccess.7": "ft.A", "cci.old": "cci.new"}


@pytest.mark.parametrize(
    ("record", "field", "now"),
    [
        (programme("cci.x", successor="cci.old"), "successor", "cci.new"),
        (call("ft.B", programme="cci.old"), "programme", "cci.new"),
        (call("ft.A", relations=[{"kind": "variant_of", "target": "euroaccess.7"}]), "relations", ()),
    ],
)
def test_every_kind_of_link_is_pointed(record: RecordBase, field: str, now: object) -> None:
    assert getattr(pointed(record, ALIASES), field) == now


def test_who_paid_is_pointed_and_what_leads_nowhere_is_left_alone() -> None:
    paid = practice(paid_by=[{"call": "euroaccess.7", "programme": "cci.old"}, {"fund": "ERDF"}])
    found = pointed(paid, ALIASES)
    assert [(p.call, p.programme) for p in found.paid_by] == [("ft.A", "cci.new"), (None, None)]  # type: ignore[attr-defined]
    assert pointed(paid, {}) is paid
