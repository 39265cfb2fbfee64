"""Eligibility rules as data: one strict model per rule family.

The families and keys are those met in real calls. Unknown keys are refused, not ignored: a condition that
nobody evaluates would make somebody eligible who is not. `None` means that the call does not say.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from corpus.parts import Evidence, Frozen, Text
from corpus.vocab import ApplicantType, Country, UnknownKind
from corpus.vocab.places import EU27

Share = Annotated[float, Field(ge=0, le=1)]
CountryOrGroup = Literal["EU27"] | Country
Degurba = Literal[1, 2, 3]


def _check_exists(text: str) -> str:
    datetime.fromisoformat(text)
    return text


IsoDate = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z))?$"),
    AfterValidator(_check_exists),
]
"""A day, or a day with hour and offset: a date without a time stays a date."""
FailsOrUnknown = Literal["fails", "unknown"]
OutsideArea = Literal["fails", "unknown", "exception", "associated_partner"]
Types = tuple[ApplicantType, ...]


def expand_countries(codes: tuple[str, ...]) -> frozenset[str]:
    """Country codes with the group `EU27` replaced by its members."""
    return frozenset().union(*(EU27 if code == "EU27" else {code} for code in codes))


class RuleValue(Frozen):
    """Base of the values of all families; aliases are the keys used in files."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_not_said(cls, data: object) -> object:
        """A key that is null is a key that the call does not speak of."""
        return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data


class DeadlineValue(RuleValue):
    """Closing times. The last of several cut-offs counts unless the text says otherwise.

    `second_stage_by_invitation`: the last closing time is for those whom the first stage invited.
    `indicative`: the last closing time is only planned, so that nobody is late for certain.
    """

    closes: tuple[IsoDate, ...] = ()
    continuous: bool = False
    second_stage_by_invitation: bool = False
    sources_disagree: bool = False
    indicative: bool = False


class CountryValue(RuleValue):
    """Where a body must be established. `others` says what the text leaves for all other countries."""

    in_: tuple[CountryOrGroup, ...] | None = Field(None, alias="in")
    not_in: tuple[CountryOrGroup, ...] = ()
    others: FailsOrUnknown = "unknown"
    partner_only: tuple[CountryOrGroup, ...] = ()
    io_exempt: bool = False


class BodyTypeValue(RuleValue):
    """Kinds of body in a role. `conditional`: allowed under conditions that the record does not carry."""

    any_of: Types | None = None
    none_of: Types = ()
    conditional: Types = ()
    not_listed: FailsOrUnknown = "unknown"
    for_profit: Types = ()
    for_profit_needs: Types = ()


class LegalPersonalityValue(RuleValue):
    """Whether legal personality is required; `exception` where guarantees can stand in for it."""

    required: bool
    exception: bool = False


class Grouping(Frozen):
    """Whether inhabitants of several local authorities may be added together."""

    allowed: bool
    only_if_fact: Text | None = None


class PopulationValue(RuleValue):
    """Inhabitants, own or added over a grouping. `max_inclusive` None: the text does not say."""

    min: Annotated[int, Field(ge=0)] | None = None
    max: Annotated[int, Field(gt=0)] | None = None
    min_strict: bool = False
    max_inclusive: bool | None = None
    grouping: Grouping | None = None


class DegreeOfUrbanisationValue(RuleValue):
    """Eurostat degree of urbanisation (DEGURBA: 1 city, 2 town or suburb, 3 rural) of the local units."""

    in_: tuple[Degurba, ...] = Field(alias="in")
    agglomeration_min_share: Share | None = None
    exception_fact: Text | None = None


class SettlementOption(Frozen):
    """One way to pass a settlement rule."""

    degurba_in: tuple[Degurba, ...]
    population_below: Annotated[int, Field(gt=0)] | None = None


class SettlementOrPopulationValue(RuleValue):
    """Alternatives of degree of urbanisation and size; one is enough."""

    any_of: tuple[SettlementOption, ...]


class SoleException(Frozen):
    """Who may apply alone although a consortium is asked."""

    type: ApplicantType
    fact: Text | None = None


class FromSet(Frozen):
    """At least `n` different countries out of a set."""

    set: tuple[CountryOrGroup, ...]
    n: Annotated[int, Field(ge=1)]


def _countries_only(option: object) -> object:
    return {"min_countries": option} if isinstance(option, int) and not isinstance(option, bool) else option


class ConsortiumValue(RuleValue):
    """Number and countries of the applicants. Associated and affiliated bodies do not count.

    `min_countries_options`: several ways, of which one is enough; a bare number is a number of countries.
    """

    min_applicants: Annotated[int, Field(ge=1)] | None = None
    max_applicants: Annotated[int, Field(ge=1)] | None = None
    min_countries: Annotated[int, Field(ge=1)] | None = None
    min_member_states: Annotated[int, Field(ge=0)] | None = None
    min_countries_options: tuple[Annotated["ConsortiumValue", BeforeValidator(_countries_only)], ...] = ()
    of_types: Types = ()
    required_countries: tuple[CountryOrGroup, ...] = ()
    one_from_each: tuple[tuple[CountryOrGroup, ...], ...] = ()
    min_from_set: FromSet | None = None
    sole_allowed: bool | None = None
    sole_exception: SoleException | None = None
    count_inside_area_only: bool = False
    min_inside_area: Annotated[int, Field(ge=0)] | None = None


