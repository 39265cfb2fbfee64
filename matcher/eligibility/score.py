"""Agreement with labelled pairs. A wrong `fails` or `cannot` is told by name: somebody would give up money."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from corpus.vocab import Overall, Verdict
from matcher.eligibility.file import Expected
from matcher.eligibility.verdict import Assessment


class Tally(NamedTuple):
    """How many of how many."""

    right: int
    total: int

    @property
    def share(self) -> float:
        """Share that is right; of nothing, all of it."""
        return self.right / self.total if self.total else 1.0

    def __str__(self) -> str:
        return f"{self.right}/{self.total} ({self.share:.1%})"


class Score(NamedTuple):
    """Agreement overall and rule by rule, in all and by the answer that was right."""

    overall: Tally
    rules: Tally
    by_overall: Mapping[Overall, Tally]
    by_verdict: Mapping[Verdict, Tally]
    wrong: tuple[str, ...]
    wrong_cannot: tuple[str, ...]
    wrong_fails: tuple[str, ...]


class _Compared(NamedTuple):
    name: str
    right: str
    given: str | None
    accepted: bool


def score(answers: Mapping[str, Assessment], expected: Mapping[str, Expected]) -> Score:
    """Compare answers with the right ones, by pair."""
    overall = [_compare_overall(name, answers[name], right) for name, right in expected.items() if name in answers]
    rules = [item for name, right in expected.items() if name in answers for item in _rules(name, answers[name], right)]
    return Score(
        overall=_tally(overall),
        rules=_tally(rules),
        by_overall={Overall(key): tally for key, tally in _by_right(overall).items()},
        by_verdict={Verdict(key): tally for key, tally in _by_right(rules).items()},
        wrong=tuple(_told(item) for item in (*overall, *rules) if not item.accepted),
        wrong_cannot=tuple(_told(item) for item in overall if not item.accepted and item.given == Overall.CANNOT),
        wrong_fails=tuple(_told(item) for item in rules if not item.accepted and item.given == Verdict.FAILS),
    )


def _compare_overall(name: str, answer: Assessment, right: Expected) -> _Compared:
    accepted = answer.overall in (right.overall, *right.also_overall)
    return _Compared(name, right.overall, answer.overall, accepted)


def _rules(name: str, answer: Assessment, right: Expected) -> Iterator[_Compared]:
    given = {item.id: item.verdict for item in answer.rules}
    for rule, verdict in right.rules.items():
        got = given.get(rule)
        yield _Compared(f"{name}/{rule}", verdict, got, got in (verdict, *right.also_rules.get(rule, ())))


def _tally(items: list[_Compared]) -> Tally:
    return Tally(sum(item.accepted for item in items), len(items))


def _by_right(items: list[_Compared]) -> dict[str, Tally]:
    total = Counter(item.right for item in items)
    right = Counter(item.right for item in items if item.accepted)
    return {key: Tally(right[key], number) for key, number in total.items()}


def _told(item: _Compared) -> str:
    return f"{item.name}: answered {item.given or 'nothing'}, right is {item.right}"


def report(result: Score) -> str:
    """The score as text for a terminal."""
    lines = [f"overall {result.overall}"]
    lines += [f"  {key}: {tally}" for key, tally in result.by_overall.items()]
    lines += [f"rules {result.rules}"]
    lines += [f"  {key}: {tally}" for key, tally in result.by_verdict.items()]
    for title, items in (("wrong cannot", result.wrong_cannot), ("wrong fails", result.wrong_fails)):
        lines += [f"{title}: {len(items)}", *(f"  {item}" for item in items)]
    others = [item for item in result.wrong if item not in (*result.wrong_cannot, *result.wrong_fails)]
    lines += [f"other differences: {len(others)}", *(f"  {item}" for item in others)]
    return "\n".join(lines)
