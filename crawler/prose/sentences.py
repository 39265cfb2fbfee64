"""A text cut into sentences and lines of lists, each with the headings above it.

Every position stays that of the text given, so that an excerpt can be shown in its words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_SAME_LENGTH = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2018": "'", "\u0130": "I"})
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(
    r"(?!\s*\d{1,2}\.\s[^\W\d]+\.?,?\s20\d\d)"  # `15. Juni 2026` is no numbering
    r"\s*(?:[-\u2013\u2014\u2022\u25cf\u25aa\u00b7*]|\(?(?:\d{1,2}|[a-z\u0430-\u044f])[).])\s+|\s*\t\s*|\s*\|\s+"
)
_LABEL = re.compile(r"\s*[^\s.:;,][^.:;,\n]{1,60}:(?:\s|$)")
_END = re.compile(r"[.!?](?:[)\"\u201d\u00bb])?(?=\s+(?:[-\u2013\u2014]\s)?[\"\u201e\u201c\u00ab(]?(?P<next>\w))")
_INITIALS = re.compile(r"[^\W\d_]\.(?:\W|$)")
_CURRENCY = re.compile(r"EUR|Eur|[A-Z]{3}\b")
_LAST_WORD = re.compile(r"[\w.]+$")
_FIELD = re.compile(r"\s*[^\W\d_a-z][^\W\d_]+(?:\s[^\W\d_]+){0,2}:\s")
"""`Duration: ..` begins a line of a table, however full the line above it is."""
_ROW = re.compile(r"\s*[^\W\d_][^.:;|]{1,60}:\s")
_SHORT_FOR_YEAR = re.compile(r"(?:m|d|г|r|ч|val|proc|zł)\.?[\s,]")
_ITEM = re.compile(r"\d{1,2}\.\s[^\W\d_a-zа-я]")
"""`.. 2. The council ..`: a number of a list inside a line."""
_ONLY_A_DAY = re.compile(r"\s*(?:[^\W\d]+\s){0,2}\d{1,2}\.?\s?[^\W\d]*\.?\s?20\d\d\s?(?:г|r|m)\.")
"""`На 31 март 2025 г.` is no sentence."""
_NUMBER_AT_END = re.compile(r"\d\s*$")
_CUT_BEFORE_NUMBER = re.compile(r"%,\s*$")
_NARROWEST, _WIDEST, _NEARLY_FULL = 60, 160, 0.8
_SHORTEST, _LONGEST = 4, 1500
_SHORT_HEADING, _SHORT_QUESTION, _SHORT_LABEL = 7, 12, 4


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or one line of a list. `small` is its text in small letters, of the same length."""

    start: int
    text: str
    headings: tuple["Unit", ...] = ()

    @property
    def end(self) -> int:
        """Position after its last character."""
        return self.start + len(self.text)

    @property
    def small(self) -> str:
        """The text in small letters."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    depth: int


def tidy(text: str, abbreviations: frozenset[str]) -> str:
    """The text with one kind of blank and apostrophe and without line breaks inside sentences; nothing moves."""
    lines = text.translate(_SAME_LENGTH).replace("\r", "\n").split("\n")
    width = max(_NARROWEST, *map(len, lines))
    pieces = [lines[0]]
    column = _column(lines[0], 0, joined=False)
    for before, line in pairwise(lines):
        joined = _goes_on(before, line, width, abbreviations) or _hangs(line, column)
        column = _column(line, column, joined=joined)
        pieces.append(" " if joined else "\n")
        pieces.append(line)
    return "".join(pieces)


def _column(line: str, before: int, *, joined: bool) -> int:
    """Where the words of an entry of a list begin; 0 outside lists."""
    bullet = _BULLET.match(line)
    if joined:
        return before
    return bullet.end() if bullet else 0


def _hangs(line: str, column: int) -> bool:
    """Whether a line goes on with an entry of a list: it begins right below the words of the entry's first line."""
    return column > 1 and len(line) - len(line.lstrip()) == column and _BULLET.match(line) is None


def _goes_on(before: str, line: str, width: int, abbreviations: frozenset[str]) -> bool:
    """Whether a line break is one of a narrow page and not the end of a line that the author wrote."""
    if not before.strip() or not line.strip():
        return False
    if _SHORT_FOR_YEAR.match(line) and _NUMBER_AT_END.search(before):
        return True  # `30 юни 2025` + `г., 17:00 ч.` is no entry of a list
    if _BULLET.match(line) or _is_row(before, line) or before.rstrip().endswith((":", ";")):
        return False
    full = len(before.rstrip()) > _NEARLY_FULL * width and before.rstrip()[-1] not in ".!?"
    if line.lstrip()[0].isdigit() and (_CUT_BEFORE_NUMBER.search(before) or (full and width < _WIDEST)):
        return True  # `90 %` is not parted where a page ends
    if line.strip()[0].islower():  # also behind `2026 r.` and other short words with a dot
        last = before.rsplit(maxsplit=1)[-1].lower()
        return not last.endswith(("!", "?")) and (not last.endswith(".") or _is_short(last, abbreviations))
    # The page was full when the next word would not have fitted any more.
    return width < _WIDEST and len(before.rstrip()) + 1 + len(line.split(maxsplit=1)[0]) > width


