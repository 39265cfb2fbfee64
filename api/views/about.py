"""Pages about the service itself: what was corrected, who can use it, what it keeps."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from api.views.kept import Kept
from corpus.corrections import Correction, Decision


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """What was wrong and was put right."""

    template: ClassVar[str] = "corrections.html"

    corrections: tuple[Correction, ...]
    decisions: tuple[Decision, ...]
    """What was put right at the desk, the newest first."""


@dataclass(frozen=True, slots=True)
class AccessibilityPage:
    """The statement that Directive (EU) 2016/2102, Article 7, asks of public bodies."""

    template: ClassVar[str] = "accessibility.html"

    prepared: dt.date = dt.date(2026, 11, 23)
    reviewed: dt.date = dt.date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """What is kept of whoever uses the service."""

    template: ClassVar[str] = "privacy.html"

    minutes: int
    """For how long an answer stays in memory."""
    unconfirmed_days: int
    """After how many days an address that was not confirmed is deleted."""
    kept: list[Kept]
    """Of people of the desk."""
    desk: bool
    """This service has a desk."""
