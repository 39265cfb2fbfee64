"""The wire: what requests carry and what answers carry beyond the shapes of the matcher."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpus.events import Event
from corpus.model import Call, Practice, Programme, Record
from corpus.parts import Cutoff
from corpus.vocab import ApplicantType, CallStatus, Country, Role
from matcher.eligibility import Assessment
from matcher.profile import Inhabitants


class Wire(BaseModel):
    """Base of wire shapes: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


class WhoAsks(Wire):
    """The applicant in the query string of a call: what is left out is not known."""

    applicant: ApplicantType | None = None
    country: Country | None = None
    population: Inhabitants | None = None
    degurba: Literal[1, 2, 3] | None = None
    role: Role = Role.LEAD
    as_of: dt.date | None = None


class CallAnswer(Wire):
    """A call with what depends on the moment and on the applicant."""

    call: Call
    as_of: dt.date
    status: CallStatus
    next_cutoff: Cutoff | None
    days_left: int | None
    eligibility: Assessment
    history: tuple[Event, ...] = ()
    """What happened to the record, the newest first."""


class PracticeAnswer(Wire):
    """A practice."""

    practice: Practice
    history: tuple[Event, ...] = ()


class ProgrammeAnswer(Wire):
    """A programme."""

    programme: Programme
    history: tuple[Event, ...] = ()


class RecordAnswer(Wire):
    """A record of any kind as it is kept, and what happened to it, the newest first."""

    record: Record
    history: tuple[Event, ...] = ()


class PlaceFound(Wire):
    """A town, with the name of its country in the language asked for. Inhabitants by GeoNames; None is not known."""

    geoname_id: int
    name: str
    country: str
    country_name: str
    population: int | None


class PlacesAnswer(Wire):
    """Towns of which a name begins as typed, the largest first."""

    places: tuple[PlaceFound, ...]
    source: str


class Health(Wire):
    """Whether the service can answer, and from what."""

    status: Literal["ok", "not_ready"]
    message: str
    snapshot: str | None = None
    model: str | None = None
    records: dict[str, int] = {}
    built_at: dt.datetime | None = None
