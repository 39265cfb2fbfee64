"""How well the labelled texts are read: no kind may fall under what was reached."""

import pytest

from bench.prose import euroaccess, texts
from bench.prose.score import Tallies, total
from crawler.prose import Kind
from tests.crawler import samples

# Precision and recall that were reached in the texts that rules were written with, cut to two digits.
FLOORS = {
    Kind.OPENS: (0.97, 0.96),
    Kind.DEADLINE: (0.98, 0.96),
    Kind.BUDGET: (0.97, 0.95),
    Kind.GRANT_MIN: (0.98, 0.97),
    Kind.GRANT_MAX: (0.96, 0.96),
    Kind.RATE: (0.98, 0.95),
    Kind.DURATION_MIN: (0.99, 0.97),
    Kind.DURATION_MAX: (0.98, 0.96),
    Kind.APPLICANTS: (0.97, 0.94),
    Kind.LEAD: (0.98, 0.93),
    Kind.COUNTRIES: (0.98, 0.95),
    Kind.PARTNERS: (0.93, 0.95),
    Kind.PARTNER_COUNTRIES: (0.97, 0.93),
    Kind.POPULATION_MIN: (1.00, 0.87),
    Kind.POPULATION_MAX: (0.98, 0.95),
    Kind.GROUPING: (0.98, 0.95),
    Kind.REGRANTING: (0.98, 1.00),
    Kind.SUB_GRANT_MAX: (0.95, 0.94),
}
SEALED = (0.89, 0.86)


@pytest.fixture(scope="module")
def groups() -> dict[str, Tallies]:
    found = texts.measured()
    return {
        group: {kind: total(t[kind] for (g, _), t in found.items() if g == group and kind in t) for kind in Kind}
        for group in texts.GROUPS
    }


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_read_as_well_as_before(groups: dict[str, Tallies], kind: Kind) -> None:
    precision, recall = FLOORS[kind]
    assert groups["known"][kind].precision >= precision
    assert groups["known"][kind].recall >= recall


def test_texts_that_nobody_looks_at_are_read_as_well_as_before(groups: dict[str, Tallies]) -> None:
    sealed = total(groups["sealed"].values())
    precision, recall = SEALED
    assert sealed.precision >= precision
    assert sealed.recall >= recall


def test_every_language_has_texts_of_both_groups() -> None:
    assert len({(text.group, text.language) for text in texts.texts()}) == 2 * 8


def test_the_prose_of_euroaccess_says_what_its_fields_say() -> None:
    samples.samples()
    rows = euroaccess.records()
    assert rows is not None
    differing = [one for one in euroaccess.comparisons(rows) if one.read != one.said]
    # The field of call 2282 is the end of a call with several cut-off dates; its text gives the first of them.
    assert [(euroaccess.call_number(rows[one.number]), one.kind, one.read) for one in differing] == [
        ("2282", Kind.DEADLINE, {"2025-09-23"})
    ]
