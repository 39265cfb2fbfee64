"""Rules of time: when a call closes, and how old an organisation must be."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from corpus.parts import BRUSSELS
from corpus.rules import DeadlineRule, DeadlineValue, OrganisationAgeRule
from corpus.vocab import ApplicantType, Role
from matcher.eligibility.case import Case
from matcher.eligibility.verdict import Finding, fails, meets, not_read, not_said, open_text

_AUTHORITIES = frozenset(
    {
        ApplicantType.MUNICIPALITY,
        ApplicantType.CITY_DISTRICT,
        ApplicantType.REGION,
        ApplicantType.NATIONAL_AUTHORITY,
    }
)


def deadline(rule: DeadlineRule, case: Case) -> Finding:
    """The application must be in before the call closes."""
    value, closes = rule.value, sorted(map(_read, rule.value.closes), key=_last_instant)
    if not closes:
        return meets("The call is open all the time") if value.continuous else not_read("No closing date was read")
    if value.sources_disagree:
        return _disputed(closes, case)
    last = _counting(closes, value, case)
    if not _late(last, case.as_of):
        return meets(f"Open until {_shown(last)}; asked on {_shown(case.as_of)}")
    if value.continuous or value.indicative:
        return open_text(f"The last date read, {_shown(last)}, has passed, but it is not said to be final")
    return fails(_closed(last, closes[-1], case))


def _closed(last: date | datetime, end: date | datetime, case: Case) -> str:
    text = f"Closed on {_shown(last)}; asked on {_shown(case.as_of)}"
    invited = last != end and not _late(end, case.as_of)
    return (
        f"{text}; the stage that closes on {_shown(end)} is only for those who were invited to it" if invited else text
    )


def _counting(closes: list[date | datetime], value: DeadlineValue, case: Case) -> date | datetime:
    """The closing time that binds this applicant: the last one, or the one before a stage by invitation."""
    invited = case.applicant.facts.get("invited_to_second_stage") is True
    return closes[-2] if value.second_stage_by_invitation and len(closes) > 1 and not invited else closes[-1]


def _disputed(closes: list[date | datetime], case: Case) -> Finding:
    if not _late(closes[0], case.as_of):
        return meets(f"Open at least until {_shown(closes[0])}; asked on {_shown(case.as_of)}")
    if len(closes) > 1 and _late(closes[-1], case.as_of):
        return fails(f"Closed on {_shown(closes[-1])} at the latest; asked on {_shown(case.as_of)}")
    return open_text(f"The sources name different closing dates: {', '.join(map(_shown, closes))}")


def _read(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(BRUSSELS))


def _last_instant(closing: date | datetime) -> datetime:
    if isinstance(closing, datetime):
        return _aware(closing)
    return datetime.combine(closing, datetime.max.time(), tzinfo=ZoneInfo(BRUSSELS))


def _late(closing: date | datetime, as_of: date | datetime) -> bool:
    """Whether it is too late. Asked on a day without an hour, the whole closing day is in time."""
    if isinstance(as_of, datetime):
        return _aware(as_of) > _last_instant(closing)
    return as_of > (closing.date() if isinstance(closing, datetime) else closing)


def _shown(moment: date | datetime) -> str:
    hour = f", {moment:%H:%M}" if isinstance(moment, datetime) else ""
    return f"{moment.day} {moment:%B %Y}{hour}"


def organisation_age(rule: OrganisationAgeRule, case: Case) -> Finding:
    """The applicant must have been registered on or before the day named."""
    limit, body = rule.value.registered_on_or_before, case.applicant
    if body.registered_on is None:
        return _undated(body.type, limit)
    text = f"Registered on {_shown(body.registered_on)}; the call asks for registration by {_shown(limit)}"
    if body.registered_on <= limit:
        return meets(text)
    if body.role is Role.LEAD:
        return fails(text)
    return open_text(f"{text}; it does not say whether that binds others than the applicant itself")


def _undated(kind: ApplicantType | None, limit: date) -> Finding:
    if kind in _AUTHORITIES:
        return meets("A public authority exists by law and is not registered as an organisation is")
    return not_said(f"The day of registration is not given; the call asks for registration by {_shown(limit)}")
