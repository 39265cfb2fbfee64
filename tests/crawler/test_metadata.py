"""`source.yml` is refused with file, line and field when it breaks a rule."""

from pathlib import Path

import pytest

from crawler.errors import MetadataError
from crawler.metadata import VOCABULARIES, Mapping, load_config

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


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("rank: 10", "rank: 10\ncolour: red", ":8: colour: Extra inputs are not permitted"),
        ("rank: 10", "rank: 0", ":7: rank: Input should be greater than or equal to 1"),
        ("min: 1, max: 9", "min: 10, max: 9", ":16: expect: min 10 is larger than max 9"),
        ("min: 1, max: 9", "min: 0, max: 9", ":16: expect.min: Input should be greater than or equal to 1"),
        ("one: AMIF", "one: Moon", ":13: mappings.fund: 'one' maps to 'Moon', which is no word of Fund"),
        ("to: Fund", "to: Funds", "there is no vocabulary 'Funds'"),
        ("list: https://a.example/calls", "list: https://b.example/", "urls.list is on 'b.example'"),
        ("cadence: daily", "cadence: hourly", ":8: cadence: Input should be"),
        ("id: some_source", "id: other_source", ":1: id: the source is 'other_source' but its folder"),
        ("title: A source\n", "", ":1: title: Field required"),
        ("rank: 10", "rank: 10\nrank: 11", "key 'rank' twice"),
        ("hosts: [a.example]", "hosts: [a.example", "not valid YAML"),
    ],
)
def test_a_broken_one(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = write(tmp_path, good().replace(old, new))
    with pytest.raises(MetadataError) as caught:
        load_config(path)
    assert str(path) in str(caught.value)
    assert says in str(caught.value)


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
