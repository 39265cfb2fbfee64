"""What goes out comes in again with nothing lost, and no spreadsheet runs any of it."""

import csv
import io
from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from api.desk.bring_in import COLUMNS, read_candidates
from api.desk.bring_out import LICENCE, OutEnding, Taken, out_file
from api.desk.sheet_row import LONGEST, plain, protected
from corpus.curated import curated_files, read_yaml
from corpus.desk.content import Content, ItemKind
from corpus.desk.errors import ContentError
from corpus.desk.rights import DeskRole, Scope
from corpus.desk.rows import Item
from corpus.desk.workflow import Standing, State
from tests.api.desk.conftest import Person
from tests.corpus.desk.test_items import PRACTICE
from tests.factories import NOW

Join = Callable[[str, DeskRole], Person]
FORMULA = '=HYPERLINK("http://evil.example","x")'
DANGEROUS = (
    FORMULA,
    "+1",
    "-1+1",
    "@SUM(A1)",
    "'=1+1",
    "''",
    "'",
    "\t=1",
    "=1\r\n=2",
    "a\r\nb ",
    "_x0041_",
    "<b>&amp;",
)
SHEETS = (OutEnding.CSV, OutEnding.XLSX)


def record(
    content: Content, name: str = "shared-kitchen", state: State = State.PUBLISHED, kind: ItemKind = ItemKind.PRACTICE
) -> Taken:
    record_id = f"isopolis.{name}" if kind is ItemKind.PRACTICE else str(content["record"])
    scope, standing = Scope("LT", None, 1), Standing(state)
    return Taken(Item(1, kind, record_id, "t", scope, standing, 1, 1, None, None, NOW), content)


def back(ending: OutEnding, *records: Taken) -> list[tuple[ItemKind, str, Content, dict[str, str]]]:
    name = f"{records[0].file_name or 'isopolis-desk'}.{ending}"
    found = read_candidates(name, out_file(ending, records).data)
    return [(one.kind, one.name, one.content, one.problems) for one in found]


@pytest.mark.parametrize("ending", OutEnding)
def test_practices_of_the_collection_go_out_and_come_back(ending: OutEnding) -> None:
    files = [path for path in islice(curated_files(), None, None, 25) if path.parent.name == "practices"]
    records = [record(next(read_yaml(path.read_text(encoding="utf-8"))), path.stem) for path in files]
    assert len(records) > 10
    assert back(ending, *records) == [(one.item.kind, one.name, one.content, {}) for one in records]
    for one in records:
        assert back(ending, one) == [(one.item.kind, one.name, one.content, {})]


@pytest.mark.parametrize("ending", OutEnding)
@pytest.mark.parametrize("words", DANGEROUS)
def test_texts_that_a_spreadsheet_would_change_come_back_as_they_were(ending: OutEnding, words: str) -> None:
    content = {**PRACTICE, "title": {"lt": words, "en": words}, "lead": words, "summary": {"lt": words}}
    (found,) = back(ending, record(content, state=State.DRAFT))
    assert found[2] == content


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
leaves = (
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | texts
)
trees = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))


@pytest.mark.parametrize("ending", OutEnding)
@settings(max_examples=40, deadline=None)
@given(words=texts, extra=trees, key=texts.filter(lambda key: key not in {"name", "kind", "state", "id"}))
def test_whatever_a_draft_holds_comes_back(ending: OutEnding, words: str, extra: Any, key: str) -> None:
    content = {key: extra, "title": {"en": words}, "lead": words, "partners": [words]}
    (found,) = back(ending, record(content, state=State.DRAFT))
    assert found[2] == content


def test_a_record_larger_than_a_cell_comes_back() -> None:
    content = {**PRACTICE, "approach": {"en": "a b " * 7_000}, "problem": {"en": " x" * 15_000}}
    for ending in OutEnding:
        assert back(ending, record(content))[0][2] == content
    with pytest.raises(ContentError, match=r"shared-kitchen\.lead: too long for a cell"):
        out_file(OutEnding.CSV, [record({**PRACTICE, "lead": "x" * (LONGEST + 1)})])


@given(texts, st.booleans())
def test_what_protects_a_cell_is_taken_off_again(words: str, as_csv: bool) -> None:
    words = words.replace("\r", "\n")
    kept = protected(words, as_csv)
    assert plain(kept) == words
    assert not (as_csv and kept.startswith(("=", "+", "-", "@")))


