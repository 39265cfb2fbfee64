"""A partner's own site or view, from one YAML file (`ISOPOLIS_API_SITE`).

    name: Lietuvos miestai
    brand: "#1f5f4a"         # on light ground; brand_dark is for dark ground
    calls: {country: LT}     # filters that the links of the menu carry; people can remove them
    practices: {country: LT}
    embed: ["https://www.example.lt"]   # sites that may show pages in a frame

Everything may be left out. A file that cannot be is refused at the start, with the field and what would be right.
"""

from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from api.filters import CallFilter, Filter, PracticeFilter, TimelineFilter
from corpus.errors import SettingsError

_LIGHT, _DARK = "#ffffff", "#1d222c"
"""Grounds of cards in style.css, light and dark."""
_READABLE = 4.5
"""Contrast of text against its ground (WCAG 2.2, 1.4.3)."""
_LISTS: dict[str, type[Filter]] = {"/calls": CallFilter, "/practices": PracticeFilter, "/timeline": TimelineFilter}


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _on(ground: str) -> AfterValidator:
    def check(colour: str) -> str:
        found = contrast(colour, ground)
        if found < _READABLE:
            raise ValueError(f"contrast {found:.1f} against {ground} is under {_READABLE}: take one that can be read")
        return colour

    return AfterValidator(check)


Hex = StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")
Origin = Annotated[str, StringConstraints(pattern=r"^https://[A-Za-z0-9.-]+(:\d+)?$")]
Preset = dict[str, str | list[str]]


class Theme(BaseModel):
    """How a site is called, how it looks, where its lists begin, and who may show it in a frame."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)] = "Isopolis"
    brand: Annotated[str, Hex, _on(_LIGHT)] | None = None
    brand_dark: Annotated[str, Hex, _on(_DARK)] | None = None
    calls: Preset = Field(default_factory=dict)
    practices: Preset = Field(default_factory=dict)
    embed: tuple[Origin, ...] = ()

    def begins(self, path: str) -> str:
        """Address at which a list begins: with the filters of the site, in their canonical form."""
        preset = self.practices if path == "/practices" else self.calls
        if path not in _LISTS or not preset:
            return path
        query = _filter(_LISTS[path], preset).query()
        return f"{path}?{query}" if query else path

    def sheet(self) -> str:
        """Colours of the site, as a style sheet that comes after the common one; empty where it has none."""
        light = f":root {{ --brand: {self.brand}; --on-brand: #fff; }}\n" if self.brand else ""
        if not self.brand_dark:
            return light
        dark = f":root {{ --brand: {self.brand_dark}; --on-brand: #10162b; }}"
        return f"{light}@media (prefers-color-scheme: dark) {{ {dark} }}\n"

    def ancestors(self) -> str:
        """Who may show pages in a frame, as the content security policy says it."""
        return " ".join(self.embed) or "'none'"


PLAIN = Theme()


def load_theme(path: Path | None) -> Theme:
    """The site that a file describes; the common one without a file.

    Raises:
        SettingsError: the file cannot be read or breaks a rule; names the field and what would be right.
    """
    if path is None:
        return PLAIN
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        theme = Theme.model_validate(data)
        for name, preset, kind in (("calls", theme.calls, CallFilter), ("practices", theme.practices, PracticeFilter)):
            _check(path, name, preset, kind)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"ISOPOLIS_API_SITE: {path} cannot be read: {error}") from error
    except ValidationError as error:
        raise SettingsError(f"ISOPOLIS_API_SITE: {path}: {_said(error)}") from error
    return theme


def _filter(kind: type[Filter], preset: Preset) -> Filter:
    """A filter from a file, where one value needs no list."""
    listed = {k: [v] if k in kind.coded and isinstance(v, str) else v for k, v in preset.items()}
    return kind.model_validate(listed)


def _check(path: Path, name: str, preset: Preset, kind: type[Filter]) -> None:
    try:
        _filter(kind, preset)
    except ValidationError as error:
        raise SettingsError(f"ISOPOLIS_API_SITE: {path}: {name}: {_said(error)}") from error


def _said(error: ValidationError) -> str:
    found = (f"{'.'.join(map(str, item['loc'])) or 'file'}: {item['msg']}" for item in error.errors())
    return "; ".join(text.replace("Value error, ", "") for text in found)
