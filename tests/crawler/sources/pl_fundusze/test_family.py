"""The files of the portals: what is wrong in them is said with file and line."""

import re
import shutil
from pathlib import Path

import pytest

from corpus.curated import curated_files, read_curated
from crawler.errors import MetadataError
from crawler.registry import SOURCES, families
from crawler.sources.pl_fundusze.family import load_member, members
from tests.crawler.reading import config

FOLDER = SOURCES / "pl_fundusze"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "pl"))


def test_every_file_is_a_source() -> None:
    assert families()["pl_fundusze"] == tuple(members(FOLDER))
    assert "pl_fundusze_portal" in members(FOLDER)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("link: ", "lnk: ", "lnk: there is no such key; did you mean link?"),
        ("hosts: [wrpo.", "hosts: [www.", "is on 'wrpo.wielkopolskie.pl', which is not among the hosts"),
        ("[ERDF, ESF+, JTF]", "[ERDF, ESF]", "did you mean ESF+?"),
        ('css: "a[', 'css: "a[[', "is no CSS selector"),
        ("link: /nabory", "link: /(nabory", "no regular expression"),
        ("min: 3", "min: 0", "expect.min"),
    ],
)
def test_a_mistake_is_refused_with_file_and_line(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "sites" / "pl_fundusze_wielkopolskie.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(MetadataError, match=rf"pl_fundusze_wielkopolskie\.yml:\d+: .*{re.escape(said)}"):
        load_member(folder, "pl_fundusze_wielkopolskie")


def test_every_programme_is_a_curated_one_with_the_same_funds() -> None:
    known = {record.id: record for record in map(read_curated, curated_files()) if record.kind == "programme"}  # type: ignore[attr-defined]
    mappings = config("pl_fundusze_portal").mappings
    assert set(mappings["programme"].values) == set(mappings["fund"].values)
    for code in mappings["programme"].values:
        (programme,) = mappings["programme"].codes(code) or ()
        assert set(mappings["fund"].codes(code) or ()) == {str(fund) for fund in known[programme].funds}  # type: ignore[attr-defined]
