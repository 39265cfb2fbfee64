"""The bench of ideas: its texts and judgements are whole, its measures are right, and no STRONG case is lost."""

import datetime as dt
from collections import Counter

import pytest

from bench.ideas.files import OffTopic, base_ideas, elsewhere, further_ideas, off_topic
from bench.ideas.judged import Judgement, grades, judgements, weighted_kappa
from bench.ideas.measure import Shown, ask, by_kind, relative, score
from bench.ideas.off_topic import Outcome
from bench.ideas.strong import lost, strong_cases
from corpus.build import load_curated
from corpus.curated import DATA
from corpus.model import Call
from corpus.snapshot import write_snapshot
from corpus.vocab import Language
from matcher.assemble import open_matcher, update_index
from matcher.relevance import Relevance
from tests.models import models_home, settings_of


def test_every_base_idea_is_written_in_every_language() -> None:
    versions = Counter(idea.name for idea in base_ideas())
    assert len(versions) == 16
    assert set(versions.values()) == {24}
    assert len({idea.text for idea in base_ideas()}) == 16 * 24


def test_there_are_sixty_further_ideas_and_two_in_each_language() -> None:
    ideas = list(further_ideas())
    assert len({idea.name for idea in ideas}) == len(ideas) >= 60
    languages = Counter(idea.language for idea in ideas)
    assert len(languages) == 24
    assert min(languages.values()) >= 2


def test_texts_about_nothing_come_in_many_kinds_and_languages() -> None:
    texts = list(off_topic())
    assert len({text.name for text in texts}) == len(texts) >= 30
    assert len({text.language for text in texts}) >= 10
    assert {"other_field", "greeting", "noise", "recipe", "spam", "single_word", "letter"} <= {t.kind for t in texts}


def test_the_same_eight_things_are_written_in_every_language() -> None:
    texts = list(elsewhere())
    assert len({text.name for text in texts}) == len(texts) == 8 * 24
    assert set(Counter(text.language for text in texts).values()) == {8}
    # One sale in 24 languages must not be one text: only a language that was copied over another would be.
    assert len({text.text for text in texts}) == len(texts)


def test_every_idea_is_judged_with_records_that_are_shipped() -> None:
    rows = judgements()
    names = {idea.name for idea in (*base_ideas(), *further_ideas())}
    assert {row.idea for row in rows} == names
    assert {row.record for row in rows} <= load_curated(DATA).keys()
    assert len({(row.idea, row.record) for row in rows}) == len(rows)
    assert all(row.agreed == (row.first + row.second) // 2 for row in rows)
    assert all(0 <= grade <= 3 for row in rows for grade in (row.first, row.second))


def test_each_idea_has_something_that_would_clearly_serve_it() -> None:
    best = {idea: max(of_idea.values()) for idea, of_idea in grades(judgements()).items()}
    assert set(best.values()) == {3}


def test_kappa_is_one_for_equal_passes_and_nought_for_chance() -> None:
    equal = [Judgement("idea", str(place), grade, grade, grade) for place, grade in enumerate((0, 1, 2, 3))]
    assert weighted_kappa(equal) == pytest.approx(1)
    chance = [Judgement("idea", f"{a}{b}", a, b, 0) for a in (0, 3) for b in (0, 3)]
    assert weighted_kappa(chance) == pytest.approx(0)


def test_a_list_is_scored_by_the_grades_of_its_kind() -> None:
    of_kind = by_kind({"idea": {"a": 3, "b": 1, "c": 3}}, frozenset({"a", "b"}))
    assert score(Shown("idea", Language.EN, "call", ("a", "b")), of_kind) == pytest.approx(1)
    assert score(Shown("idea", Language.EN, "practice", ("a",)), of_kind) == 0


def test_a_language_is_measured_against_english() -> None:
    scores = {("one", Language.EN): 0.8, ("two", Language.EN): 0.4}
    scores |= {("one", Language.GA): 0.4, ("two", Language.GA): 0.2}
    (found,) = relative(scores)
    assert found.language is Language.GA
    assert (found.ratio, found.low, found.high) == pytest.approx((0.5, 0.5, 0.5))


def test_a_text_is_told_nothing_fits_only_without_strong_and_good_calls() -> None:
    text = OffTopic("greeting", Language.EN, "greeting", "Hello")
    assert Outcome(text, Counter({Relevance.POSSIBLE: 3}), Counter()).told
    assert not Outcome(text, Counter({Relevance.GOOD: 1}), Counter()).told


def test_a_strong_case_is_lost_when_its_record_falls_behind() -> None:
    case = next(case for case in strong_cases() if case.kind == "call")
    kept = Shown(case.idea, case.language, "call", (case.record,))
    behind = Shown(case.idea, case.language, "call", (*map(str, range(case.within)), case.record))
    assert lost([case], [kept]) == []
    assert len(lost([case], [behind])) == 1


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_strong_case_of_calls_is_lost(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Only the calls are indexed: embedding the practices as well would take as long again."""
    settings = settings_of(tmp_path_factory.mktemp("ideas"), models_home(tmp_path_factory))
    calls = [record for _, record in sorted(load_curated(DATA).items()) if isinstance(record, Call)]
    write_snapshot(settings.home / "snapshots", iter(calls), dt.datetime.now(dt.UTC))
    update_index(settings)
    cases = [case for case in strong_cases() if case.kind == "call"]
    wanted = {(case.idea, case.language) for case in cases}
    matcher = open_matcher(settings)
    try:
        ideas = (idea for idea in (*base_ideas(), *further_ideas()) if (idea.name, idea.language) in wanted)
        assert lost(cases, list(ask(matcher, ideas))) == []
    finally:
        matcher.close()
