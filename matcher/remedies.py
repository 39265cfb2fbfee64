"""What a person can do about a condition that keeps calls away, by the family of the rule."""

from corpus.messages import gettext as _

ABOUT = "relevance"
"""The condition that a call is clearly about the idea."""
DEADLINE = "deadline"
COUNTRY = "country"


def _remedies() -> dict[str, str]:
    return {
        ABOUT: _("Say more of the idea: what is done, for whom, and where."),
        DEADLINE: _("Nobody can apply after the closing date; look at what is planned next."),
        COUNTRY: _("Ask a body of a country that the call is for to lead, or look for the same kind of call at home."),
        "lead_country": _("Join as a partner of a lead from a country that the call names."),
        "applicant_type": _("Let a body of a kind that the call names apply, and join it as far as the call lets you."),
        "lead_type": _("Find a lead of a kind that the call names, and take part as its partner."),
        "partner_type": _("Take part beside a body of a kind that the call names."),
        "legal_personality": _("Let a body with legal personality, such as your municipality, apply for the group."),
        "population": _("Apply with neighbouring municipalities where the call lets inhabitants be counted together."),
        "degree_of_urbanisation": _("Apply with a neighbour of the degree of urbanisation that the call names."),
        "settlement_or_population": _("Apply with neighbouring municipalities that the call names."),
        "consortium": _("Find the further partners that the call asks for."),
        "must_include": _("Find the partner that the call wants in every application."),
        "programme_area": _("Find a partner inside the area of the programme."),
        "region_category_share": _("Change the mix of partners towards the regions that the call wants."),
        "organisation_age": _("Let an older organisation apply, or wait until yours is old enough."),
        "people_group": _("Find the people that the call wants in the group."),
        "organisations_total": _("Change the number of organisations to what the call asks for."),
        "newcomers": _("Take in organisations that have not taken part before."),
    }


FIXED = frozenset({DEADLINE, ABOUT})
"""Conditions that no applicant can relax."""


def remedy(condition: str) -> str:
    """A sentence on what to do."""
    other = _("Read the rule of the call: it may be met by a partner or by a change of the project.")
    return _remedies().get(condition, other)
