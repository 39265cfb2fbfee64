"""Pairs of applicants and shipped calls with the right answers, and how far the engine agrees with them.

`eligibility_pairs.json` has the format that `isopolis eligibility` reads. Its pairs were judged by reading what the
records say of each rule; its calls are a copy of the rules of the shipped records, renewed by `--renew`.

python -m bench.eligibility [--renew]
"""

import json
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from corpus.build import load_curated
from corpus.curated import DATA
from corpus.model import Call
from corpus.parts import Evidence
from corpus.rules import Rule
from matcher.eligibility.command import eligibility_command
from matcher.eligibility.derive import rules_of

PAIRS = Path(__file__).with_name("eligibility_pairs.json")


def read_pairs(path: Path = PAIRS) -> dict[str, Any]:
    """The file as it lies there."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def calls_of(names: Collection[str]) -> list[dict[str, Any]]:
    """The calls of the shipped corpus with these ids, as the file holds them.

    Raises:
        LookupError: an id is not that of a shipped call.
    """
    records = {name: record for name, record in load_curated(DATA).items() if isinstance(record, Call)}
    if missing := sorted(set(names) - records.keys()):
        raise LookupError(f"{PAIRS.name}: no shipped call has the id {', '.join(missing)}")
    return [_call(records[name]) for name in sorted(names)]


def _call(record: Call) -> dict[str, Any]:
    urls = {source.key: str(source.url) for source in record.sources}
    return {
        "id": record.id,
        "title": next(iter(record.title.values())),
        "programme": record.programme,
        "url": str(record.url),
        "rules": [_rule(rule, urls, str(record.url)) for rule in rules_of(record)],
        "unread": [rule.family for rule in record.eligibility.unread],
    }


def _rule(rule: Rule, urls: Mapping[str, str], url: str) -> dict[str, Any]:
    first = rule.evidence[0]
    value = rule.value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    shown = {"rule": rule.id, "family": rule.family, "value": value, "source_url": urls.get(first.source, url)}
    return shown | ({"statement": told} if (told := _told(first)) else {})


def _told(evidence: Evidence) -> str | None:
    return evidence.statement or None


def renew(path: Path = PAIRS) -> None:
    """Copy the rules of the shipped records into the file; its pairs stay as they are."""
    content = read_pairs(path)
    content["calls"] = calls_of({pair["call"] for pair in content["pairs"]})
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> int:
    """Print the agreement, after renewing the calls where that is asked."""
    if "--renew" in sys.argv[1:]:
        renew()
    return eligibility_command(PAIRS, score=True)


if __name__ == "__main__":
    sys.exit(main())
