"""A source is a folder; nothing is listed anywhere."""

from pathlib import Path

import pytest

from crawler.base import SourceSpider
from crawler.errors import UnknownSourceError
from crawler.registry import SOURCES, families, folder_of, known_sources, load_sources, spider_class
from crawler.settings import CrawlSettings, secret_of

LARGEST_SPIDER = 60


def test_sources_are_found_by_their_folders() -> None:
    assert {"bg_eumis", "euroaccess", "ft_portal"} <= set(known_sources())


def test_an_unknown_source_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownSourceError, match=r"no source 'moon'.*bg_eumis,.*ft_portal"):
        load_sources(["ft_portal", "moon"])


def test_sources_come_once_and_in_the_order_asked_for() -> None:
    assert [config.id for config in load_sources(["ft_portal", "bg_eumis", "ft_portal"])] == ["ft_portal", "bg_eumis"]
    assert [config.id for config in load_sources()] == known_sources()


def test_a_folder_without_metadata_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    assert known_sources(tmp_path) == []


def test_a_family_is_many_sources_in_one_folder() -> None:
    members = families()["timetables"]
    assert set(members) <= set(known_sources())
    assert {folder_of(name) for name in members} == {SOURCES / "timetables"}
    assert folder_of("ft_portal") == SOURCES / "ft_portal"
    assert len({spider_class(name) for name in members}) == 1


def test_a_family_stands_for_its_members() -> None:
    assert [config.id for config in load_sources(["timetables", "timetable_fr_sud"])] == list(families()["timetables"])


def test_an_unknown_source_is_refused_with_families_in_one_word() -> None:
    with pytest.raises(UnknownSourceError, match=r"there are: .*timetables \(\d+ sources\)"):
        load_sources(["timetable_moon"])


@pytest.mark.parametrize("source", known_sources())
def test_every_source_is_whole(source: str) -> None:
    assert issubclass(spider_class(source), SourceSpider)
    folder = folder_of(source)
    assert (folder / "parse.py").exists()
    assert len((folder / "spider.py").read_text(encoding="utf-8").splitlines()) <= LARGEST_SPIDER


@pytest.mark.parametrize("source", known_sources())
def test_every_reason_for_ignoring_a_field_is_given(source: str) -> None:
    (config,) = load_sources([source])
    assert all(len(reason) >= 3 for group in config.ignored.values() for reason in group.values())


@pytest.mark.parametrize("source", known_sources())
def test_what_a_source_needs_is_a_secret_setting(source: str) -> None:
    (config,) = load_sources([source])
    assert config.needs is None or secret_of(CrawlSettings.model_validate({}), config.needs) is not None
