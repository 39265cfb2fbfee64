"""Words of eligibility: who applies, in which role, and what an answer may say."""

from enum import StrEnum


class ApplicantType(StrEnum):
    """Kinds of body that apply for EU money; labels in `terms/applicant_type.yml`."""

    MUNICIPALITY = "municipality"
    ORGANISED_AGGLOMERATION = "organised_agglomeration"
    CITY_DISTRICT = "city_district"
    MUNICIPAL_AGENCY = "municipal_agency"
    REGION = "region"
    NATIONAL_AUTHORITY = "national_authority"
    PUBLIC_BODY = "public_body"
    NATIONAL_ROMA_CONTACT_POINT = "national_roma_contact_point"
    ESF_AGENCY = "esf_agency"
    SCHOOL = "school"
    PUBLIC_UNIVERSITY = "public_university"
    PRIVATE_UNIVERSITY = "private_university"
    RESEARCH_ORGANISATION = "research_organisation"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"
    TWINNING_COMMITTEE = "twinning_committee"
    ASSOCIATION_OF_MUNICIPALITIES = "association_of_municipalities"
    CHURCH = "church"
    TRADE_UNION = "trade_union"
    SOCIAL_ENTERPRISE = "social_enterprise"
    INFORMAL_GROUP = "informal_group"
    NATURAL_PERSON = "natural_person"
    SOLE_TRADER = "sole_trader"
    SME = "sme"
    LARGE_COMPANY = "large_company"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    EGTC = "egtc"


class Role(StrEnum):
    """The part that a body plays in an application."""

    LEAD = "lead"
    PARTNER = "partner"
    ASSOCIATED = "associated"
    AFFILIATED = "affiliated"
    ASSOCIATED_AUTHORITY = "associated_authority"


class Verdict(StrEnum):
    """Answer for one rule. Unknown is not no."""

    MEETS = "meets"
    FAILS = "fails"
    UNKNOWN = "unknown"


class Overall(StrEnum):
    """Answer for one call, in order of precedence from the last to the first."""

    CAN_APPLY = "can_apply"
    IN_GROUP_OR_AS_PARTNER = "can_apply_in_group_or_as_partner"
    NOT_CLEAR = "not_clear"
    CANNOT = "cannot"


class UnknownKind(StrEnum):
    """Why a rule is unknown."""

    RULE_TEXT = "rule_text"
    APPLICANT_FACT = "applicant_fact"
    NOT_IN_RECORD = "not_in_record"
