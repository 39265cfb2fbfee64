"""A call or a practice as one row: what a person sees of it in a list, on the screen and in every file.

Rows are made by pure functions from a record and a moment. `None` and empty mean "not known", never "none".
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from corpus.model import Call, Practice, RecordBase, Result
from corpus.parts import Cutoff, Frozen, LangText, Moment, Money
from corpus.rules import BodyTypeRule
from corpus.status import next_cutoff, status_at
from corpus.vocab import ApplicantType, CallStatus, EvidenceLevel, Fund, Language, PracticeKind, Subject, TargetGroup
from matcher.answer import Payer
from matcher.explain import checked_on
from matcher.triangle import payers


class RowSource(Frozen):
    """Where a record was read: name and address."""

    title: str
    url: str
    language: Language | None = None


class RowBase(Frozen):
    """What rows of both kinds share."""

    id: str
    title: str
    title_language: Language
    summary: str
    summary_language: Language
    subjects: tuple[Subject, ...]
    target_groups: tuple[TargetGroup, ...]
    url: str
    """The page of the record at its source."""
    checked: dt.date | None
    """Latest day on which a source of the record was read or fetched."""
    sources: tuple[RowSource, ...]


class CallRow(RowBase):
    """A call in a list. Rates are per cent of eligible cost."""

    status: CallStatus
    opens: Moment | None
    opens_indicative: bool
    cutoffs: tuple[Cutoff, ...]
    next_cutoff: Cutoff | None
    days_left: int | None
    """Days from today to the next cut-off; 0 is today."""
    continuous: bool
    budget: Money | None
    grant_min: Money | None
    grant_max: Money | None
    rate_min: Decimal | None
    rate_max: Decimal | None
    lump_sum: bool | None
    own_share: Decimal | None
    """Least share that the applicant pays itself, in per cent; None with a lump sum, where no rate applies."""
    funds: tuple[Fund, ...]
    programme: str | None
    """Id of the programme."""
    anywhere: bool
    """The call says that its money can be used anywhere."""
    countries: tuple[str, ...]
    """Countries in which the money can be used, ISO codes or the group `EU27`."""
    applicant_types: tuple[ApplicantType, ...]
    """Kinds of body that a rule of the call lets in, also those under conditions."""
    apply_url: str | None


class RowPlace(Frozen):
    """Where a practice happened."""

    name: str
    country: str
    population: int | None
    latitude: float | None
    longitude: float | None


class RowResult(Frozen):
    """What came of a practice, and how well that is known."""

    statement: str
    language: Language
    level: EvidenceLevel


class PracticeRow(RowBase):
    """A practice in a list."""

    kind: PracticeKind
    places: tuple[RowPlace, ...]
    start: str | None
    end: str | None
    """First and last year, month or day, as it is known."""
    cost: Money | None
    payers: tuple[Payer, ...]
    funds: tuple[Fund, ...]
    results: tuple[RowResult, ...]


def call_row(call: Call, now: dt.datetime, language: Language = Language.EN) -> CallRow:
    """A call as it stands at a moment (`now` with zone), its texts in a language where it has that."""
    coming, money, place = next_cutoff(call.timeline, now), call.money, call.geography
    lump, rate = money.lump_sum, money.rate_max
    return CallRow(
        **_shared(call, language),
        subjects=call.subjects,
        target_groups=call.target_groups,
        status=status_at(call.timeline, now),
        opens=call.timeline.opens,
        opens_indicative=call.timeline.opens_indicative,
        cutoffs=call.timeline.cutoffs,
        next_cutoff=coming,
        days_left=(coming.date - now.date()).days if coming else None,
        continuous=call.timeline.continuous,
        budget=money.budget,
        grant_min=money.grant_min,
        grant_max=money.grant_max,
        rate_min=money.rate_min,
        rate_max=rate,
        lump_sum=lump,
        own_share=None if lump or rate is None else 100 - rate,
        funds=call.funds,
        programme=call.programme,
        anywhere=place is not None and place.unrestricted,
        countries=place.countries if place else (),
        applicant_types=applicant_types(call),
        apply_url=call.apply_url,
    )


def practice_row(practice: Practice, language: Language = Language.EN) -> PracticeRow:
    """A practice, its texts in a language where it has that."""
    return PracticeRow(
        **_shared(practice, language),
        subjects=practice.subjects,
        target_groups=practice.target_groups,
        kind=practice.practice_kind,
        places=tuple(
            RowPlace(
                name=place.name,
                country=place.country,
                population=place.population,
                latitude=place.latitude,
                longitude=place.longitude,
            )
            for place in practice.places
        ),
        start=practice.period.start,
        end=practice.period.end,
        cost=practice.cost,
        payers=payers(practice),
        funds=tuple(dict.fromkeys(paid.fund for paid in practice.paid_by if paid.fund)),
        results=tuple(_result(practice, result, language) for result in practice.results),
    )


def applicant_types(call: Call) -> tuple[ApplicantType, ...]:
    """Kinds of body that a rule on applicants or leads names as let in; empty where no rule names any."""
    found: dict[ApplicantType, None] = {}
    for rule in call.eligibility.rules:
        if isinstance(rule, BodyTypeRule) and rule.family != "partner_type":
            found |= dict.fromkeys((*(rule.value.any_of or ()), *rule.value.conditional))
    return tuple(found)


def _shared(record: RecordBase, language: Language) -> dict[str, Any]:
    title, title_language = _told(record, record.title, language)
    summary, summary_language = _told(record, record.summary, language)
    return {
        "id": record.id,
        "title": title,
        "title_language": title_language,
        "summary": summary,
        "summary_language": summary_language,
        "url": record.url,
        "checked": checked_on(record),
        "sources": tuple(
            RowSource(title=source.title or source.url, url=source.url, language=source.language)
            for source in record.sources
        ),
    }


def _told(record: RecordBase, field: LangText, language: Language) -> tuple[str, Language]:
    """A text and the language in which it is."""
    words = record.text(field, language)
    order = (language, Language.EN, record.original_language, *field)
    return words, next((code for code in order if code in field), language)


def _result(practice: Practice, result: Result, language: Language) -> RowResult:
    statement, said_in = _told(practice, result.statement, language)
    return RowResult(statement=statement, language=said_in, level=result.level)
