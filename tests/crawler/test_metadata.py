"""`source.yml` is refused with file, line and field when it breaks a rule."""

from pathlib import Path

import pytest

from corpus.model import Call
from crawler.errors import MetadataError
from crawler.metadata import VOCABULARIES, Mapping, field_mistake, load_config

GOOD = """\
id: {name}
title: A source
publisher: A town
homepage: https://a.example/
licence: open
confidence: confirmed
rank: 10
cadence: daily
hosts: [a.example]
urls:
  list: https://a.example/calls
mappings:
  fund:
    to: Fund
    values: {{one: AMIF, two: [ERDF, CF], three: [], "open*": CERV}}
expect: {{min: 1, max: 9}}
covers:
- {{countries: [EU, BG], funds: [ESF+], what: calls}}
probe:
  language: en
  selectors:
  # what a page must hold
  - {{page: list, css: 'a[href]', at_least: 2, why: links to calls}}
  - {{page: detail, json: hits, why: rows}}
  fields: [title, money.budget]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "some_source" / "source.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def good() -> str:
    return GOOD.format(name="some_source")


def test_a_good_one(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, good()))
    meta = config.meta()
    assert (meta.id, meta.rank, meta.expect_min, meta.expect_max) == ("some_source", 10, 1, 9)


BAD = [
    # keys
    ("rank: 10", "rank: 10\ncolour: red", ":8: colour: there is no such key; there are: id, title, publisher"),
    ("rank: 10", "rank: 10\nlicense: open", ":8: license: there is no such key; did you mean licence?"),
    ("to: Fund", "too: Fund", ":14: mappings.fund.too: there is no such key; did you mean to?"),
    ("what: calls", "whats: calls", ":18: covers.0.whats: there is no such key; did you mean what?"),
    ("json: hits", "jsn: hits", ":24: probe.selectors.1.jsn: there is no such key; did you mean json?"),
    ("title: A source\n", "", ":1: title: Field required: add a line `title: ...`"),
    ("funds: [ESF+], ", "", ":18: covers.0.funds: Field required: add a line `funds: ...`"),
    ("rank: 10", "rank: 10\nrank: 11", ":8: not valid YAML: key 'rank' twice: remove one of them"),
    ("one: AMIF,", "one: AMIF, one: ERDF,", ":15: not valid YAML: key 'one' twice"),
    # counts
    ("rank: 10", "rank: 0", ":7: rank: Input should be greater than or equal to 1 (given: 0)"),
    ("rank: 10", "rank: 101", ":7: rank: Input should be less than or equal to 100 (given: 101)"),
    ("rank: 10", "rank: ten", ":7: rank: Input should be a valid integer"),
    ("min: 1, max: 9", "min: 10, max: 9", ":16: expect: min 10 is larger than max 9"),
    ("min: 1, max: 9", "min: 0, max: 9", ":16: expect.min: Input should be greater than or equal to 1 (given: 0)"),
    ("at_least: 2", "at_least: 0", ":23: probe.selectors.0.at_least: Input should be greater than or equal to 1"),
    # coded words
    (
        "one: AMIF",
        "one: Moon",
        ":15: mappings.fund.values.one: 'one' maps to 'Moon', which is no word of Fund; there are: ",
    ),
    (
        "one: AMIF",
        "one: ESF",
        ":15: mappings.fund.values.one: 'one' maps to 'ESF', which is no word of Fund; did you mean",
    ),
    ("to: Fund", "to: Funds", ":14: mappings.fund.to: there is no vocabulary 'Funds'; did you mean Fund?"),
    ("to: Fund", "to: Moon", "there is no vocabulary 'Moon'; use text or one of ApplicantType, "),
    ("funds: [ESF+]", "funds: [ESFplus]", ":18: covers.0.funds.0: Input should be 'ERDF', 'ESF+'"),
    ("funds: [ESF+]", "funds: [ESF]", "words that can stand here; did you mean ESF+?"),
    ("funds: [ESF+]", "funds: []", ":18: covers.0.funds: "),
    ("countries: [EU, BG]", "countries: [EU, XX]", ":18: covers.0.countries.1: Input should be 'EU'"),
    (
        "countries: [EU, BG]",
        "countries: [EU, XX]",
        "'XX' is not a country code; use ISO 3166-1 alpha-2, for example BG",
    ),
    ("countries: [EU, BG]", "countries: [NO]", "YAML reads this word as true or false; put it into quotes"),
    ("language: en", "language: english", ":20: probe.language: Input should be 'bg', "),
    (
        "cadence: daily",
        "cadence: dayly",
        ":8: cadence: Input should be 'daily', 'weekly' or 'monthly' (given: 'dayly'; did",
    ),
    (
        "title: A source",
        "title: 2027",
        ":2: title: Input should be a valid string (given: 2027: YAML reads this word as a num",
    ),
    # addresses
    (
        "list: https://a.example/calls",
        "list: https://b.example/",
        ":11: urls.list: urls.list is on 'b.example', which is",
    ),
    ("list: https://a.example/calls", "list: a.example/calls", ":11: urls.list: Input should be a whole address"),
    (
        "list: https://a.example/calls",
        "list: https://a.example/my calls",
        ":11: urls.list: Input should be a whole address",
    ),
    (
        "hosts: [a.example]",
        "hosts: ['https://a.example/']",
        ":9: hosts.0: 'https://a.example/' is no host: write its name",
    ),
    (
        "id: some_source",
        "id: other_source",
        ":1: id: the source is 'other_source' but its folder is 'some_source': give",
    ),
    ("id: some_source", "id: Some-Source", ":1: id: Input should be small letters, digits and _"),
    # what a probe looks for
    ("css: 'a[href]'", "css: 'a[href'", ":23: probe.selectors.0.css: 'a[href' is no CSS selector: "),
    ("css: 'a[href]'", "css: 'a:nowhere'", ":23: probe.selectors.0.css: 'a:nowhere' is no CSS selector: "),
    ("css: 'a[href]'", "css: a, json: a", ":23: probe.selectors.0: give either css or json"),
    ("json: hits", "json: hits..0", ":24: probe.selectors.1.json: 'hits..0': write keys and numbers with single dots"),
    (
        "money.budget",
        "money.budgets",
        ":25: probe.fields.1: no record has 'money.budgets': money has no field 'budgets'; did",
    ),
    ("money.budget", "timeline.cutoffs.date", "cutoffs holds no further fields: end the path there"),
    (
        "money.budget",
        "places",
        ":25: probe.fields.1: no record of this source has 'places': Call has no field 'places'",
    ),
    # YAML itself
    ("hosts: [a.example]", "hosts: [a.example", ":10: not valid YAML: did not find expected ',' or ']': is a bracket"),
    (
        "rank: 10",
        "\trank: 10",
        ":7: not valid YAML: found a tab character that violates indentation: replace the tab by blanks",
    ),
    (
        "title: A source",
        "title: A: source",
        ":2: not valid YAML: mapping values are not allowed in this context: put a text",
    ),
    (
        "title: A source",
        "title: @source",
        ":2: not valid YAML: found character that cannot start any token: put a text that",
    ),
    ("title: A source", "title: A \x01", ":2: not valid YAML: a character that YAML does not take"),
]


@pytest.mark.parametrize(("old", "new", "says"), BAD)
def test_a_broken_one_is_refused_with_line_field_and_remedy(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in good()
    assert f"{tmp_path}/some_source/source.yml:" in refusal(write(tmp_path, good().replace(old, new)))
    assert says in refusal(write(tmp_path, good().replace(old, new)))


def refusal(path: Path) -> str:
    with pytest.raises(MetadataError) as caught:
        load_config(path)
    return str(caught.value)


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, good().replace("rank: 10", "rank: 0").replace("publisher", "pubisher"))
    told = [line.removeprefix(f"{path}:").split(":")[:2] for line in refusal(path).splitlines()]
    assert sorted(told) == [["1", " publisher"], ["3", " pubisher"], ["7", " rank"]]


def test_an_empty_file_and_one_that_is_not_text(tmp_path: Path) -> None:
    assert ":1: source: Input should be keys with values, one a line: the file is empty" in refusal(write(tmp_path, ""))
    assert ":1: source: Input should be keys with values" in refusal(write(tmp_path, "- a\n- b\n"))
    path = write(tmp_path, "")
    path.write_bytes("title: Öffnung".encode("latin-1"))
    assert "not UTF-8 (byte 7): save the file as UTF-8" in refusal(path)


@pytest.mark.parametrize(
    "path", ["title", "timeline.opens", "money.budget.amount", "eligibility.rules", "geography.nuts"]
)
def test_fields_of_a_call_can_be_expected(path: str) -> None:
    assert field_mistake(path, (Call,)) == ""


def test_a_source_of_practices_expects_fields_of_practices(tmp_path: Path) -> None:
    practices = good().replace("what: calls", "what: practices")
    assert "no record of this source has 'money.budget': Practice has no field 'money'" in refusal(
        write(tmp_path, practices)
    )
    load_config(write(tmp_path, practices.replace("money.budget", "places")))


def test_a_missing_one(tmp_path: Path) -> None:
    with pytest.raises(MetadataError, match="No such file"):
        load_config(tmp_path / "source.yml")


def test_codes_of_a_mapping() -> None:
    words = Mapping(to="Fund", values={"one": "AMIF", "two": ("ERDF", "CF"), "three": (), "open*": "CERV", "*": ()})
    assert words.codes("one") == ("AMIF",)
    assert words.codes("two") == ("ERDF", "CF")
    assert words.codes("three") == ()
    assert words.codes("open doors") == ("CERV",)
    assert words.codes("nothing") == ()
    assert Mapping(to="text", values={"a": "b"}).codes("c") is None


def test_every_vocabulary_can_be_mapped_to() -> None:
    assert {"Fund", "ApplicantType", "Subject", "TargetGroup", "Sdg", "SupportType"} <= set(VOCABULARIES)
