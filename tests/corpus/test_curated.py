"""Curated files: read strictly, and every mistake named with its file, its field and the remedy."""

import datetime as dt
from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest

from corpus.build import load_curated
from corpus.curated import DATA, curated_files, read_curated
from corpus.errors import CuratedError
from corpus.model import Call, Practice, Programme, RecordBase
from corpus.parts import Method
from corpus.rules import PopulationRule
from corpus.vocab import Fund, Language

CALL = dedent("""
    title: {en: Safe streets}
    original_language: en
    url: https://example.org/call
    funds: [CERV]
    timeline:
      cutoffs:
      - date: 2026-06-15
        time: 14:00
        zone: Europe/Brussels
    sources:
    - key: page
      url: https://example.org/call
      read_on: 2026-11-01
    evidence:
      timeline.cutoffs:
        source: page
        statement: It closes on 15 June.
        place: first paragraph
""")


def put(folder: Path, text: str, name: str = "calls/streets.yml") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    record = read_curated(put(tmp_path, CALL))
    assert isinstance(record, Call)
    assert (record.id, record.kind, record.title) == ("isopolis.streets", "call", {"en": "Safe streets"})
    (cutoff,) = record.timeline.cutoffs
    assert (cutoff.date, cutoff.time, cutoff.zone) == (dt.date(2026, 6, 15), dt.time(14), "Europe/Brussels")
    assert (record.sources[0].method, record.sources[0].read_on) == (Method.CURATED, dt.date(2026, 11, 1))
    assert [item.statement for item in record.evidence["timeline.cutoffs"]] == ["It closes on 15 June."]


@pytest.mark.parametrize("time", ["14:00", '"14:00"', "14:00:00"])
def test_a_time_is_the_hour_that_was_written(tmp_path: Path, time: str) -> None:
    """YAML 1.1 would read 14:00 as the number 840."""
    record = read_curated(put(tmp_path, CALL.replace("14:00", time)))
    assert isinstance(record, Call)
    assert record.timeline.cutoffs[0].time == dt.time(14)


def test_norwegian_is_a_language_and_no_refusal(tmp_path: Path) -> None:
    text = CALL.replace("original_language: en", "original_language: no").replace(
        "{en: Safe", "{no: Trygge gater, en: Safe"
    )
    record = read_curated(put(tmp_path, text))
    assert record.original_language is Language.NO
    assert record.title == {"no": "Trygge gater", "en": "Safe streets"}


@pytest.mark.parametrize(("written", "read"), [("true", True), ("False", False), ("null", None)])
def test_truth_is_written_true_or_false(tmp_path: Path, written: str, read: bool | None) -> None:
    record = read_curated(put(tmp_path, f"{CALL}money: {{lump_sum: {written}}}\n"))
    assert isinstance(record, Call)
    assert record.money.lump_sum is read


def test_an_identifier_names_the_record_and_else_the_file(tmp_path: Path) -> None:
    text = CALL + "identifiers: [{scheme: eui, value: IA-4}, {scheme: doi, value: 10.1/x}]\n"
    assert read_curated(put(tmp_path, text)).id == "eui.IA-4"