def test_no_cell_is_a_formula() -> None:
    content = {**PRACTICE, "title": {"lt": FORMULA}, "lead": "+1", "partners": ["@x"]}
    data = out_file(OutEnding.CSV, [record(content)]).data.decode("utf-8-sig")
    for cell in next(islice(csv.reader(io.StringIO(data)), 1, None)):
        assert not cell.startswith(("=", "+", "-", "@"))
    sheet = load_workbook(io.BytesIO(out_file(OutEnding.XLSX, [record(content)]).data)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("ending", SHEETS)
def test_a_cell_that_was_changed_is_taken_and_the_rest_stays(ending: OutEnding) -> None:
    evidence = {"cost": [{"source": "town", "statement": "As the report says."}]}
    content = {**PRACTICE, "lead": "The library", "evidence": evidence, "keywords": ["soup"]}
    assert content["places"] == [{"name": "Zarasai", "country": "LT", "population": 6000}]
    if ending is OutEnding.CSV:
        data = out_file(ending, [record(content)]).data.replace(b"The library", b"The school", 1)
    else:
        book = load_workbook(io.BytesIO(out_file(ending, [record(content)]).data))
        cell = next(cell for cell in book.worksheets[0][2] if cell.value == "The library")
        cell.value, out = "The school", io.BytesIO()
        book.save(out)
        data = out.getvalue()
    (found,) = read_candidates(f"a.{ending}", data)
    assert found.content == {**content, "lead": "The school"}


def test_a_correction_goes_out_and_comes_back() -> None:
    source = {"key": "guide", "url": "https://a.example/g.pdf", "method": "curated", "read_on": "2026-11-01"}
    content = {"record": "euroaccess.A", "values": {"money.rate_max": "80"}, "made_from": {"money.rate_max": None}}
    content |= {"reason": "The guide says so.", "source": source}
    one = record(content, kind=ItemKind.CORRECTION)
    for ending in OutEnding:
        assert back(ending, one, record(PRACTICE))[0] == (ItemKind.CORRECTION, "euroaccess.A", content, {})


def test_licence_and_sources_go_along() -> None:
    for ending in (OutEnding.YAML, OutEnding.CSV, OutEnding.JSONL):
        text = out_file(ending, [record(PRACTICE)]).data.decode()
        assert LICENCE in text
        assert PRACTICE["sources"][0]["url"] in text


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.yml", "a: &x [1, 2]\nb: [*x, *x]", "short names"),
        ("a.yml", "a: " + "[" * 50 + "]" * 50, "nested more than"),
        ("a.yml", "[" * 100_000, "nested more than"),
        ("a.yml", "a: 1\na: 2", "no YAML"),
        ("a.yml", "!!python/object/apply:os.system ['true']", "no YAML"),
        ("a.yml", "just words", "no mapping"),
        ("a.yml", "1: number", "no mapping"),
        ("a.jsonl", "{", "line 1 is no JSON"),
        ("a.jsonl", "[" * 100_000, "line 1 is no JSON"),
        ("a.jsonl", "{}\n" * 501, "more than 500"),
        ("a.jsonl", '{"kind": "call"}', "practice or correction"),
    ],
)
def test_a_hostile_document_is_refused_with_what_would_do(name: str, text: str, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        read_candidates(name, text.encode())


def test_a_damaged_row_is_told_and_the_others_stay() -> None:
    rows = read_candidates("a.csv", b"title,whole,kind\nA,{broken,\nB,[],\nC,,king\nD,,\n")
    assert [set(row.problems) & {"whole", "kind"} for row in rows] == [{"whole"}, {"whole"}, {"kind"}, set()]


def test_the_desk_goes_out_as_a_whole_and_one_by_one(somebody: Join) -> None:
    ema = somebody("ema", DeskRole.EDITOR)
    ema.send("/en/desk/new", title="A kitchen", practice_kind="practice", original_language="en", lead=FORMULA)
    for ending in OutEnding:
        whole = ema.browser.get(f"/en/desk/out.{ending}")
        assert whole.headers["content-disposition"] == f'attachment; filename="isopolis-desk.{ending}"'
        (found,) = read_candidates(f"a.{ending}", whole.content)
        assert (found.name, found.content["lead"]) == ("a-kitchen", FORMULA)
        assert ema.browser.get(f"/en/desk/1/record.{ending}").status_code == 200
        assert read_candidates(f"a.{ending}", ema.browser.get(f"/en/desk/out.{ending}?public=true").content) == []
    assert yaml.safe_load(ema.browser.get("/en/desk/1/record.yml").text)["state"] == "draft"
    assert ema.browser.get("/en/desk/out.exe").status_code in (404, 422)
    assert set(COLUMNS) <= set(ema.browser.get("/en/desk/out.csv").text.lstrip("\ufeff").split("\r\n")[0].split(","))


def test_a_name_in_other_letters_stays_the_same() -> None:
    one = record(PRACTICE, "~D0~B1~D0~B0")
    assert one.name == "ба"
    for ending in OutEnding:
        assert back(ending, one)[0][1] == "ба"
