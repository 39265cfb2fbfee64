"""One record with what depends on the moment and on who asks: the same object for JSON and for pages."""

import datetime as dt

from api.errors import ApiError, GoneError, NotFoundError
from api.schemas import CallAnswer, PracticeAnswer, ProgrammeAnswer, RecordAnswer, WhoAsks
from api.state import Service
from corpus import formats
from corpus.corrections import retired
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.model import Call, Practice, Programme
from corpus.status import next_cutoff, status_at
from corpus.vocab import Language
from matcher.eligibility import assess_call
from matcher.profile import Applicant


def call_answer(service: Service, call_id: str, who: WhoAsks) -> CallAnswer:
    """A call with its status now and a verdict per rule for an applicant.

    Raises:
        NotFoundError: there is no such call.
        GoneError: there was one, and it was taken out for good.
    """
    snapshot = service.snapshot()
    record = snapshot.get(call_id)
    if not isinstance(record, Call):
        raise _not_there(service, "call", call_id)
    now = service.clock()
    if who.as_of is not None:
        now = dt.datetime.combine(who.as_of, dt.time(0), tzinfo=dt.UTC)
    coming = next_cutoff(record.timeline, now)
    return CallAnswer(
        call=record,
        as_of=now.date(),
        status=status_at(record.timeline, now),
        next_cutoff=coming,
        days_left=(coming.date - now.date()).days if coming else None,
        eligibility=assess_call(record, _applicant(who), now),
        history=snapshot.history(call_id),
    )


def practice_answer(service: Service, practice_id: str) -> PracticeAnswer:
    """A practice.

    Raises:
        NotFoundError: there is no such practice.
        GoneError: there was one, and it was taken out for good.
    """
    snapshot = service.snapshot()
    record = snapshot.get(practice_id)
    if not isinstance(record, Practice):
        raise _not_there(service, "practice", practice_id)
    return PracticeAnswer(practice=record, history=snapshot.history(practice_id))


def programme_answer(service: Service, programme_id: str) -> ProgrammeAnswer:
    """A programme.

    Raises:
        NotFoundError: there is no such programme.
        GoneError: there was one, and it was taken out for good.
    """
    snapshot = service.snapshot()
    record = snapshot.get(programme_id)
    if not isinstance(record, Programme):
        raise _not_there(service, "programme", programme_id)
    return ProgrammeAnswer(programme=record, history=snapshot.history(programme_id))


def record_answer(service: Service, record_id: str) -> RecordAnswer:
    """A record of any kind with its history.

    Raises:
        NotFoundError: there is no such record.
        GoneError: there was one, and it was taken out for good.
    """
    snapshot = service.snapshot()
    record = snapshot.get(record_id)
    if record is None:
        raise _not_there(service, "record", record_id)
    return RecordAnswer(record=record, history=snapshot.history(record_id))


def _not_there(service: Service, kind: str, record_id: str) -> ApiError:
    """404, or 410 where the record was there: taken out with a reason, or told by no source any more."""
    why = retired(record_id)
    if why is not None:
        words = why.right.get(spoken(), why.right[Language.EN])
        day = formats.day(why.date)
        return GoneError(_("{record} was taken out on {date}. {reason}", record=record_id, date=day, reason=words))
    if service.snapshot().gone(record_id):
        return GoneError(_("{record} was here, and no source tells of it any more.", record=record_id))
    return NotFoundError(f"there is no {kind} {record_id!r}")


def _applicant(who: WhoAsks) -> Applicant:
    return Applicant(
        type=who.applicant, country=who.country, population=who.population, degurba=who.degurba, role=who.role
    )