@pytest.mark.parametrize(
    ("name", "kind"), [("calls/x.yml", Call), ("programmes/x.yml", Programme), ("practices/x.yml", Practice)]
)
def test_the_folder_gives_the_kind(tmp_path: Path, name: str, kind: type[RecordBase]) -> None:
    fields = ["title: {en: X}", "original_language: en", "url: https://example.org"]
    fields += ["sources: [{key: page, url: https://example.org, read_on: 2026-11-01}]"]
    own = (
        ["practice_kind: practice", "places: [{name: Gabrovo, country: BG}]"] if kind is Practice else ["funds: [CERV]"]
    )
    record = read_curated(put(tmp_path, "\n".join(fields + own), name))
    assert type(record) is kind
    assert record.id == "isopolis.x"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("funds: [CERV]\n", "", "funds: Field required"),
        ("title: {en: Safe streets}\n", "", "title: Field required"),
        ("funds: [CERV]", "funds: [Lottery]", "funds.0: Input should be 'ERDF'"),
        ("funds: [CERV]", "funds: CERV", "funds: Input should be a valid tuple"),
        ("funds:", "fundz:", "fundz: Extra inputs are not permitted"),
        ("funds: [CERV]", "funds: [CERV]\nbudget: 5", "budget: Extra inputs are not permitted"),
        ("funds: [CERV]", "funds: [CERV]\nfunds: [ERDF]", "not valid YAML: key 'funds' twice"),
        ("zone: Europe/Brussels", "zone: Europe/Brussels\n    time: 15:00", "not valid YAML: key 'time' twice"),
        ("date: 2026-06-15", "date: 15.06.2026", "timeline.cutoffs.0.date: Input should be a valid date"),
        ("date: 2026-06-15", "date: 2026-06-31", "timeline.cutoffs.0.date: Input should be a valid date"),
        ("time: 14:00", "time: 1400", "timeline.cutoffs.0.time: write a time as a text such as 14:00"),
        ("time: 14:00", "time: 2 p.m.", "timeline.cutoffs.0.time: Input should be in a valid time format"),
        ("zone: Europe/Brussels", "zone: CEST+2", "timeline.cutoffs.0.zone: 'CEST+2' is not a time zone"),
        ("source: page", "source: pages", "evidence 'timeline.cutoffs' names the unknown source 'pages'"),
        ("  timeline.cutoffs:", "  timeline.cutofs:", "evidence 'timeline.cutofs': there is no field 'cutofs'"),
        ("place: first paragraph", "excerpt: x", "evidence.timeline.cutoffs.0: a statement needs its place"),
        ("  read_on: 2026-11-01\n", "", "sources.0: source 'page': give read_on, the day"),
        ("  url: https://example.org/call\n", "", "sources.0.url: Field required"),
        ("original_language: en", "original_language: english", "original_language: Input should be 'bg'"),
        ("original_language: en", "original_language: en\nid: x", "id: leave it out, it comes from the file's place"),
        ("original_language: en", "original_language: en\nkind: call", "kind: leave it out"),
        ("title: {en: Safe streets}", "title: {en: Safe streets", "not valid YAML:"),
        ("title: {en: Safe streets}", "- a list", "not valid YAML:"),
        (
            "funds: [CERV]",
            "funds: [CERV]\nidentifiers: [{scheme: EUI!, value: x}]",
            "identifiers.0.scheme: String should match",
        ),
    ],
)
def test_a_broken_file_is_named_with_its_field(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in CALL
    path = put(tmp_path, CALL.replace(old, new, 1))
    with pytest.raises(CuratedError) as caught:
        read_curated(path)
    assert str(caught.value).startswith(f"{path}:")
    assert complaint in str(caught.value)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    path = put(tmp_path, text)
    with pytest.raises(CuratedError, match="a record is a mapping of fields to values"):
        read_curated(path)


def test_all_broken_fields_are_named_at_once(tmp_path: Path) -> None:
    path = put(tmp_path, CALL.replace("funds: [CERV]", "fundz: 1").replace("original_language: en\n", ""))
    with pytest.raises(CuratedError) as caught:
        read_curated(path)
    fields = {line.strip().split(":")[0] for line in str(caught.value).splitlines()[1:]}
    assert fields == {"funds", "fundz", "original_language"}


def test_a_file_in_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CuratedError, match="a curated file lies in one of calls, programmes, practices"):
        read_curated(put(tmp_path, CALL, "projects/streets.yml"))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "")
    path.write_bytes(b"title: \xff\xfe")
    with pytest.raises(CuratedError, match=r"streets\.yml: 'utf-8' codec"):
        read_curated(path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CuratedError, match="nowhere is no folder"):
        list(curated_files(tmp_path / "nowhere"))


def test_files_come_in_a_stable_order_and_others_are_left(tmp_path: Path) -> None:
    for name in ("practices/a.yml", "calls/b.yml", "calls/a.yml", "calls/notes.txt", "programmes/c.yml"):
        put(tmp_path, "", name)
    names = [str(path.relative_to(tmp_path)) for path in curated_files(tmp_path)]
    assert names == ["calls/a.yml", "calls/b.yml", "programmes/c.yml", "practices/a.yml"]


# What is shipped


@pytest.fixture(scope="module")
def shipped() -> dict[str, RecordBase]:
    return load_curated(DATA)


def test_all_shipped_files_are_read_and_no_two_have_one_id(shipped: dict[str, RecordBase]) -> None:
    assert len(shipped) == len(list(curated_files()))
    assert all(record_id == record.id for record_id, record in shipped.items())


def test_enough_is_shipped(shipped: dict[str, RecordBase]) -> None:
    kinds = Counter(type(record) for record in shipped.values())
    assert kinds[Call] + kinds[Programme] >= 60
    assert kinds[Practice] >= 60


def test_the_funds_of_the_partnership_are_there(shipped: dict[str, RecordBase]) -> None:
    funds = {fund for record in shipped.values() if isinstance(record, Call | Programme) for fund in record.funds}
    assert funds >= {Fund.ERDF, Fund.ESF_PLUS, Fund.AMIF, Fund.EUI}


def test_every_shipped_record_says_where_and_when_it_was_read(shipped: dict[str, RecordBase]) -> None:
    for record in shipped.values():
        assert record.sources[0].method is Method.CURATED, record.id
        for source in record.sources:
            assert source.url.startswith("http"), record.id
            if source.method is Method.CITED:
                # Nobody opened it, so it must not look as if somebody had.
                assert source.read_on is None, record.id
                continue
            assert source.method is Method.CURATED, record.id
            assert source.read_on is not None, record.id
            assert dt.date(2024, 1, 1) <= source.read_on, record.id


def test_every_shipped_record_can_be_read_in_english(shipped: dict[str, RecordBase]) -> None:
    assert [record.id for record in shipped.values() if Language.EN not in record.title] == []


def test_the_fourth_call_of_the_urban_initiative(shipped: dict[str, RecordBase]) -> None:
    call = shipped["eui.IA-4"]
    assert isinstance(call, Call)
    assert Fund.EUI in call.funds
    (population,) = [rule for rule in call.eligibility.rules if isinstance(rule, PopulationRule)]
    assert population.value.min == 25000
    assert population.value.grouping is not None
    assert population.value.grouping.allowed
    assert population.evidence[0].source in {source.key for source in call.sources}


def test_shipped_names_follow_the_same_form() -> None:
    names = [path.stem for path in curated_files()]
    assert [name for name in names if not name.replace("-", "").isalnum() or name != name.lower()] == []
