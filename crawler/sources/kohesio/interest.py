"""Which rows are of our subjects: by intervention field, else by objective, and by words of the text.

The lists are data: `fields.yml` (official codes with notes of ours) and `cues.yml` (words by language).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from corpus.parts import Frozen, Text, Url
from corpus.vocab import Language, Subject, TargetGroup
from crawler.sources.kohesio.lists import fold, read_list, words_pattern
from crawler.sources.kohesio.table import SEVERAL, Row, values

HERE = Path(__file__).parent
_CODE = re.compile(r"\d{1,3}")
_OBJECTIVE = re.compile(r"\b(?:[ERJ]SO\d\.\d{1,2}|TO\d{2})\b")
_OBJECTIVES = ("specific_objective", "specific_objective_label", "thematic_objective")


class Topic(Frozen):
    """A field or objective that is ours: our note, words of its official name, and what it stands for."""

    note: Text
    label: tuple[Text, ...] = ()
    keep: Literal["always", "text"]
    subjects: tuple[Subject, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()

    def named(self, label: str) -> bool:
        """Whether a label has the words of the official name."""
        lower = label.casefold()
        return bool(self.label) and all(word in lower for word in self.label)


class Nomenclature(Frozen):
    """The fields and objectives of one programming period."""

    reference: Text
    link: Url
    last_code: int
    fields: dict[str, Topic]
    objectives: dict[str, Topic]

    def by_label(self, label: str) -> Topic | None:
        """The field whose official name a label is, when there is no code to trust; the narrowest of several."""
        found = [topic for topic in self.fields.values() if topic.named(label)]
        return max(found, key=lambda topic: sum(map(len, topic.label)), default=None)


class Limits(Frozen):
    """Below these a project is no example for anybody."""

    shortest_description: int = Field(ge=1)
    smallest_cost: int = Field(ge=0)
    most_places: int = Field(ge=1)


class _Lists(Frozen):
    limits: Limits
    periods: dict[str, Nomenclature]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a row's field and objective say: kept always, kept when the text agrees, or left out (`no`)."""

    keep: Literal["always", "text", "no"]
    topics: tuple[Topic, ...] = ()
    odd: str = ""


class Interest:
    """The lists, read once, and the questions that they answer."""

    def __init__(self, folder: Path = HERE) -> None:
        lists = read_list(_Lists, folder / "fields.yml")
        self.limits, self.periods = lists.limits, lists.periods
        self._cues = read_list(dict[Language, tuple[Text, ...]], folder / "cues.yml")
        self.judge = lru_cache(maxsize=20_000)(self._judge)  # a file has a few thousand combinations at most

    def of(self, row: Row, period: str) -> Judgement:
        """Judge a row by its codes."""
        said = " ".join(row[name] for name in _OBJECTIVES if name in row)
        return self.judge(period, row.get("category", ""), row.get("category_label", ""), said)

    def _judge(self, period: str, codes: str, labels: str, objectives: str) -> Judgement:
        known = self.periods.get(period)
        if known is None:
            return Judgement("text", odd=f"the programming period {period!r} is not known")
        fields = _by_field(known, values(codes), values(labels))
        if fields.topics or fields.keep == "no":
            return fields
        named = _OBJECTIVE.findall(objectives)
        topics = tuple(topic for name in dict.fromkeys(named) if (topic := known.objectives.get(name)))
        if topics:
            return Judgement(_strongest(topics), topics, fields.odd)
        return Judgement("no" if named and not (codes or labels) else "text", odd=fields.odd)

    def speaks(self, text: str, language: Language) -> bool:
        """Whether a text has a cue of its language."""
        pattern = self._patterns.get(language)
        return bool(pattern and pattern.search(fold(text)))

    @cached_property
    def _patterns(self) -> dict[Language, re.Pattern[str]]:
        return {language: words_pattern(tuple(map(fold, words))) for language, words in self._cues.items()}


def _strongest(topics: Iterable[Topic]) -> Literal["always", "text"]:
    return "always" if any(topic.keep == "always" for topic in topics) else "text"


def _by_field(known: Nomenclature, codes: list[str], labels: list[str]) -> Judgement:
    """Judge by the fields; `text` without topics means that they say nothing that can be trusted."""
    found: list[Topic] = []
    odd = ""
    for code in codes:
        topic = known.fields.get(code.zfill(3))
        if not _CODE.fullmatch(code) or not 1 <= int(code) <= known.last_code:
            odd = f"the field {code!r} is not in the list of the period"
        elif topic and labels and not any(topic.named(label) for label in labels):
            odd = f"the field {code} is called {SEVERAL.join(labels)!r}, which is not its official name"
        elif topic:
            found.append(topic)
    if odd or not codes:
        found += [topic for label in labels if (topic := known.by_label(label))]
    topics = tuple(dict.fromkeys(found))
    if topics:
        return Judgement(_strongest(topics), topics, odd)
    return Judgement("no" if codes and not odd else "text", odd=odd)
