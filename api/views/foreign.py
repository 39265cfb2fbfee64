"""Texts on a page that are not in its language: what reads a page aloud must be told in which language each is."""

from collections.abc import Callable, Iterable, Iterator

from corpus.messages import spoken
from corpus.model import Call, RecordBase
from corpus.vocab import Language
from matcher.answer import Answer

Get = Callable[[str], RecordBase | None]
"""Gives a record by its id."""


def foreign_titles(named: Iterable[tuple[str, str]], get: Get) -> dict[str, Language]:
    """The language of every title that is not in that of the page; `named` are ids of records with a title of each."""
    found: dict[str, Language] = {}
    for record_id, title in named:
        record = get(record_id)
        if record is not None and record.title.get(spoken()) != title:
            languages = [language for language, words in record.title.items() if words == title]
            if languages:
                found[title] = languages[0]
    return found


def foreign_notes(call: Call) -> dict[str, Language]:
    """Our notes on rules that were not read; they are written in English."""
    if spoken() is Language.EN:
        return {}
    return {rule.note: Language.EN for rule in call.eligibility.unread if rule.note}


def foreign_parts(answer: Answer) -> dict[str, Language]:
    """The idea and its parts in the words of the person, where it is in another language than the page."""
    said_in, sides = answer.understood.language, answer.combination.sides if answer.combination else ()
    if said_in is None or said_in is spoken():
        return {}
    parts = [item.part for call in answer.calls for item in call.parts] + [side.part for side in sides]
    return dict.fromkeys(parts, said_in)


def titles_in(answer: Answer) -> Iterator[tuple[str, str]]:
    """Ids and titles of all records that an answer names beside its own cards, each once."""
    similar = [practice for call in answer.calls for practice in call.similar_practices]
    then = [link for practice in similar for link in practice.successors]
    then += [link for practice in answer.practices for link in practice.successors]
    pairs = answer.combination.pairs if answer.combination else ()
    sides = [side for pair in pairs for side in (pair.place, pair.people)]
    none = (answer.no_fit.next_call, answer.no_fit.nearest_practice) if answer.no_fit else ()
    yield from dict.fromkeys((one.id, one.title) for one in (*similar, *then, *sides, *none) if one)
