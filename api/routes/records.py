"""Single records by id, with their sources."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import ServiceDep
from api.errors import NotFoundError
from api.routes.match import ERRORS
from api.schemas import CallAnswer, PracticeAnswer, ProgrammeAnswer, WhoAsks
from corpus.model import Call, Practice, Programme
from corpus.status import next_cutoff, status_at
from matcher.eligibility import assess_call
from matcher.profile import Applicant

router = APIRouter(prefix="/v1", tags=["records"], responses=ERRORS)


@router.get("/calls/{call_id}")
def call(call_id: str, who: Annotated[WhoAsks, Query()], service: ServiceDep) -> CallAnswer:
    """A call with its sources, its status now, and a verdict per rule for the applicant given."""
    record = service.snapshot().get(call_id)
    if not isinstance(record, Call):
        raise NotFoundError(f"there is no call {call_id!r}")
    now = dt.datetime.now(dt.UTC)
    if who.as_of is not None:
        now = dt.datetime.combine(who.as_of, dt.time(0), tzinfo=dt.UTC)
    applicant = Applicant(
        type=who.applicant, country=who.country, population=who.population, degurba=who.degurba, role=who.role
    )
    coming = next_cutoff(record.timeline, now)
    return CallAnswer(
        call=record,
        as_of=now.date(),
        status=status_at(record.timeline, now),
        next_cutoff=coming,
        days_left=(coming.date - now.date()).days if coming else None,
        eligibility=assess_call(record, applicant, now),
    )


@router.get("/practices/{practice_id}")
def practice(practice_id: str, service: ServiceDep) -> PracticeAnswer:
    """A practice with its sources."""
    record = service.snapshot().get(practice_id)
    if not isinstance(record, Practice):
        raise NotFoundError(f"there is no practice {practice_id!r}")
    return PracticeAnswer(practice=record)


@router.get("/programmes/{programme_id}")
def programme(programme_id: str, service: ServiceDep) -> ProgrammeAnswer:
    """A programme with its sources."""
    record = service.snapshot().get(programme_id)
    if not isinstance(record, Programme):
        raise NotFoundError(f"there is no programme {programme_id!r}")
    return ProgrammeAnswer(programme=record)
