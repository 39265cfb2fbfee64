"""Which projects are of our subjects: the lists themselves, and what is made of codes, labels and texts."""

import csv
from pathlib import Path

import pytest

from corpus.vocab import Language
from crawler.errors import MetadataError
from crawler.sources.kohesio.interest import HERE, Interest, Judgement
from crawler.sources.kohesio.lists import fold, words_pattern
from tests.crawler import samples

INTEREST = Interest()
NOW, BEFORE = "2021-2027", "2014-2020"


def judge(period: str = NOW, **row: str) -> Judgement:
    return INTEREST.of(row, period)


def test_every_field_has_a_code_of_its_period_and_words_of_its_name() -> None:
    for period in INTEREST.periods.values():
        assert all(len(code) == 3 and 1 <= int(code) <= period.last_code for code in period.fields)
        assert all(topic.label for topic in period.fields.values())
        assert all(word == word.casefold() for topic in period.fields.values() for word in topic.label)


def test_no_code_is_there_twice() -> None:
    """YAML would keep the last one without a word."""
    lines = (HERE / "fields.yml").read_text(encoding="utf-8").splitlines()
    written = [line for line in lines if "keep:" in line and "note:" in line]
    known = sum(len(period.fields) + len(period.objectives) for period in INTEREST.periods.values())
    assert len(written) == known


def test_the_codes_of_2014_2020_are_those_of_the_regulation() -> None:
    path = samples.samples().parents[1] / "eval" / "intervention_fields_2014_2020.csv"
    with path.open(encoding="utf-8", newline="") as file:
        official = {row["code"]: row["label_en"] for row in csv.DictReader(file)}
    fields = INTEREST.periods[BEFORE].fields
    assert [code for code, topic in fields.items() if not topic.named(official[code])] == []
    told_by_label = {code for code, label in official.items() if INTEREST.periods[BEFORE].by_label(label)}
    assert set(fields) <= told_by_label
    assert told_by_label - set(fields) == {"096"}  # capacity of public bodies again, under ERDF


@pytest.mark.parametrize(
    ("row", "keep", "note"),
    [
        ({"category": "158"}, "always", "services that people can reach and afford"),
        ({"category": "010"}, "no", ""),
        ({"category": "10"}, "no", ""),
        ({"category": "134", "category_label": "Measures to improve access to employment"}, "text", "a way to work"),
        ({"category": "010|157"}, "always", "integration of people from outside the EU"),
        ({"category_label": "Measures promoting work-life balance, including care"}, "always", "work and family"),
        ({"category_label": "Roads"}, "text", ""),  # without a code nothing is left out by a label alone
        ({"specific_objective_label": "ESO4.7"}, "text", "learning at every age"),
        ({"specific_objective": "RSO1.2"}, "no", ""),
        ({"specific_objective": "4.8"}, "text", ""),
        ({}, "text", ""),
    ],
)
def test_a_row_is_judged_by_its_field_or_else_by_its_objective(row: dict[str, str], keep: str, note: str) -> None:
    found = judge(**row)
    assert (found.keep, found.odd) == (keep, "")
    assert note in " ".join(topic.note for topic in found.topics)
    assert bool(found.topics) == bool(note)


def test_a_code_is_not_trusted_when_its_label_says_something_else() -> None:
    found = judge(category="154", category_label="Roads")
    assert (found.keep, found.topics) == ("text", ())
    assert "154 is called 'Roads'" in found.odd
    swapped = judge(category="126", category_label="Housing infrastructure for migrants, refugees and others")
    assert [topic.note for topic in swapped.topics] == ["homes for migrants and refugees"]


@pytest.mark.parametrize("code", ["000", "183", "190", "abc", "Q12"])
def test_a_code_out_of_the_list_is_odd(code: str) -> None:
    found = judge(category=code, category_label="Other social infrastructure")
    assert found.keep == "always"  # by its label
    assert repr(code) in found.odd
    assert judge(category=code).keep == "text"


def test_a_period_that_is_not_known_is_odd() -> None:
    assert "'2007-2013' is not known" in judge("2007-2013", category="158").odd


def test_codes_mean_other_things_in_the_period_before() -> None:
    assert judge(BEFORE, category="110").keep == "always"
    assert judge(NOW, category="110").keep == "no"
    assert judge(BEFORE, thematic_objective="TO09").keep == "always"


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (Language.EN, "A course for the LONG-TERM\nunemployed of the town", True),
        (Language.EN, "A conference in Roma, Italy", False),
        (Language.EN, "Schools for Roma children", True),
        (Language.BG, "Център за хора с увреждания", True),
        (Language.PL, "Kurs dla osób z niepełnosprawnościami", True),
        (Language.IT, "Un ponte sul fiume a Roma", False),
        (Language.LT, "Parama neįgaliesiems", True),
        (Language.EN, "A machine that paints boxes", False),
        (Language.EN, "Smart, sustainable and inclusive growth, women and men alike", False),
        (Language.EN, "A mentor for women in the trades", True),
        (Language.DE, "Ein Portal inklusive Wartung", False),
        (Language.DE, "Inklusion im Sportverein", True),
        (Language.HU, "Új telephely a településen", False),
        (Language.EL, "ΣΤΗΡΙΞΗ ΤΗΣ ΚΟΙΝΩΝΙΚΗΣ ΟΙΚΟΝΟΜΙΑΣ", True),  # capitals carry no accents
        (Language.RO, "Sprijin pentru combaterea saraciei", True),
        (Language.GA, "anything", False),
    ],
)
def test_cues_are_whole_words_of_their_language(language: Language, text: str, found: bool) -> None:
    assert INTEREST.speaks(text, language) is found


def test_words_are_compared_without_case_and_accents() -> None:
    assert fold("Κοινωνική ÉGALITÉ, Łódź") == "κοινωνικη egalite, łodz"


def test_a_star_stands_for_any_ending() -> None:
    pattern = words_pattern(("migrant*", "old age"))
    assert pattern.search("with migrants,")
    assert pattern.search("in old  age")
    assert not pattern.search("immigrants")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("limits: {shortest_description: 0, smallest_cost: 1, most_places: 1}\nperiods: {}", "shortest_description"),
        ("limits: [", "not valid YAML"),
        ("periods: {}", "limits"),
    ],
)
def test_a_bad_list_is_refused_with_its_file(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "fields.yml").write_text(text, encoding="utf-8")
    with pytest.raises(MetadataError, match=rf"fields\.yml: .*{says}"):
        Interest(tmp_path)


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MetadataError, match=r"fields\.yml: No such file"):
        Interest(tmp_path)
