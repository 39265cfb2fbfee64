"""Who may be named: organisations, and nobody who may be a private person. All names are invented."""

import pytest

from corpus.vocab import Language
from crawler.sources.kohesio.organisations import Organisations, names_person, plain_name

WHO = Organisations()


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("bg", "ОБЩИНА БЕЛОРЕЧ"),
        ("bg", "Сдружение „Отворени врати“"),
        ("cs", "Obec Lhotka u Mlýna"),
        ("cs", "Dobrý soused, s. r. o."),
        ("cs", "Dobrý soused, s.r.o."),
        ("da", "Lilleby Kommune"),
        ("de", "Nachbarschaftshaus gGmbH"),
        ("de", "Stadt Neuenfurt"),
        ("el", "ΔΗΜΟΣ ΠΑΡΑΚΤΙΟΥ"),
        ("es", "AYUNTAMIENTO DE VILLARRÍO"),
        ("et", "MTÜ Avatud Uks"),
        ("fi", "Joensivun kaupunki"),
        ("fr", "Association des voisins"),
        ("fr", "CCAS de Bellerive"),
        ("hr", "Grad Novigrad"),
        ("hu", "Kisfalu Község Önkormányzata"),
        ("it", "Comune di Pietrachiara"),
        ("it", "Porte Aperte Soc. Coop. Sociale ONLUS"),
        ("lt", "Upynės rajono savivaldybė"),
        ("lv", "Upes novada pašvaldība"),
        ("nl", "Gemeente Oosterbrug"),
        ("pl", "Gmina Lipowo"),
        ("pl", "Otwarte Drzwi Sp. z o.o."),
        ("pt", "Município de Ribeira Alta"),
        ("ro", "COMUNA VALEA LARGĂ"),
        ("sk", "Mesto Horná Lúka"),
        ("sl", "Občina Zeleni Dol"),
        ("sv", "Älvmo kommun"),
        ("en", "Riverside City Council"),
    ],
)
def test_organisations_are_named(language: str, name: str) -> None:
    assert WHO.is_one(name, (Language(language),))


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("bg", "ЕТ Петър Примеров"),
        ("bg", "Петър Примеров"),
        ("cs", "Jana Příkladová"),
        ("de", "Max Muster, Einzelunternehmen"),
        ("de", "Zahnarztpraxis Dr. Muster"),
        ("es", "Pérez Ejemplo, Juan"),
        ("fr", "Dupont Exemple, entrepreneur individuel"),
        ("it", "Ditta individuale Mario Esempio"),
        ("pl", "Jan Przykładowski FIRMA HANDLOWA"),
        ("pl", "Gabinet Fizjoterapii Anna Przykładowska"),
        ("pt", "Maria de Sá"),
        ("ro", "Popescu Exemplu PFA"),
        ("sl", "Ana Primer s.p."),
        ("en", "Jane Sample"),
        ("en", ""),
    ],
)
def test_whoever_may_be_a_person_is_not(language: str, name: str) -> None:
    assert not WHO.is_one(name, (Language(language),))


def test_words_count_in_countries_of_their_language_only() -> None:
    """`as` is a Czech company and an English word."""
    assert WHO.is_one("Voda a.s.", (Language.CS,))
    assert not WHO.is_one("Voda a.s.", (Language.EN,))


def test_a_name_without_points_and_signs() -> None:
    assert plain_name('„Dobrý soused", s.r.o.') == "dobry soused sro"


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Provdotter Karin", "Course for Karin Provdotter", True),
        ("Karin", "Course for Karin", False),  # one word may be anything
        ("Provdotter Karin", "Course for Karin", False),
        ("Li Wu", "Li Wu repairs bicycles", False),  # too short to tell from words
    ],
)
def test_a_project_that_carries_a_name(name: str, text: str, found: bool) -> None:
    assert names_person(name, text) is found
