"""Cases of Kohesio: `list` is the list of files, `file` a file whose key stands in the address."""

import datetime as dt
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from crawler.metadata import SourceConfig
from crawler.parsing import Parsed
from crawler.sources.kohesio.guide import Guide
from crawler.sources.kohesio.listing import FileKey, parse_keys
from crawler.sources.kohesio.parse import Tally, parse_file


def read(
    source: SourceConfig, meta: dict[str, str], body: bytes, fetched_at: dt.datetime
) -> tuple[dict[str, str], Parsed]:
    """Read a case."""
    if meta["kind"] == "list":
        keys, issues = parse_keys(body, source)
        return {key.key: f"{key.country} {key.period}" for key in keys}, Parsed(issues=issues)
    assert meta["kind"] == "file"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(body)
        return {}, read_file(file, file_key(meta["url"]), source, fetched_at)


def file_key(url: str) -> FileKey:
    """The key of a file from its address."""
    (key,) = parse_qs(urlsplit(url).query)["id"]
    period, country = key.split("/")[1].removeprefix("projects-"), key.split("/")[-1][:2]
    return FileKey(key, period, country, "latest")


def read_file(file: Path, key: FileKey, source: SourceConfig, fetched_at: dt.datetime) -> Parsed:
    """All that a file gives; its tally must account for every row."""
    parsed, tally = Parsed(), Tally()
    for _, bit in parse_file(file, key, Guide.load(source), tally, fetched_at):
        parsed.absorb(bit)
    assert tally.records == len(parsed.records)
    assert tally.rows == tally.joined + sum(tally.left_out.values())
    assert dict(tally.left_out) == dict(parsed.ignored)
    return parsed
