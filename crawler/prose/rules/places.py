"""In which countries applicants must be, or projects happen."""

import re
from collections.abc import Iterator
from itertools import pairwise

from crawler.prose.assign import STRONG, Assigner, Choice
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.phrases import Phrasebook, pattern_of
from crawler.prose.rules.chains import chains, not_counted
from crawler.prose.rules.denials import ALONE, Denials, is_denied
from crawler.prose.scene import Reading, Scene

_NOT = ("non-", "extra-")
_LIST = 2
_SURELY = 9.5
_BESIDE, _IN_THE_UNION = 6, 9
_UNION = ("EU27",)
_STOP = re.compile(r"[.,;:()]")
_SHORT_NAME = 4  # EU, UE, ЕС, l'ue
_UNSAID = Choice("unsaid", "list", 3.0)
_PAIRED = Choice("located", "pair", 3.0)
_OPENS = 3
_ONLY = re.compile(r"\b(?:que|qu|che|als|other than)\b")
"""`Ne peuvent être candidates que ..`: a denial of all others."""
_ARTICLES = ("", "the", "de")
_HYPHEN = re.compile(r"\s?[-\u2013\u2014/]\s?")


class PlaceRule:
    """Countries near words about seats and territories, or many in a row."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.PLACE, pack.places.cues)
        among = "|".join(map(pattern_of, pack.partners.among)) or "(?!)"
        self._among = re.compile(rf"(?<!\w)({among})(?!\w)[^,;:.]*$")
        self._denials = Denials(pack)
        self._narrows: Phrasebook[str] = Phrasebook({"narrows": pack.places.breaks})
        self._past: Phrasebook[str] = Phrasebook({"past": pack.past})
        self._other = re.compile(rf"(?<!\w)(?:{'|'.join(pack.partners.others)})\s(?:\w+\s)?$")

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Countries and groups of a sentence, one reading each."""
        past = self._past.find(scene.small)
        named = [m for m in scene.mentions[Sort.PLACE] if not self._is_part(m, scene.small)]
        named = [m for m in named if not _is_counted(scene, m)]
        yield from _of_programmes(scene, named)
        denied = self._denials.of_places(scene.small) if named else []
        refused = not _ONLY.search(scene.small) and any(f.label != ALONE and f.start <= _OPENS for f in denied)
        narrows = self._narrows.find(scene.small)
        for row, choice in chains(scene, named, self._assigner, unsaid=_UNSAID, breaks=narrows):
            if is_denied(row, named, denied, scene.small) or refused or (past and choice.points < STRONG):
                continue  # `45 were chosen in the first call, two of them from Poland`
            if any(row[-1].end <= narrowed.start for narrowed in narrows):
                continue  # `the programme covers Romania and Moldova, but this call Romania only`
            if self._is_condition(scene, row, choice) or _is_listed(scene, row, choice):
                for mention in row:
                    yield from (scene.fact(Kind.COUNTRIES, code, choice, mention) for code in mention.low)

    def _is_part(self, mention: Mention, small: str) -> bool:
        """Whether a place is one of others (`one of them from the EU`), or none (`non-EU`)."""
        before = small[: mention.start]
        among = self._among.search(before)
        if self._other.search(before) and mention.low == _UNION:
            return True
        if among and before[among.end(1) :].strip() in _ARTICLES:
            among = None  # `in one of the Member States`
        return before.endswith(_NOT) or (mention.low == _UNION and among is not None)

    @staticmethod
    def _is_condition(scene: Scene, row: list[Mention], choice: Choice) -> bool:
        """Small words such as `in` count only where bodies are named; the Union is named in many other ways."""
        beside = any(_is_beside_body(scene, mention) for mention in row)
        if choice is _UNSAID:
            return beside or len({code for mention in row for code in mention.low}) >= _LIST
        surely = choice.points >= _SURELY or len({m.low for m in row}) >= _LIST
        named = _names_bodies(scene, row) and not _is_union(row)
        return choice.topic == "located" and (surely or beside or named)


def _is_beside_body(scene: Scene, mention: Mention) -> bool:
    """`Polish associations`, `comuni italiani`, `communes de l'UE`; not those of a number of places."""
    for body in not_counted(scene, scene.mentions[Sort.BODY]):
        start, end = (body.end, mention.start) if body.end <= mention.start else (mention.end, body.start)
        widest = _IN_THE_UNION if mention.low == _UNION else _BESIDE
        if 0 <= end - start <= widest and not _STOP.search(scene.small, start, end):
            return True
    return False


def _names_bodies(scene: Scene, row: list[Mention]) -> bool:
    """Whether the clause of a row names bodies that no number counts: `in Ireland five cities have ..` describes."""
    bodies = scene.mentions[Sort.BODY]
    if any(mention.low != _UNION for mention in row):
        bodies = not_counted(scene, bodies)
    spans = ((min(b.end, row[0].end), max(b.start, row[0].start)) for b in bodies)
    return any(";" not in scene.small[start:end] for start, end in spans)


def _is_counted(scene: Scene, mention: Mention) -> bool:
    """`21 Polish towns`: a number right before a name that no condition needs."""
    return mention.low != _UNION and any(n.value > 1 and 0 <= mention.start - n.end <= 1 for n in scene.numbers)


def _is_listed(scene: Scene, row: list[Mention], choice: Choice) -> bool:
    """A list behind a colon or bracket, whatever word stands before: `of the programme: Denmark, Poland, Sweden`."""
    opened = scene.small[: row[0].start].rstrip().endswith((":", "("))
    return opened and choice.points <= STRONG and len({m.low for m in row}) > _LIST


def _of_programmes(scene: Scene, named: list[Mention]) -> Iterator[Reading]:
    """The countries of `Interreg Hungary-Slovakia`: programmes of neighbours have their names."""
    for first, second in pairwise(named):
        if _HYPHEN.fullmatch(scene.small, first.end, second.start) and not _is_union([first, second]):
            for mention in (first, second):
                yield from (scene.fact(Kind.COUNTRIES, code, _PAIRED, mention) for code in mention.low)


def _is_union(row: list[Mention]) -> bool:
    return all(mention.end - mention.start <= _SHORT_NAME for mention in row)
