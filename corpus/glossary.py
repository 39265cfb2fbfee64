"""The glossary: terms that stop newcomers, explained in every interface language, from `data/glossary.yml`.

A term is linked where it appears as it is written, in any of its wordings: `find` knows no inflected forms.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, field_validator

from corpus.errors import CuratedError
from corpus.vocab.places import INTERFACE_LANGUAGES, Language

FILE = Path(__file__).parent / "data" / "glossary.yml"

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Signs that look alike and mean the same: which one a text has is a matter of its keyboard.
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "\u00ad": None})

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class GlossaryEntry(BaseModel):
    """One term with its explanation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    term: dict[Language, Words]
    also: dict[Language, tuple[Words, ...]] = Field(default_factory=dict)
    text: dict[Language, Words]
    see: tuple[str, ...] = ()
    source: Words | None = None
    link: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None

    @field_validator("term", "text")
    @classmethod
    def _in_every_language(cls, value: dict[Language, str]) -> dict[Language, str]:
        missing = [language.value for language in INTERFACE_LANGUAGES if language not in value]
        if missing:
            raise ValueError(f"missing in {', '.join(missing)}")
        return value

    def wordings(self, language: Language | str) -> tuple[str, ...]:
        """The term and the other words for it in a language; none where the language has none."""
        code = Language(language)
        return (*((self.term[code],) if code in self.term else ()), *self.also.get(code, ()))


_ENTRIES: TypeAdapter[dict[str, GlossaryEntry]] = TypeAdapter(dict[str, GlossaryEntry])


def _refuse_twice(root: yaml.Node | None, path: Path) -> None:
    """YAML would silently keep the last of two entries with one key."""
    seen: set[str] = set()
    for node, _ in root.value if isinstance(root, yaml.MappingNode) else ():
        if node.value in seen:
            raise CuratedError(f"{path}: {node.value}: the key stands there twice")
        seen.add(node.value)


def _check_keys(entries: dict[str, Any], path: Path) -> None:
    for key in entries:
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise CuratedError(f"{path}: {key}: a key is written in kebab-case, such as own-contribution")


def _check_see(entries: dict[str, GlossaryEntry], path: Path) -> None:
    for key, entry in entries.items():
        for other in entry.see:
            if other == key or other not in entries:
                raise CuratedError(f"{path}: {key}.see: {other} is no other key of this file")


def read_glossary(path: Path = FILE) -> dict[str, GlossaryEntry]:
    """Read a glossary file.

    Raises:
        CuratedError: the file is missing, no YAML or breaks a rule; the text names key and field.
    """
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_twice(yaml.compose(text, yaml.CSafeLoader), path)
        data = yaml.load(text, yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise CuratedError(f"{path}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise CuratedError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise CuratedError(f"{path}: a glossary is a mapping of keys to entries")
    _check_keys(data, path)
    try:
        entries = _ENTRIES.validate_python(data)
    except ValidationError as error:
        lines = (
            f"{'.'.join(str(part) for part in item['loc'])}: {item['msg'].removeprefix('Value error, ')}"
            for item in error.errors()
        )
        raise CuratedError(f"{path}:\n  " + "\n  ".join(lines)) from error
    _check_see(entries, path)
    return entries


@cache
def load_glossary() -> dict[str, GlossaryEntry]:
    """The glossary of this package by key, in the order of the file.

    Raises:
        CuratedError: see `read_glossary`.
    """
    return read_glossary()


def _even(text: str) -> str:
    """One form for letters, apostrophes, hyphens and blanks that only look different."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_ALIKE).split())


def _pattern(wording: str) -> re.Pattern[str]:
    """Whole words in any case; an abbreviation only as it is written, for German `lau` is no LAU."""
    flags = re.NOFLAG if wording.isupper() else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(wording)}(?!\w)", flags)


@cache
def _patterns(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of all wordings of a language with their keys, the longest wording first."""
    wordings = {(_even(wording), key) for key, entry in load_glossary().items() for wording in entry.wordings(language)}
    ordered = sorted(wordings, key=lambda item: (-len(item[0]), item))
    return tuple((_pattern(wording), key) for wording, key in ordered)


def find(text: str, language: Language | str) -> list[str]:
    """Keys of the entries with a wording that occurs in a text as whole words; the longest wording first.

    Who links them in this order gives `co-financing rate` its own link before `co-financing` gets one.
    """
    even = _even(text)
    return list(dict.fromkeys(key for pattern, key in _patterns(Language(language)) if pattern.search(even)))
