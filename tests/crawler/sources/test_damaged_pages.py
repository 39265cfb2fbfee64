"""A page that was cut, torn or mixed up is refused or gives issues; it never breaks the reader itself."""

import datetime as dt
import json
import random
from pathlib import Path

import pytest

from crawler.errors import SourceError
from tests.crawler.reading import CASES, read_body

SOURCES = ("eui", "interreg_calls", "interreg_europe", "portico", "portico_practices", "uia", "urbact")
FOLDERS = [folder for source in SOURCES for folder in sorted((CASES / source).iterdir())]
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
TIMES = 6


def damage(body: bytes, luck: random.Random) -> bytes:
    """Cut the end off, tear a hole, change some bytes, or repeat a piece elsewhere."""
    broken = bytearray(body)
    one, other = luck.randrange(len(broken)), luck.randrange(len(broken))
    kind = luck.randrange(4)
    if kind == 0:
        return bytes(broken[:one])
    if kind == 1:
        del broken[one : one + luck.randrange(1, 200)]
    elif kind == 2:
        for _ in range(20):
            broken[luck.randrange(len(broken))] = luck.randrange(256)
    else:
        broken[one:one] = broken[other : other + 300]
    return bytes(broken)


def outcome(source: str, meta: dict[str, str], body: bytes) -> str:
    """What was read, or why it was refused."""
    try:
        return repr(read_body(source, meta, body, NOW))
    except SourceError as error:
        return str(error)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_damaged_page_is_refused_or_read(folder: Path) -> None:
    luck = random.Random(str(folder.name))  # noqa: S311  the same damage every time
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    (saved,) = folder.glob("input.*")
    for _ in range(TIMES):
        assert outcome(folder.parent.name, meta, damage(saved.read_bytes(), luck))
