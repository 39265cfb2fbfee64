import pytest

from corpus.vocab import Subject, TargetGroup
from matcher.algorithm import MAX_CODE, Candidate, codes, with_codes
from matcher.coded import best_codes
from matcher.retrieve import Found
from tests.matcher.factory import CALLS, PRACTICES

GROUPS = {group: 2.5 - place * 0.7 for place, group in enumerate(TargetGroup)}
SUBJECTS = {subject: place * 0.4 - 1.0 for place, subject in enumerate(Subject)}
RECORDS = (*CALLS, *PRACTICES)


def test_each_record_gets_half_of_its_best_group_and_half_of_its_best_subject() -> None:
    def best(values: list[float]) -> float:
        return min(max([*values, 0.0]), MAX_CODE) / 2

    expected = [
        best([GROUPS[group] for group in record.target_groups]) + best([SUBJECTS[code] for code in record.subjects])
        for record in RECORDS
    ]
    assert best_codes(RECORDS, GROUPS, SUBJECTS, MAX_CODE) == pytest.approx(expected)
    assert best_codes([], GROUPS, SUBJECTS, MAX_CODE) == []


def test_codes_of_many_are_those_of_each() -> None:
    many = [Candidate(record, Found(record.id, 0.0), 0.0, GROUPS, SUBJECTS) for record in RECORDS]
    each = [codes(candidate) for candidate in many]
    with_codes(many)
    assert [candidate.coded for candidate in many] == pytest.approx(each)
