"""Whether a sentence leaves out whom it names: `cannot apply`, `ne candidatent pas`, `natürliche Personen nicht`."""

import re
from collections.abc import Sequence

from crawler.prose.assign import APPLICANT, LEAD, OTHER, Topic
from crawler.prose.mentions import Mention
from crawler.prose.pack import Pack
from crawler.prose.phrases import Found, Phrasebook

_BEFORE, _BEHIND, _SHORT = 25, 70, 26
_CLAUSE = re.compile(r";(?:\s|$)")
_STEP = r"\s+(?:[^\W\d]+\s+)?"
_NEAR_LEAD = 25
_PARTAKERS = ("partn", "parten", "партн", "memb", "mitglied", "człon", "член", "nar", "deelne", "dalyv")
"""What is in the words for partners and members of the eight languages."""
ALONE, OF_LEADING = "alone", "of leading"
"""A negation at the end of a clause, which reaches back a few words; a denial of leading alone."""


class Denials:
    """Finds what denies in the sentences of one language."""

    def __init__(self, pack: Pack) -> None:
        self._said: Phrasebook[str] = Phrasebook({"denied": pack.bodies.denied})
        words = "|".join(pack.negation)
        self._at_the_end = re.compile(rf"(?<!\w)(?:{words})(?=\s?(?:[.;,:!)]|$))")
        self._anywhere = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
        self._right_before = re.compile(rf"(?<!\w)(?:{words})(?!\w){_STEP}$")

    def find(self, small: str, cues: Sequence[Found[Topic]], topic: str) -> list[Found[str]]:
        """Phrases that deny, words for a topic behind a negation, and negations that end a clause."""
        found = self._said.find(small)
        found += [
            Found(cue.start, cue.end, "denied", cue.phrase)
            for cue in cues
            if cue.label[0] == topic and self._right_before.search(small[: cue.start])
        ]
        found += [Found(m.start(), m.end(), ALONE, m.group()) for m in self._at_the_end.finditer(small)]
        leads = [cue for cue in cues if cue.label[0] == LEAD]
        found += [
            Found(lead.start, lead.end, OF_LEADING, lead.phrase)
            for lead in leads
            if self._right_before.search(small[: lead.start])
        ]
        return [f if not _beside(f, leads) else Found(f.start, f.end, OF_LEADING, f.phrase) for f in found]

    def of_places(self, small: str) -> list[Found[str]]:
        """Phrases that deny, and every negation: what is said of a country beside one is seldom that it is in."""
        found = self._said.find(small)
        return found + [Found(m.start(), m.end(), ALONE, m.group()) for m in self._anywhere.finditer(small)]


def is_denied(row: Sequence[Mention], named: Sequence[Mention], denied: Sequence[Found[str]], small: str) -> bool:
    """Whether a denial stands beside a row, with no other name and no end of a clause between."""
    return any(_reaches(found, row, named, small) for found in denied if found.label != OF_LEADING)


def may_not_lead(row: Sequence[Mention], named: Sequence[Mention], denied: Sequence[Found[str]], small: str) -> bool:
    """Whether a sentence says of a row that it does not lead."""
    return any(_reaches(found, row, named, small) for found in denied if found.label == OF_LEADING)


def takes_part(cues: Sequence[Found[Topic]]) -> bool:
    """Whether a phrase says that somebody is a partner or a member, which is more than `may` or `is`."""
    return any(cue.label[0] == APPLICANT and any(word in cue.phrase for word in _PARTAKERS) for cue in cues)


def without_leading(cues: list[Found[Topic]], denied: Sequence[Found[str]]) -> list[Found[Topic]]:
    """Phrases without `cannot` of `cannot lead`, where the sentence also tells what those may do."""
    of_leading = [found for found in denied if found.label == OF_LEADING]
    if not of_leading or not takes_part(cues):
        return cues
    return [c for c in cues if c.label[0] != OTHER or not any(f.start < c.end and c.start < f.end for f in of_leading)]


def _reaches(found: Found[str], row: Sequence[Mention], named: Sequence[Mention], small: str) -> bool:
    after = found.start >= row[-1].end
    start, end = (row[-1].end, found.start) if after else (found.end, row[0].start)
    if not 0 <= end - start <= (_BEHIND if after else _BEFORE) or _CLAUSE.search(small, start, end):
        return False
    if found.label == ALONE and (not after or end - start > _SHORT or "," in small[start:end]):
        return False
    return not any(start <= m.start and m.end <= end for m in named)


def _beside(denial: Found[str], leads: Sequence[Found[Topic]]) -> bool:
    return any(
        -_NEAR_LEAD <= lead.start - denial.end <= _NEAR_LEAD or -_NEAR_LEAD <= denial.start - lead.end <= 0
        for lead in leads
    )
