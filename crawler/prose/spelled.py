"""Numbers in words: `two`, `vingt-quatre`, `trzydziestu sześciu`, `anderthalb Millionen`, `2 milioni e mezzo`."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from text_to_num import text2num

_WORD = re.compile(r"[^\W\d_]+(?:-(?!year|month|week)[^\W\d_]+)*")
_LIBRARY = frozenset({"en", "fr", "de", "it", "nl"})
_LONGEST_RUN = 6
_TENS = range(20, 100, 10)
Run = list[re.Match[str]]
Span = tuple[int, int]


class Spelled:
    """Number words of one language: by a library where it knows the language, else by the words of the file."""

    def __init__(self, language: str, words: Mapping[str, int], ands: Sequence[str]) -> None:
        self._language = language
        self._words = words
        self._ands = frozenset(ands)

    def find(self, small: str) -> Iterator[tuple[Span, int, str]]:
        """Where a number in words stands, its value and its last word."""
        run: Run = []
        for match in _WORD.finditer(small):
            joined = bool(run) and small[run[-1].end() : match.start()].strip() == "" and len(run) < _LONGEST_RUN
            if run and not (joined and self._value([*run, match], small) is not None):
                yield self._whole(run, small)
                run = []
            if self._value([*run, match], small) is not None:
                run.append(match)
        if run:
            yield self._whole(run, small)

    def _whole(self, run: Run, small: str) -> tuple[Span, int, str]:
        return (run[0].start(), run[-1].end()), self._value(run, small) or 0, run[-1].group()

    def _value(self, run: Run, small: str) -> int | None:
        if len(run) == 1 and (known := self._words.get(run[0].group())) is not None:
            return known
        if self._language not in _LIBRARY:
            return self._compound(run)
        return _by_library(small[run[0].start() : run[-1].end()], self._language)

    def _compound(self, run: Run) -> int | None:
        """`trzydziestu sześciu` and `двадесет и четири`: tens, perhaps a word for `and`, ones."""
        tens, *middle, ones = (self._words.get(match.group()) for match in run) if len(run) > 1 else (None, None)
        if len(run) == 2 and run[1].group() in self._ands and tens in _TENS:
            return tens
        fits = tens in _TENS and ones in range(1, 10) and (not middle or run[1].group() in self._ands)
        return (tens or 0) + (ones or 0) if fits and len(run) <= 3 else None


@lru_cache(maxsize=1 << 16)
def _by_library(words: str, language: str) -> int | None:
    try:
        return int(text2num(words, language))
    except ValueError:
        return None


def alternatives(words: Iterable[str], escape: Callable[[str], str] = re.escape) -> str:
    """A pattern for any of some words, the longest first; one that matches nothing where there are none."""
    return "|".join(map(escape, sorted(words, key=len, reverse=True))) or "(?!)"
