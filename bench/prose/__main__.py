"""How well facts are read out of prose: `python -m bench.prose [--languages]`.

Prints, for each kind of fact, how many the texts say, the precision and the recall, for the texts that rules were
written with (open), those that were never looked at (held, fresh), and for the records of EuroAccess where they lie
beside the repository. `--languages` adds the same for every language. A `<` marks what is under the bars: precision
0.97, recall 0.90. Exits with 1 when anything is.
"""

import sys
from collections.abc import Iterable

from bench.prose import euroaccess, texts
from bench.prose.score import PRECISION, RECALL, Tallies, Tally, row, total
from crawler.prose import Kind


def main(arguments: list[str]) -> int:
    """Print the tables; 1 when a kind is under a bar."""
    found = texts.measured()
    kinds = [*Kind]
    halves = {half: _joined(t for (h, _), t in found.items() if h == half) for half in texts.HALVES}
    print(f"bars: precision {PRECISION}, recall {RECALL}; < is under a bar\n")
    print(f"{'':<20}" + "".join(f"{half + ': n':>6}   prec.   rec.  " for half in halves))
    under = [_table(kinds, list(halves.values()))]
    if "--languages" in arguments:
        for language in dict.fromkeys(language for _, language in found):
            print(f"\n{language}")
            _table(kinds, [found.get((half, language), {}) for half in texts.HALVES])
    under.append(_euroaccess())
    return int(any(under))


def _table(kinds: Iterable[str], groups: list[Tallies]) -> bool:
    """Print the kinds that any group has and their sum; whether one is under a bar."""
    shown = [kind for kind in kinds if any(kind in group for group in groups)]
    for kind in shown:
        print(row(kind, [group.get(kind, Tally()) for group in groups]))
    print(row("all", [total(group.values()) for group in groups]))
    return any(not group[kind].reaches for group in groups for kind in shown if kind in group)


def _joined(parts: Iterable[Tallies]) -> Tallies:
    listed = list(parts)
    kinds = {kind for part in listed for kind in part}
    return {kind: total(part[kind] for part in listed if kind in part) for kind in kinds}


def _euroaccess() -> bool:
    rows = euroaccess.records()
    if rows is None:
        print("\nEuroAccess: no records beside the repository")
        return False
    print(f"\nEuroAccess, {len(rows)} records")
    under = _table([*Kind, euroaccess.PARTNERSHIP], [euroaccess.measured(rows)])
    for one in euroaccess.comparisons(rows):
        for value in sorted(one.read - one.said):
            print(f"  record {one.number}: {one.kind} is read as {value}, the field says {one.label}")
        for value in sorted(one.said - one.read):
            print(f"  record {one.number}: {one.kind} {value} is in the prose and was not read")
    return under


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
