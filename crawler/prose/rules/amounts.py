"""Money: of the whole call, of one project, of one third party."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from corpus.parts import Money
from crawler.prose.assign import GOOD, OTHER, SURE, Assigner, Choice
from crawler.prose.bounds import Bound
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.phrases import Phrasebook
from crawler.prose.scene import GUESSED, Reading, Scene

_SURER, _TIMES, _MANY = 4.0, 3, 20
_OF_YEARS, _IN_BRACKETS, _LEAST = 8.0, 6.0, 0.1
_PROGRAMME = 4
_YEARS = re.compile(r"(?<!\d)(?P<from>20\d\d)\s?[-\u2013\u2014/]\s?(?P<to>(?:20)?\d\d)(?!\d)")
_LITTLE = 250_000
"""No call has so little money that it passes on."""
_LARGEST = 10_000_000
"""A plain amount from here on is that of a call: grants of this size are said with `up to`."""


class AmountRule:
    """Amounts near words about the budget, a grant or a sub-grant."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.MONEY, pack.money)
        words = pack.regranting
        self._passed_on: Phrasebook[str] = Phrasebook({"passed on": {*words.said, *words.about}})

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Amounts of a sentence."""
        of_years = _spans_years(scene.small)
        for mention, found in _carried_on(scene, scene.rated(Sort.MONEY, self._assigner)):
            choice = self._below_third_parties(scene, mention, found)
            if choice is None or _is_doubtful(scene, mention, choice):
                yield from _unexplained(scene, mention, of_years=of_years)
            elif choice.topic == "sub_grant":
                yield scene.fact(Kind.SUB_GRANT_MAX, mention.high, choice, mention)
                if self._passed_on.find(scene.small):  # `per organisation` alone may be said of applicants
                    yield scene.fact(Kind.REGRANTING, True, choice, mention)
            elif choice.topic == "budget" and choice.points < GOOD and scene.bound(mention) and not mention.is_range:
                yield from _unexplained(scene, mention, of_years=of_years)
            elif choice.topic == "budget" and not mention.is_range:
                less = _OF_YEARS * of_years + _IN_BRACKETS * _is_added(scene, mention)
                yield from _budget(scene, mention, replace(choice, points=max(choice.points - less, _LEAST)))
            elif choice.topic in ("budget", "grant"):
                yield from _grant(scene, mention, choice)

    def _below_third_parties(self, scene: Scene, mention: Mention, choice: Choice | None) -> Choice | None:
        """`Third parties: each gets at most 60 000`: a ceiling below such a heading is theirs."""
        bound = scene.bound(mention)
        if choice is None or choice.topic not in ("budget", "grant") or bound is None or bound.is_low:
            return choice
        own = ("grant", SURE) in {cue.label for cue in self._assigner.cues(scene.small)}
        if own and choice.topic == "grant":
            return choice  # `per project` says whose it is
        above = [cue for heading in scene.unit.headings[-1:] for cue in self._assigner.cues(heading.small)]
        little = (
            choice.topic == "budget" and _amount_of(mention) <= _LITTLE
        )  # `a third party gets at most 60 000 in total`
        above += self._assigner.cues(scene.small) if little else []
        headed = any(cue.label == ("sub_grant", SURE) for cue in above)
        return replace(choice, topic="sub_grant") if headed else choice


def _amount_of(mention: Mention) -> Decimal:
    return mention.high.amount if isinstance(mention.high, Money) else Decimal(0)


def _is_added(scene: Scene, mention: Mention) -> bool:
    """Whether an amount stands in brackets behind another one: `90 million (the second call: 120 million)`."""
    opened = scene.small.rfind("(", 0, mention.start)
    inside = opened > scene.small.rfind(")", 0, mention.start)
    return inside and any(m.end <= opened and m.high != mention.high for m in scene.mentions[Sort.MONEY])


def _carried_on(scene: Scene, rated: list[tuple[Mention, Choice | None]]) -> Iterator[tuple[Mention, Choice | None]]:
    """Mentions with their choice; a bound that nothing is near is of the same matter as the one before it.

    `It is at most 20 000 for a plan, at most 50 000 for a meeting.`
    """
    last: Choice | None = None
    kind: Bound | None = None
    for mention, choice in rated:
        bound = scene.bound(mention)
        same = last is not None and bound is not None and bound is kind and last.topic in ("grant", "sub_grant")
        last, kind = choice or (last if same else None), bound
        yield mention, last


def _is_doubtful(scene: Scene, mention: Mention, choice: Choice) -> bool:
    """Whether only a weak phrase says that a bound is none of grants."""
    return choice.topic == OTHER and choice.points < GOOD and (mention.is_range or scene.bound(mention) is not None)


def _spans_years(small: str) -> bool:
    """Whether a sentence names years such as 2021-2027: its money is that of a programme, not of a call."""
    return any(int(m["to"][-2:]) - int(m["from"][-2:]) >= _PROGRAMME for m in _YEARS.finditer(small))


def _unexplained(scene: Scene, mention: Mention, *, of_years: bool) -> Iterator[Reading]:
    """A bound that nothing is near is one of grants, any other amount that of a call, where no sentence says more."""
    if mention.is_range or scene.bound(mention):
        yield from _grant(scene, mention, Choice("grant", "bound alone", -GUESSED))
    elif not of_years:
        yield scene.fact(Kind.BUDGET, mention.high, Choice("budget", "amount alone", -GUESSED), mention, plain=True)


def _budget(scene: Scene, mention: Mention, choice: Choice) -> Iterator[Reading]:
    bound = scene.bound(mention)
    if bound is not None and bound.is_low and bound is not Bound.SINCE:  # a least budget is that of a project
        yield scene.fact(Kind.GRANT_MIN, mention.low, replace(choice, points=choice.points - GUESSED), mention)
    else:
        yield scene.fact(Kind.BUDGET, mention.high, choice, mention)


def settled(readings: list[Reading]) -> list[Reading]:
    """Grants without those that are none: an amount without a bound above a ceiling that is said as surely.

    It is the money of the whole call where no sentence says another, and one of something else where one does.
    """
    readings = _passed_on(readings)
    grants = [r for r in readings if r.fact.kind is Kind.GRANT_MAX and r.points > 0]
    has_budget = any(r.fact.kind is Kind.BUDGET and r.points > 0 for r in readings)
    found: list[Reading] = []
    for reading in readings:
        below = [g for g in grants if g.fact.excerpt != reading.fact.excerpt and _above(reading, g)]
        large = _amount(reading) >= _LARGEST or _is_many_times(reading, grants, has_budget=has_budget)
        if not (reading.plain and reading.fact.kind is Kind.GRANT_MAX and (below or large)):
            found.append(reading)
        elif not has_budget and (large or any(_amount(reading) >= _TIMES * _amount(g) for g in below)):
            rule = reading.fact.rule.replace(f".{Kind.GRANT_MAX}.", f".{Kind.BUDGET}.")
            found.append(replace(reading, fact=replace(reading.fact, kind=Kind.BUDGET, rule=rule)))
    return found


def _passed_on(readings: list[Reading]) -> list[Reading]:
    """Without ceilings below all floors where money is passed on: they are those of third parties."""
    floors = [_amount(r) for r in readings if r.fact.kind is Kind.GRANT_MIN and r.points > 0]
    if not floors or not any(r.fact.kind is Kind.REGRANTING for r in readings):
        return readings
    return [r for r in readings if r.fact.kind is not Kind.GRANT_MAX or _amount(r) >= min(floors)]


def _is_many_times(reading: Reading, grants: list[Reading], *, has_budget: bool) -> bool:
    """Whether an amount pays for many grants that its own sentence names: `60 000 each, 4.2 million for 70 cities`."""
    beside = (g for g in grants if g.fact.excerpt == reading.fact.excerpt)
    return not has_budget and any(_amount(reading) >= _MANY * _amount(grant) for grant in beside)


def _above(reading: Reading, grant: Reading) -> bool:
    """Whether an amount is larger than a grant that is said more surely."""
    first, second = reading.fact.value, grant.fact.value
    if not isinstance(first, Money) or not isinstance(second, Money) or first.currency != second.currency:
        return False
    surer = grant.points >= reading.points + _SURER if grant.plain else grant.points >= reading.points - _SURER
    return first.amount > second.amount and surer


def _amount(reading: Reading) -> Decimal:
    value = reading.fact.value
    return value.amount if isinstance(value, Money) else Decimal(0)


def _grant(scene: Scene, mention: Mention, choice: Choice) -> Iterator[Reading]:
    if scene.is_ceiling(mention):
        yield scene.fact(Kind.GRANT_MAX, mention.high, choice, mention)
        return
    if mention.is_range:
        yield scene.fact(Kind.GRANT_MIN, mention.low, choice, mention)
        yield scene.fact(Kind.GRANT_MAX, mention.high, choice, mention)
        return
    bound = scene.bound(mention)
    if bound in (Bound.OVER, Bound.UNDER):
        return  # `projects above 5 000 need three offers`: a floor or a ceiling is said otherwise
    kind = Kind.GRANT_MIN if bound and bound.is_low else Kind.GRANT_MAX
    yield scene.fact(kind, mention.low, choice, mention, plain=bound is None)
