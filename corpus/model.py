"""The three records of a snapshot: Call, Programme and Practice.

A value sits in a plain field; why it is believed sits in `evidence`, keyed by the path of the field
(`money.budget`, `timeline.cutoffs`). Every evidence names one of the record's `sources`. A field without
evidence of its own rests on the first source as a whole.
"""

import re
from decimal import Decimal
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, Field, model_validator

from corpus.parts import Document, Evidence, Frozen, Identifier, LangText, Moment, Money, Source, Text, Timeline, Url
from corpus.rules import CountryOrGroup, Degurba, Rule, UnreadRule
from corpus.vocab import (
    Country,
    CoverageState,
    EvidenceLevel,
    Fund,
    Language,
    LocationMeaning,
    ManagementMode,
    ParticipationLevel,
    PartnershipAction,
    PracticeKind,
    RegionCategory,
    Sdg,
    Strategy,
    Subject,
    SupportType,
    TargetGroup,
    Theme,
)

Percent = Annotated[Decimal, Field(ge=0, le=100)]


def _check_reference(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]*\.[A-Za-z0-9._~-]+", value):
        raise ValueError(
            f"{value!r} is no record id such as cci.2021BG05SFPR002 or isopolis.cerv (a payer's name is `payer`)"
        )
    return value


RecordId = Annotated[str, AfterValidator(_check_reference)]
"""Id of a record (see `corpus.ids`)."""


def _check_path(kind: type[BaseModel], path: str) -> None:
    """Refuse a path that leads to no field; inside texts and lists nothing is checked."""
    inner: type[BaseModel] | None = kind
    for name in path.split("."):
        if inner is None:
            return
        if name not in inner.model_fields:
            raise ValueError(f"evidence {path!r}: there is no field {name!r}")
        annotation = inner.model_fields[name].annotation
        choices = (annotation, *get_args(annotation))
        inner = next((c for c in choices if isinstance(c, type) and issubclass(c, BaseModel)), None)


