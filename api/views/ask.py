"""The page on which an idea is typed and answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlencode

from babel import Locale

from api.asking import Asked, Town
from api.forms import FILTERS, AskForm
from api.views.answer import AnswerView
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.vocab import ApplicantType, Language
from corpus.vocab.labels import label
from corpus.vocab.places import EU27, country_name
from matcher.query import MAX_IDEA

_SHARED = ("idea", "language", "applicant", "place", "place_id", "country", "population")
"""Fields that stand in a link that a person shares."""
_FIELDS = ("idea", "applicant", "place", "country", "population", "language", "consent")
"""Fields in the order in which they stand on the page, as their errors are told."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a list."""

    value: str
    label: str
    language: Language | None = None
    """Language of the label, where it is not that of the page."""


@dataclass(frozen=True, slots=True)
class AskPage:
    """The page on which an idea is typed and answered."""

    template: ClassVar[str] = "ask.html"

    form: AskForm
    types: list[Choice]
    countries: list[Choice]
    languages: list[Choice]
    examples: tuple[str, ...]
    town: Town
    max_idea: int = MAX_IDEA
    answer: AnswerView | None = None
    errors: dict[str, str] = field(default_factory=dict)
    link: str | None = None
    """A link to this question, made because the person agreed."""
    filters: tuple[str, ...] = FILTERS


def ask_page(asked: Asked, answer: AnswerView | None = None, base_url: str = "") -> AskPage:
    """The page for a form, with an answer or with what is wrong."""
    form, errors = asked.form, dict(asked.errors)
    shares = bool(form.share) and answer is not None
    if shares and not form.consent:
        errors["consent"] = _("Tick the box first: the link carries your text to whoever gets it.")
    link = share_link(form, base_url) if shares and form.consent else None
    return AskPage(
        form=form,
        types=applicant_types(),
        countries=countries(),
        languages=languages(),
        examples=examples(),
        town=asked.town,
        answer=answer,
        errors={name: errors[name] for name in _FIELDS if name in errors},
        link=link,
    )


def examples() -> tuple[str, ...]:
    """Ideas to begin with, in the language that is spoken."""
    return (
        _("We want a day centre for Roma children and their parents, with meals, play and advice."),
        _("We want to turn an empty school into a neighbourhood house for older people and the young."),
        _("We want to help migrant women to find work, with child care while they learn."),
    )


def applicant_types() -> list[Choice]:
    """Kinds of applicant."""
    return [Choice(kind.value, label(kind, spoken())) for kind in ApplicantType]


def countries() -> list[Choice]:
    """Countries of the Union by their names."""
    names = sorted((country_name(code, spoken()), code) for code in EU27)
    return [Choice(code, name) for name, code in names]


def languages() -> list[Choice]:
    """Languages in which an idea can be written, each by its own name."""
    own = [(str(Locale(code).get_display_name(code)).capitalize(), code) for code in Language if _has_name(code)]
    return [Choice(code.value, name, code) for name, code in sorted(own, key=lambda pair: pair[0].casefold())]


def _has_name(code: Language) -> bool:
    return bool(Locale(code).get_display_name(code))


def share_link(form: AskForm, base_url: str) -> str:
    """An address that brings the form back as it is filled in; it is not answered until somebody sends it."""
    given: Mapping[str, str] = form.model_dump(include=set(_SHARED), exclude_defaults=True)
    return f"{base_url}?{urlencode(given)}"
