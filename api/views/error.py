"""The page for anything that went wrong."""

from dataclasses import dataclass
from typing import ClassVar

from api.errors import ErrorBody


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What the error page shows."""

    template: ClassVar[str] = "error.html"

    status: int
    error: ErrorBody
