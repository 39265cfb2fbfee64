"""Honest small stand-ins for what is slow: an embedder that knows a few dozen ideas, and a clock that stands still."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from matcher.embed import Reading
from matcher.unpack import Floats
from matcher.words import fold

MAX_WORDS = 400
"""Words that are read of a text; like a real model, the fake cuts what is longer."""

IDEAS = {
    "roma": "roma romi romow romsk romanim romove rom roms tsigan ром ромск roman gitan gypsy gitano ρομα romano",
    "children": "child kid dec дец дете dzieci vaik lapsi lapset lasten παιδι gyerek kind kinder enfant nino bambin",
    "day_centre": "daycare дневен swietlic dienos paivakoti ημερησι napkozi tagesstatt creche guarderia day",
    "families": "famil семейств rodzin seim perhe οικογεν csalad eltern parent родител",
    "neighbourhood": "neighbourhood quarter квартал dzielnic osiedl kvartal kaupunginos γειτονι szomszed viertel "
    "quartier barrio махал stadtteil",
    "migrants": "migrant migran мигрант zugewander bevandorl maahanmuutt μεταναστ imigrant newcomer",
    "women": "woman women жен kobiet moter nainen naisten naisi γυναικ femme frau mujer nok",
    "jobs": "job work работ prac darb tyo εργασι emploi arbeit empleo munka unemploy",
    "housing": "housing flat rent жилищ mieszkan busta asunto κατοικι lakas wohn logement viviend home",
    "homeless": "homeless бездом bezdom benam asunnottom αστεγ hajlektal obdachlos wohnungslos sans-abri rough",
    "school": "school училищ szkol mokykl koulu σχολει iskola schul ecole escuela pupil",
    "older_people": "older elderly senior възраст пенсионер vyresn ikaihmis ηλικιωμεν idos alter aine mayores pension",
    "youth": "youth young младеж mlodz jaunim nuori nuort νεοι νεων fiatal jugend jeune joven",
    "disability": "disab wheelchair увреж niepelnospr negali vammais αναπηρ fogyatekos behinder handicap discapac ramp",
    "culture": "cultur museum music theatre култур музей kultur muziej kulttuur πολιτισμ muzeum musee museo festival",
    "green": "garden park tree green градин парк ogrod sod medz puisto puut κηπο parkok kert garten jardin jardine",
    "participation": "participat assembl vote участи udzial obywatel dalyvav osallist συμμετοχ reszvetel beteilig",
    "health": "health doctor clinic здрав zdrow sveikat terveys υγει egeszseg gesund sante salud",
    "violence": "violence survivor насили przemoc smurt vakivalt βια eroszak gewalt violenc",
    "lgbtiq": "lgbt rainbow trans лгбт teczow vaivorykst sateenkaar λοατκι szivarvany regenbogen",
    "racism": "racis hate antisemit расиз rasiz neapykant rasism ρατσισμ rassism",
    "language_course": "language lesson език jezyk kalbos kielikurss γλωσσ nyelv sprach langue idioma",
    "mobility": "bus train bicycle transport автобус autobus dvirac pyora λεωφορει kerekpar fahrrad velo bicicleta",
    "digital": "digital computer internet компют komputer kompiut tietokone υπολογιστ szamitogep rechner ordinateur",
    "energy": "energy heating отоплен ogrzew sildym lammitys θερμανσ futes heiz chauffage calefac insulat",
    "food": "food meal canteen храна jedzen maist ruoka τροφ etel essen repas comida kitchen",
    "sport": "sport football футбол pilk krepsin urheilu αθλητ foci fussball",
    "refugees": "refugee asylum бежан uchodz pabegel pakolais προσφυγ menekult fluchtling asile refugiad",
    "religion": "church mosque synagogue църкв kosciol baznyc kirkko εκκλησι templom kirche eglise iglesia",
    "twinning": "twinning побратим partnerst ystavyys αδελφοπ testvervaros stadtepartner jumelage hermanamiento",
    "training": "training course обучени szkolen mokym koulutus καταρτισ kepzes ausbildung formation formac",
    "debt": "debt poverty poor дълг бедн dlug bied skola skurd velka koyhyys χρεο φτωχ adossag szegen schuld armut",
    "safety": "police crime safety полиц policj nusikalt poliisi αστυνομ rendor polizei",
    "research": "research universit научн badan tyrim tutkimu ερευν kutatas forschung recherche",
}
"""What the fake tells apart: beginnings of folded words in several languages."""


@cache
def _starts() -> list[tuple[str, int]]:
    pairs = {(fold(start), place) for place, starts in enumerate(IDEAS.values()) for start in starts.split()}
    return sorted(pairs, key=lambda pair: -len(pair[0]))


class KeywordEmbedder:
    """Unit vectors of how often a text speaks of each of `IDEAS`, over one dimension each.

    A text that speaks of none is near nothing: a question and a passage then have a dimension each of their own.
    """

    name = "keywords"
    dimension = len(IDEAS) + 2

    def __init__(self) -> None:
        self.seen: list[str] = []
        """Passages embedded so far."""

    def query(self, text: str) -> Floats:
        return self._vector(text, self.dimension - 2)

    def passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Floats]]:
        for place, text in enumerate(texts):
            self.seen.append(text)
            yield place, self._vector(text, self.dimension - 1)

    def read_query(self, text: str) -> Reading:
        return self._reading(text, self.dimension - 2)

    def read_queries(self, texts: Sequence[str]) -> list[Reading]:
        return [self.read_query(text) for text in texts]

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        for place, text in enumerate(texts):
            self.seen.append(text)
            yield place, self._reading(text, self.dimension - 1)

    def _reading(self, text: str, nothing: int) -> Reading:
        """Each word is one token, with the vector that it has alone."""
        words = list(re.finditer(r"[\w-]+", text))[:MAX_WORDS]
        tokens = [self._vector(word.group(), nothing) for word in words] or [self._vector("", nothing)]
        spans = [word.span() for word in words] or [(0, 0)]
        return Reading(self._vector(text, nothing), np.stack(tokens) @ _turned(), spans)

    def _vector(self, text: str, nothing: int) -> Floats:
        counts = np.zeros(self.dimension, np.float32)
        for word in re.findall(r"[\w-]+", fold(text))[:MAX_WORDS]:
            idea = _idea(word)
            if idea is not None:
                counts[idea] += 1
        if not counts.any():
            counts[nothing] = 1
        vector: Floats = counts / np.linalg.norm(counts)
        return vector


@cache
def _turned() -> Floats:
    """A rotation: like those of a real model, vectors of words have no dimension with a meaning of its own."""
    size = KeywordEmbedder.dimension
    turned: Floats = np.linalg.qr(np.random.default_rng(0).normal(size=(size, size)))[0].astype(np.float32)
    return turned


@cache
def _idea(word: str) -> int | None:
    return next((place for start, place in _starts() if _means(word, start)), None)


def _means(word: str, start: str) -> bool:
    """A short beginning must be nearly the whole word: `rom` is no romance."""
    return word.startswith(start) and (len(start) > 4 or len(word) - len(start) <= 3)


class FrozenClock:
    """A clock that shows one moment until it is moved."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def __call__(self) -> dt.datetime:
        return self.moment
