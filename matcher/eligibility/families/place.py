"""Rules of place: countries, and the area of a programme."""

from corpus.messages import gettext as _
from corpus.rules import CountryRule, CountryValue, ProgrammeAreaRule, ProgrammeAreaValue, expand_countries
from corpus.vocab import EU27, ApplicantType, Role, Verdict
from matcher.eligibility.case import Case
from matcher.eligibility.regions import region_in
from matcher.eligibility.verdict import Finding, fails, meets, not_said, open_text
from matcher.eligibility.words import clauses, countries
from matcher.eligibility.words import country as name
from matcher.profile import Body


def country(rule: CountryRule, case: Case) -> Finding:
    """The applicant must be established in one of the countries named."""
    body = case.applicant
    return country_of(rule.value, body, body.role is Role.LEAD, body.role is Role.ASSOCIATED)


def lead_country(rule: CountryRule, case: Case) -> Finding:
    """The lead must be established in one of the countries whose bodies may lead."""
    return country_of(rule.value, case.leader, leads=True)


def country_of(value: CountryValue, body: Body, leads: bool = False, unfunded: bool = False) -> Finding:
    """Whether a body is established in a country that the rule allows."""
    if value.io_exempt and body.type is ApplicantType.INTERNATIONAL_ORGANISATION:
        return meets(_("Rules on countries do not bind international organisations"))
    if body.country is None:
        return not_said(_("The country is not given"))
    found = _listed(value, body.country, leads)
    if found.verdict is Verdict.FAILS and unfunded:
        return open_text(clauses(found.reason, _("whether that binds associated partners is not said")))
    return found


def may_exclude(value: CountryValue, code: str) -> bool:
    """Whether a rule says of a country that its bodies are not let in, or not as leads."""
    if code in expand_countries(value.not_in) or code in expand_countries(value.partner_only):
        return True
    return value.in_ is not None and value.others == "fails" and code not in expand_countries(value.in_)


def _listed(value: CountryValue, code: str, leads: bool) -> Finding:
    place = name(code)
    if code in expand_countries(value.not_in):
        return fails(_("Established in {place}, which the call excludes", place=place))
    if code in expand_countries(value.partner_only):
        return _partner_only(place, leads)
    if value.in_ is None:
        return _not_excluded(value, place)
    if code in expand_countries(value.in_):
        return meets(_("Established in {place}, which is among the countries named", place=place))
    named = countries(value.in_)
    text = _("Established in {place}; the call names {named}", place=place, named=named)
    if value.others == "fails":
        return fails(text)
    return open_text(clauses(text, _("it leaves open which others may take part")))


def _partner_only(place: str, leads: bool) -> Finding:
    if leads:
        return fails(_("Established in {place}, from where bodies may be partners only", place=place))
    return meets(_("Established in {place}, as a partner", place=place))


def _not_excluded(value: CountryValue, place: str) -> Finding:
    if "others" in value.model_fields_set:
        return open_text(_("Established in {place}; the call does not say which countries may take part", place=place))
    return meets(_("Established in {place}, which the call does not exclude", place=place))


def programme_area(rule: ProgrammeAreaRule, case: Case) -> Finding:
    """The applicant must be established in the area of the programme, or take the part left to bodies outside."""
    value, body = rule.value, case.applicant
    inside = inside_area(value, body)
    where = _where(body)
    if inside is Verdict.MEETS:
        return meets(_("{where} lies in the programme area", where=where))
    if inside is Verdict.UNKNOWN:
        return _unplaced(body, where)
    if body.role is Role.LEAD and value.lead_must_be_inside:
        return fails(_("{where} lies outside the programme area, and the lead must come from inside", where=where))
    return _outside(outside_setting(value, body), body.role, where)


def _where(body: Body) -> str:
    return f"{body.region} ({name(body.country or '')})" if body.region else name(body.country or "")


def _unplaced(body: Body, where: str) -> Finding:
    if body.country is None:
        return not_said(_("The country is not given"))
    if body.region is None:
        return not_said(_("Only parts of {where} lie in the programme area, and the region is not given", where=where))
    return not_said(
        _("Only parts of the country lie in the programme area; whether {where} does is not certain", where=where)
    )


def _outside(setting: str | None, role: Role, where: str) -> Finding:
    if setting == "fails":
        return fails(_("{where} lies outside the programme area", where=where))
    if setting == "associated_partner":
        associated = role is Role.ASSOCIATED
        text = _(
            "{where} lies outside the programme area, from where bodies may be associated partners without own funding",
            where=where,
        )
        return meets(text) if associated else fails(text)
    if setting == "exception":
        return open_text(
            _("{where} lies outside the programme area, from where bodies are let in only exceptionally", where=where)
        )
    return open_text(
        _("{where} lies outside the programme area, and the call does not say what holds there", where=where)
    )


def outside_setting(value: ProgrammeAreaValue, body: Body) -> str | None:
    """What the call leaves to a body outside: `fails`, `unknown`, `exception`, `associated_partner` or nothing said."""
    return (value.outside_eu if body.country in EU27 else value.outside_non_eu) or value.outside


def inside_area(value: ProgrammeAreaValue, body: Body) -> Verdict:
    """Whether a body lies in the programme area; unknown where its region would decide and is not given."""
    if body.country is None or not (value.whole or value.partial):
        return Verdict.UNKNOWN
    if body.country in expand_countries(value.whole):
        return Verdict.MEETS
    if body.country not in value.partial:
        return Verdict.FAILS
    return region_in(body.country, body.region, value.partial[body.country]) if body.region else Verdict.UNKNOWN
