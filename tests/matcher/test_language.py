import pytest

from matcher.language import detect


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("bg", "Искаме дневен център за ромски деца и техните семейства в нашия квартал."),
        ("pl", "Chcemy zamienić pustą szkołę w dom sąsiedzki dla seniorów i młodzieży."),
        ("lt", "Norime įkurti dienos centrą romų vaikams ir jų šeimoms mūsų kvartale."),
        ("el", "Θέλουμε ένα κέντρο ημέρας για παιδιά Ρομά στη γειτονιά μας."),
        ("fi", "Haluamme avata päiväkeskuksen romanilapsille ja heidän perheilleen."),
        ("hu", "Nappali központot szeretnénk roma gyerekeknek és családjaiknak."),
        ("de", "Wir wollen eine Tagesstätte für Romakinder und ihre Familien eröffnen."),
        ("fr", "Nous voulons aider les femmes migrantes à trouver un emploi."),
        ("en", "We want a day centre for Roma children in our neighbourhood."),
    ],
)
def test_languages_are_recognised(language: str, text: str) -> None:
    found = detect(text)
    assert found is not None
    assert found.language == language
    assert 0.5 < found.confidence <= 1


@pytest.mark.parametrize("text", ["", "123 456", "abc", "!?"])
def test_too_few_letters_are_not_guessed(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize("text", ["نريد مركزا نهاريا للنساء اللاجئات", "我们想为移民妇女开设语言课程和就业指导"])
def test_what_no_official_language_is_written_in_is_none_of_them(text: str) -> None:
    assert detect(text) is None
    assert detect(f"Zarasai: {text}") is None
