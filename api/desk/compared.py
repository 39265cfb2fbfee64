"""What two contents of a record say differently, in words."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.desk.content import Content
from corpus.desk.rows import difference
from corpus.messages import spoken
from corpus.vocab import EvidenceLevel, PracticeKind, Subject, TargetGroup, Theme
from corpus.vocab.labels import label
from corpus.vocab.places import Language, country_name, language_name


@dataclass(frozen=True, slots=True)
class Change:
    """A field of two versions, in words."""

    field: str
    before: str
    after: str


def changes(before: Content, after: Content) -> list[Change]:
    """What two contents say differently, field by field, as lines that can be read."""
    found = difference(before, after).items()
    return [Change(name.replace("_", " "), _plain(old, name), _plain(new, name)) for name, (old, new) in found]


_CODES: dict[str, type[StrEnum]] = {
    "subjects": Subject,
    "target_groups": TargetGroup,
    "themes": Theme,
    "practice_kind": PracticeKind,
    "level": EvidenceLevel,
}


def _plain(value: object, name: str = "") -> str:
    """A value as people read it: codes by their labels, texts with their languages."""
    if isinstance(value, dict):
        told = {key: _plain(inner, str(key)) for key, inner in value.items() if inner not in (None, "", [], {})}
        if set(value) <= set(Language):
            return "\n".join(f"{language_name(key, spoken())}: {words}" for key, words in told.items())
        return ", ".join(told.values())
    if isinstance(value, list):
        return "\n".join(_plain(inner, name) for inner in value)
    return "" if value is None else _word(str(value), name)


def _word(value: str, name: str) -> str:
    if name == "original_language":
        return language_name(value, spoken())
    if name == "country":
        return country_name(value, spoken())
    return label(_CODES[name](value), spoken()) if name in _CODES and value in set(_CODES[name]) else value
