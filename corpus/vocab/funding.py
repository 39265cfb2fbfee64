"""Words of funding: funds, how they are managed, what they give, and the states of a call."""

from enum import StrEnum


class Fund(StrEnum):
    """EU funds and programmes that pay for city projects. Official names and links: `terms/fund.yml`."""

    ERDF = "ERDF"
    ESF_PLUS = "ESF+"
    CF = "CF"
    JTF = "JTF"
    AMIF = "AMIF"
    EUI = "EUI"
    INTERREG = "Interreg"
    CERV = "CERV"
    EAFRD = "EAFRD"
    EMFAF = "EMFAF"
    ISF = "ISF"
    BMVI = "BMVI"
    JUSTICE = "Justice"
    ERASMUS = "Erasmus+"
    ESC = "ESC"
    CREATIVE_EUROPE = "Creative Europe"
    EU4HEALTH = "EU4Health"
    HORIZON = "Horizon Europe"
    EIT = "EIT"
    DIGITAL = "Digital Europe"
    LIFE = "LIFE"
    CEF = "CEF"
    SMP = "SMP"
    SOCPL = "SOCPL"
    IMREG = "IMREG"
    PPPA = "PPPA"
    JTM = "JTM"
    EURATOM = "Euratom"
    EDF = "EDF"
    EU_SPACE = "EU Space"
    AGRIP = "AGRIP"
    EXTERNAL_ACTION = "External action"
    INNOVATION_FUND = "Innovation Fund"
    RFCS = "RFCS"
    UCPM = "UCPM"
    PERICLES = "Pericles"
    EUAF = "EUAF"
    TSI = "TSI"
    OTHER_EU = "Other EU"


class ManagementMode(StrEnum):
    """How the budget is implemented (Regulation (EU, Euratom) 2024/2509, Article 62)."""

    DIRECT = "direct"
    SHARED = "shared"
    INDIRECT = "indirect"


class SupportType(StrEnum):
    """Form in which support is given."""

    GRANT = "grant"
    LUMP_SUM = "lump_sum"
    LOAN = "loan"
    ADVANCE = "advance"
    PRIZE = "prize"
    TECHNICAL_ASSISTANCE = "technical_assistance"
    REGRANT = "regrant"
    PROCUREMENT = "procurement"


class CallStatus(StrEnum):
    """State of a call, computed from its dates when somebody asks."""

    PLANNED = "planned"
    FORTHCOMING = "forthcoming"
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class CutoffStage(StrEnum):
    """What a closing date closes."""

    SINGLE = "single"
    FIRST = "first"
    SECOND = "second"
    INTERIM = "interim"


class Recurrence(StrEnum):
    """Whether a call comes back."""

    ONE_OFF = "one_off"
    CONTINUOUS = "continuous"
    RECURRING = "recurring"


class RegionCategory(StrEnum):
    """Categories of regions of cohesion policy (Regulation (EU) 2021/1060, Article 108(2))."""

    LESS_DEVELOPED = "less_developed"
    TRANSITION = "transition"
    MORE_DEVELOPED = "more_developed"
    OUTERMOST = "outermost"
    ALL = "all"
