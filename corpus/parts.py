"""What records are made of: sources, evidence, money, moments, places. Immutable and strict.

`None` always means "not known". Unknown keys are refused, so that a typing error in a curated file or a
renamed field of a source is noticed at once.
"""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from corpus.vocab import CutoffStage, Language, Recurrence

BRUSSELS = "Europe/Brussels"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
LangText = dict[Language, Text]
"""A text in one or more languages."""


class Frozen(BaseModel):
    """Base of all records: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@cache
def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not a time zone; use an IANA name such as {BRUSSELS}") from error
    return name


Zone = Annotated[str, AfterValidator(_check_zone)]


def _as_clock(value: object) -> object:
    if isinstance(value, int | float):
        raise ValueError("write a time as a text such as 14:00; a number would be read as seconds")  # noqa: TRY004  pydantic reports ValueError
    return value


def _check_local(value: dt.time) -> dt.time:
    if value.tzinfo is not None:
        raise ValueError(f"{value} carries an offset; give the time as on the clock there and its place in `zone`")
    return value


LocalTime = Annotated[dt.time, BeforeValidator(_as_clock), AfterValidator(_check_local)]


class Method(StrEnum):
    """How a fact came from its source into the record."""

    SOURCE_FIELD = "source_field"
    PARSED = "parsed"
    CURATED = "curated"
    CITED = "cited"
    """Only the address is known, from somebody's list: nobody opened it, so it proves nothing but itself."""


class Source(Frozen):
    """Where facts were read: a page, a file or an answer of an interface.

    `key` is a handle inside one record. A curated source says on which day a person read it; a crawled one
    when it was fetched and the hash of what was fetched.
    """

    key: Text
    url: Url
    title: Text | None = None
    method: Method
    publisher: Text | None = None
    language: Language | None = None
    licence: Text | None = None
    fetched_at: dt.datetime | None = None
    read_on: dt.date | None = None
    content_hash: str | None = None

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.method is Method.CURATED and self.read_on is None:
            raise ValueError(f"source {self.key!r}: give read_on, the day on which a person read it")
        if self.method is Method.CITED and (self.read_on or self.fetched_at):
            raise ValueError(f"source {self.key!r}: cited means that nobody read it; leave read_on and fetched_at out")
        if self.method in (Method.SOURCE_FIELD, Method.PARSED) and self.fetched_at is None:
            raise ValueError(f"source {self.key!r}: give fetched_at, the time of the fetch")
        return self


class Evidence(Frozen):
    """Why a value is believed: the source's own words, or our sentence and the place in the source.

    A crawled fact keeps `excerpt` (the source's words) and `raw` (the value before it was normalised); a
    curated fact has `statement` (one sentence of ours) and `place` (document and section).
    """

    source: Text
    excerpt: Text | None = None
    language: Language | None = None
    raw: Text | None = None
    statement: Text | None = None
    place: Text | None = None
    read_by: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.statement is not None and self.place is None:
            raise ValueError("a statement needs its place in the source (document, section)")
        if not (self.excerpt or self.raw or self.statement):
            raise ValueError("evidence needs an excerpt, a raw value or a statement")
        return self


class Money(Frozen):
    """An amount in a currency (ISO 4217). Never negative."""

    amount: Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "EUR"

    def __str__(self) -> str:
        return f"{self.amount:,.2f} {self.currency}".replace(".00 ", " ")


class Moment(Frozen):
    """A day, or a day with its hour and zone. A date without a time stays a date."""

    date: dt.date
    time: LocalTime | None = None
    zone: Zone | None = None

    @model_validator(mode="after")
    def _zone_with_time(self) -> Self:
        if self.zone is not None and self.time is None:
            raise ValueError("a zone without a time says nothing; give the time or leave the zone out")
        return self

    def end(self, default_zone: str = BRUSSELS) -> dt.datetime:
        """Last instant that still counts: the hour itself, or the end of the day."""
        zone = ZoneInfo(self.zone or default_zone)
        return dt.datetime.combine(self.date, self.time or dt.time.max, tzinfo=zone)

    def start(self, default_zone: str = BRUSSELS) -> dt.datetime:
        """First instant: the hour itself, or the start of the day."""
        zone = ZoneInfo(self.zone or default_zone)
        return dt.datetime.combine(self.date, self.time or dt.time.min, tzinfo=zone)


class Cutoff(Moment):
    """A closing date. Every cut-off of a call is kept, each with its own time, zone and stage."""

    label: Text | None = None
    stage: CutoffStage = CutoffStage.SINGLE
    indicative: bool = False


class Timeline(Frozen):
    """When a call opens and closes, and whether it comes back."""

    opens: Moment | None = None
    opens_indicative: bool = False
    cutoffs: tuple[Cutoff, ...] = ()
    continuous: bool = False
    recurrence: Recurrence | None = None
    rhythm: LangText = Field(default_factory=dict)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        ends = [cutoff.end() for cutoff in self.cutoffs]
        if ends != sorted(ends):
            raise ValueError("cutoffs must be in order of time")
        if self.opens and self.cutoffs and self.opens.date > self.cutoffs[-1].date:
            raise ValueError(f"opens on {self.opens.date}, after its last cut-off {self.cutoffs[-1].date}")
        return self


class Document(Frozen):
    """A document of a call or practice, by its address."""

    title: Text
    url: Url
    language: Language | None = None


class Identifier(Frozen):
    """A name that a register gave to a record. `scheme` says which register (see `corpus.ids`)."""

    scheme: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    value: Text
