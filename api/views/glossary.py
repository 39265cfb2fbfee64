"""The terms that stop newcomers, in plain words."""

from dataclasses import dataclass
from typing import ClassVar

from corpus.glossary import GlossaryEntry


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """What the glossary page shows."""

    template: ClassVar[str] = "glossary.html"

    entries: dict[str, GlossaryEntry]
