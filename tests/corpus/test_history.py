"""The history of a record, as `isopolis history` prints it."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from corpus.errors import StoreError
from corpus.history import history_lines
from corpus.store import Store
from tests.corpus.test_runs import crawl
from tests.factories import NOW, call, closing, raw, source_meta

DAYS = [NOW + dt.timedelta(days=n) for n in range(4)]
NAMES = [{"scheme": "ft", "value": "CERV-1"}]


def lines(store: Store, record_id: str, curated: Path) -> list[str]:
    return list(history_lines(store, record_id, curated))


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    (tmp_path / "curated").mkdir()
    return tmp_path / "curated"


@pytest.fixture
def told(store: Store) -> Store:
    """A call told by two sources; one moves its deadline, the other loses the call."""
    other = source_meta("source-b", rank=20)
    for when, deadline in ((DAYS[0], "2026-09-14"), (DAYS[1], "2026-09-21"), (DAYS[2], "2026-09-21")):
        crawl(store, raw("A", call("ft.CERV-1", timeline=closing(deadline), identifiers=NAMES)), now=when)
    second = raw("7", call("euroaccess.7", identifiers=NAMES), "source-b")
    filler = raw("8", call("euroaccess.8"), "source-b")
    crawl(store, second, filler, now=DAYS[0], meta=other)
    crawl(store, filler, now=DAYS[3], meta=other)
    return store


EXPECTED = """\
source-a A: 2 versions, told by its source
  2026-11-22 12:00  version 1: first seen
  2026-11-23 12:00  version 2: changed
      timeline.cutoffs: 2026-09-14 -> 2026-09-21
  2026-11-24 12:00  last seen
source-b 7: 1 version, vanished
  2026-11-22 12:00  version 1: first seen
  2026-11-25 12:00  vanished: its source no longer lists it; kept and not shown"""


@pytest.mark.parametrize("name", ["ft.CERV-1", "euroaccess.7"])
def test_every_source_tells_its_part(told: Store, curated: Path, name: str) -> None:
    assert "\n".join(lines(told, name, curated)) == EXPECTED


def test_a_curated_record_has_the_history_of_its_file(told: Store, curated: Path) -> None:
    record = call(identifiers=NAMES).model_dump(mode="json", exclude_defaults=True, exclude={"id", "kind"})
    (curated / "calls").mkdir()
    (curated / "calls" / "cerv.yml").write_text(yaml.safe_dump(record), encoding="utf-8")
    found = lines(told, "euroaccess.7", curated)
    assert found[0] == "curated ft.CERV-1: written by hand; its history is that of its file in corpus/data"
    assert "\n".join(found[1:]) == EXPECTED


def test_a_record_of_nobody(told: Store, curated: Path) -> None:
    with pytest.raises(StoreError, match="nobody tells of 'moon'; give an id"):
        lines(told, "moon", curated)
