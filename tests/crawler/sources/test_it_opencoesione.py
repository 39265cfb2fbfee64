"""The index of OpenCoesione as a whole: every region is known, and every programme is one that is curated."""

import datetime as dt

from corpus.build import load_curated
from corpus.curated import DATA
from corpus.model import Call, Programme
from corpus.vocab import Fund
from crawler.sources.it_opencoesione.parse import parse_index
from tests.crawler.reading import config
from tests.crawler.replica import Reply
from tests.crawler.worlds import world_of
from tests.crawler.worlds.it_opencoesione import INDEX, NATIONAL, REGIONS

CONFIG = config("it_opencoesione")
NOW = dt.datetime(2026, 7, 1, 6, 30, tzinfo=dt.UTC)


def calls() -> list[Call]:
    page = world_of("it_opencoesione").pages[INDEX]
    assert isinstance(page, Reply)
    parsed = parse_index(page.body, CONFIG.urls["list"], CONFIG, NOW)
    assert parsed.issues == []
    return [raw.record for raw in parsed.records if isinstance(raw.record, Call)]


def test_every_programme_has_its_two_pages() -> None:
    assert len(calls()) == 2 * (2 * len(REGIONS) + len(NATIONAL) + 1)


def test_every_region_is_known() -> None:
    nuts = {code for call in calls() if call.geography for code in call.geography.nuts}
    assert len(nuts) == len(REGIONS) == 21


def test_programmes_are_curated_ones_that_the_same_funds_pay() -> None:
    curated = load_curated(DATA)
    words = ("programme", "national_programme")
    mapped = {code for name in words for value in CONFIG.mappings[name].values for code in codes(name, value)}
    assert [code for code in mapped if not isinstance(curated.get(code), Programme)] == []
    for key in CONFIG.mappings["programme"].values:
        programme = curated[codes("programme", key)[0]]
        assert isinstance(programme, Programme)
        assert sorted(map(str, programme.funds)) == key.split()[1:]
    for name in CONFIG.mappings["national_programme"].values:
        programme = curated[codes("national_programme", name)[0]]
        assert isinstance(programme, Programme)
        assert {str(fund) for fund in programme.funds} == set(codes("national_fund", name))


def codes(mapping: str, value: str) -> tuple[str, ...]:
    found = CONFIG.mappings[mapping].codes(value)
    assert found is not None
    return found


def test_a_programme_across_borders_is_not_bound_to_italy() -> None:
    (mare, _) = [call for call in calls() if Fund.INTERREG in call.funds]
    assert (mare.funds, mare.geography, mare.programme) == ((Fund.INTERREG,), None, None)
