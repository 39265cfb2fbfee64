"""Whether a text that no record is about is told so.

    python -m bench.ideas.off_topic [--freeze]

A text is told so when no call is shown, or when all that are shown are only possible and a note says that none is
clearly about it. The rest is printed by name. `--freeze` writes what each was answered to `off_topic_run.tsv`.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench.ideas.files import OffTopic, elsewhere, off_topic
from matcher.answer import Answer
from matcher.assemble import open_matcher
from matcher.engine import Matcher
from matcher.query import IdeaQuery
from matcher.relevance import Relevance
from matcher.settings import MatcherSettings

RUN = Path(__file__).with_name("off_topic_run.tsv")


class Outcome(NamedTuple):
    """What a text was answered: calls and practices by their word of relevance."""

    text: OffTopic
    calls: Counter[Relevance]
    practices: Counter[Relevance]

    @property
    def confident(self) -> int:
        """Calls that are said to be strong or good."""
        return self.calls[Relevance.STRONG] + self.calls[Relevance.GOOD]

    @property
    def told(self) -> bool:
        """Whether the person learns that nothing here is about this text."""
        return self.confident == 0


def outcome(text: OffTopic, answer: Answer) -> Outcome:
    """What an answer says of its own certainty."""
    calls = Counter(match.relevance for match in answer.calls)
    return Outcome(text, calls, Counter(match.relevance for match in answer.practices))


def outcomes(matcher: Matcher, texts: Iterable[OffTopic]) -> Iterator[Outcome]:
    """Ask every text as a person would who says nothing of themselves."""
    for text in texts:
        yield outcome(text, matcher.match(IdeaQuery(text=text.text, explain=False)))


def main() -> None:
    """Ask the index in use and print what is told and what is not."""
    matcher = open_matcher(MatcherSettings())
    rows = list(outcomes(matcher, off_topic()))
    _print(rows)
    _print(list(outcomes(matcher, elsewhere())))
    if "--freeze" in sys.argv[1:]:
        _freeze(rows)


def _print(rows: list[Outcome]) -> None:
    print(f"told that nothing fits: {sum(row.told for row in rows)} of {len(rows)}")
    print(f"ten confident answers:  {sum(row.confident >= 10 for row in rows)}")
    for row in rows:
        if not row.told:
            shown = ", ".join(f"{number} {word}" for word, number in row.calls.items())
            print(f"  {row.text.name} ({row.text.kind}): {shown}")


def _freeze(rows: Iterable[Outcome]) -> None:
    lines = ["text\tstrong\tgood\tpossible\n"]
    for row in rows:
        numbers = "\t".join(str(row.calls[word]) for word in (Relevance.STRONG, Relevance.GOOD, Relevance.POSSIBLE))
        lines.append(f"{row.text.name}\t{numbers}\n")
    RUN.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
