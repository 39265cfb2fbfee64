"""Single records by id, with their sources."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import ServiceDep
from api.lookup import call_answer, practice_answer, programme_answer, record_answer
from api.routes.match import ERRORS
from api.schemas import CallAnswer, PracticeAnswer, ProgrammeAnswer, RecordAnswer, WhoAsks

router = APIRouter(prefix="/v1", tags=["records"], responses=ERRORS)


@router.get("/calls/{call_id}")
def call(call_id: str, who: Annotated[WhoAsks, Query()], service: ServiceDep) -> CallAnswer:
    """A call with its sources, its status now, and a verdict per rule for the applicant given."""
    return call_answer(service, call_id, who)


@router.get("/practices/{practice_id}")
def practice(practice_id: str, service: ServiceDep) -> PracticeAnswer:
    """A practice with its sources."""
    return practice_answer(service, practice_id)


@router.get("/programmes/{programme_id}")
def programme(programme_id: str, service: ServiceDep) -> ProgrammeAnswer:
    """A programme with its sources."""
    return programme_answer(service, programme_id)


@router.get("/records/{record_id}")
def record(record_id: str, service: ServiceDep) -> RecordAnswer:
    """A record of any kind as it is kept, and what happened to it: first read, changed, checked, by day."""
    return record_answer(service, record_id)
