from pathlib import Path

import numpy as np
import pytest

from matcher.index import rows as module
from matcher.index.rows import RowStore


def key(number: int) -> str:
    return f"{number:032x}"


def filled(folder: Path, numbers: list[int]) -> RowStore:
    store = RowStore(folder, "few", 4)
    store.add([(key(number), np.full((2, 4), number, np.uint8)) for number in numbers])
    return store


def seen(store: RowStore, numbers: list[int]) -> list[int]:
    return [int(found[0, 0]) for found in store.read([key(number) for number in numbers])]


@pytest.mark.parametrize("fresh", [0, 3, 100])
def test_rows_are_found_however_many_lines_are_out_of_order(
    tmp_path: Path, fresh: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FRESH", fresh)
    numbers = [9, 2, 7, 1, 8, 3]
    assert seen(filled(tmp_path, numbers), numbers) == numbers
    assert seen(RowStore(tmp_path, "few", 4), numbers) == numbers
    assert RowStore(tmp_path, "few", 4).missing([key(2), key(5)]) == [key(5)]


def test_a_list_in_order_finds_the_same_and_goes_on_growing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FRESH", 10)
    store = filled(tmp_path, [9, 2, 7])
    store.tidy()
    lines = np.fromfile(tmp_path / "few.list", module._LINE)
    assert lines["key"].tolist() == sorted(lines["key"].tolist())
    store.add([(key(1), np.full((1, 4), 1, np.uint8))])
    for opened in (store, RowStore(tmp_path, "few", 4)):
        assert seen(opened, [9, 1, 2, 7]) == [9, 1, 2, 7]
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_nothing_is_put_in_order_where_there_is_nothing(tmp_path: Path) -> None:
    RowStore(tmp_path, "few", 4).tidy()
    assert list(tmp_path.iterdir()) == []
