"""The matcher: an idea in, an explained answer out.

Retrieve wide, judge exactly, cut once: candidates come from vectors and words, eligibility and timing are
judged on the best of them, and one list of features orders them.
"""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest

from corpus.messages import gettext as _
from corpus.model import Call, Practice
from corpus.snapshot import Snapshot
from corpus.vocab import Language, Subject, TargetGroup
from matcher.algorithm import Candidate, estimate_words, for_another_country, relevance, subject_score, with_codes
from matcher.align import Alignment
from matcher.answer import Answer, CallMatch, Combination, LeftOut, NoFit, PracticeMatch, Understood
from matcher.combine import combine, could_pair, has_both
from matcher.embed import Embedder
from matcher.errors import ProfileError
from matcher.index.search import SearchIndex
from matcher.judging import Judge, order
from matcher.language import detect
from matcher.meetings import Meetings, Part
from matcher.nofit import fits, no_fit
from matcher.parts import split_idea
from matcher.peers import Near, similar_practices
from matcher.places import Places
from matcher.present import call_match, practice_match
from matcher.profile import Applicant
from matcher.query import IdeaQuery
from matcher.relevance import Relevance
from matcher.retrieve import Found, Question, prepare, retrieve
from matcher.sides import Sides
from matcher.threads import one_thread_for_products
from matcher.triangle import Ahead, ahead, successors