def _is_row(before: str, line: str) -> bool:
    """Whether a line is one of a table."""
    return "|" in line or _FIELD.match(line) is not None or bool(_ROW.match(before) and _ROW.match(line))


def _is_short(word: str, abbreviations: frozenset[str]) -> bool:
    bare = word.rstrip(".").lstrip("(")
    return len(bare) < _SHORTEST or bare in abbreviations


def units(text: str, abbreviations: frozenset[str]) -> list[Unit]:
    """Sentences and lines of a tidy text, in order."""
    found: list[Unit] = []
    above: list[_Heading] = []
    for line in _lines(text):
        above = [heading for heading in above if heading.covers(line)]
        parts = _parts(line, tuple(heading.unit for heading in above), abbreviations)
        found += parts
        if _is_heading(parts[-1].text):
            above.append(_Heading(line.depth, parts[-1], lasting=line.text.endswith(":")))
    return found


def _parts(line: _Line, over: tuple[Unit, ...], abbreviations: frozenset[str]) -> list[Unit]:
    """Sentences of a line; a short first one or a short question is a heading of those behind it."""
    found: list[Unit] = []
    for start, text in _sentences(line, abbreviations):
        found.append(Unit(start, text, over))
        words = len(text.split())
        if (text.endswith("?") and words <= _SHORT_QUESTION) or (len(found) == 1 and words <= _SHORT_LABEL):
            over = (*(unit for unit in over if unit not in found), found[-1])
    return found


class _Heading:
    """A line over others: over the deeper ones below it, or over those that follow it where none is deeper."""

    def __init__(self, depth: int, unit: Unit, *, lasting: bool) -> None:
        self.depth, self.unit, self.lasting = depth, unit, lasting
        self._seen_deeper = self._seen_same = False

    def covers(self, line: _Line) -> bool:
        if line.depth > self.depth:
            self._seen_deeper = True
            return True
        done = self._seen_deeper or (self._seen_same and not self.lasting)
        self._seen_same = True
        labelled = _LABEL.match(line.text) is not None and not self.unit.text.endswith("?")
        return line.depth == self.depth and not done and not _is_heading(line.text) and not labelled


def _lines(text: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        raw = match.group()
        bullet = _BULLET.match(raw)
        body = raw[bullet.end() if bullet else 0 :]
        stripped = body.strip()
        if not stripped:
            continue
        start = match.start() + raw.index(stripped, bullet.end() if bullet else 0)
        yield _Line(start, stripped, _depth(raw, bullet is not None))


def _depth(raw: str, bullet: bool) -> int:
    """How deep a line lies: blanks and tabs before it, and one more for a bullet."""
    indent = len(raw) - len(raw.lstrip())
    return 2 * indent + bullet


def _is_heading(text: str) -> bool:
    if text.endswith(":") or (text.endswith("?") and len(text.split()) <= _SHORT_QUESTION):
        return True
    return not text.endswith((".", ";", ",", "!", "?")) and len(text.split()) <= _SHORT_HEADING


def _sentences(line: _Line, abbreviations: frozenset[str]) -> Iterator[tuple[int, str]]:
    begin = 0
    for end in (*_ends(line.text, abbreviations), len(line.text)):
        while end - begin > _LONGEST:  # no sentence but a list or a page without full stops
            cut = _best_cut(line.text, begin, begin + _LONGEST)
            yield from _part(line, begin, cut)
            begin = cut
        yield from _part(line, begin, end)
        begin = end


def _best_cut(text: str, begin: int, end: int) -> int:
    """Where a text that is too long can be cut best: behind a semicolon, a comma, a word."""
    for mark in ("; ", ", ", " "):
        found = text.rfind(mark, begin + 1, end)
        if found > begin:
            return found + 1
    return end


def _part(line: _Line, begin: int, end: int) -> Iterator[tuple[int, str]]:
    raw = line.text[begin:end]
    if raw.strip():
        yield line.start + begin + len(raw) - len(raw.lstrip()), raw.strip()


def _ends(text: str, abbreviations: frozenset[str]) -> Iterator[int]:
    begin = 0
    for match in _END.finditer(text):
        word = _LAST_WORD.search(text, max(0, match.start() - 20), match.start())
        last = word.group().lower() if word else ""
        before = text[: match.start() - len(last)].rstrip()[-1:]
        opens = match["next"].isupper() or _ITEM.match(text, match.start("next"))
        if not opens or _ONLY_A_DAY.fullmatch(text, begin, match.end()):
            continue
        initial = len(last) == 1 and last.isalpha() and not before.isdigit()  # `2026 r.` can end a sentence
        unit = before.isdigit() and not _CURRENCY.match(text, match.start("next"))  # `80 proc. Na lata`
        if _INITIALS.match(text, match.start("next")):
            continue  # `80 v. H.`
        if not ((last in abbreviations and not unit) or initial or (last.isdigit() and len(last) <= 2)):
            begin = match.end()
            yield begin