class MustIncludeValue(RuleValue):
    """Kinds of body of which the consortium must contain one."""

    types: Types
    any_role: bool = False


class ProgrammeAreaValue(RuleValue):
    """Area of an Interreg programme: whole countries and parts of countries."""

    whole: tuple[CountryOrGroup, ...] = ()
    partial: dict[Country, tuple[Text, ...]] = Field(default_factory=dict)
    outside: OutsideArea | None = None
    outside_eu: OutsideArea | None = None
    outside_non_eu: OutsideArea | None = None
    lead_must_be_inside: bool = False


class RegionCategoryShareValue(RuleValue):
    """Share of partners that must come from categories of regions."""

    min_share: Share
    categories: tuple[Text, ...]


class OrganisationAgeValue(RuleValue):
    """Latest day on which the applicant must have been registered."""

    registered_on_or_before: date


class PeopleGroupValue(RuleValue):
    """A group of persons: how many, and of which age."""

    min_people: Annotated[int, Field(ge=1)]
    age: tuple[int, int] | None = None


class OrganisationsTotalValue(RuleValue):
    """Organisations in all, the associated ones included."""

    min: Annotated[int, Field(ge=1)]


class NewcomersValue(RuleValue):
    """Share of newcomers among the partners."""

    min_share: Share


class FactValue(RuleValue):
    """A condition of one call, looked up among the facts that the applicant states."""

    fact: Text
    must_be: bool | None = None
    at_least: float | None = None
    applies_to: Literal["lead", "applicant"] = "applicant"
    only_types: Types = ()
    mend_by_partners: bool = False


class RuleBase(Frozen):
    """A rule of a call: what it asks, and where that is said."""

    id: Text
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class DeadlineRule(RuleBase):
    family: Literal["deadline"]
    value: DeadlineValue


class CountryRule(RuleBase):
    family: Literal["country", "lead_country"]
    value: CountryValue


class BodyTypeRule(RuleBase):
    family: Literal["applicant_type", "lead_type", "partner_type"]
    value: BodyTypeValue


class LegalPersonalityRule(RuleBase):
    family: Literal["legal_personality"]
    value: LegalPersonalityValue


class PopulationRule(RuleBase):
    family: Literal["population"]
    value: PopulationValue


class DegreeOfUrbanisationRule(RuleBase):
    family: Literal["degree_of_urbanisation"]
    value: DegreeOfUrbanisationValue


class SettlementOrPopulationRule(RuleBase):
    family: Literal["settlement_or_population"]
    value: SettlementOrPopulationValue


class ConsortiumRule(RuleBase):
    family: Literal["consortium"]
    value: ConsortiumValue


class MustIncludeRule(RuleBase):
    family: Literal["must_include"]
    value: MustIncludeValue


class ProgrammeAreaRule(RuleBase):
    family: Literal["programme_area"]
    value: ProgrammeAreaValue


class RegionCategoryShareRule(RuleBase):
    family: Literal["region_category_share"]
    value: RegionCategoryShareValue


class OrganisationAgeRule(RuleBase):
    family: Literal["organisation_age"]
    value: OrganisationAgeValue


class PeopleGroupRule(RuleBase):
    family: Literal["people_group"]
    value: PeopleGroupValue


class OrganisationsTotalRule(RuleBase):
    family: Literal["organisations_total"]
    value: OrganisationsTotalValue


class NewcomersRule(RuleBase):
    family: Literal["newcomers"]
    value: NewcomersValue


class FactRule(RuleBase):
    family: Literal["fact"]
    value: FactValue


Rule = Annotated[
    DeadlineRule
    | CountryRule
    | BodyTypeRule
    | LegalPersonalityRule
    | PopulationRule
    | DegreeOfUrbanisationRule
    | SettlementOrPopulationRule
    | ConsortiumRule
    | MustIncludeRule
    | ProgrammeAreaRule
    | RegionCategoryShareRule
    | OrganisationAgeRule
    | PeopleGroupRule
    | OrganisationsTotalRule
    | NewcomersRule
    | FactRule,
    Field(discriminator="family"),
]
"""Any rule; the family decides which value it must have."""


class UnreadRule(Frozen):
    """A rule that is known to exist but was not read: its verdict is unknown, never met.

    `id` is the rule's name where it has one; `kind` is `rule_text` where the words were read and not understood.
    """

    family: Text
    note: Text | None = None
    id: Text | None = None
    kind: Literal[UnknownKind.NOT_IN_RECORD, UnknownKind.RULE_TEXT] = UnknownKind.NOT_IN_RECORD
