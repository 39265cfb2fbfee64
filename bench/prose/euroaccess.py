"""Facts of the prose of EuroAccess records against the labelled fields of the same records.

The input is the prose of a record: description and objectives (read as aims), partnership, further criteria and
additional information. The truth is what the labelled fields say, as the source's own parser reads them. Both say
things that the other leaves out, so:

- A fact of the prose is *wrong* when the labelled field has another value. Where the field is empty it is not counted.
- A labelled value is *missed* only when the prose has it and it was not read. It has it when the reader of numbers and
  dates finds the same amount, share, duration or day anywhere in the prose (for partners: a number before a word for
  partners). Otherwise no reader could find it there.
- A record's field has the next closing date alone; other cut-off dates of the prose are not counted as wrong when its
  date was read too.
- A single amount stands for the size of a grant, so it is compared with the largest grant alone.
- The field says whether partners are needed, not how many: two and more are a yes.
- The years of a look back (`projects of the last 4 years`) are no duration of the call.
- Fields that their own record contradicts are `DISPUTED`; they are left out of the count and printed with the reason.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.prose.score import Tallies, canonical, tallies
from corpus.vocab import Language
from crawler.fields import Fields, IssueLog
from crawler.parsing import Facts
from crawler.prose import Kind, ProseFact, mentioned, read, written
from crawler.sources.euroaccess.numbers import read_duration, read_funding

AIMS = (("description", "short description"), ("call_objectives", "Call objectives"))
CONDITIONS = (
    ("project_partnership", "Project Partnership"),
    ("other_eligibility_criteria", "other eligibility criteria"),
    ("additional_information", "Additional Information"),
)
PARTNERSHIP = "partnership"
_NAME = "sources/samples/euroaccess/calls_2025-10_records.json"
_BESIDE = Path(__file__).parents[3] / "shared"
_MONEY = {"rate_max": Kind.RATE, "grant_min": Kind.GRANT_MIN, "grant_max": Kind.GRANT_MAX}
_MONTHS = {"duration_months_min": Kind.DURATION_MIN, "duration_months_max": Kind.DURATION_MAX}
_FEWEST = 2
_LOOK_BACK = re.compile(r"\b(?:last|past|previous) \w+ (?:years|months)", re.IGNORECASE)
DISPUTED: dict[tuple[str, str], str] = {
    ("2306", Kind.GRANT_MAX): "the field has the money of the whole call; the text has ceilings for two sizes",
    ("2356", Kind.GRANT_MAX): "the field has the money of the whole call; the text gives 10 000 EUR to each winner",
}
"""Fields that are wrong by the words of their own record: number of the call at EuroAccess and kind."""
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of fact of one record."""

    number: int
    kind: str
    read: set[str]
    said: set[str]
    label: str


def records() -> list[Record] | None:
    """The records, from `ISOPOLIS_SHARED` or `../shared`; None where neither has them."""
    path = Path(os.environ.get("ISOPOLIS_SHARED") or _BESIDE) / _NAME
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def measured(rows: list[Record]) -> Tallies:
    """Tallies by kind."""
    found = tallies()
    for one in comparisons(rows):
        found[one.kind].add(one.read, one.said)
    return found


def comparisons(rows: list[Record]) -> Iterator[Compared]:
    """Every kind of fact of every record that has a label for it, and something in its prose."""
    for number, row in enumerate(rows):
        facts, present = _facts(row), _present(row)
        for kind, said in labels(row).items():
            if (call_number(row), kind) in DISPUTED:
                continue
            read_ = _values(facts, kind)
            if kind is Kind.DEADLINE and read_ & said:
                read_ &= said
            yield Compared(number, kind, read_, {v for v in said if v in present | read_}, ", ".join(sorted(said)))
        yield from _partnership(number, row, facts)


def call_number(row: Record) -> str:
    """The number of a call in the address of its page."""
    return str(row["url"]).partition("/calls/")[2].partition("/")[0]


def labels(row: Record) -> dict[Kind, set[str]]:
    """The values of the labelled fields, by kind."""
    found = {kind: {canonical(written(value))} for kind, value in _labelled(row).items()}
    if found.get(Kind.GRANT_MIN) == found.get(Kind.GRANT_MAX):
        found.pop(Kind.GRANT_MIN, None)  # one amount is the size of a grant
    if found.get(Kind.DURATION_MIN) == found.get(Kind.DURATION_MAX):
        found.pop(Kind.DURATION_MIN, None)
    if row["deadline"]:
        found[Kind.DEADLINE] = {row["deadline"][:10]}
    return found


def _labelled(row: Record) -> dict[Kind, Any]:
    names = {
        "funding rate": "funding_rate",
        "estimated eu contribution per project": "estimated_eu_contribution_per_project",
        "project duration": "project_duration",
    }
    texts = {label: row[name] for label, name in names.items() if row[name]}
    fields, facts = Fields(texts, "", IssueLog("euroaccess"), {}), Facts(Language.EN)
    read_funding(fields, facts)
    read_duration(fields, facts)
    money = facts.values.get("money", {})
    found = {kind: money.get(name) for name, kind in _MONEY.items()}
    found |= {kind: facts.values.get(name) for name, kind in _MONTHS.items()}
    return {kind: value for kind, value in found.items() if value is not None}


def prose(row: Record, parts: tuple[tuple[str, str], ...]) -> str:
    """Texts of a record without the labels that are glued to them."""
    return "\n".join((row[name] or "").removeprefix(label) for name, label in parts)


@cache
def _read(text: str, *, aims: bool) -> tuple[ProseFact, ...]:
    return tuple(read(text, Language.EN, aims=aims))


def _facts(row: Record) -> list[ProseFact]:
    """Facts of the conditions; those of the aims where the conditions say nothing of the kind."""
    conditions = _read(prose(row, CONDITIONS), aims=False)
    known = {fact.kind for fact in conditions}
    return [*conditions, *(fact for fact in _read(prose(row, AIMS), aims=True) if fact.kind not in known)]


def _values(facts: list[ProseFact], kind: Kind) -> set[str]:
    values = {canonical(written(fact.value)) for fact in facts if fact.kind is kind}
    return {value[:10] for value in values} if kind is Kind.DEADLINE else values


def _present(row: Record) -> set[str]:
    """All amounts, shares, durations and days of the prose of a record, whatever they are about."""
    values = mentioned(_LOOK_BACK.sub("", prose(row, AIMS + CONDITIONS)), Language.EN)
    return {canonical(value) for value in values} | {value[:10] for value in values}


def _partnership(number: int, row: Record, facts: list[ProseFact]) -> Iterator[Compared]:
    label = (row["mandatory_partnership"] or "").removeprefix("Mandatory partnership").lower()
    counts = [fact.value for fact in facts if fact.kind in (Kind.PARTNERS, Kind.PARTNER_COUNTRIES)]
    if label in ("yes", "no") and counts:
        needed = any(isinstance(count, int) and count >= _FEWEST for count in counts)
        yield Compared(number, PARTNERSHIP, {"yes" if needed else "no"}, {label}, label)
    elif label == "yes" and _counts_partners(row):
        yield Compared(number, PARTNERSHIP, set(), {label}, label)


def _counts_partners(row: Record) -> bool:
    text = prose(row, CONDITIONS).lower()
    return any(f"{bound} {number} " in text for bound in ("at least", "minimum", "minimum of") for number in _NUMBERS)


_NUMBERS = ("two", "three", "four", "five", "six", "seven", "2", "3", "4", "5", "6", "7")
