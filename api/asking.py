"""From a filled-in form to an answer: the town is looked up, the idea is matched, and a recent answer is used again."""

from collections.abc import Callable
from dataclasses import dataclass, field

from api.forms import AskForm, FormError
from api.recent import Recent
from api.state import Service
from corpus.messages import gettext as _
from corpus.messages import spoken
from corpus.vocab.places import country_name
from matcher.answer import Answer
from matcher.places import FoundPlace, Places


@dataclass(frozen=True, slots=True)
class Town:
    """The town that was taken, and others of the same name."""

    taken: FoundPlace | None = None
    choices: tuple[FoundPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A form that was sent, with what came of it."""

    form: AskForm
    town: Town = Town()
    answer: Answer | None = None
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a town filled in, as the form carries it along."""

    id: str
    country: str
    population: str
    name: str

    @classmethod
    def read(cls, text: str) -> "Taken":
        """Of `id|country|population|name`; of anything else nothing."""
        parts = text.split("|", 3)
        return cls(*parts) if len(parts) == 4 else cls("", "", "", "")

    def __str__(self) -> str:
        return "|".join((self.id, self.country, self.population, self.name))


def ask(service: Service, recent: Recent, form: AskForm) -> Asked:
    """Answer a form, or say what is wrong with it.

    Raises:
        CorpusError, MatcherError: nothing can be answered yet.
    """
    form, town, errors = locate(form.cleaned(), service.places)
    try:
        query = form.query()
    except FormError as error:
        errors = {**error.fields, **errors}
    if errors:
        return Asked(form, town, errors=errors)
    matcher = service.matcher()
    moment = f"{service.clock().date()} {matcher.snapshot.manifest.hash} {spoken()}"
    answer = recent.answer(f"{moment} {query.model_dump_json()}", lambda: matcher.match(query))
    return Asked(form, town, answer)


def locate(form: AskForm, places: Callable[[], Places]) -> tuple[AskForm, Town, dict[str, str]]:
    """The form with country and inhabitants of its town, the town, and what is wrong with it."""
    name, before = form.place.strip(), Taken.read(form.taken)
    if not name:
        return form.model_copy(update={"taken": "", "place_id": ""}), Town(), {}
    if (name, form.place_id or before.id) != (before.name, before.id):
        form = _without(form, before)
    found, alike = places().find(name, form.country or None), tuple(places().find(name))
    if not found:
        return form, Town(), {"place": _unknown_town(form.country)}
    chosen = next((place for place in found if str(place.geoname_id) == form.place_id), None)
    if chosen is None and len({place.country for place in found}) > 1:
        return form, Town(None, alike), {"place": _("Several places have this name: choose yours below.")}
    taken = chosen or found[0]
    if (name, str(taken.geoname_id)) != (before.name, before.id):
        form = _filled(_without(form, before), taken, name)
    return form, Town(taken, alike if len(alike) > 1 else ()), {}


def _without(form: AskForm, before: Taken) -> AskForm:
    """The form without what another town had filled in and nobody changed."""
    same = {name: "" for name in ("country", "population") if getattr(form, name) == getattr(before, name)}
    return form.model_copy(update=same)


def _filled(form: AskForm, place: FoundPlace, name: str) -> AskForm:
    country, population = form.country or place.country, form.population.strip() or str(place.population or "")
    taken = Taken(str(place.geoname_id), country, population, name)
    update = {"country": country, "population": population, "place_id": taken.id, "taken": str(taken)}
    return form.model_copy(update=update)


def _unknown_town(country: str) -> str:
    if country:
        return _(
            "No town of this name is known in {country}. Leave it empty and write the number of inhabitants.",
            country=country_name(country, spoken()),
        )
    return _("No town of this name is known. Leave it empty; choose the country and write the number of inhabitants.")
