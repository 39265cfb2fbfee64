"""Labels, definitions and official references of the vocabulary, from `terms/*.yml`.

Each file describes one enum of `corpus.vocab`; it must name exactly the members of that enum.
"""

import datetime as dt
import re
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from corpus.vocab.places import INTERFACE_LANGUAGES, Language
from corpus.vocab.policy import Strategy

TERMS = Path(__file__).parent / "terms"


class Term(BaseModel):
    """One entry of a coded list, as it is shown to people."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: dict[Language, str]
    definition: dict[Language, str] = Field(default_factory=dict)
    topic: str | None = None
    reference: str | None = None
    link: str | None = None
    official_code: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    successor: Strategy | None = None

    def label(self, language: Language | str) -> str:
        """Label in a language, else in English."""
        return self.labels.get(Language(language), self.labels[Language.EN])

    def in_force(self, day: dt.date) -> bool:
        """Whether the strategy applies on a day; without dates it does."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


_TERMS: TypeAdapter[dict[str, Term]] = TypeAdapter(dict[str, Term])


def file_name(kind: type[StrEnum]) -> str:
    """Name of the file that describes an enum: its class name in snake case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower() + ".yml"


@cache
def terms(kind: type[StrEnum]) -> dict[str, Term]:
    """All entries of a coded list by code, in the order of the enum.

    Raises:
        ValueError: the file misses a member, has one too many, or lacks an interface language.
    """
    path = TERMS / file_name(kind)
    loaded = _TERMS.validate_python(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))
    codes = [member.value for member in kind]
    if set(loaded) != set(codes):
        raise ValueError(f"{path.name}: missing {set(codes) - set(loaded)}, unknown {set(loaded) - set(codes)}")
    for code, term in loaded.items():
        missing = [language for language in INTERFACE_LANGUAGES if not term.labels.get(language)]
        if missing:
            raise ValueError(f"{path.name}: {code} has no label in {', '.join(missing)}")
    return {code: loaded[code] for code in codes}


def label(code: StrEnum, language: Language | str = Language.EN) -> str:
    """Label of one coded value in a language."""
    return terms(type(code))[code.value].label(language)
