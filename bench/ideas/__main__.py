"""What the ideas of this bench are answered by the index in use.

    python -m bench.ideas [--freeze]

Prints nDCG@10 of the base ideas per language beside English with bootstrap intervals, that of the further ideas, and
the STRONG cases that were lost. `--freeze` writes the run to `run.tsv`.
"""

import sys
from pathlib import Path

from bench.ideas.files import base_ideas, further_ideas
from bench.ideas.judged import grades, judgements, weighted_kappa
from bench.ideas.measure import Shown, ask, by_kind, relative, score
from bench.ideas.strong import lost, strong_cases
from corpus.vocab import Language
from matcher.assemble import open_matcher
from matcher.engine import Matcher
from matcher.metrics import interval
from matcher.settings import MatcherSettings

RUN = Path(__file__).with_name("run.tsv")

Scores = dict[tuple[str, Language, str], float]


def main() -> None:
    """Ask all ideas and print the measures."""
    matcher = open_matcher(MatcherSettings())
    base = list(ask(matcher, base_ideas()))
    further = list(ask(matcher, further_ideas()))
    rows = judgements()
    of_kind = by_kind(grades(rows), frozenset(matcher.snapshot.ids("call")))
    scores = {(item.idea, item.language, item.kind): score(item, of_kind) for item in (*base, *further)}
    print(f"{len(rows)} judgements, weighted kappa of the two passes {weighted_kappa(rows):.3f}")
    _print_languages(base, scores)
    _print_further(further, scores)
    missing = lost(strong_cases(), (*base, *further))
    print(f"STRONG cases lost: {len(missing)} of {len(strong_cases())}", *missing, sep="\n  ")
    if "--freeze" in sys.argv[1:]:
        _freeze(matcher, [*base, *further], scores)


def _print_languages(base: list[Shown], scores: Scores) -> None:
    both = {
        (item.idea, item.language): (
            scores[item.idea, item.language, "call"] + scores[item.idea, item.language, "practice"]
        )
        / 2
        for item in base
    }
    english = [value for (_, language), value in both.items() if language is Language.EN]
    print(f"base ideas, nDCG@10, calls and practices: en {sum(english) / len(english):.3f}")
    found = relative(both)
    for item in found:
        print(f"  {item.language}  {item.mean:.3f}  {item.ratio:6.1%} of English ({item.low:.1%} to {item.high:.1%})")
    print(f"  mean of the others {sum(item.ratio for item in found) / len(found):.1%} of English")


def _print_further(further: list[Shown], scores: Scores) -> None:
    for kind in ("call", "practice"):
        values = [scores[item.idea, item.language, kind] for item in further if item.kind == kind]
        low, high = interval(values)
        print(f"further ideas, {kind}s: nDCG@10 {sum(values) / len(values):.3f} ({low:.3f} to {high:.3f})")


def _freeze(matcher: Matcher, shown: list[Shown], scores: Scores) -> None:
    head = f"# snapshot {matcher.snapshot.manifest.hash[:16]}, model {matcher.model}\n"
    lines = ["idea\tlanguage\tkind\tndcg@10\tshown\n"]
    for item in shown:
        value = scores[item.idea, item.language, item.kind]
        lines.append(f"{item.idea}\t{item.language}\t{item.kind}\t{value:.4f}\t{' '.join(item.ids)}\n")
    RUN.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
