"""Rules of time: when a call closes, and how old an organisation must be."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from corpus import formats
from corpus.messages import gettext as _
from corpus.parts import BRUSSELS
from corpus.rules import DeadlineRule, DeadlineValue, OrganisationAgeRule
from corpus.vocab import ApplicantType, Role
from matcher.eligibility.case import Case
from matcher.eligibility.verdict import Finding, fails, meets, not_read, not_said, open_text
from matcher.eligibility.words import clauses

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
        return (
            meets(_("The call is open all the time")) if value.continuous else not_read(_("No closing date was read"))
        )
    if value.sources_disagree:
        return _disputed(closes, case)
    last = _counting(closes, value, case)
    if not _late(last, case.as_of):
        return meets(_("Open until {end}; asked on {day}", end=_shown(last), day=_shown(case.as_of)))
    if value.continuous or value.indicative:
        return open_text(_("The last date read, {end}, has passed, but it is not said to be final", end=_shown(last)))
    return fails(_closed(last, closes[-1], case))


def _closed(last: date | datetime, end: date | datetime, case: Case) -> str:
    text = _("Closed on {end}; asked on {day}", end=_shown(last), day=_shown(case.as_of))
    if last == end or _late(end, case.as_of):
        return text
    stage = _("the stage that closes on {end} is only for those who were invited to it", end=_shown(end))
    return clauses(text, stage)


def _counting(closes: list[date | datetime], value: DeadlineValue, case: Case) -> date | datetime:
    """The closing time that binds this applicant: the last one, or the one before a stage by invitation."""
    invited = case.applicant.facts.get("invited_to_second_stage") is True
    return closes[-2] if value.second_stage_by_invitation and len(closes) > 1 and not invited else closes[-1]


def _disputed(closes: list[date | datetime], case: Case) -> Finding:
    if not _late(closes[0], case.as_of):
        first = _shown(closes[0])
        return meets(_("Open at least until {end}; asked on {day}", end=first, day=_shown(case.as_of)))
    if len(closes) > 1 and _late(closes[-1], case.as_of):
        last = _shown(closes[-1])
        return fails(_("Closed on {end} at the latest; asked on {day}", end=last, day=_shown(case.as_of)))
    dates = ", ".join(map(_shown, closes))
    return open_text(_("The sources name different closing dates: {dates}", dates=dates))


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
    if not isinstance(moment, datetime):
        return formats.day(moment)
    return f"{formats.day(moment.date())}, {formats.clock(moment.time())}"


def organisation_age(rule: OrganisationAgeRule, case: Case) -> Finding:
    """The applicant must have been registered on or before the day named."""
    limit, body = rule.value.registered_on_or_before, case.applicant
    if body.registered_on is None:
        return _undated(body.type, limit)
    day = formats.day(body.registered_on)
    text = clauses(_("Registered on {day}", day=day), _asked(limit))
    if body.registered_on <= limit:
        return meets(text)
    if body.role is Role.LEAD:
        return fails(text)
    return open_text(clauses(text, _("it does not say whether that binds others than the applicant itself")))


def _undated(kind: ApplicantType | None, limit: date) -> Finding:
    if kind in _AUTHORITIES:
        return meets(_("A public authority exists by law and is not registered as an organisation is"))
    return not_said(clauses(_("The day of registration is not given"), _asked(limit)))


def _asked(limit: date) -> str:
    return _("the call asks for registration by {day}", day=formats.day(limit))
