"""The command `isopolis eligibility FILE`: answers a file of applicant-call pairs."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from matcher.eligibility.engine import assess
from matcher.eligibility.file import EligibilityFile, read_file
from matcher.eligibility.score import report
from matcher.eligibility.score import score as score_answers
from matcher.eligibility.verdict import Assessment
from matcher.errors import ProfileError

OK, PARTLY, BROKEN = 0, 1, 2


def eligibility_command(path: Path | str, score: bool = False, as_json: bool = False) -> int:
    """Answer the pairs of a file and print the answers, and with `score` their agreement.

    Returns:
        0 where all was answered, 1 where a pair or call could not be read, 2 where the file could not.
    """
    try:
        content = read_file(Path(path))
    except ProfileError as error:
        print(f"error: {error}", file=sys.stderr)
        return BROKEN
    for line in (*content.warnings, *(f"error: {error}" for error in content.errors)):
        print(line, file=sys.stderr)
    answers = answer_file(content)
    _print(content, answers, score, as_json)
    return PARTLY if content.errors else OK


def answer_file(content: EligibilityFile) -> dict[str, Assessment]:
    """An answer for every pair, by the engine that answers users."""
    return {
        pair.id: assess(content.calls[pair.call].rules, content.calls[pair.call].unread, pair.applicant, pair.as_of)
        for pair in content.pairs
    }


def _print(content: EligibilityFile, answers: Mapping[str, Assessment], scored: bool, as_json: bool) -> None:
    if as_json:
        print(json.dumps([_row(name, answer) for name, answer in answers.items()], indent=2, ensure_ascii=False))
    elif not scored:
        print("\n".join(_text(name, answer) for name, answer in answers.items()))
    if scored:
        expected = {pair.id: pair.expected for pair in content.pairs if pair.expected is not None}
        # With --json the list alone goes to standard output, so that programs can read it.
        print(report(score_answers(answers, expected)), file=sys.stderr if as_json else sys.stdout)


def _row(name: str, answer: Assessment) -> dict[str, object]:
    return {"id": name, "overall": answer.overall, "rules": {item.id: item.verdict for item in answer.rules}}


def _text(name: str, answer: Assessment) -> str:
    rules = "".join(f"\n  {item.id}: {item.verdict}. {item.reason}" for item in answer.rules)
    doors = "".join(f"\n  open: {door.sentence}" for door in answer.doors)
    return f"{name}: {answer.overall}. {answer.summary}{rules}{doors}"
