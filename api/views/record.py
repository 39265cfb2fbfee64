"""Pages of one record: each wraps the answer that the API gives."""

from dataclasses import dataclass
from typing import ClassVar

from api.schemas import CallAnswer, PracticeAnswer, ProgrammeAnswer


@dataclass(frozen=True, slots=True)
class CallPage:
    """A call."""

    template: ClassVar[str] = "call.html"

    answer: CallAnswer


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A practice."""

    template: ClassVar[str] = "practice.html"

    answer: PracticeAnswer


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """A programme."""

    template: ClassVar[str] = "programme.html"

    answer: ProgrammeAnswer
