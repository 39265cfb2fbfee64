import pytest

from corpus.vocab import Language
from matcher.bridge import FOLDER, LANGUAGES, crossings, english, things
from matcher.words import fold, unchanged

LINES = [line for path in sorted(FOLDER.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]


def across(text: str, language: Language | None) -> set[str]:
    """First English words of what a text speaks of."""
    return {things()[thing][0] for crossing in crossings(text, language) for thing in crossing.things}


def test_the_dictionary_has_every_official_language() -> None:
    assert len(LANGUAGES) == 23
    assert Language.EN not in LANGUAGES
    assert {len(line.split("|")) for line in LINES} == {24}
    assert not [line for line in LINES if not all(map(str.strip, line.split("|")))]


def test_a_thing_has_a_word_that_the_word_index_knows() -> None:
    assert not [things()[place] for place in range(len(things())) if not english(place)]
    assert len(set(things())) == len(things()) == len(LINES)


def test_no_beginning_stands_for_most_of_a_language() -> None:
    # A beginning that many things share would bring up anything.
    for place in range(1, 24):
        counts: dict[str, int] = {}
        for line in LINES:
            for part in set(line.split("|")[place].replace("-", " ").split()):
                counts[fold(part)] = counts.get(fold(part), 0) + 1
        assert max(counts.values()) <= 6, max(counts, key=lambda part: counts[part])


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (Language.BG, "Приют за бездомни хора", {"homeless", "shelter"}),
        (Language.CS, "Bydlení pro rodiny s dětmi", {"housing", "family", "child"}),
        (Language.DE, "Ein Nachbarschaftszentrum für Geflüchtete", {"neighbour", "centre", "refugee"}),
        (Language.EL, "Κατοικίες για άστεγους", {"housing", "homeless"}),
        (Language.ET, "Eakate koduhooldus", {"old", "nurse"}),
        (Language.FI, "Vammaisten työllistäminen", {"disability", "work"}),
        (Language.GA, "Tithíocht do theaghlaigh bhochta", {"housing", "family", "poor"}),
        (Language.HU, "Munkanélküliek képzése", {"unemployed", "training"}),
        (Language.LV, "Mājokļi ģimenēm", {"housing", "family"}),
        (Language.MT, "Għajnuna għar-rifuġjati", {"support", "refugee"}),
        (Language.PL, "Mieszkania dla osób starszych", {"housing", "old"}),
        (Language.SV, "Cykelvägar och bussar", {"transport"}),
    ],
)
def test_words_cross_whatever_their_endings(language: Language, text: str, expected: set[str]) -> None:
    assert expected <= across(text, language)


def test_a_short_beginning_is_a_whole_word() -> None:
    assert "roma" in across("Rom und Roma", Language.DE)
    assert "roma" not in across("Romantische Romane", Language.DE)


def test_irish_words_are_known_with_what_is_changed_before_them() -> None:
    changed = {"bpaisti": "paisti", "phaisti": "paisti", "gcathair": "cathair", "bhfear": "fear", "tsrath": "srath"}
    assert {word: unchanged(word, Language.GA) for word in changed} == changed
    assert unchanged("there", Language.EN) == "there"
    assert across("do pháistí", Language.GA) == across("na bpáistí", Language.GA) == {"child"}


@pytest.mark.parametrize("language", [Language.EN, Language.TR, None])
def test_nothing_crosses_without_a_column(language: Language | None) -> None:
    assert crossings("children in a school", language) == []


def test_the_first_english_word_counts_most() -> None:
    (thing,) = [place for place, names in enumerate(things()) if names[0] == "housing"]
    assert english(thing)["hous"] == 1.0 > english(thing)["dwell"]


def test_a_word_crosses_as_the_word_index_knows_it() -> None:
    (crossing,) = crossings("Familien", Language.DE)
    assert crossing.word == "famili"
