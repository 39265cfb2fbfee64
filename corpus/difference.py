"""What changed between two states of a record, in lines that a person can read. Pure: payloads in, lines out.

When and from which bytes a page was read is no change. Of a value that changed only the value is shown; its
evidence is shown where nothing but the evidence changed.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, Literal

from corpus.parts import Money
from corpus.raw import canonical_json, without_volatile

Tag = Literal["same", "removed", "added"]
UNKNOWN = "unknown"
_LONG = 80
"""A text of more letters is shown by the words that changed."""
_AROUND = 3
"""Words shown before and after a change in a long text."""
_MOST = 600
"""Letters of one line of words."""
_NO_FACTS = ("evidence", "sources", "id", "kind")
_NAMES = ("id", "key", "url", "family")
"""By these the items of a list are known again, in this order."""


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Lines such as `money.budget: unknown -> 1,000,000 EUR`, by path."""
    before, after = without_volatile(dict(old)), without_volatile(dict(new))
    evidence = before.pop("evidence", {}), after.pop("evidence", {})
    changed = [(path, _line(*values)) for path, *values in _compare("", before, after)]
    paths = {path for path, _ in changed}
    of_evidence = [
        (f"evidence of {path}", _line(*values))
        for path, *values in _compare("", *evidence)
        if not any(path.startswith(known) for known in paths)
    ]
    return [f"{path}: {line}" for path, line in [*changed, *of_evidence]]


def changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Path, value before and value after of every fact that changed; where it was read and why it is believed is none.

    Single texts, amounts and dates come one by one; lists whose items have no name come whole.
    """
    facts = [{k: v for k, v in without_volatile(dict(some)).items() if k not in _NO_FACTS} for some in (old, new)]
    return list(_compare("", *facts))


def _compare(path: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    if old == new:
        return
    pair = _as_mappings(old, new)
    if pair is None:
        yield path, old, new
        return
    before, after = pair
    for name in sorted(before.keys() | after.keys()):
        yield from _compare(f"{path}.{name}" if path else name, before.get(name), after.get(name))


def _as_mappings(old: Any, new: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Both as names and values to be compared one by one; None when they are compared as a whole."""
    if isinstance(old, list | None) and isinstance(new, list | None):
        return _named(old or [], new or [])
    whole = any(isinstance(value, dict) and _is_one_value(value) for value in (old, new))
    if whole or not (old or new) or not (isinstance(old, dict | None) and isinstance(new, dict | None)):
        return None
    return old or {}, new or {}


def _is_one_value(value: dict[str, Any]) -> bool:
    return "amount" in value or "date" in value


def _named(old: list[Any], new: list[Any]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    items = old + new
    if not items or not all(isinstance(item, dict) for item in items):
        return None
    for name in _NAMES:
        by_name = [{str(item.get(name)): item for item in some} for some in (old, new)]
        if all(name in item for item in items) and [len(found) for found in by_name] == [len(old), len(new)]:
            return by_name[0], by_name[1]
    return None


def _line(old: Any, new: Any) -> str:
    if is_long(old, new):
        return _words(old, new)
    if isinstance(old, list) and isinstance(new, list) and len(old) + len(new) > 4:
        return _added_and_removed(old, new)
    before, after = show(old), show(new)
    if before == after:  # the short form hides what changed
        before, after = canonical_json(old), canonical_json(new)
    return f"{before} -> {after}"


def _added_and_removed(old: list[Any], new: list[Any]) -> str:
    said = (("added", [i for i in new if i not in old]), ("removed", [i for i in old if i not in new]))
    parts = [f"{word} {show(items)}" for word, items in said if items]
    return "; ".join(parts) or "the same in another order"


def show(value: Any) -> str:
    """A value in few words."""
    if value is None or value in ([], {}):
        return UNKNOWN
    if isinstance(value, list):
        return ", ".join(show(item) for item in value)
    if isinstance(value, dict) and "amount" in value:
        return str(Money.model_validate(value))
    if isinstance(value, dict) and "date" in value:
        return f"{value['date']} {(value.get('time') or '')[:5]}".strip()
    if isinstance(value, dict):
        return ", ".join(f"{name}: {show(item)}" for name, item in value.items())
    text = " ".join(str(value).split())
    return text if len(text) <= 2 * _LONG else f"{text[:_LONG]} ... ({len(text)} letters)"


def changed_words(old: str, new: str) -> list[tuple[Tag, str]]:
    """The changed words of a long text with a few around them, in their order."""
    before, after = re.findall(r"\S+", old), re.findall(r"\S+", new)
    pieces: list[tuple[Tag, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", _shortened(before[i:j], first=i == 0, last=j == len(before))))
        else:
            pieces += [("removed", " ".join(before[i:j])), ("added", " ".join(after[k:m]))]
    return [(how, text) for how, text in pieces if text]


def is_long(old: Any, new: Any) -> bool:
    """Whether both are texts, of which one is so long that the changed words say more than the whole."""
    return isinstance(old, str) and isinstance(new, str) and max(len(old), len(new)) > _LONG


def _words(old: str, new: str) -> str:
    """The changed words of a long text: `the call [-closes-] [+opens+] in May`."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    line = " ".join(marks[how].format(text) for how, text in changed_words(old, new))
    return line if len(line) <= _MOST else f"{line[:_MOST]} ... (much of {len(old)} letters changed)"


def _shortened(words: list[str], first: bool, last: bool) -> str:
    start = [] if first else words[:_AROUND]
    end = [] if last else words[-_AROUND:]
    if len(words) <= len(start) + len(end):
        return " ".join(words)
    return " ".join([*start, "...", *end])
