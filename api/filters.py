"""Filters of the lists, as they stand in addresses: typed, checked, and written back in one canonical form.

    /en/calls?q=roma&fund=ESF%2B&fund=ERDF&country=BG&sort=-amount&page=2

Several values of one filter mean "any of them", several filters mean "all of them". `unknown` chooses what does not
tell.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self
from urllib.parse import urlencode

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, field_validator, model_validator

from corpus.messages import gettext as _
from corpus.vocab import (
    ApplicantType,
    CallStatus,
    EvidenceLevel,
    Fund,
    Language,
    PracticeKind,
    Subject,
    TargetGroup,
)
from corpus.vocab.places import check_country

UNKNOWN = "unknown"
"""In every filter: what does not tell."""
ANY = "any"
"""Of the status: all calls, also the closed ones, which are left out unless asked for."""

DEADLINES = ("30", "90", "180", "365", "later", "continuous", "past", UNKNOWN)
"""Next cut-off within so many days, later, none because it is open all the time, or all of them passed."""
GRANTS = ("0-60000", "60000-200000", "200000-1000000", "1000000-", UNKNOWN)
"""Bands of the largest grant in euro: more than the first figure, at most the second."""
SIZES = ("0-10000", "10000-50000", "50000-100000", "100000-500000", "500000-", UNKNOWN)
"""Bands of inhabitants: at least the first figure, fewer than the second."""


def no_choice(value: object, codes: str) -> str:
    """What is wrong with a value that is none of a few, in the language that is spoken."""
    return _("{value} is no choice here; possible are: {codes}", value=value, codes=codes)


def _plus(value: str) -> str:
    """`fund=ESF+` as people type it: in an address the plus is a space."""
    return value.replace(" ", "+") if value in {"ESF ", "Erasmus "} else value.strip()


def _one_of(codes: Iterable[str]) -> Callable[[str], str]:
    known = tuple(dict.fromkeys((*codes, UNKNOWN)))

    def check(value: str) -> str:
        code = _plus(value)
        if code not in known:
            raise ValueError(no_choice(code, ", ".join(known)))
        return code

    return check


def _country(value: str) -> str:
    return value if value == UNKNOWN else check_country(value)


def _schema(codes: Iterable[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(dict.fromkeys((*codes, UNKNOWN)))})


_FUNDS, _STATES = tuple(Fund), (*CallStatus, ANY)
StatusCode = Annotated[str, AfterValidator(_one_of(_STATES)), _schema(_STATES)]
FundCode = Annotated[str, AfterValidator(_one_of(_FUNDS)), _schema(_FUNDS)]
CountryCode = Annotated[str, AfterValidator(_country)]
ApplicantCode = Annotated[str, AfterValidator(_one_of(ApplicantType)), _schema(ApplicantType)]
SubjectCode = Annotated[str, AfterValidator(_one_of(Subject)), _schema(Subject)]
GroupCode = Annotated[str, AfterValidator(_one_of(TargetGroup)), _schema(TargetGroup)]
DeadlineCode = Annotated[str, AfterValidator(_one_of(DEADLINES)), _schema(DEADLINES)]
GrantCode = Annotated[str, AfterValidator(_one_of(GRANTS)), _schema(GRANTS)]
SizeCode = Annotated[str, AfterValidator(_one_of(SIZES)), _schema(SIZES)]
KindCode = Annotated[str, AfterValidator(_one_of(PracticeKind)), _schema(PracticeKind)]
EvidenceCode = Annotated[str, AfterValidator(_one_of(EvidenceLevel)), _schema(EvidenceLevel)]
ProgrammeCode = Annotated[str, Field(pattern=r"^(unknown|[a-z][a-z0-9-]*\.[A-Za-z0-9._~-]+)$")]


class Filter(BaseModel):
    """What both lists share. Unknown keys are refused: a filter that nobody evaluates would show wrong rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    coded: ClassVar[dict[str, type[StrEnum] | tuple[str, ...] | None]]
    """Filters with codes and their closed list; None where the list is open (countries, programmes)."""
    orders: ClassVar[tuple[str, ...]]
    """Ways to sort, the usual one first; each can be turned round by a minus before it."""

    q: str = Field("", max_length=200, description="Words that title, summary or keywords must hold, all of them.")
    sort: str = ""
    page: int = Field(1, ge=1, le=10_000)
    language: Language | None = Field(None, description="Language of titles and labels (of `/v1/` only).")

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, data: Any) -> Any:
        """Forms send every field, also those that were left empty."""
        if not isinstance(data, dict):
            return data
        kept = {key: _filled(value) for key, value in data.items() if isinstance(key, str)}
        return {key: value for key, value in kept.items() if value not in ("", [])}

    @field_validator("sort")
    @classmethod
    def _an_order(cls, value: str) -> str:
        if value and value.removeprefix("-") not in cls.orders:
            possible = ", ".join(f"{order}, -{order}" for order in cls.orders)
            raise ValueError(no_choice(value, possible))
        return value

    @property
    def order(self) -> tuple[str, bool]:
        """What the list is sorted by, and whether that is turned round."""
        wanted = self.sort or self.orders[0]
        return wanted.removeprefix("-"), wanted.startswith("-")

    def codes(self, field: str) -> tuple[str, ...]:
        """Codes chosen in a filter as they were given."""
        chosen: tuple[str, ...] = getattr(self, field)
        return chosen

    def chosen(self) -> dict[str, frozenset[str]]:
        """What each active filter lets through."""
        return {field: frozenset(self.codes(field)) for field in self.coded if self.codes(field)}

    def but(self, **changes: Any) -> Self:
        """The same filter with changes, on its first page unless one is given."""
        return self.model_copy(update={"page": 1, **changes})

    def without(self, field: str, code: str | None = None) -> Self:
        """The same filter less one of its filters, or less one code of it."""
        if field == "q":
            return self.but(q="")
        return self.but(**{field: tuple(c for c in self.codes(field) if code is not None and c != code)})

    def query(self) -> str:
        """The canonical query string: equal filters, equal text."""
        pairs = [("q", self.q)] if self.q else []
        for field in self.coded:
            pairs += [(field, code) for code in sorted(set(self.codes(field)))]
        pairs += [("sort", self.sort)] if self.sort not in ("", self.orders[0]) else []
        return urlencode(pairs + ([("page", str(self.page))] if self.page > 1 else []))


