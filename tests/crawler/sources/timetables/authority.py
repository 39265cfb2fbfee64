"""Timetables of invented authorities, for tests."""

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from crawler.parsing import Parsed
from crawler.registry import SOURCES
from crawler.sources.timetables.family import load_authority
from crawler.sources.timetables.model import TimetableConfig
from crawler.sources.timetables.parse import parse_timetable

FAMILY = SOURCES / "timetables"
NOW = dt.datetime(2026, 11, 23, 6, 30, tzinfo=dt.UTC)
URL = "https://plan.example.org/calls"
ENGLISH: dict[str, Any] = {
    "title": "Timetable of a town",
    "publisher": "Managing authority of a town",
    "country": "IE",
    "language": "en",
    "id_prefix": "2021IE16FFPR001",
    "funds": ["ERDF", "ESF+"],
    "page": URL,
    "formats": ["csv", "xlsx", "ods", "html", "pdf"],
    "confidence": "inferred",
    "known_from": "a test",
    "known_on": dt.date(2026, 11, 23),
}
HEAD = ("Title", "Start date", "End date", "Total amount", "Geographical area", "Specific objective")
CALL = ("Open doors", "1 March 2027", "30 June 2027", "2 million EUR", "All", "ESO4.8")


def write(folder: Path, **changes: Any) -> Path:
    """The file of an authority, with changes; None takes a field out."""
    fields = {name: value for name, value in (ENGLISH | changes).items() if value is not None}
    path = folder / "ie_town.yml"
    path.write_text(yaml.safe_dump(fields, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def configured(folder: Path, **changes: Any) -> TimetableConfig:
    """The source of an invented authority."""
    return load_authority(write(folder, **changes), "timetable_ie_town", FAMILY)


def parsed(body: bytes, config: TimetableConfig) -> Parsed:
    """What is read of a file."""
    return parse_timetable(body, URL, config, NOW)
