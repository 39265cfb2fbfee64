"""The form of a practice, in the order in which people think, and the content that it stands for.

A form shows the original of each text, and its translations beside it. What the form does not show (evidence,
coordinates) is kept as it is when somebody edits.
"""

import re
import unicodedata
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pydantic import BaseModel, ConfigDict

from api.desk.translations import Translation, sent, translations_in, with_translations
from corpus.desk.content import Content
from corpus.vocab import Language

LISTS = ("subjects", "target_groups", "themes")
"""Fields of which several values can be ticked."""
_TEXTS = ("title", "summary", "problem", "approach", "what_failed")
_OWN_SOURCE = "s1"


class PracticeForm(BaseModel):
    """What a person typed and ticked; empty is not said. Lines of a text field stand for one entry each."""

    model_config = ConfigDict(frozen=True)

    revision: int = 0
    original_language: str = "en"
    title: str = ""
    summary: str = ""
    problem: str = ""
    approach: str = ""
    lead: str = ""
    partners: str = ""
    cost: str = ""
    currency: str = "EUR"
    fund: str = ""
    payer: str = ""
    results: str = ""
    results_level: str = "anecdote"
    what_failed: str = ""
    none_reported: str = ""
    conditions: str = ""
    adopted_by: str = ""
    practice_kind: str = "practice"
    place: str = ""
    country: str = ""
    population: str = ""
    start: str = ""
    end: str = ""
    themes: list[str] = []
    subjects: list[str] = []
    target_groups: list[str] = []
    url: str = ""
    source_title: str = ""
    read_on: str = ""
    reason: str = ""
    translated_field: list[str] = []
    translated_language: list[str] = []
    translated_text: list[str] = []

    def translations(self, field: str) -> list[Translation]:
        """The translations of one text, as they were typed."""
        rows = zip(self.translated_field, self.translated_language, self.translated_text, strict=False)
        return [row for row in (Translation(*row) for row in rows) if row.field == field and row.text.strip()]


class StepForm(BaseModel):
    """A step and why it is taken, by somebody who saw a revision of the record."""

    model_config = ConfigDict(frozen=True)

    revision: int = 0
    reason: str = ""


