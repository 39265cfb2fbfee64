"""The portal's bulk file `grantsTenders.json`, read as a stream: it has over a hundred megabytes.

Each entry is turned into a row of the search API, so that both are read by the same rules. Entries carry no
texts, so a row of the search API about the same topic is always the better one.
"""

import datetime as dt
import json
from collections.abc import Iterator
from typing import IO, Any

import ijson

from corpus.values import read_epoch_day
from crawler.errors import ShapeError
from crawler.fields import Fields, IssueLog, read
from crawler.metadata import SourceConfig
from crawler.parsing import Parsed
from crawler.sources.ft_portal.answer import Row
from crawler.sources.ft_portal.parse import parse_calls
from crawler.sources.ft_portal.query import PERIOD

_ENTRIES = "fundingData.GrantTenderObj.item"
_TENDER = "0"


def read_entries(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Entries of the bulk file, one after another.

    Raises:
        ShapeError: the file is cut off or is no JSON.
    """
    try:
        yield from ijson.items(file, _ENTRIES, use_float=True)
    except ijson.JSONError as error:
        raise ShapeError(f"the bulk file is no whole JSON: {error}") from error


def parse_bulk(file: IO[bytes], config: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """Records of all grants of the bulk file; tenders are left out by name."""
    parsed = Parsed()
    log = IssueLog(config.id)
    for entry in read_entries(file):
        if str(entry.get("type")) == _TENDER:
            parsed.ignored["tender"] += 1
        else:
            parsed.absorb(parse_calls([_as_row(entry, config, log)], config, fetched_at))
    parsed.issues += log.items
    return parsed


def _as_row(entry: dict[str, Any], config: SourceConfig, log: IssueLog) -> Row:
    identifier = str(entry.get("identifier") or "")
    fields = Fields(entry, identifier, log, config.ignored["bulk"])
    metadata: dict[str, list[str]] = {
        name: list(fields.texts(name)) for name in ("identifier", "title", "callIdentifier", "callTitle")
    }
    metadata |= {
        "type": [str(fields.pop("type"))],
        "programmePeriod": [PERIOD],
        "language": ["en"],
        "startDate": _days(fields, "plannedOpeningDateLong"),
        "deadlineDate": _days(fields, "deadlineDatesLong"),
        "deadlineModel": _named(fields, "deadlineModel", "abbreviation"),
        "frameworkProgramme": _named(fields, "frameworkProgramme", "id"),
        "programmeDivision": _named(fields, "programmeDivision", "id"),
        "status": _named(fields, "status", "id"),
        "typesOfAction": _named(fields, "topicActions", "description"),
        "keywords": list(fields.texts("keywords")),
        "tags": list(fields.texts("tags")),
    }
    links = fields.pop("links") or []
    if links:
        metadata["links"] = [json.dumps(links)]
    fields.audit()
    return {"reference": f"{identifier or 'unknown'}-bulk-en", "metadata": {k: v for k, v in metadata.items() if v}}


def _named(fields: Fields, name: str, part: str) -> list[str]:
    """A part of an object or of a list of objects, as a list of texts."""
    value = fields.pop(name)
    items = value if isinstance(value, list) else [value]
    return [str(item[part]) for item in items if isinstance(item, dict) and item.get(part) is not None]


def _days(fields: Fields, name: str) -> list[str]:
    value = fields.pop(name)
    times = value if isinstance(value, list) else [value]
    days = [read(fields, name, str(time), read_epoch_day) for time in times if time is not None]
    return [day.isoformat() for day in days if day]
