"""What several sources tell of one thing becomes one record, and the source that knows best is believed."""

import re

import pytest

from corpus.build import load_curated
from corpus.curated import DATA
from corpus.identity import Groups
from corpus.issues import Issue
from corpus.merge import Telling, merge
from corpus.model import Call, Practice, RecordBase
from crawler.practices import read_place
from crawler.registry import load_sources
from tests.crawler.reading import CASES, config, read_parsed

CURATED = load_curated(DATA)


def told(source: str, case: str) -> list[Telling]:
    """Records of a saved case, as tellings of their source."""
    return [Telling(source, raw.key, raw.record) for raw in read_parsed(CASES / source / case).records]


def curated(record_id: str) -> Telling:
    return Telling("curated", record_id, CURATED[record_id])


def united(tellings: list[Telling]) -> dict[str, list[Telling]]:
    """Groups of tellings by shared names, each with its best telling first."""
    ranks = {"curated": 0} | {source.id: source.rank for source in load_sources()}
    groups = Groups()
    for place, telling in enumerate(tellings):
        record = telling.record
        groups.add(str(place), record.id, [(item.scheme, item.value) for item in record.identifiers])
    found = {name: [tellings[int(place)] for place in places] for name, places in groups.groups()}
    return {name: sorted(members, key=lambda t: (ranks[t.origin], t.key)) for name, members in found.items()}


def one(tellings: list[Telling]) -> tuple[RecordBase, list[Issue]]:
    ((name, members),) = united(tellings).items()
    return merge(members, name)


def exchanges(source: str, case: str) -> Telling:
    (found,) = [telling for telling in told(source, case) if telling.record.id == "eui.city-to-city-exchanges"]
    return found


def test_the_official_page_of_the_exchanges_wins_over_portico() -> None:
    both = [exchanges("portico", "list"), exchanges("eui", "detail_that_is_always_open")]
    record, issues = one(both)
    assert isinstance(record, Call)
    assert (record.timeline.continuous, record.timeline.cutoffs) == (True, ())
    assert ("timeline.cutoffs", "2027-12-31") in [(issue.field, issue.raw) for issue in issues]
    assert {source.publisher for source in record.sources} == {"European Urban Initiative"}
    assert len(record.sources) == 2


def test_the_curated_record_of_the_exchanges_keeps_its_name() -> None:
    both = [exchanges("portico", "list"), exchanges("eui", "detail_that_is_always_open")]
    record, _ = one([*both, curated("eui.city-to-city-exchanges")])
    assert (record.id, record.title["en"]) == ("eui.city-to-city-exchanges", "EUI City-to-City Exchanges")
    assert isinstance(record, Call)
    assert record.timeline.cutoffs == ()


def test_a_call_told_three_times_is_one_call() -> None:
    fourth = [telling for telling in told("portico", "list") if telling.record.id == "eui.IA-4"]
    record, issues = one([*fourth, *told("eui", "detail"), curated("eui.IA-4")])
    assert isinstance(record, Call)
    assert [(c.date.isoformat(), str(c.time)) for c in record.timeline.cutoffs] == [("2026-06-15", "14:00:00")]
    assert [issue for issue in issues if issue.field.startswith(("timeline", "money"))] == []
    assert {source.key.split(":")[0] for source in record.sources} == {"curated", "eui", "portico"}


def test_both_sources_name_the_official_pages_alike() -> None:
    assert config("eui").mappings["call"] == config("portico").mappings["call"]


@pytest.mark.parametrize("source", ["eui", "portico"])
def test_every_curated_call_of_the_initiative_has_its_page(source: str) -> None:
    named = {code for value in config(source).mappings["call"].values.values() for code in [value]}
    wanted = {f"eui:{record_id.removeprefix('eui.')}" for record_id in CURATED if record_id.startswith("eui.")}
    assert wanted <= named


def test_a_former_project_among_the_practices_is_that_project() -> None:
    record, issues = one([*told("urbact", "detail_of_a_former_uia_project"), curated("uia.1-06")])
    assert record.id == "uia.1-06"
    assert record.title["en"].startswith("B-MINCOME")
    assert {item.scheme for item in record.identifiers} == {"uia", "urbact"}
    assert issues == []


def test_every_known_page_of_urbact_has_its_curated_record() -> None:
    named = {(i.scheme, i.value): name for name, record in CURATED.items() for i in record.identifiers}
    for path, codes in config("urbact").mappings["known"].values.items():
        project = str(codes).removeprefix("uia:")
        assert ("uia", project) in named, path


def test_the_page_of_a_project_adds_to_its_curated_record() -> None:
    record, issues = one([*told("uia", "detail"), curated("uia.1-04")])
    assert isinstance(record, Practice)
    assert record.id == "uia.1-04"
    assert record.title == CURATED["uia.1-04"].title
    assert record.approach["en"].startswith("Young tenants")
    assert [place.country for place in record.places] == ["NL"]
    assert [issue.field for issue in issues] == []


KNOWN = [
    pytest.param(source, mapping, path, id=f"{source}:{path}")
    for source, mapping in (("uia", "project"), ("portico_practices", "known"))
    for path in config(source).mappings[mapping].values
]


@pytest.mark.parametrize(("source", "mapping", "path"), KNOWN)
def test_every_known_project_lies_where_its_curated_record_says(source: str, mapping: str, path: str) -> None:
    (project,) = config(source).mappings[mapping].codes(path) or ()
    (said,) = config(source).mappings["place"].codes(path) or ()
    record = CURATED[project.replace(":", ".")]
    assert isinstance(record, Practice)
    first = record.places[0]
    assert read_place(said) == {"name": first.name, "country": first.country}


NUMBERS = (
    ("pl", re.compile(r"\bFE[A-Z]{2,3}\.\d{2}\.\d{2}-I[PZ]\.\d{2}-\d{3,4}/\d{2}\b")),
    ("bg", re.compile(r"\bBG\d{2}[A-Z]{2}[A-Z0-9]{4}-\d\.\d{3}\b")),
)


def unnamed(record: RecordBase, stated: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Names that are stated and that the record does not carry."""
    return stated - {(item.scheme, item.value) for item in record.identifiers}


def test_a_curated_record_has_the_number_that_its_title_states() -> None:
    stated = {
        name: {(scheme, n) for scheme, said in NUMBERS for title in record.title.values() for n in said.findall(title)}
        for name, record in CURATED.items()
    }
    assert {name: lost for name, names in stated.items() if (lost := unnamed(CURATED[name], names))} == {}
    assert sum(map(len, stated.values())) >= 2


REGISTERS = (
    ("ft", re.compile(r"/topic-details/([\w.-]+)")),
    ("euroaccess", re.compile(r"euro-access\.eu/\w\w/calls/(\d+)")),
    ("eumis", re.compile(r"eumis2020\.government\.bg/bg/s/Procedure/Info/([0-9a-f-]{36})")),
)


def test_a_curated_call_whose_page_is_in_a_register_has_its_name_there() -> None:
    stated = {
        name: {(scheme, found) for scheme, page in REGISTERS for found in page.findall(record.url or "")}
        for name, record in CURATED.items()
        if isinstance(record, Call)
    }
    assert {name: lost for name, names in stated.items() if (lost := unnamed(CURATED[name], names))} == {}
    assert sum(map(len, stated.values())) >= 100
