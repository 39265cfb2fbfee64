"""The forms in which days are written, as patterns with the groups `d`, `m`, `y` (or `y2`: two digits), or `last`.

What a pattern leaves out stands in a date beside it: `1. bis 30. Juni 2026`, `2026 m. kovo 1 d. iki birželio 15 d.`.
"""

import re
from collections.abc import Iterable

_ORDINAL = r"(?:st|nd|rd|th|er|re|e|º|°|ª|-?(?:го|ти|ви|ри|ми|ojo|oji|ąją|osios))?\.?"
_OF = r"(?:(?:of|de|del|di)\s)?"
_YEAR_FIRST = r"(?P<y>20\d\d)(?:\s?m\.|-ųjų(?: metų)?|-ais| metų)?"


def day_patterns(months: Iterable[str], joins: Iterable[str], ends: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Patterns of one language, the safest first: its month words, words between two days, words for a month's end."""
    names, also, last = (_any(words) for words in (months, joins, ends))
    return tuple(
        re.compile(pattern.replace(r"\s(?P", r"\s+(?P").replace(r"\s|\s)?", r"\s+|\s+)?"))  # blanks of a broken line
        for pattern in (
            r"(?<![\d./-])(?P<y>20\d\d)(?P<s>[-./]|\s(?=\d\d\s\d\d))(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?![\d-])",
            (
                r"(?<![\d./-])(?P<d>\d{1,2})(?P<s>\s?[./]\s?|-)(?P<m>\d{1,2})(?P=s)(?P<y>20\d\d|\d\d)(?!\d|[.,]\d)"
                r"(?:\s?(?:г\.?|r\.|година|roku)(?!\w))?"
            ),
            # `1.3. bis zum 15.6.2026`
            (
                rf"(?<![\d.,/])(?P<d>\d{{1,2}})\.(?P<m>0?[1-9]|1[0-2])\.?(?=\s?(?:{also}|[-–])\s?(?:[^\W\d]{{2,4}}\s){{0,2}}"
                r"\d{1,2}\.\d{1,2}\.\s?20\d\d)"
            ),
            # `2026 m. birželio 15 d.`
            (
                rf"(?<![\w.]){_YEAR_FIRST},?\s(?P<m>{names})\.?(?:\s+mėn\w*\.?)?\s(?P<d>\d{{1,2}})(?:-\w{{2,4}})?(?!\d)"
                r"(?:\s?d(?:\.|ienos|ieną|iena)?(?!\w))?"
            ),
            # `15 June 2026`
            (
                rf"(?<![\w.,/])(?P<d>\d{{1,2}}){_ORDINAL}\s?{_OF}(?P<m>{names})(?!\w)\.?,?(?:\s?(?:of|de|del|di|van)\s|\s)?"
                r"(?:(?P<y>20\d\d)|'(?P<y2>\d\d))?(?!\d)(?:\s?(?:г\.?|година|r\.|roku|m\.)(?!\w))?"
            ),
            # `June 15, 2026`
            rf"(?<!\w)(?P<m>{names})\.?\s(?P<d>\d{{1,2}}){_ORDINAL}(?!\d)(?:\s?d\.)?(?:,?\s(?P<y>20\d\d))?(?!\w)",
            # `1 to 30 June 2026`
            (
                rf"(?<![\w.,/:])(?P<d>\d{{1,2}}){_ORDINAL}(?=\s?(?:,|-|–|/|{also})\s?\d{{1,2}}{_ORDINAL}\s?{_OF}"
                rf"(?:{names}|\.\d))"
            ),
            # `the end of June 2026`, `2026 m. birželio pabaigos`
            rf"(?<!\w)(?P<last>{last})\s(?P<m>{names})(?!\w)\.?,?\s{_OF}(?P<y>20\d\d)(?!\d)",
            rf"(?<![\w.]){_YEAR_FIRST}\s(?P<m>{names})(?:\s+mėn\w*\.?)?\s(?P<last>{last})(?!\w)",
        )
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"