class RecordBase(Frozen):
    """What all records share."""

    id: RecordId
    title: LangText = Field(min_length=1)
    summary: LangText = Field(default_factory=dict)
    original_language: Language
    identifiers: tuple[Identifier, ...] = ()
    url: Url
    sources: tuple[Source, ...] = Field(min_length=1)
    evidence: dict[Text, tuple[Evidence, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _sources_exist(self) -> Self:
        keys = [source.key for source in self.sources]
        if len(set(keys)) != len(keys):
            raise ValueError("two sources have the same key")
        for path, items in self.evidence.items():
            _check_path(type(self), path)
            for item in items:
                if item.source not in keys:
                    raise ValueError(f"evidence {path!r} names the unknown source {item.source!r}")
        return self

    def text(self, field: LangText, language: Language | str = Language.EN) -> str:
        """A text in the language asked for, else in English, else in the original, else in any."""
        for wanted in (language, Language.EN, self.original_language):
            if wanted in field:
                return field[Language(wanted)]
        return next(iter(field.values()), "")


class Funding(Frozen):
    """What a call pays. Rates are per cent of eligible cost; with a lump sum no rate applies."""

    budget: Money | None = None
    grant_min: Money | None = None
    grant_max: Money | None = None
    grants_expected: Annotated[int, Field(ge=0)] | None = None
    rate_min: Percent | None = None
    rate_max: Percent | None = None
    lump_sum: bool | None = None
    prefinancing: LangText = Field(default_factory=dict)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        low, high = self.grant_min, self.grant_max
        if low and high and low.currency == high.currency and low.amount > high.amount:
            raise ValueError(f"grant_min {low} is larger than grant_max {high}")
        if self.rate_min is not None and self.rate_max is not None and self.rate_min > self.rate_max:
            raise ValueError(f"rate_min {self.rate_min} is larger than rate_max {self.rate_max}")
        return self


class Geography(Frozen):
    """Where the money can be used. `unrestricted` is said by the call; `None` as a whole means unknown."""

    unrestricted: bool = False
    countries: tuple[CountryOrGroup, ...] = ()
    nuts: tuple[Text, ...] = ()
    note: LangText = Field(default_factory=dict)


class Cascade(Frozen):
    """Re-granting: somebody else pays smaller grants out of this money."""

    is_regranting: bool
    intermediary: Text | None = None
    sub_grant_max: Money | None = None


RelationKind = Literal["variant_of", "national_version_of", "follows", "replaces", "combinable_with", "part_of"]


class Relation(Frozen):
    """A link to another record by its id."""

    kind: RelationKind
    target: RecordId


class Eligibility(Frozen):
    """Who may apply: rules that were read, and rules known to exist that were not."""

    rules: tuple[Rule, ...] = ()
    unread: tuple[UnreadRule, ...] = ()


class Call(RecordBase):
    """A call for proposals or another opening through which EU money is given."""

    kind: Literal["call"] = "call"
    funds: tuple[Fund, ...] = Field(min_length=1)
    programme: RecordId | None = None
    management: ManagementMode | None = None
    authority: Text | None = None
    support: tuple[SupportType, ...] = ()
    status_at_source: Text | None = None
    timeline: Timeline = Timeline()
    money: Funding = Funding()
    duration_months_min: Annotated[int, Field(ge=0)] | None = None
    duration_months_max: Annotated[int, Field(ge=0)] | None = None
    geography: Geography | None = None
    eligibility: Eligibility = Eligibility()
    objectives: LangText = Field(default_factory=dict)
    activities: LangText = Field(default_factory=dict)
    themes: tuple[Theme, ...] = ()
    subjects: tuple[Subject, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    keywords: tuple[Text, ...] = ()
    sdgs: tuple[Sdg, ...] = ()
    cascade: Cascade | None = None
    documents: tuple[Document, ...] = ()
    apply_url: Url | None = None
    relations: tuple[Relation, ...] = ()

    @model_validator(mode="after")
    def _rules_are_sound(self) -> Self:
        keys = {source.key for source in self.sources}
        ids = [rule.id for rule in self.eligibility.rules]
        if len(set(ids)) != len(ids):
            raise ValueError("two eligibility rules have the same id")
        for rule in self.eligibility.rules:
            for item in rule.evidence:
                if item.source not in keys:
                    raise ValueError(f"rule {rule.id!r} names the unknown source {item.source!r}")
        return self


class DefaultRate(Frozen):
    """Highest EU share that a programme pays, by category of region."""

    category: RegionCategory
    rate_max: Percent


class Programme(RecordBase):
    """A funding programme: the home of calls and the place to look for the next one."""

    kind: Literal["programme"] = "programme"
    funds: tuple[Fund, ...] = Field(min_length=1)
    cci: Annotated[str, Field(pattern=r"^20\d{2}[A-Z0-9]{8,14}$")] | None = None
    countries: tuple[CountryOrGroup, ...] = ()
    management: ManagementMode | None = None
    authority: Text | None = None
    website: Url | None = None
    timetable_url: Url | None = None
    operations_url: Url | None = None
    valid_from: Moment | None = None
    valid_to: Moment | None = None
    budget: Money | None = None
    rates: tuple[DefaultRate, ...] = ()
    coverage: CoverageState = CoverageState.NOT_COVERED
    coverage_note: LangText = Field(default_factory=dict)
    successor: RecordId | None = None
    subjects: tuple[Subject, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()


class Place(Frozen):
    """Where a practice happened. Population is of the local authority, with the year it was counted."""

    name: Text
    country: Country
    region: Text | None = None
    nuts: Text | None = None
    population: Annotated[int, Field(ge=0)] | None = None
    population_year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    degurba: Degurba | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    meaning: LocationMeaning = LocationMeaning.WHERE_IT_HAPPENED


class PaidBy(Frozen):
    """Who paid, and how much."""

    fund: Fund | None = None
    payer: Text | None = None
    programme: RecordId | None = None
    call: RecordId | None = None
    amount: Money | None = None
    rate: Percent | None = None


class Result(Frozen):
    """What came of it, and how well that is known."""

    statement: LangText
    indicator: Text | None = None
    value: Text | None = None
    level: EvidenceLevel
    url: Url | None = None


class Transfer(Frozen):
    """What another place needs, and who took it over."""

    conditions: LangText = Field(default_factory=dict)
    adopted_by: tuple[Text, ...] = ()


class Period(Frozen):
    """Years or dates in which a practice ran."""

    start: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None = None
    end: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None = None
    ongoing: bool | None = None


class Practice(RecordBase):
    """What a place did: a good practice, a funded project, a transfer, or an honest failure."""

    kind: Literal["practice"] = "practice"
    practice_kind: PracticeKind
    places: tuple[Place, ...] = Field(min_length=1)
    lead: Text | None = None
    partners: tuple[Text, ...] = ()
    problem: LangText = Field(default_factory=dict)
    approach: LangText = Field(default_factory=dict)
    participation: ParticipationLevel | None = None
    period: Period = Period()
    cost: Money | None = None
    paid_by: tuple[PaidBy, ...] = ()
    results: tuple[Result, ...] = ()
    none_reported: bool = False
    what_failed: LangText = Field(default_factory=dict)
    transfer: Transfer = Transfer()
    themes: tuple[Theme, ...] = ()
    subjects: tuple[Subject, ...] = ()
    target_groups: tuple[TargetGroup, ...] = ()
    actions: tuple[PartnershipAction, ...] = ()
    keywords: tuple[Text, ...] = ()
    relations: tuple[Relation, ...] = ()

    @model_validator(mode="after")
    def _failure_said_once(self) -> Self:
        if self.none_reported and self.what_failed:
            raise ValueError("what_failed has a text, so none_reported must not be true")
        return self


Record = Annotated[Call | Programme | Practice, Field(discriminator="kind")]
"""Any record of a snapshot."""
