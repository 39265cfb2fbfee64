"""Pages of alerts: what is asked for, and what a link of a letter does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class AlertForm(BaseModel):
    """What somebody asks for; kept as it was typed when something is wrong with it."""

    model_config = ConfigDict(frozen=True)

    email: str = ""
    rhythm: str = "weekly"
    kind: str = ""
    query: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """The page on which alerts are asked for."""

    template: ClassVar[str] = "alerts.html"

    form: AlertForm
    rhythms: tuple[tuple[str, str], ...]
    """Values with their words."""
    promises: tuple[str, ...]
    words: tuple[str, ...] = ()
    """The search, one condition a line; empty when none was chosen yet."""
    count: int = 0
    """How much it finds now."""
    errors: Mapping[str, str] = field(default_factory=dict)
    sent: bool = False
    available: bool = True
    """Whether this installation sends letters at all."""


@dataclass(frozen=True, slots=True)
class AlertLinkPage:
    """What a link of a letter does: asked first, then done. Looking at it changes nothing."""

    template: ClassVar[str] = "alert_link.html"

    title: str
    lines: tuple[str, ...]
    searches: tuple[tuple[str, ...], ...] = ()
    button: str = ""
    """What is done when it is pressed; empty when it is done."""