JUDGED = 3
"""Records of a kind judged exactly, as a multiple of those shown: judging can reorder them."""
JUDGED_AT_LEAST = 30
"""And never fewer: calls for other countries are found and left out."""
PAIRED = 15
"""Calls looked at for pairs of funds beyond those that are shown."""
_SEARCHES = 4
"""Searches for practices at the same time, one for each person who asks."""
_SURE = 0.5
"""Confidence of the language detector from which a text is taken for one of that language."""
_CLEAR = 1.0
"""Standard deviations from which a group or subject counts as spoken of."""

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked, made ready for both kinds of record."""

    question: Question
    parts: tuple[Part, ...]
    applicant: Applicant
    groups: dict[TargetGroup, float]
    subjects: dict[Subject, float]


class Matcher:
    """Everything needed to answer: snapshot, index, model, places and a clock."""

    def __init__(
        self, snapshot: Snapshot, index: SearchIndex, embedder: Embedder, places: Callable[[], Places], clock: Clock
    ) -> None:
        """Take the parts; `places` is called when a place is first asked for."""
        self.snapshot = snapshot
        self._index = index
        self._embedder = embedder
        self._places = places
        self._clock = clock
        self._record = lru_cache(maxsize=20_000)(snapshot.get)
        self._meetings = Meetings(index, embedder)
        self._sides = Sides(index.kept)
        self._alignment = Alignment(self._meetings, index.kept)
        # Practices are looked for while calls are: most of that work is numpy's and the word index's own.
        self._beside_others = ThreadPoolExecutor(_SEARCHES, "practices")
        one_thread_for_products()

    @property
    def index(self) -> SearchIndex:
        """The index that is searched."""
        return self._index

    @property
    def embedder(self) -> Embedder:
        """The embedding model."""
        return self._embedder

    @property
    def model(self) -> str:
        """Name of the embedding model."""
        return self._embedder.name

    def close(self) -> None:
        """Give back what the index holds in memory; nothing may be asked afterwards."""
        self._beside_others.shutdown()
        self._index.close()

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for."""
        self._meetings.warm_up()
        self.match(IdeaQuery(text="a town that is there for everybody"))

    def match(self, query: IdeaQuery) -> Answer:
        """Answer an idea.

        Raises:
            ProfileError: the place is not known, or a call that was asked for is not there.
        """
        now = self._moment(query)
        applicant, place = self._applicant(query)
        asked = self._ask(query, applicant)
        judge = Judge(applicant, now)
        later = self._beside_others.submit(self._candidates, asked, "practice")
        found, others = self._candidates(asked, "call"), later.result()
        if query.language is None and _is_no_language(asked.question, [*found, *others]):
            found, others = [], []
        abroad = [] if query.only else [c for c in found if for_another_country(c)]
        names = {candidate.record.id for candidate in abroad}
        here = self._asked_for(query, asked, found) if query.only else [c for c in found if c.record.id not in names]
        calls = [judge.dated(candidate) for candidate in _best(here, query.limit)]
        shown, left_out = _shown(calls, abroad, query, judge)
        coming = ahead((c.record for c in found if isinstance(c.record, Call)), now)
        matches = self._call_matches(shown, asked, others, coming, now)
        examples = self._examples(_best(others, query.limit), query.limit, coming, now)
        understood = _understood(asked, place)
        return Answer(
            as_of=now.date(),
            snapshot=self.snapshot.manifest.hash[:16],
            model=self._embedder.name,
            understood=understood,
            calls=matches,
            practices=examples,
            left_out=left_out,
            combination=self._combination(query, asked, matches, here, judge, now) if query.explain else None,
            policy=self._alignment.of(asked.parts, understood.target_groups, now.date()) if query.explain else None,
            no_fit=_no_fit(shown, calls, abroad, examples, matches, judge, now),
            notes=_notes(matches, asked.parts),
        )

    def _call_matches(
        self,
        shown: list[Candidate],
        asked: _Asked,
        practices: list[Candidate],
        coming: Ahead,
        now: dt.datetime,
    ) -> tuple[CallMatch, ...]:
        language = asked.question.language or Language.EN
        hits = tuple(hit for practice in practices for hit in practice.found.hits)
        near = Near(asked.question.vector, asked.applicant.country, language, now, coming, hits)
        calls = [(c.record, c.found) for c in shown if isinstance(c.record, Call)]
        peers = similar_practices(calls, self._index, self._record, near)
        met = self._meetings.of_calls([call for call, _found in calls], asked.parts)
        return tuple(
            call_match(rank, candidate, self._programme_title, now, beside, similar)
            for rank, (candidate, beside, similar) in enumerate(zip(shown, met, peers, strict=True), 1)
        )

    def _examples(
        self, practices: list[Candidate], limit: int, coming: Ahead, now: dt.datetime
    ) -> tuple[PracticeMatch, ...]:
        relevant = [candidate for candidate in sorted(practices, key=order) if relevance(candidate) is not None]
        return tuple(
            practice_match(rank, c, successors(c.record, coming, now) if isinstance(c.record, Practice) else ())
            for rank, c in enumerate(relevant[:limit], 1)
        )

    def _combination(
        self,
        query: IdeaQuery,
        asked: _Asked,
        matches: tuple[CallMatch, ...],
        found: list[Candidate],
        judge: Judge,
        now: dt.datetime,
    ) -> Combination:
        """Pairs among the calls that are shown and the next ones of funds that pay for one of the sides."""
        sides = [self._sides.of(part.text, part.vector) for part in asked.parts]
        if has_both(sides):
            shown = {match.id for match in matches}
            further = [c for c in found if c.record.id not in shown and could_pair(c, now)]
            sided = [part for part, side in zip(asked.parts, sides, strict=True) if side.side is not None]
            # A call that meets no part of a side is in no pair, whatever else it is.
            telling = [c for c in nsmallest(PAIRED, further, key=_by_subject) if self._meets(c, sided)]
            matches = (*matches, *self._beside([judge.judged(c) for c in telling], len(matches), asked.parts, now))
        return combine(matches, sides, query.budget, now.date())

    def _meets(self, candidate: Candidate, parts: list[Part]) -> bool:
        return isinstance(candidate.record, Call) and self._meetings.meets(candidate.record, parts)

    def _beside(
        self, candidates: list[Candidate], rank: int, parts: tuple[Part, ...], now: dt.datetime
    ) -> tuple[CallMatch, ...]:
        """Calls behind those that are shown, without practices."""
        met = self._meetings.of_calls([c.record for c in candidates if isinstance(c.record, Call)], parts)
        return tuple(
            call_match(rank + place, candidate, self._programme_title, now, beside, ())
            for place, (candidate, beside) in enumerate(zip(candidates, met, strict=True), 1)
        )

    def _moment(self, query: IdeaQuery) -> dt.datetime:
        now = self._clock()
        return now if query.as_of is None else dt.datetime.combine(query.as_of, dt.time(0), tzinfo=now.tzinfo)

    def _applicant(self, query: IdeaQuery) -> tuple[Applicant, str | None]:
        """The applicant with what the place tells, where the person did not."""
        applicant = query.applicant
        if query.place is None:
            return applicant, None
        found = self._places().one(query.place, applicant.country)
        update: dict[str, object] = {}
        if applicant.country is None:
            update["country"] = found.country
        if applicant.population is None and not applicant.units:
            update["population"] = found.population
        return applicant.model_copy(update=update), found.name

    def _ask(self, query: IdeaQuery, applicant: Applicant) -> _Asked:
        detected = detect(query.text) if query.language is None else None
        language = query.language or (detected.language if detected else None)
        sure = detected.confidence if detected else 1.0
        texts = split_idea(query.text, language) if query.explain else ()
        question = prepare(query.text, self._embedder.read_query(query.text), language, sure)
        # Beside the whole idea, its parts would be filled up to its length; an idea of one part is read once.
        readings = self._embedder.read_queries(texts) if len(texts) > 1 else [question.reading] * len(texts)
        parts = self._meetings.as_parts(texts, readings, language)
        groups = self._index.terms.nearest(question.vector, TargetGroup)
        subjects = self._index.terms.nearest(question.vector, Subject)
        return _Asked(
            question, parts, applicant, {TargetGroup(c): v for c, v in groups}, {Subject(c): v for c, v in subjects}
        )

    def _asked_for(self, query: IdeaQuery, asked: _Asked, found: list[Candidate]) -> list[Candidate]:
        """The calls that a person wants to look at, wherever they rank."""
        for name in query.only:
            if not isinstance(self._record(name), Call):
                raise ProfileError("only", f"there is no call {name!r}")
        known = {candidate.record.id: candidate for candidate in found}
        return [known.get(name) or self._candidate(asked, Found(name, 0.0), 0.0) for name in dict.fromkeys(query.only)]

    def _candidates(self, asked: _Asked, kind: str) -> list[Candidate]:
        found = retrieve(self._index, asked.question, kind)
        words = estimate_words(found)
        best = max(words.values(), default=0.0)
        candidates = [self._candidate(asked, record, words[record.record_id], best) for record in found]
        with_codes(candidates)
        return candidates

    def _candidate(self, asked: _Asked, found: Found, words: float, best: float = 0.0) -> Candidate:
        record = self._record(found.record_id)
        if not isinstance(record, (Call, Practice)):
            raise TypeError(f"{found.record_id} is no call and no practice")
        who = asked.applicant
        share = words / best if best > 0 else 0.0
        return Candidate(
            record, found, words, asked.groups, asked.subjects, share, population=who.inhabitants, country=who.country
        )

    def _programme_title(self, programme: str | None) -> str | None:
        record = self._record(programme) if programme else None
        return record.text(record.title) if record else None


