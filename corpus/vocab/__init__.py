"""Coded lists of the domain: the only home of every closed vocabulary.

Each list is a `StrEnum` whose values are the codes stored in records. Labels in the interface languages,
a one-sentence definition and, where there is one, the official code and link of each entry live beside
them in `terms/*.yml` and are read with `corpus.vocab.terms`.
"""

from corpus.vocab.eligibility import ApplicantType, Overall, Role, UnknownKind, Verdict
from corpus.vocab.funding import CallStatus, CutoffStage, Fund, ManagementMode, Recurrence, RegionCategory, SupportType
from corpus.vocab.places import EU27, Country, Language
from corpus.vocab.policy import CrossCuttingIssue, PartnershipAction, Pillar, Sdg, Strategy
from corpus.vocab.practice import CoverageState, EvidenceLevel, LocationMeaning, ParticipationLevel, PracticeKind
from corpus.vocab.subjects import Subject, TargetGroup, Theme, Topic

__all__ = [
    "EU27",
    "ApplicantType",
    "CallStatus",
    "Country",
    "CoverageState",
    "CrossCuttingIssue",
    "CutoffStage",
    "EvidenceLevel",
    "Fund",
    "Language",
    "LocationMeaning",
    "ManagementMode",
    "Overall",
    "ParticipationLevel",
    "PartnershipAction",
    "Pillar",
    "PracticeKind",
    "Recurrence",
    "RegionCategory",
    "Role",
    "Sdg",
    "Strategy",
    "Subject",
    "SupportType",
    "TargetGroup",
    "Theme",
    "Topic",
    "UnknownKind",
    "Verdict",
]
