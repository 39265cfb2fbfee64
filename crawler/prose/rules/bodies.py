"""Who may apply, and who must lead."""

import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.prose.assign import APPLICANT, LEAD, Assigner, Choice
from crawler.prose.kinds import Kind
from crawler.prose.mentions import Mention, Sort
from crawler.prose.pack import Pack
from crawler.prose.phrases import Found, Phrasebook, pattern_of
from crawler.prose.rules.chains import chains
from crawler.prose.rules.denials import Denials, is_denied, may_not_lead, takes_part, without_leading
from crawler.prose.scene import Reading, Scene

_LIST = re.compile(
    r"\s*(?:[:\u2013]|\((?![^)]*\))|(?:\w+\s?){0,5},\s(?:that is|that means|i\.e\.|namely|d\.\s?h\.|das heißt"
    r"|nämlich|und zwar|à savoir|c'est-à-dire|soit|cioè|vale a dire|ossia|te weten|namelijk|dat wil zeggen|czyli"
    r"|to jest|tj\.|а именно|т\.\s?е\.|тоест|tai yra|t\.\s?y\.|būtent)\s)"
)
"""What a class is followed by where those who belong to it are listed."""
_NEAR = 60
_AREAS = frozenset({"municipality", "region", "city_district", "organised_agglomeration"})
_SHORT_ITEM, _HEADED, _LEADS = 15, 8.5, 8.5
_CLAUSE = re.compile(r";(?:\s|$)")
_SURELY, _SEVERAL, _MANY, _NOTHING_ELSE = 10.0, 2, 3, 6
_UNSAID = Choice(APPLICANT, "list", 3.0)
"""A row of different bodies beside which nothing says otherwise: calls seldom list bodies for another reason."""
_KINDS = {APPLICANT: (Kind.APPLICANTS,), LEAD: (Kind.APPLICANTS, Kind.LEAD)}


class BodyRule:
    """Kinds of body near words about applying or leading; target groups and those who are excluded are not read."""

    def __init__(self, pack: Pack) -> None:
        self._assigner = Assigner(Sort.BODY, pack.bodies.cues, yields={APPLICANT: (LEAD, _LEADS)})
        self._denials = Denials(pack)
        self._breaks: Phrasebook[str] = Phrasebook({"breaks": pack.bodies.breaks})
        inside = "|".join(map(pattern_of, pack.bodies.inside)) or "(?!)"
        self._inside = re.compile(rf"(?<!\w)(?:{inside})\s?$")
        self._and = re.compile(rf"\s*(?:,|{'|'.join(map(re.escape, pack.joins.list))})\s*")

    def read(self, scene: Scene) -> Iterator[Reading]:
        """Kinds of body of a sentence, one reading each."""
        bodies = self._without_areas(scene)
        if not bodies or scene.small.endswith("?"):
            return  # a question tells nothing yet
        breaks = self._breaks.find(scene.small)
        cues = self._assigner.cues(scene.small)
        denied = self._denials.find(scene.small, cues, APPLICANT)
        cues = without_leading(cues, denied)
        breaks += [Found(m.start(), m.end(), "breaks", ";") for m in _CLAUSE.finditer(scene.small)]
        for row, choice in chains(scene, bodies, self._assigner, unsaid=_UNSAID, breaks=breaks, cues=cues):
            follows = may_not_lead(row, bodies, denied, scene.small)
            if (follows and not takes_part(cues)) or is_denied(row, bodies, denied, scene.small):
                continue
            why = replace(choice, topic=APPLICANT) if follows and choice.topic == LEAD else choice
            for kind in _KINDS.get(why.topic, ()) if _is_plain(row, why, scene) else ():
                for mention in _named(row, scene.small):
                    yield from (scene.fact(kind, code, why, mention) for code in mention.low)

    def _without_areas(self, scene: Scene) -> list[Mention]:
        """Names without those of areas: `villages in municipalities and regions of the south`."""
        found: list[Mention] = []
        area: Mention | None = None
        for mention in scene.mentions[Sort.BODY]:
            joined = area is not None and self._and.fullmatch(scene.small, area.end, mention.start)
            inside = self._inside.search(scene.small[max(0, mention.start - 40) : mention.start])
            if _AREAS.issuperset(mention.low) and mention.low and (inside or joined):
                area = mention
            else:
                found.append(mention)
                area = None
        return found


def _is_plain(row: list[Mention], choice: Choice, scene: Scene) -> bool:
    """Not one name near a small word: a text speaks of bodies in many ways. Below a heading an item may be short."""
    headed = choice.place == (0, 0) and choice is not _UNSAID and len(scene.small.split()) <= _SHORT_ITEM
    surely = choice.points >= (_HEADED if headed or choice.topic == LEAD else _SURELY)
    alone = len(scene.small.split()) <= _NOTHING_ELSE  # `Gemeinden und Vereine` and no other word
    least = _MANY if choice is _UNSAID and not alone else _SEVERAL
    return surely or len({mention.low for mention in row if mention.low}) >= least


def _named(row: list[Mention], small: str) -> list[Mention]:
    """Names of a row without the class that they are listed for: `public bodies: municipalities, provinces`."""
    named = [mention for mention in row if mention.low]
    followers = [*named[1:], None]
    return [m for m, after in zip(named, followers, strict=False) if not (after and _opens_list(small, m, after))]


def _opens_list(small: str, mention: Mention, after: Mention) -> bool:
    between = small[mention.end : after.start]
    return _LIST.match(between) is not None and len(between) <= _NEAR
