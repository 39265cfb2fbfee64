"""A town fills in country and inhabitants; another town replaces only what the first had filled in."""

from pathlib import Path

import pytest

from api.asking import Taken, Town, ask, locate
from api.forms import AskForm
from api.recent import Recent
from api.state import Service
from matcher.places import Places
from tests.matcher.factory import IDEA


@pytest.fixture(scope="module")
def places(towns: Path) -> Places:
    return Places(towns)


def located(places: Places, **fields: str) -> tuple[AskForm, Town, dict[str, str]]:
    return locate(AskForm(**fields), lambda: places)


def test_a_town_fills_in_what_is_empty(places: Places) -> None:
    form, town, errors = located(places, place="Łódź")
    assert (form.country, form.population, errors) == ("PL", "768755", {})
    assert town.taken is not None
    assert town.choices == ()


def test_what_a_person_wrote_stays(places: Places) -> None:
    form, _town, _errors = located(places, place="Łódź", population="5000")
    assert (form.country, form.population) == ("PL", "5000")


def test_a_corrected_figure_stays_at_the_next_question(places: Places) -> None:
    first, _town, _errors = located(places, place="Łódź")
    again, _town, _errors = locate(first.model_copy(update={"population": "700000"}), lambda: places)
    assert again.population == "700000"


def test_another_town_replaces_what_the_first_had_filled_in(places: Places) -> None:
    first, _town, _errors = located(places, place="Łódź")
    again, _town, errors = locate(first.model_copy(update={"place": "Gabrovo"}), lambda: places)
    assert (again.country, again.population, errors) == ("BG", "48133", {})


def test_several_countries_are_a_choice_and_nothing_is_guessed(places: Places) -> None:
    form, town, errors = located(places, place="Valencia")
    assert list(errors) == ["place"]
    assert (form.country, form.population) == ("", "")
    assert [place.country for place in town.choices] == ["ES", "IT"]


def test_the_chosen_one_is_taken(places: Places) -> None:
    form, town, errors = located(places, place="Valencia", place_id="4")
    assert (form.country, form.population, errors) == ("IT", "900", {})
    assert town.taken is not None
    other, _town, _errors = locate(form.model_copy(update={"place_id": "3"}), lambda: places)
    assert (other.country, other.population) == ("ES", "792492")


def test_another_country_takes_its_own_town(places: Places) -> None:
    first, _town, _errors = located(places, place="Valencia", country="ES")
    again, _town, _errors = locate(first.model_copy(update={"country": "IT", "place_id": ""}), lambda: places)
    assert (again.country, again.population) == ("IT", "900")


@pytest.mark.parametrize("country", ["", "FR"])
def test_a_town_that_is_not_known_is_told(places: Places, country: str) -> None:
    _form, town, errors = located(places, place="Atlantis", country=country)
    assert "is known" in errors["place"]
    assert town.taken is None


def test_no_town_reads_no_file() -> None:
    def never() -> Places:
        raise AssertionError

    assert locate(AskForm(idea="x", taken="7|BG|1|Y"), never)[0].taken == ""


@pytest.mark.parametrize("text", ["", "|||", "a|b", "7|BG|48133|Gabrovo", "7|BG||a|b"])
def test_what_is_carried_along_never_breaks(text: str) -> None:
    taken = Taken.read(text)
    assert Taken.read(str(taken)) == taken


def test_a_filter_does_not_match_again(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    recent, matcher, asked = Recent(), service.matcher(), []
    match = matcher.match
    monkeypatch.setattr(matcher, "match", lambda query: asked.append(query) or match(query))
    for fund in ("", "ESF+", "AMIF"):
        assert ask(service, recent, AskForm(idea=IDEA, fund=fund)).answer is not None
    assert len(asked) == 1
