"""Help while writing: what is alike, what the text seems to be about, and what it does not say yet."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from api.desk.complete import Complete, how_complete
from api.desk.form import PracticeForm, content_of
from api.desk.near import Near, near_at_desk, near_duplicates
from api.desk.service import Desk
from api.state import Service
from corpus.desk.errors import ContentError
from corpus.errors import CorpusError
from corpus.messages import spoken
from corpus.vocab import Language, Subject, TargetGroup, Theme
from corpus.vocab.labels import label
from matcher.describe import Spoken, describe
from matcher.errors import MatcherError

FIELD_OF: dict[type[StrEnum], str] = {TargetGroup: "target_groups", Subject: "subjects", Theme: "themes"}
_LONG_ENOUGH = 20
_MOST_SIGNS = 4000


class HelpForm(PracticeForm):
    """The form while it is written, the number of its record, and a suggestion that was taken over."""

    number: int = 0
    take: str = ""
    """Field and code, as `themes:data_bias`."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """An entry of a list that the text seems to speak of, and the words that show it."""

    field: str
    code: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Help:
    """What helps to write on. Nothing of it is set by itself."""

    template: ClassVar[str] = "desk/help.html"

    near: list[Near]
    suggested: list[Suggested]
    complete: Complete
    language: str
    """Of the text."""


def help_for(desk: Desk, service: Service, form: HelpForm) -> Help:
    """What helps to write a form on."""
    item = desk.items.get(form.number) if form.number else None
    near = near_duplicates(service, form.title, form.summary, but=item.record_id if item else "")
    return Help(
        near=[*near_at_desk(desk, form.title, form.number or None), *near],
        suggested=_suggested(service, form),
        complete=how_complete(_content(form)),
        language=form.original_language,
    )


def _content(form: PracticeForm) -> dict[str, object]:
    try:
        return content_of(form)
    except ContentError:  # told when the form is sent; until then what can be read counts
        return content_of(form.model_copy(update={"translated_field": []}))


def _suggested(service: Service, form: PracticeForm) -> list[Suggested]:
    texts = (form.title, form.summary, form.problem, form.approach, form.results)
    text = ". ".join(words.strip().rstrip(".") for words in texts if words.strip())[:_MOST_SIGNS]
    if len(text) < _LONG_ENOUGH:
        return []
    try:
        matcher = service.matcher()
        found = describe(text, _language(form), matcher.index, matcher.embedder)
    except (CorpusError, MatcherError, ValueError):  # nothing was built yet
        return []
    return [_named(spoken_of) for spoken_of in found if spoken_of.code not in getattr(form, FIELD_OF[spoken_of.kind])]


def _language(form: PracticeForm) -> Language | None:
    return Language(form.original_language) if form.original_language in set(Language) else None


def _named(found: Spoken) -> Suggested:
    return Suggested(FIELD_OF[found.kind], found.code, label(found.kind(found.code), spoken()), found.words)


def taken_over(form: HelpForm) -> HelpForm:
    """The form with the suggestion that somebody pressed."""
    field, _, code = form.take.partition(":")
    kind = next((kind for kind, name in FIELD_OF.items() if name == field), None)
    ticked = getattr(form, field, []) if kind else []
    if kind is None or code not in set(kind) or code in ticked:
        return form
    return form.model_copy(update={field: [*ticked, code]})
