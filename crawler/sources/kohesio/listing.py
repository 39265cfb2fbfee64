"""The list of files: of each country and programming period the newest one."""

import json
import re
from dataclasses import dataclass
from urllib.parse import quote

from corpus.issues import Issue
from corpus.vocab.places import EU27, check_country
from crawler.errors import ShapeError
from crawler.fields import IssueLog
from crawler.metadata import SourceConfig

_KEY = re.compile(
    r"data/projects-(?P<period>\d{4}-\d{4})/(?P<edition>latest|\d{4}-\d{2}-\d{2})/(?P<country>[A-Z]{2})-[\w-]+\.csv"
)
_OTHER = re.compile(r"data/(?:beneficiaries|nuts)\b|\.xlsx?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileKey:
    """One file of the list: projects of a country in a programming period."""

    key: str
    period: str
    country: str
    edition: str

    def __str__(self) -> str:
        return self.key

    @property
    def name(self) -> str:
        """What stays the same from one edition to the next."""
        return f"{self.country} {self.period}"

    def url(self, config: SourceConfig) -> str:
        """Where it is."""
        return f"{config.urls['file']}?id={quote(self.key, safe='/')}"


def parse_keys(body: bytes, config: SourceConfig) -> tuple[list[FileKey], list[Issue]]:
    """Read the list of files: of each country and period the newest one.

    Raises:
        ShapeError: it is no list, or it has no file of projects.
    """
    log = IssueLog(config.id)
    newest: dict[tuple[str, str], FileKey] = {}
    for key in _strings(body):
        if found := _file_key(key, log):
            best = newest.setdefault((found.period, found.country), found)
            if _age(found) > _age(best):
                newest[found.period, found.country] = found
    if not newest:
        raise ShapeError(f"the list of files has no file of projects: {body[:100]!r}")
    for period in sorted({key.period for key in newest.values()}):
        missing = sorted(EU27 - {key.country for key in newest.values() if key.period == period})
        if missing:
            log.add(period, "files", "missing_file", f"no file of {period} for {', '.join(missing)}")
    return sorted(newest.values(), key=lambda key: (key.period, key.country)), log.items


def _strings(body: bytes) -> list[str]:
    """Keys of a list, however it is wrapped: `[...]`, `{"files": [...]}`, `[{"Key": ...}]`."""
    try:
        data = json.loads(body)
    except ValueError as error:
        raise ShapeError(f"the list of files is no JSON: {body[:60]!r}") from error
    found: list[str] = []
    waiting = [data]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            found.append(item.lstrip("/"))
        elif isinstance(item, list | dict):
            waiting += item.values() if isinstance(item, dict) else item
    return [text for text in sorted(found) if text.startswith("data/")]


def _file_key(key: str, log: IssueLog) -> FileKey | None:
    match = _KEY.fullmatch(key)
    if match is None:
        if not _OTHER.search(key):
            log.add(key, "files", "unknown_file", "a file whose name is of another form is not read", key)
        return None
    try:
        country = check_country(match["country"])  # EL and GR are one
    except ValueError as error:
        log.add(key, "files", "unknown_file", str(error), key)
        return None
    return FileKey(key, match["period"], country, match["edition"])


def _age(key: FileKey) -> tuple[bool, str, str]:
    return (key.edition == "latest", key.edition, key.key)
