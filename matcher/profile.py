"""Who asks: the applicant, its partners, and what they say of themselves.

Everything may be left out, and what is left out is not known: the answer then says which fact is missing
instead of guessing it. An empty list of partners means "none so far".
"""

from datetime import date
from typing import Annotated

from pydantic import Field, ValidationError

from corpus.parts import Frozen, Text
from corpus.rules import Degurba
from corpus.vocab import ApplicantType, Country, Role

Inhabitants = Annotated[int, Field(ge=0, le=500_000_000)]
"""Persons; no territory of the EU has more than all of it."""
_PLAINER = {"extra_forbidden": "this key is not known", "union_tag_invalid": "this family of rules is not known"}
Fact = bool | int | float | str


class Unit(Frozen):
    """One local administrative unit (LAU) of an agglomeration: its inhabitants and its DEGURBA class."""

    population: Inhabitants
    degurba: Degurba | None = None


class Body(Frozen):
    """A body of an application.

    Attributes:
        type: kind of body (`corpus.vocab.ApplicantType`).
        country: where it is established, ISO 3166-1 alpha-2 (EL and UK are read as GR and GB).
        role: what it does in the application.
        population: inhabitants of its territory, in persons; of a local authority only.
        degurba: Eurostat degree of urbanisation of its territory: 1 city, 2 town or suburb, 3 rural area.
        region: region or district in which it is established, by name or NUTS code.
        region_category: category of that region in cohesion policy, for example `less_developed`.
        legal_personality: whether it is a legal person under its national law.
        registered_on: day of its registration.
        newcomer: whether it takes part in the programme for the first time.
        units: its local administrative units, for an agglomeration of several.
        facts: further facts, by the names that a call's rules use.
    """

    type: ApplicantType | None = None
    country: Country | None = None
    role: Role
    population: Inhabitants | None = None
    degurba: Degurba | None = None
    region: Text | None = None
    region_category: Text | None = None
    legal_personality: bool | None = None
    registered_on: date | None = None
    newcomer: bool | None = None
    units: tuple[Unit, ...] = ()
    facts: dict[Text, Fact] = Field(default_factory=dict)

    @property
    def inhabitants(self) -> int | None:
        """Inhabitants in all: those of the units where they are given."""
        return sum(unit.population for unit in self.units) if self.units else self.population


class Partner(Body):
    """Another body named in the application."""

    role: Role = Role.PARTNER


class Applicant(Body):
    """The body that asks, with the partners that it names."""

    role: Role = Role.LEAD
    partners: tuple[Partner, ...] = ()


def input_problems(error: ValidationError) -> tuple[str, ...]:
    """What is wrong with an input, one sentence a field: the field, what is wrong, what was given."""
    return tuple(
        _problem(".".join(map(str, item["loc"])), _PLAINER.get(item["type"], item["msg"]), item["input"])
        for item in error.errors()
    )


def _problem(field: str, message: str, given: object) -> str:
    text = message.removeprefix("Value error, ")
    shown = f" (given: {given!r})" if isinstance(given, str | int | float) else ""
    return f"{field or 'applicant'}: {text}{shown}"
