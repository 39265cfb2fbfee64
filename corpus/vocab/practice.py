"""Words that describe a practice: what it is, how far people took part, how well results are known."""

from enum import StrEnum


class PracticeKind(StrEnum):
    """What kind of story a practice record tells."""

    PRACTICE = "practice"
    FUNDED_PROJECT = "funded_project"
    TRANSFER = "transfer"
    FAILED_ATTEMPT = "failed_attempt"


class EvidenceLevel(StrEnum):
    """How well a result is known, from weakest to strongest."""

    ANECDOTE = "anecdote"
    MONITORED = "monitored"
    EVALUATED = "evaluated"
    INDEPENDENT = "independent"


class ParticipationLevel(StrEnum):
    """How far the people concerned took part (IAP2 spectrum of public participation)."""

    INFORM = "inform"
    CONSULT = "consult"
    INVOLVE = "involve"
    COLLABORATE = "collaborate"
    EMPOWER = "empower"


class LocationMeaning(StrEnum):
    """Whether a place is where it happened or where the lead body has its office."""

    WHERE_IT_HAPPENED = "where_it_happened"
    OFFICE_ADDRESS = "office_address"
    NOT_SAID = "not_said"


class CoverageState(StrEnum):
    """How well the calls of a programme are covered by this knowledge base."""

    COVERED = "covered"
    PARTIAL = "partial"
    NOT_COVERED = "not_covered"
    BLOCKED = "blocked"
