"""What the reader must know of one language: a file of words in `packs/`, checked when it is loaded."""

from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Self

import yaml
from pydantic import BeforeValidator, Field, model_validator

from corpus.parts import Frozen
from corpus.vocab import ApplicantType, Language
from corpus.vocab.places import check_country

LANGUAGES = (
    *(Language.EN, Language.FR, Language.DE, Language.IT),
    *(Language.NL, Language.PL, Language.BG, Language.LT),
)
"""Languages that can be read."""


def _entries(value: object) -> object:
    """Entries of a list written as one text, divided by semicolons: a phrase may hold any other sign."""
    return tuple(part for raw in value.split(";") if (part := raw.strip())) if isinstance(value, str) else value


Phrases = Annotated[tuple[str, ...], BeforeValidator(_entries)]
"""Phrases in the notation of `crawler.prose.phrases`."""
Patterns = Annotated[tuple[str, ...], BeforeValidator(_entries)]
"""Regular expressions for one word or sign."""


class Weighted(Frozen):
    """Phrases that point at one thing: against all others, surely, well, fairly, or only when nothing else does."""

    veto: Phrases = ()
    sure: Phrases = ()
    strong: Phrases = ()
    good: Phrases = ()
    weak: Phrases = ()


Cues = dict[str, Weighted]
"""Phrases by what they point at; `other` points at something that is no fact of a call."""


class ClockWords(Frozen):
    """Words around hours: before (`ore`), after (`Uhr`), whole ones (`noon`: 12:00), and `each` for one of all days."""

    before: Patterns = ()
    after: Patterns = ()
    named: dict[str, str] = Field(default_factory=dict)
    each: Phrases = ()


class Joins(Frozen):
    """Words between the ends of a range (`to`), between entries of a list (`and`), and before a range with `and`."""

    range: Phrases
    list: Phrases
    between: Phrases


class Units(Frozen):
    """Words for months and years, and words that are a duration themselves (`biennial`: 24)."""

    months: Patterns
    years: Patterns
    periods: dict[str, int] = Field(default_factory=dict)


class Bounds(Frozen):
    """Words that make a number the least or the most; `over` and `under` exclude the number itself.

    `lowest` and `highest` are words such as `minimum` and `ceiling`, which may stand farther from the number;
    `since` are words such as `from`, which stand before the least number and never behind it. `never` are words that
    turn what follows into its opposite (`nobody .. less than`), `refused` those that do so from anywhere in a clause.
    """

    min: Phrases
    since: Phrases = ()
    max: Phrases
    over: Phrases = ()
    under: Phrases = ()
    lowest: Phrases = ()
    highest: Phrases = ()
    never: Phrases = ()
    refused: Phrases = ()


class Partners(Frozen):
    """Words about consortia.

    Those who are counted and countries that are counted; what makes it a condition and what says that it is none;
    `others` are counted beside one more (`two further partners`), `elsewhere` says so behind countries (`three
    countries other than that of the applicant`), `ones` stand before each of a pair (`one partner
    from Belgium and one from France`), `each` before a row of countries (`one each from Belgium and France`),
    `each_country`: one from each country of a programme, `equal`: as many countries as partners; `with_lead`: a lead
    partner who is not yet counted stands right before the number, `besides`: one is named before it;
    `never`: nobody who counts is counted in the sentence; `numbered` stands before numbers that count nothing;
    `among`: the number is of some among those who were counted before (`four countries, of which two ...`); `out_of`
    stands between a number that counts and that of all (`two of the five countries`); `together` are words that count
    those who apply by themselves (`zu dritt`: 3), where nothing that could be counted follows.
    """

    nouns: Patterns
    countries: Patterns
    consortium: Phrases
    others: Patterns
    elsewhere: Phrases = ()
    ones: Patterns
    each: Phrases = ()
    each_country: Phrases = ()
    equal: Phrases = ()
    with_lead: Phrases = ()
    besides: Phrases = ()
    no_condition: Phrases = ()
    never: Phrases = ()
    numbered: Patterns = ()
    among: Phrases = ()
    out_of: Patterns
    together: dict[str, int] = Field(default_factory=dict)


class Names(Frozen):
    """Words for codes (a key may hold several, divided by blanks), and what makes them a condition.

    `none` are words that only look like such names: `outermost regions` are no applicants. `denied` says that those
    named right before or behind it are left out, `breaks` parts those named before it from those behind it. Behind
    words of `inside` (`in the`) a name is that of a place.
    """

    names: dict[str, Phrases]
    none: Phrases = ()
    denied: Phrases = ()
    breaks: Phrases = ()
    inside: Phrases = ()
    cues: Cues

    def by_codes(self) -> dict[tuple[str, ...], Phrases]:
        """The words by the codes that they mean."""
        return {tuple(key.split()): words for key, words in self.names.items()} | {(): self.none}


class YesNo(Frozen):
    """Phrases that say yes, phrases that say no, and phrases that only speak of the matter."""

    said: Phrases
    denied: Phrases = ()
    neither: Phrases = ()


class Paired(YesNo):
    """The same, where a word for a deed and one for what it is done to say it together, unless it is `refused`."""

    doing: Phrases = ()
    about: Phrases = ()
    refused: Phrases = ()


class Pack(Frozen):
    """One language.

    `past` opens what is told of earlier calls; `aside` says of its clause that it is about another call, or about those
    who only look on; `example` opens a sentence about one project or place.
    """

    language: Language
    locale: str
    abbreviations: Phrases
    month_words: dict[str, int] = Field(default_factory=dict)
    month_end: Phrases = ()
    numbers: dict[str, int] = Field(default_factory=dict)
    scales: dict[str, int]
    parts: dict[str, Decimal] = Field(default_factory=dict)
    and_half: Phrases = ()
    currencies: dict[str, Annotated[str, Field(pattern="^[A-Z]{3}$")]]
    percent: Patterns
    fractions: dict[str, Decimal] = Field(default_factory=dict)
    units: Units
    joins: Joins
    clock: ClockWords
    bounds: Bounds
    date: Cues
    money: Cues
    share: Cues
    months: Cues
    people: Cues
    negation: Patterns
    dwelling: Phrases = ()
    past: Phrases
    aside: Phrases = ()
    example: Phrases = ()
    today: Phrases = ()
    after: Phrases = ()
    since: Phrases
    until: Phrases
    inhabitants: Patterns
    population: Patterns
    partners: Partners
    bodies: Names
    places: Names
    grouping: Paired
    regranting: Paired

    @model_validator(mode="after")
    def _codes_exist(self) -> Self:
        for types in self.bodies.by_codes():
            for name in types:
                ApplicantType(name)
        for codes in self.places.by_codes():
            for code in codes:
                code == "EU27" or check_country(code)
        return self


@cache
def load_pack(language: Language) -> Pack:
    """The words of a language.

    Raises:
        KeyError: the language is none of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    text = (files(__package__) / "packs" / f"{language.value}.yml").read_text(encoding="utf-8")
    return Pack.model_validate(yaml.safe_load(text))
