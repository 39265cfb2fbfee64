"""The files of all authorities, and files that are refused before anything is asked."""

from pathlib import Path
from typing import Any, get_args

import pytest

from corpus.build import load_curated
from corpus.curated import DATA
from corpus.vocab.places import EU27
from crawler.errors import MetadataError
from crawler.registry import load_sources
from crawler.sources.timetables.coverage import Entry, entries, states
from crawler.sources.timetables.family import load_authority
from crawler.sources.timetables.formats.cells import Cell
from crawler.sources.timetables.grid import Line
from crawler.sources.timetables.model import Column, Columns, TimetableConfig
from crawler.sources.timetables.parse import find_files
from crawler.sources.timetables.rows import row_key
from tests.crawler.sources.timetables.authority import FAMILY, URL, configured, write

CONFIGS = [config for config in load_sources(["timetables"]) if isinstance(config, TimetableConfig)]


def refusal(folder: Path, **changes: Any) -> str:
    path = write(folder, **changes)
    with pytest.raises(MetadataError) as caught:
        load_authority(path, "timetable_ie_town", FAMILY)
    return str(caught.value).replace(f"{path}", "ie_town.yml")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"colour": "blue"}, "ie_town.yml:19: colour: there is no such key; there are: title, publisher"),
        ({"columns": {"titel": "Title"}}, "ie_town.yml:20: columns.titel: there is no such key; did you mean title?"),
        ({"dates": ["day", "fortnight"]}, "ie_town.yml:21: dates.1: Input should be 'day', 'month', 'quarter'"),
        ({"formats": ["xls"]}, "formats.0: Input should be 'csv', 'xlsx', 'ods', 'html' or 'pdf'"),
        ({"funds": ["ERDV"]}, "funds.0: 'ERDV' is none of the "),
        ({"funds": ["ESF"]}, "ie_town.yml:7: funds.0: 'ESF' is none of the "),
        ({"funds": ["ESF"]}, "words that can stand here; did you mean ESF+?"),
        ({"hosts": ["https://x.example/"]}, "hosts.0: 'https://x.example/' is no host: write its name alone"),
        ({"language": "english"}, "ie_town.yml:4: language: Input should be 'bg', "),
        ({"country": "XX"}, "ie_town.yml:3: country"),
        ({"key": ["title", "opens"]}, "key: opens changes with every edition and cannot name a row"),
        ({"file": "https://plan.example.org/a.csv"}, "give either page"),
        ({"page": None}, "give either page, which holds or links to the timetable, or file"),
        ({"page": None, "file": "https://x.example/a.csv", "links": ["*.csv"]}, "links are looked for on a page"),
        ({"expect": {"min": 9, "max": 2}}, "min 9 is larger than max 2"),
        ({"amount": {"unit": 100}}, "amount.unit: Input should be 1, 1000 or 1000000"),
        ({"skip": {"nature": "x"}}, "ie_town.yml:19: skip: no spelling of the column nature is known"),
        ({"values": {"fund": {"to": "Fund", "values": {"A": "moon"}}}}, "'A' maps to 'moon', which is no word of Fund"),
        ({"id_prefix": "a b"}, "ie_town.yml:5: id_prefix"),
        ({"language": "mt"}, "languages/mt.yml: there are no words of this language yet"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_file_line_and_field(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    assert said in refusal(tmp_path, **changes)


def test_a_key_given_twice(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + "title: another\n", encoding="utf-8")
    with pytest.raises(MetadataError, match="key 'title' twice"):
        load_authority(path, "timetable_ie_town", FAMILY)


def test_the_names_of_columns_are_said_once() -> None:
    assert set(get_args(Column)) == set(Columns.model_fields)


def test_all_files_are_sound() -> None:
    assert len(CONFIGS) == len(list((FAMILY / "authorities").glob("*.yml"))) > 20


@pytest.mark.parametrize("config", CONFIGS, ids=lambda config: config.id)
def test_a_timetable_can_be_read_if_its_headers_are_those_that_are_named(config: TimetableConfig) -> None:
    names = {
        name: getattr(config.timetable.columns, name) or getattr(config.words.columns, name)
        for name in Columns.model_fields
    }
    assert names["title"]
    assert names["opens"] or names["period"]
    assert config.timetable.known_on.year >= 2026
    assert len(config.timetable.known_from) > 10
    line = Line("sheet", 1, {"title": Cell("Title"), "code": Cell("A-1"), "objective": Cell("x")})
    assert row_key(line, config).startswith(f"{config.timetable.id_prefix} ")


def test_no_two_timetables_share_their_ids() -> None:
    prefixes = [config.timetable.id_prefix for config in CONFIGS]
    assert sorted(set(prefixes)) == sorted(prefixes)


def test_programmes_are_those_that_are_curated() -> None:
    known = set(load_curated(DATA))
    named = {entry.programme for entry in entries() if entry.programme}
    mapped = {
        code
        for config in CONFIGS
        for key in (config.timetable.values["programme"].values if "programme" in config.timetable.values else ())
        for code in config.timetable.values["programme"].codes(key) or ()
    }
    assert named | mapped <= known


def test_every_member_state_has_an_entry() -> None:
    assert {entry.country for entry in entries()} >= EU27
    assert set(states()) == EU27
    assert {"read", "page_only", "unknown"} == set(states().values())


def test_the_best_state_of_a_country_counts() -> None:
    assert states()["PT"] == "read"
    assert states()["EE"] == "page_only"
    assert states()["DE"] == "unknown"
    first: dict[str, Entry] = {}
    for entry in entries():
        first.setdefault(entry.country, entry)
    assert {country: entry.state for country, entry in first.items()} == states()


# The page that links to the file


def linked(folder: Path, page: str, **changes: Any) -> tuple[str, ...]:
    body = f"<!DOCTYPE html><html><body>{page}</body></html>".encode()
    return find_files(body, URL, configured(folder, **changes))


def test_the_first_pattern_that_finds_a_link_wins(tmp_path: Path) -> None:
    page = (
        '<a href="/a/old.pdf">x</a><a href="plan%202027.XLSX?v=3">x</a><a href="#top">x</a><a href="mailto:a@b.c">x</a>'
    )
    found = linked(tmp_path, page, links=["*.csv", "*plan 2027.xlsx", "*.pdf"])
    assert found == ("https://plan.example.org/plan%202027.XLSX?v=3",)
    assert linked(tmp_path, page, links=["*.ods"]) == ()


def test_which_of_several_links(tmp_path: Path) -> None:
    page = "".join(f'<a href="/{n}.pdf">x</a>' for n in (1, 2, 3, 2))
    found = {pick: linked(tmp_path, page, links="*.pdf", pick=pick) for pick in ("first", "last", "all")}
    assert {pick: [url[-5:-4] for url in urls] for pick, urls in found.items()} == {
        "first": ["1"],
        "last": ["3"],
        "all": ["1", "2", "3"],
    }


def test_a_link_by_its_text(tmp_path: Path) -> None:
    page = '<a href="/media/77">Stáhnout kalendář výzev</a><a href="/media/78">Jiný soubor</a>'
    assert linked(tmp_path, page, links="text:stahnout kalendar*") == ("https://plan.example.org/media/77",)