def _filled(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [item for item in value if not isinstance(item, str) or item.strip()]
    # Spaces within a code count; those around it are slips of the hand, but for the plus that became one.
    return " ".join(value.split()) if isinstance(value, str) else value


class CallFilter(Filter):
    """Filters of the list of calls."""

    coded: ClassVar[dict[str, type[StrEnum] | tuple[str, ...] | None]] = {
        "status": CallStatus,
        "country": None,
        "fund": Fund,
        "applicant": ApplicantType,
        "subject": Subject,
        "target_group": TargetGroup,
        "deadline": DEADLINES,
        "grant": GRANTS,
        "programme": None,
    }
    orders: ClassVar[tuple[str, ...]] = ("deadline", "newest", "rate", "amount", "title")
    usual: ClassVar[frozenset[str]] = frozenset({CallStatus.OPEN.value, CallStatus.FORTHCOMING.value})
    """States that are shown where no state is asked for."""

    status: tuple[StatusCode, ...] = ()
    country: tuple[CountryCode, ...] = ()
    fund: tuple[FundCode, ...] = ()
    applicant: tuple[ApplicantCode, ...] = ()
    subject: tuple[SubjectCode, ...] = ()
    target_group: tuple[GroupCode, ...] = ()
    deadline: tuple[DeadlineCode, ...] = ()
    grant: tuple[GrantCode, ...] = ()
    programme: tuple[ProgrammeCode, ...] = ()

    @model_validator(mode="after")
    def _status_in_short(self) -> Self:
        """What says the same is written the same: `any` beside others is all, the usual states need no word."""
        said = {*self.status}
        short = (ANY,) if ANY in said else () if said == self.usual else tuple(sorted(said))
        if short != self.status:
            object.__setattr__(self, "status", short)
        return self

    def chosen(self) -> dict[str, frozenset[str]]:
        """What each active filter lets through; without a word about the state, what is open or will open."""
        active = super().chosen()
        if ANY in self.status:
            return {field: codes for field, codes in active.items() if field != "status"}
        return {"status": self.usual, **active}

    def without(self, field: str, code: str | None = None) -> Self:
        """The same filter less one; without a state it shows all of them."""
        fewer = super().without(field, code)
        return fewer.but(status=(ANY,)) if field == "status" and not fewer.status else fewer


class TimelineFilter(CallFilter):
    """Filters of the timeline, which shows what is planned unless another state is asked for."""

    usual: ClassVar[frozenset[str]] = CallFilter.usual | {CallStatus.PLANNED.value}


class PracticeFilter(Filter):
    """Filters of the list of practices."""

    coded: ClassVar[dict[str, type[StrEnum] | tuple[str, ...] | None]] = {
        "country": None,
        "size": SIZES,
        "subject": Subject,
        "target_group": TargetGroup,
        "fund": Fund,
        "kind": PracticeKind,
        "evidence": EvidenceLevel,
    }
    orders: ClassVar[tuple[str, ...]] = ("newest", "title", "size")

    country: tuple[CountryCode, ...] = ()
    size: tuple[SizeCode, ...] = ()
    subject: tuple[SubjectCode, ...] = ()
    target_group: tuple[GroupCode, ...] = ()
    fund: tuple[FundCode, ...] = ()
    kind: tuple[KindCode, ...] = ()
    evidence: tuple[EvidenceCode, ...] = ()