def _best(candidates: list[Candidate], limit: int) -> list[Candidate]:
    """The candidates that are looked at closely, the nearest by subject first."""
    return nsmallest(max(JUDGED_AT_LEAST, JUDGED * limit), candidates, key=_by_subject)


def _understood(asked: _Asked, place: str | None) -> Understood:
    return Understood(
        parts=tuple(part.text for part in asked.parts),
        language=asked.question.language,
        applicant=asked.applicant,
        place=place,
        target_groups=tuple(group for group, value in asked.groups.items() if value >= _CLEAR),
        subjects=tuple(subject for subject, value in asked.subjects.items() if value >= _CLEAR),
    )


def _by_subject(candidate: Candidate) -> tuple[float, str]:
    return -subject_score(candidate), candidate.record.id


def _is_no_language(question: Question, candidates: list[Candidate]) -> bool:
    """Whether the text is in no language that we know, and not one of its words is met anywhere."""
    return question.sure < _SURE and not any(candidate.found.words for candidate in candidates)


def _shown(
    candidates: list[Candidate], abroad: list[Candidate], query: IdeaQuery, judge: Judge
) -> tuple[list[Candidate], tuple[LeftOut, ...]]:
    if query.only:
        return sorted(map(judge.judged, candidates), key=lambda c: query.only.index(c.record.id)), ()
    relevant = sorted((c for c in candidates if relevance(c) is not None), key=order)
    outside = {c.record.id for c in relevant if judge.elsewhere(c)}
    elsewhere = [*(c for c in relevant if c.record.id in outside), *(c for c in abroad if relevance(c))]
    here = judge.first((c for c in relevant if c.record.id not in outside), query.limit)
    groups = (
        (_("for applicants of other countries"), [c.record.id for c in elsewhere]),
        (_("ranked below the ones shown"), [c.record.id for c in here[query.limit :]]),
    )
    return here[: query.limit], tuple(LeftOut(reason=r, ids=tuple(ids)) for r, ids in groups if ids)


def _no_fit(
    shown: list[Candidate],
    calls: list[Candidate],
    abroad: list[Candidate],
    examples: tuple[PracticeMatch, ...],
    matches: tuple[CallMatch, ...],
    judge: Judge,
    now: dt.datetime,
) -> NoFit | None:
    """Why no call fits. Calls behind those that are shown are judged only where none of these fits."""
    vague = _vague(matches, calls)
    if any(fits(candidate, vague) for candidate in shown):
        return None
    return no_fit([*map(judge.barred, calls), *abroad], examples, now, vague)


def _vague(matches: tuple[CallMatch, ...], judged: list[Candidate]) -> set[str]:
    """Calls that meet no part of the idea; where this is so of all that are shown, those behind them do not either."""
    vague = {match.id for match in matches if match.parts and not any(part.sentence for part in match.parts)}
    return {candidate.record.id for candidate in judged} if vague and len(vague) == len(matches) else vague


def _notes(matches: tuple[CallMatch, ...], parts: tuple[Part, ...]) -> tuple[str, ...]:
    if not matches:
        return (_("No call of the collection is about this idea. Try other words: what, for whom, where."),)
    if parts and not any(part.sentence for match in matches for part in match.parts):
        text = _("No part of the idea meets a sentence of any call: these are the nearest, and probably not about it.")
        return (text,)
    if all(match.relevance is Relevance.POSSIBLE for match in matches):
        return (_("No call is clearly about this idea; these are the nearest."),)
    return ()
