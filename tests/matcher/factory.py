"""A small named corpus of ten calls, eight practices and a programme, and the parts that answer from it.

Whoever needs a record takes one of these; odd cases are made with `call(...)` and `practice(...)` in the test.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from corpus.model import Call, Practice, Programme, RecordBase
from corpus.snapshot import Snapshot, write_snapshot
from matcher.embed import Embedder
from matcher.engine import Matcher
from matcher.index.build import IndexReport, build_index
from matcher.index.dense import connect
from matcher.index.search import SearchIndex
from matcher.places import Places
from tests.fakes import FrozenClock, KeywordEmbedder
from tests.matcher.happened import happened

NOW = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
READ_ON = "2026-10-01"

SOURCE = {
    "key": "s1",
    "url": "https://calls.example.eu/page",
    "title": "The page",
    "method": "curated",
    "read_on": READ_ON,
}
FETCHED = {
    "key": "s1",
    "url": "https://portal.example.eu/record",
    "title": "The portal",
    "method": "source_field",
    "fetched_at": "2026-10-20T05:00:00Z",
}
STATED = {"source": "s1", "statement": "The page says so.", "place": "section 2"}

Data = dict[str, Any]
R = TypeVar("R", bound=RecordBase)


def call(record_id: str, title: str | dict[str, str], summary: str, **fields: Any) -> Call:
    """A call that closes in May 2027, unless `timeline` says otherwise."""
    base: Data = {
        "id": record_id,
        "title": {"en": title} if isinstance(title, str) else title,
        "summary": {"en": summary},
        "original_language": "en",
        "url": "https://calls.example.eu/" + record_id,
        "funds": ["ESF+"],
        "sources": [SOURCE],
        "timeline": {"cutoffs": [{"date": "2027-05-31", "time": "17:00", "zone": "Europe/Brussels"}]},
    }
    return Call.model_validate(base | fields)


def practice(record_id: str, title: str, summary: str, place: Data | None = None, **fields: Any) -> Practice:
    """A practice of a small Bulgarian town, unless `place` says otherwise."""
    base: Data = {
        "id": record_id,
        "title": {"en": title},
        "summary": {"en": summary},
        "original_language": "en",
        "url": "https://practices.example.eu/" + record_id,
        "practice_kind": "practice",
        "places": [place or {"name": "Tsvetovo", "country": "BG", "population": 30000}],
        "sources": [SOURCE],
    }
    return Practice.model_validate(base | fields)


def changed(record: R, **fields: Any) -> R:
    """The record with other values in some fields."""
    return type(record).model_validate(record.model_dump(mode="json") | fields)


def rule(family: str, **value: Any) -> Data:
    """An eligibility rule that names its source."""
    return {"id": family, "family": family, "value": value, "evidence": [STATED]}


DAY_CENTRES_BG = call(
    "bg.day-centres",
    {"en": "Day centres for Roma children", "bg": "Дневни центрове за ромски деца"},
    "Pays for a day centre in the neighbourhood where Roma children and their families get meals and advice.",
    objectives={"bg": "Дневен център в квартала за ромски деца и техните семейства, с храна и съвети."},
    programme="cci.2021BG05SFPR002",
    target_groups=["roma", "children"],
    subjects=["roma_inclusion", "early_childhood"],
    geography={"countries": ["BG"]},
    money={"budget": {"amount": 3000000}, "grant_max": {"amount": 400000}, "rate_max": 80},
    eligibility={
        "rules": [
            rule("country", **{"in": ["BG"]}, others="fails"),
            rule("applicant_type", any_of=["municipality", "association"], not_listed="fails"),
        ]
    },
    evidence={"summary": [STATED], "objectives": [{"source": "s1", "statement": "The aim.", "place": "section 1"}]},
)
DAY_CENTRES_PL = call(
    "pl.day-centres",
    "Day centres for Roma children in Poland",
    "Pays for a day centre in the quarter where Roma children and families get meals.",
    target_groups=["roma", "children"],
    subjects=["roma_inclusion", "early_childhood"],
    eligibility={"rules": [rule("country", **{"in": ["PL"]}, others="fails")]},
)
DAY_CENTRES_2024 = call(
    "eu.day-centres-2024",
    "Day centres for Roma children, call of 2024",
    "Paid for a day centre in the neighbourhood where Roma children and their families got meals and advice.",
    target_groups=["roma", "children"],
    subjects=["roma_inclusion", "early_childhood"],
    timeline={"cutoffs": [{"date": "2024-03-01"}]},
)
SMALL_CITIES = call(
    "eui.small-cities",
    "Homes for Roma families in small cities",
    "Housing for Roma families in a poor neighbourhood: flats, and advice on rent and energy.",
    funds=["EUI", "ERDF"],
    target_groups=["roma", "low_income"],
    subjects=["housing", "roma_inclusion"],
    eligibility={
        "rules": [
            rule("lead_type", any_of=["municipality"], not_listed="fails"),
            rule("population", min=25000, grouping={"allowed": True}),
        ]
    },
)
MIGRANT_WOMEN = call(
    "amif.migrant-women",
    "Jobs for migrant women",
    "Training, a language course and work for migrant women and refugees.",
    funds=["AMIF"],
    target_groups=["women", "migrants"],
    subjects=["skills_and_jobs", "migrant_integration"],
    sources=[FETCHED],
    evidence={"summary": [{"source": "s1", "excerpt": "work for migrant women", "place": "field summary"}]},
    timeline={"opens": {"date": "2027-01-15"}, "cutoffs": [{"date": "2027-05-31"}]},
)
HOMELESS = call(
    "eu.homeless",
    "A home first",
    "Housing for homeless people who sleep rough.",
    target_groups=["homeless"],
    subjects=["homelessness", "housing"],
    timeline={"continuous": True},
)
GARDENS = call("life.gardens", "Trees and parks", "Green gardens, parks and trees.", subjects=["energy_and_climate"])
CULTURE = call("creative.museums", "Museums and music", "Culture, theatre and a music festival.", funds=["ERDF"])
VIOLENCE = call(
    "cerv.regrants",
    "Support for survivors",
    "Networks that pass money on to local bodies for survivors of violence against women.",
    funds=["CERV"],
    target_groups=["victims_of_violence", "women"],
    subjects=["gender_based_violence"],
    cascade={"is_regranting": True, "intermediary": "the Daphne network"},
    eligibility={"rules": [rule("applicant_type", any_of=["foundation"], not_listed="fails")]},
)
OLDER = call(
    "eu.older",
    "Clubs for pensioners",
    "Health and company for older people and pensioners.",
    target_groups=["older_people"],
    timeline={},
)
CALLS = (
    *(DAY_CENTRES_BG, DAY_CENTRES_PL, DAY_CENTRES_2024, SMALL_CITIES, MIGRANT_WOMEN),
    *(HOMELESS, GARDENS, CULTURE, VIOLENCE, OLDER),
)

PROGRAMME = Programme.model_validate(
    {
        "id": "cci.2021BG05SFPR002",
        "title": {"en": "Human Resources Development", "bg": "Развитие на човешките ресурси"},
        "original_language": "bg",
        "url": "https://programmes.example.eu/hrd",
        "funds": ["ESF+"],
        "sources": [SOURCE],
    }
)

ROMA_HOUSE = practice(
    "isopolis.roma-house",
    "A house for Roma children",
    "A day centre in the quarter for Roma children and their parents.",
    target_groups=["roma", "children"],
    subjects=["roma_inclusion"],
    paid_by=[{"fund": "ESF+", "programme": "cci.2021BG05SFPR002"}],
    results=[{"statement": {"en": "Most children now go to school."}, "level": "monitored"}],
    cost={"amount": 120000},
)
PLAY_BUS = practice(
    "isopolis.play-bus",
    "A play bus",
    "A bus with meals for poor children and families.",
    {"name": "Lille", "country": "FR", "population": 236000},
    target_groups=["children", "low_income"],
)
WOMEN_KITCHEN = practice(
    "isopolis.women-kitchen",
    "A kitchen of migrant women",
    "Migrant women cook meals and find work.",
    {"name": "Utrecht", "country": "NL", "population": 360000},
    target_groups=["women", "migrants"],
    subjects=["skills_and_jobs"],
)
SHELTER = practice(
    "isopolis.shelter",
    "Flats for homeless people",
    "Housing first for homeless people.",
    {"name": "Helsinki", "country": "FI", "population": 660000},
    target_groups=["homeless"],
)
LOST_GARDEN = practice(
    "isopolis.lost-garden",
    "The garden that closed",
    "A green garden and park between blocks.",
    {"name": "Torino", "country": "IT", "population": 850000},
    practice_kind="failed_attempt",
    what_failed={"en": "Nobody watered the trees once the money had gone."},
)
CHOIR = practice(
    "isopolis.choir", "A choir", "Music and theatre.", {"name": "Vilnius", "country": "LT", "population": 580000}
)
SENIORS = practice(
    "isopolis.seniors",
    "A club of pensioners",
    "Older people and health.",
    {"name": "Gdynia", "country": "PL", "population": 240000},
    target_groups=["older_people"],
)
SAFE_WAY = practice(
    "isopolis.safe-way",
    "A safe way home",
    "Survivors of violence against women find help.",
    {"name": "Wien", "country": "AT", "population": 1900000},
    target_groups=["victims_of_violence", "women"],
)
PRACTICES = (ROMA_HOUSE, PLAY_BUS, WOMEN_KITCHEN, SHELTER, LOST_GARDEN, CHOIR, SENIORS, SAFE_WAY)

RECORDS: tuple[RecordBase, ...] = (*CALLS, *PRACTICES, PROGRAMME)

IDEA = "We want a day centre for Roma children and their families in our neighbourhood, with meals."
IDEA_BG = "Искаме дневен център за ромски деца и техните семейства в нашия квартал, с храна."
FAR_IDEA = "Submarine volcanology and deep ocean trenches"

TOWNS: tuple[Data, ...] = (
    {
        "geonameid": 2,
        "name": "Gabrovo",
        "countrycode": "BG",
        "population": 0,
        "latitude": 41.8,
        "longitude": 25.27,
        "alternatenames": ["Габрово"],
    },
    {
        "geonameid": 1,
        "name": "Gabrovo",
        "countrycode": "BG",
        "population": 48133,
        "latitude": 42.87,
        "longitude": 25.32,
        "alternatenames": ["Габрово", "Gàbrovo", ""],
    },
    {
        "geonameid": 3,
        "name": "Valencia",
        "countrycode": "ES",
        "population": 792492,
        "latitude": 39.47,
        "longitude": -0.38,
        "alternatenames": ["València"],
    },
    {
        "geonameid": 4,
        "name": "Valencia",
        "countrycode": "IT",
        "population": 900,
        "latitude": 45.0,
        "longitude": 7.0,
        "alternatenames": [],
    },
    {
        "geonameid": 5,
        "name": "Łódź",
        "countrycode": "PL",
        "population": 768755,
        "latitude": 51.77,
        "longitude": 19.46,
        "alternatenames": ["Lodz", "Лодз"],
    },
)
"""Towns as the package of GeoNames gives them."""


@dataclass(frozen=True)
class World:
    """A home folder with a snapshot and an index in it."""

    home: Path
    embedder: Embedder

    @property
    def index(self) -> Path:
        return self.home / "index"

    def client(self) -> Any:
        return connect(self.home / "chroma", "")

    def snapshot(self) -> Snapshot:
        return Snapshot.current(self.home / "snapshots")

    def write(self, records: Iterable[RecordBase], now: dt.datetime = NOW) -> Snapshot:
        """Put a snapshot of the records in use."""
        ordered = sorted(records, key=lambda record: record.id)
        write_snapshot(self.home / "snapshots", ordered, now, history=happened(ordered))
        return self.snapshot()

    def reindex(self, embedder: Embedder | None = None) -> IndexReport:
        """Bring the index up to the snapshot in use."""
        return build_index(self.index, self.client(), self.snapshot(), embedder or self.embedder)

    def search(self) -> SearchIndex:
        """The index in use, opened."""
        return SearchIndex.current(self.index, self.client(), self.embedder, self.snapshot())

    def matcher(self, clock: Callable[[], dt.datetime] | None = None) -> Matcher:
        """A matcher over what is in use; its clock stands at `NOW`."""
        places = self.home / "places.db"
        return Matcher(self.snapshot(), self.search(), self.embedder, lambda: Places(places), clock or FrozenClock(NOW))


def new_world(home: Path, records: Iterable[RecordBase] = RECORDS) -> World:
    """A home folder with these records in snapshot and index."""
    world = World(home, KeywordEmbedder())
    world.write(records)
    world.reindex()
    return world
