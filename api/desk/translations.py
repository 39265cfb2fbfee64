"""Texts of a practice in other languages than the one it was written in.

The form shows the original and, for each text, its translations, each with its language. A translation whose words
are taken away is gone; what the form did not send stays as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.desk.content import Content
from corpus.desk.errors import ContentError
from corpus.messages import gettext as _
from corpus.vocab import Language

TRANSLATED = ("title", "summary", "problem", "approach", "what_failed", "conditions")
"""Texts of the form that can be there in several languages."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A text of the form in another language."""

    field: str
    language: str
    text: str


def translations_in(content: Content, original: str) -> Iterator[Translation]:
    """All translations of a content."""
    for field in TRANSLATED:
        texts = _texts(content, field)
        yield from (Translation(field, code, str(text)) for code, text in texts.items() if code != original)


def sent(fields: Sequence[str], languages: Sequence[str], texts: Sequence[str]) -> list[Translation]:
    """The translations of a form; rows without words say nothing.

    Raises:
        ContentError: words without a language, or two translations of a text into one language.
    """
    rows = [Translation(*row) for row in zip(fields, languages, texts, strict=False) if row[2].strip()]
    problems = {}
    seen = set()
    for row in rows:
        if row.field not in TRANSLATED or row.language not in set(Language):
            problems[row.field] = _("choose the language of the translation")
        elif (row.field, row.language) in seen:
            problems[row.field] = _("there are two translations into the same language: leave one out")
        seen.add((row.field, row.language))
    if problems:
        raise ContentError(problems)
    return rows


def with_translations(content: Content, original: str, rows: Sequence[Translation]) -> Content:
    """The content with these translations and no others.

    Raises:
        ContentError: a translation is said to be in the language of the original.
    """
    same = {row.field: _("this is the language of the original: write the text above") for row in rows
            if row.language == original}  # fmt: skip
    if same:
        raise ContentError(same)
    out = dict(content)
    for field in TRANSLATED:
        own = {code: text for code, text in _texts(out, field).items() if code == original}
        texts = own | {row.language: row.text.strip() for row in rows if row.field == field}
        _put(out, field, texts)
    return out


def _texts(content: Content, field: str) -> dict[str, Any]:
    holder = (content.get("transfer") or {}) if field == "conditions" else content
    found = holder.get(field) if isinstance(holder, dict) else None
    return dict(found) if isinstance(found, dict) else {}


def _put(content: Content, field: str, texts: dict[str, Any]) -> None:
    if field != "conditions":
        _set(content, field, texts)
        return
    transfer = dict(content.get("transfer") or {})
    _set(transfer, field, texts)
    _set(content, "transfer", transfer)


def _set(holder: dict[str, Any], name: str, value: dict[str, Any]) -> None:
    if value:
        holder[name] = value
    else:
        holder.pop(name, None)
