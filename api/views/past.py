"""What happened to a record, in words: the day, who told it, and each fact before and after."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Any

from api.fieldnames import field_name
from corpus import formats, vocab
from corpus.events import DESK, By, Event, EventKind, FieldChange, Piece
from corpus.messages import gettext as _
from corpus.messages import pgettext, spoken
from corpus.parts import Money
from corpus.vocab import Language
from corpus.vocab.labels import label
from corpus.vocab.places import country_name

_FEW = 4
"""Lists of together more items are told by what came and what went."""
_CODES: dict[str, type[StrEnum]] = {
    "funds": vocab.Fund,
    "fund": vocab.Fund,
    "themes": vocab.Theme,
    "subjects": vocab.Subject,
    "target_groups": vocab.TargetGroup,
    "management": vocab.ManagementMode,
    "support": vocab.SupportType,
    "strategies": vocab.Strategy,
    "sdgs": vocab.Sdg,
    "participation": vocab.ParticipationLevel,
    "practice_kind": vocab.PracticeKind,
    "coverage": vocab.CoverageState,
    "category": vocab.RegionCategory,
    "level": vocab.EvidenceLevel,
    "recurrence": vocab.Recurrence,
    "stage": vocab.CutoffStage,
    "any_of": vocab.ApplicantType,
}
_COUNTRIES = {"countries", "country", "in"}


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One fact before and after. `words` instead, where a long text changed; empty `before` and `after` then."""

    name: str
    before: str
    after: str
    language: Language | None
    """Of the texts, where that is not the language of the page."""
    words: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SourceShown:
    """Who told it."""

    title: str
    url: str | None
    language: Language | None
    """Of the title, where that is known."""


@dataclass(frozen=True, slots=True)
class EventShown:
    """What happened on one day: the same told by several sources is one line."""

    day: dt.date
    what: str
    sources: tuple[SourceShown, ...]
    by: str
    note: str
    note_language: Language | None
    changes: tuple[ChangeShown, ...]


def past(events: tuple[Event, ...]) -> tuple[EventShown, ...]:
    """Events in the spoken language, in their order."""
    alike = groupby(events, key=lambda event: (event.day, event.kind, event.by, event.note, event.changes))
    return tuple(_shown(list(group)) for _key, group in alike)


def _shown(group: Sequence[Event]) -> EventShown:
    event = group[0]
    note, language = _note(event)
    sources = dict.fromkeys(SourceShown(one.title, one.url, one.language) for one in reversed(group) if one.title)
    return EventShown(
        day=event.day,
        what=_what(event),
        sources=tuple(sources),
        by=_by(event.by) if event.by else "",
        note=note,
        note_language=language,
        changes=tuple(_change(change) for change in event.changes),
    )


def _what(event: Event) -> str:
    if event.kind is EventKind.CHANGED and not (event.changes or event.note):
        return _("The words at the source changed, no fact did")
    return {
        EventKind.SEEN: _("First read"),
        EventKind.CHANGED: _("Changed"),
        EventKind.VANISHED: _("No longer told by this source"),
        EventKind.CHECKED: _("Checked by a partner") if event.source == DESK else _("Checked by a person"),
        EventKind.PUBLISHED: _("Published"),
    }[event.kind]


def _by(who: By) -> str:
    kinds = {kind.value: kind for kind in vocab.ApplicantType}
    body = label(kinds[who.organisation], spoken()) if who.organisation in kinds else who.organisation
    country = country_name(who.country, spoken()) if who.country else None
    role = None if who.name else _role(who.role)
    return ", ".join(part for part in (who.name, role, body, country) if part)


def _role(code: str | None) -> str | None:
    """What somebody is at the desk; a code that is not known is not shown."""
    names = {
        "contributor": _("contributor"),
        "reviewer": _("reviewer"),
        "editor": _("editor"),
        "administrator": _("administrator"),
    }
    return names.get(code or "")


def _note(event: Event) -> tuple[str, Language | None]:
    """Why it was done, in the language of the page or in English."""
    own = event.note.get(spoken())
    return (own, None) if own else (event.note.get(Language.EN, ""), Language.EN)


def _change(change: FieldChange) -> ChangeShown:
    path, language = _language(change.path)
    before, after = change.before, change.after
    if isinstance(before, list) and isinstance(after, list) and len(before) + len(after) > _FEW:
        before, after = [one for one in before if one not in after], [one for one in after if one not in before]
    name = path.rpartition(".")[2]
    return ChangeShown(
        name=field_name(path),
        before="" if change.words else in_words(before, name),
        after="" if change.words else in_words(after, name),
        language=language if language is not spoken() else None,
        words=change.words,
    )


def _language(path: str) -> tuple[str, Language | None]:
    """A path without the language in which it ends, and that language."""
    whole, _, last = path.rpartition(".")
    return (whole, Language(last)) if whole and last in set(Language) else (path, None)


def in_words(value: Any, name: str = "") -> str:
    """A value as people write it; `name` is that of its field, which says what a code means."""
    if value is None or value in ([], {}, ""):
        return _("not known")
    if isinstance(value, bool):
        return pgettext("a fact", "yes") if value else pgettext("a fact", "no")
    if isinstance(value, list):
        return "; ".join(in_words(item, name) for item in value)
    if isinstance(value, dict):
        return _object(value)
    if isinstance(value, int | float | Decimal):
        return formats.number(value)
    return _text(str(value), name)


def _object(value: Mapping[str, Any]) -> str:
    if "amount" in value:
        return formats.money(Money.model_validate(value))
    if "date" in value:
        return " ".join([_text(value["date"], ""), (value.get("time") or "")[:5]]).strip()
    return ", ".join(in_words(item, name) for name, item in value.items())


def _text(text: str, name: str) -> str:
    if name in _CODES and text in set(_CODES[name]):
        return label(_CODES[name](text), spoken())
    if name in _COUNTRIES and text.isupper():
        return _("the whole EU") if text == "EU27" else country_name(text, spoken())
    try:
        return formats.day(dt.date.fromisoformat(text))
    except ValueError:
        return " ".join(text.split())
