"""Two to four calls side by side: key data and rules, with what differs marked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from api.forms import WhoForm
from api.rows import CallRow
from api.schemas import CallAnswer, WhoAsks
from api.views.ask import Choice, applicant_types, countries
from api.views.foreign import foreign_notes
from corpus import formats
from corpus.messages import gettext as _
from corpus.messages import ngettext, pgettext, spoken
from corpus.parts import Cutoff, Moment
from corpus.vocab import Language, Verdict
from corpus.vocab.labels import label
from corpus.vocab.places import country_name
from matcher.eligibility import RuleVerdict

FEWEST, MOST = 2, 4
"""How many calls can be compared: one has nothing beside it, and five do not fit on a page."""


class CompareForm(WhoForm):
    """Which calls, and who asks."""

    call: tuple[str, ...] = ()

    def who(self) -> WhoAsks:
        """The applicant.

        Raises:
            FormError: a field is impossible.
        """
        return WhoForm.model_validate(self.model_dump(exclude={"call"})).who()


@dataclass(frozen=True, slots=True)
class Cell:
    """What one call says."""

    lines: tuple[str, ...]
    verdict: Verdict | None = None
    """For a rule: the answer for whoever asks."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, for all calls. `differs`: they do not say the same."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether at least two calls say different things, or one of them tells and another does not."""
        return len(set(self.cells)) > 1


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Calls side by side."""

    template: ClassVar[str] = "compare.html"

    rows: tuple[CallRow, ...]
    verdicts: tuple[CallAnswer, ...]
    data: tuple[Line, ...]
    rules: tuple[Line, ...]
    form: CompareForm
    errors: dict[str, str]
    types: list[Choice]
    countries: list[Choice]
    foreign: dict[str, Language]
    """Notes that are not in the language of the page."""


def compare_page(
    answers: Sequence[CallAnswer], rows: Sequence[CallRow], form: CompareForm, errors: dict[str, str]
) -> ComparePage:
    """The page for calls and their rows, in one order."""
    data = tuple(Line(name, tuple(Cell(told(row)) for row in rows)) for name, told in _data().items())
    rules = tuple(_rule_lines(answers))
    notes = {note: language for answer in answers for note, language in foreign_notes(answer.call).items()}
    return ComparePage(tuple(rows), tuple(answers), data, rules, form, errors, applicant_types(), countries(), notes)


def _data() -> dict[str, Callable[[CallRow], tuple[str, ...]]]:
    return {
        _("Status"): lambda row: (label(row.status, spoken()),),
        _("Opens"): lambda row: _known(_moment(row.opens, row.opens_indicative)),
        _("Cut-offs"): _cutoffs,
        _("Grant for a project"): _grant,
        _("Money of the whole call"): lambda row: _known(formats.money(row.budget) if row.budget else ""),
        _("EU share"): _rate,
        _("Fund"): lambda row: tuple(label(fund, spoken()) for fund in row.funds),
        _("Where"): _where,
        _("Who can apply"): lambda row: _known(_listed(row.applicant_types)),
        _("Subjects"): lambda row: _known(_listed(row.subjects)),
        _("For whom"): lambda row: _known(_listed(row.target_groups)),
        _("Read on"): lambda row: _known(formats.day(row.checked) if row.checked else ""),
    }


def _known(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line) or (_("not known"),)


def _listed(codes: Sequence[StrEnum]) -> str:
    """Labels in the order of their list, so that equal sets read alike."""
    order = list(type(codes[0])) if codes else []
    return "; ".join(label(code, spoken()) for code in sorted(codes, key=order.index))


def _moment(moment: Moment | None, indicative: bool) -> str:
    if moment is None:
        return ""
    day = formats.day(moment.date)
    if moment.time:
        day = _("{date} at {time}", date=day, time=formats.clock(moment.time))
    return f"{day} ({_('indicative')})" if indicative else day


def _cutoff(cutoff: Cutoff) -> str:
    return _moment(cutoff, cutoff.indicative)


def _cutoffs(row: CallRow) -> tuple[str, ...]:
    always = (_("open all the time"),) if row.continuous else ()
    return _known(*map(_cutoff, row.cutoffs), *always)


def _grant(row: CallRow) -> tuple[str, ...]:
    low, high = (formats.money(m) if m else "" for m in (row.grant_min, row.grant_max))
    if low and high and low != high:
        return (_("{low} to {high} a project", low=low, high=high),)
    if high and low == high:
        return (_("{amount} a project", amount=high),)
    if high:
        return (_("at most {high} a project", high=high),)
    return _known(_("at least {low} a project", low=low) if low else "")


def _rate(row: CallRow) -> tuple[str, ...]:
    if row.lump_sum:
        return (_("lump sum"),)
    if row.rate_max is None:
        return _known()
    own = 100 - row.rate_max
    return (
        _("EU pays up to {rate}, you at least {own}", rate=formats.percent(row.rate_max), own=formats.percent(own)),
    )


def _where(row: CallRow) -> tuple[str, ...]:
    if row.anywhere:
        return (pgettext("where money can be used", "anywhere"),)
    return _known(*(_("the whole EU") if code == "EU27" else country_name(code, spoken()) for code in row.countries))


def _rule_lines(answers: Sequence[CallAnswer]) -> Iterable[Line]:
    """Rules by what they ask, in the order in which the calls name them."""
    asked = dict.fromkeys(rule.requirement for answer in answers for rule in answer.eligibility.rules)
    for requirement in asked:
        yield Line(requirement, tuple(_rules_of(answer, requirement) for answer in answers))


def _rules_of(answer: CallAnswer, requirement: str) -> Cell:
    rules = [rule for rule in answer.eligibility.rules if rule.requirement == requirement]
    if not rules:
        return Cell((_("no such rule was read"),))
    return Cell(tuple(rule.reason for rule in rules), _worst(rules))


def _worst(rules: Sequence[RuleVerdict]) -> Verdict:
    order = (Verdict.FAILS, Verdict.UNKNOWN, Verdict.MEETS)
    return min((rule.verdict for rule in rules), key=order.index)


def too_few_or_many(n: int) -> str:
    """What is wrong with a number of calls."""
    return ngettext(
        "{n} call was ticked: tick two to four in the list of calls.",
        "{n} calls were ticked: tick two to four in the list of calls.",
        n,
    )
