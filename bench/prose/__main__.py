"""How well facts are read out of prose: `python -m bench.prose [--languages] [--misses KIND ...]`.

Prints, for each kind of fact, how many the texts say, the precision and the recall, for the texts that rules are
written with (known), those that nobody looks at (sealed), and for the records of EuroAccess where they lie beside the
repository. `--languages` adds the same for every language. A `<` marks what is under the bars: precision 0.97, recall
0.90. Exits with 1 when anything is. `--misses` prints instead what is read wrongly or not at all in the known texts,
for some kinds or for all.
"""

import sys
from collections.abc import Iterable

from bench.prose import euroaccess, texts
from bench.prose.score import PRECISION, RECALL, Tallies, Tally, row, total
from crawler.prose import Kind


def main(arguments: list[str]) -> int:
    """Print the tables; 1 when a kind is under a bar."""
    if arguments[:1] == ["--misses"]:
        return _misses([Kind(name) for name in arguments[1:]] or [*Kind])
    found = texts.measured()
    kinds = [*Kind]
    groups = {group: _joined(t for (g, _), t in found.items() if g == group) for group in texts.GROUPS}
    print(f"bars: precision {PRECISION}, recall {RECALL}; < is under a bar\n")
    print(f"{'':<20}" + "".join(f"{group + ': n':>6}   prec.   rec.  " for group in groups))
    under = [_table(kinds, list(groups.values()))]
    if "--languages" in arguments:
        for language in dict.fromkeys(language for _, language in found):
            print(f"\n{language}")
            _table(kinds, [found.get((group, language), {}) for group in texts.GROUPS])
    under.append(_euroaccess())
    return int(any(under))


def _misses(kinds: list[Kind]) -> int:
    """Print every difference of the known texts; 1 when there is any."""
    found = 0
    for text in texts.texts():
        for kind, read, said in texts.compared(text) if text.group == "known" else ():
            if kind in kinds and read != said:
                print(f"{text.language}/{text.name} {kind}: wrong {sorted(read - said)}, missed {sorted(said - read)}")
                found = 1
    return found


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
    for (number, kind), reason in euroaccess.DISPUTED.items():
        print(f"  call {number}: {kind} is not counted, {reason}")
    for one in euroaccess.comparisons(rows):
        for value in sorted(one.read - one.said):
            print(f"  record {one.number}: {one.kind} is read as {value}, the field says {one.label}")
        for value in sorted(one.said - one.read):
            print(f"  record {one.number}: {one.kind} {value} is in the prose and was not read")
    return under


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