def slug(title: str) -> str:
    """A name for addresses: `Bendra virtuvė` becomes `bendra-virtuve`."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^\w]+|_", "-", letters).strip("-")[:80]


def content_of(form: PracticeForm, before: Content | None = None) -> Content:
    """The content that a form stands for; what the form does not show stays as it was before.

    Raises:
        ContentError: a translation lacks its language.
    """
    content = deepcopy(dict(before or {}))
    language = form.original_language
    _move_original(content, form)
    content["original_language"] = language
    for name in _TEXTS:
        _put(content, name, _text(content.get(name), language, getattr(form, name)))
    _put(content, "lead", form.lead.strip())
    _put(content, "partners", _lines(form.partners))
    _put(content, "cost", _money(form.cost, form.currency))
    _put(content, "paid_by", _payers(content.get("paid_by"), form))
    _put(content, "results", _results(content.get("results"), form))
    _put(content, "none_reported", bool(form.none_reported))
    _put(content, "transfer", _transfer(content.get("transfer"), form))
    _put(content, "practice_kind", form.practice_kind)
    _put(content, "places", _places(content.get("places"), form))
    _put(content, "period", _period(content.get("period"), form))
    for name in LISTS:
        _put(content, name, list(getattr(form, name)))
    _put(content, "url", form.url.strip())
    _put(content, "sources", _sources(content.get("sources"), form))
    rows = sent(form.translated_field, form.translated_language, form.translated_text)
    return with_translations(content, language, rows) if form.translated_field else content


def _move_original(content: Content, form: PracticeForm) -> None:
    """Who says that the same words are in another language moves them there, and makes no translation of them."""
    was, now = content.get("original_language"), form.original_language
    for name in _TEXTS:
        texts = content.get(name)
        if was != now and isinstance(texts, dict) and texts.get(was) == getattr(form, name).strip():
            content[name] = {code: text for code, text in texts.items() if code != was}


def form_of(content: Content, revision: int = 0) -> PracticeForm:
    """The form that shows a content."""
    language = str(content.get("original_language") or Language.EN)
    rows = list(translations_in(content, language))
    place, source = _first(content.get("places")), _first(content.get("sources"))
    paid, cost = _first(content.get("paid_by")), content.get("cost") or {}
    transfer, period = content.get("transfer") or {}, content.get("period") or {}
    texts = {name: _said(content.get(name), language) for name in _TEXTS}
    results = content.get("results") or []
    return PracticeForm(
        revision=revision,
        original_language=language,
        **texts,
        lead=content.get("lead") or "",
        partners="\n".join(content.get("partners") or ()),
        cost=str(cost.get("amount") or ""),
        currency=str(cost.get("currency") or "EUR"),
        fund=paid.get("fund") or "",
        payer=paid.get("payer") or "",
        results="\n".join(_said(result.get("statement"), language) for result in results),
        results_level=_first(results).get("level") or "anecdote",
        none_reported="yes" if content.get("none_reported") else "",
        conditions=_said(transfer.get("conditions"), language),
        adopted_by="\n".join(transfer.get("adopted_by") or ()),
        practice_kind=content.get("practice_kind") or "practice",
        place=place.get("name") or "",
        country=place.get("country") or "",
        population=str(place.get("population") or ""),
        start=str(period.get("start") or ""),
        end=str(period.get("end") or ""),
        **{name: [str(code) for code in content.get(name) or ()] for name in LISTS},
        url=content.get("url") or "",
        source_title=source.get("title") or "",
        read_on=str(source.get("read_on") or ""),
        translated_field=[row.field for row in rows],
        translated_language=[row.language for row in rows],
        translated_text=[row.text for row in rows],
    )


def _put(content: Content, name: str, value: Any) -> None:
    """An empty field is left out: it is not said, which is not the same as nothing."""
    if value in ("", [], {}, None, False):
        content.pop(name, None)
    else:
        content[name] = value


def _text(before: Any, language: str, words: str) -> dict[str, str]:
    texts = dict(before) if isinstance(before, dict) else {}
    texts.pop(language, None)
    return {language: words.strip(), **texts} if words.strip() else texts


def _said(field: Any, language: str) -> str:
    texts = field if isinstance(field, dict) else {}
    return str(texts.get(language) or "")


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


def _first(entries: Any) -> dict[str, Any]:
    return dict(entries[0]) if isinstance(entries, list) and entries and isinstance(entries[0], dict) else {}


def _number(words: str) -> str:
    """Digits as people group them: `1 200 000` and `1.200.000` mean the same."""
    bare = re.sub(r"[\s\u00a0\u202f'’]", "", words)
    return re.sub(r"[.,](?=\d{3}(?:\D|$))", "", bare).replace(",", ".")


def _money(amount: str, currency: str) -> dict[str, str]:
    return {"amount": _number(amount), "currency": currency.strip().upper() or "EUR"} if amount.strip() else {}


def _replaced(entries: Any, first: Mapping[str, Any]) -> list[Any]:
    """The list with another first entry; the others stay."""
    rest = entries[1:] if isinstance(entries, list) else []
    kept = {key: value for key, value in first.items() if value not in ("", None)}
    return [kept, *rest] if kept else list(rest)


def _payers(before: Any, form: PracticeForm) -> list[Any]:
    return _replaced(before, {**_first(before), "fund": form.fund, "payer": form.payer.strip()})


def _places(before: Any, form: PracticeForm) -> list[Any]:
    old = _first(before)
    same = old.get("name") == form.place.strip() and old.get("country") == form.country
    number = _number(form.population)
    population: int | str = int(number) if number.isdecimal() else number
    place = {**(old if same else {}), "name": form.place.strip(), "country": form.country, "population": population}
    return _replaced(before, place)


def _period(before: Any, form: PracticeForm) -> dict[str, Any]:
    old = before if isinstance(before, dict) else {}
    period = {**old, "start": form.start.strip(), "end": form.end.strip()}
    return {key: value for key, value in period.items() if value not in ("", None)}


def _results(before: Any, form: PracticeForm) -> list[Any]:
    """One line is one result; a line that was there keeps what is known of it beside its words."""
    known = {
        _said(entry.get("statement"), form.original_language): entry
        for entry in before or ()
        if isinstance(entry, dict)
    }
    return [
        known.get(line) or {"statement": {form.original_language: line}, "level": form.results_level}
        for line in _lines(form.results)
    ]


def _transfer(before: Any, form: PracticeForm) -> dict[str, Any]:
    old = before if isinstance(before, dict) else {}
    conditions = _text(old.get("conditions"), form.original_language, form.conditions)
    found = {**old, "conditions": conditions, "adopted_by": _lines(form.adopted_by)}
    return {key: value for key, value in found.items() if value}


def _sources(before: Any, form: PracticeForm) -> list[Any]:
    old = _first(before)
    source = {"key": _OWN_SOURCE, **old, "url": form.url.strip() or old.get("url")}
    source |= {"title": form.source_title.strip(), "read_on": form.read_on.strip()}
    return _replaced(before, source) if form.url.strip() or old else []
