"""What a record bases a value on, in the source's own words: so that a person can decide between two sources."""

from typing import Any

from corpus.issues import Quote
from corpus.model import RecordBase
from corpus.parts import Evidence
from corpus.rules import RuleBase


def holds(record: RecordBase, path: str, value: Any) -> bool:
    """Whether the record has this value at a path; in a list it is enough that one entry has it."""
    return _holds(record, path.split("."), value)


def _holds(node: Any, names: list[str], value: Any) -> bool:
    if not names:
        return bool(node == value) or (isinstance(node, tuple) and value in node)
    if isinstance(node, tuple):
        return any(_holds(entry, names, value) for entry in node)
    return _holds(getattr(node, names[0], None), names[1:], value)


def quote(origin: str, record: RecordBase, path: str, value: Any, shown: str) -> Quote:
    """The value as the source tells it: its words, and the page on which they stand. A rule has words of its own."""
    evidence = value.evidence[0] if isinstance(value, RuleBase) else _evidence(record, path)
    source = next((s for s in record.sources if evidence and s.key == evidence.source), record.sources[0])
    words = (evidence.excerpt or evidence.statement or evidence.raw or "") if evidence else ""
    return Quote(origin=origin, value=shown, words=words, url=source.url, data=taken_over(record, path))


def taken_over(record: RecordBase, path: str) -> Any:
    """The value as records keep it, at the path at which a decision can put it; None where there is none.

    A list of things is decided as a whole, so `places.population` gives all places. Rules are not taken over: who
    may apply is read anew.
    """
    data: Any = record.model_dump(mode="json", exclude_defaults=True)
    for name in path.split("."):
        if not isinstance(data, dict):
            break
        data = data.get(name)
    return None if path.startswith("eligibility") else data


def _evidence(record: RecordBase, path: str) -> Evidence | None:
    """The first evidence for a path, or for what it is a part of, or for a part of it."""
    names = path.split(".")
    wider = [".".join(names[:length]) for length in range(len(names), 0, -1)]
    parts = sorted(known for known in record.evidence if known.startswith(f"{path}."))
    return next((record.evidence[known][0] for known in [*wider, *parts] if record.evidence.get(known)), None)
