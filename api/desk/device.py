"""A browser in two words, so that people can tell their sessions apart. More is not kept of it."""

from fastapi import Request

_BROWSERS = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
"""Android tells that it is Linux too: it comes first."""


def device_of(request: Request) -> str:
    """Browser and system, as `Firefox, Linux`; empty where they are not told."""
    told = request.headers.get("user-agent", "")
    found = (_first(told, _BROWSERS), _first(told, _SYSTEMS))
    return ", ".join(filter(None, found))


def _first(told: str, signs: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in signs if sign in told), "")
