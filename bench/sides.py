"""How well parts of ideas are told apart into work on places and work with people, in many languages.

python -m bench.sides
"""

from matcher.embed import build_embedder
from matcher.index.kept import KeptVectors
from matcher.settings import MatcherSettings
from matcher.sides import MARGIN, Sides

PLACE = (
    "We turn the empty school into a neighbourhood house",
    "un nouveau parc et une aire de jeux",
    "Sanierung der Wohnungen im Viertel",
    "енергийно обновяване на сградата",
    "rampa i winda w ratuszu",
    "een plein zonder auto's",
    "new bicycle paths and street lights",
    "pastatyti vaikų darželį",
    "ristrutturare la palestra",
    "Solardach auf der Schule",
    "construcción de viviendas sociales",
    "új játszótér építése",
)
PEOPLE = (
    "job training for migrant women",
    "cours de langue",
    "Beratung für Familien mit Schulden",
    "обучение за безработни младежи",
    "warsztaty dla seniorów",
    "bewoners beslissen mee over het budget",
    "hot meals every day for children",
    "mokytojų mokymai",
    "un'educatrice per i bambini rom",
    "Hilfe für Opfer von Gewalt",
    "talleres para mujeres",
    "roma gyerekek mentorálása",
    "advice on debts",
)


def main() -> None:
    """Print each clause that is not told right, and the counts."""
    settings = MatcherSettings()
    embedder = build_embedder(settings)
    sides = Sides(KeptVectors(settings.index, embedder))
    counts = {"right": 0, "not clear": 0, "wrong": 0}
    for wanted, texts in (("place", PLACE), ("people", PEOPLE)):
        for text in texts:
            told = sides.of(text, embedder.query(text))
            outcome = "right" if told.side == wanted else "not clear" if told.side is None else "wrong"
            counts[outcome] += 1
            if outcome != "right":
                print(f"{outcome}: {text} ({told.margin:+})")
    print(f"{counts}; the margin in use is {MARGIN}")


if __name__ == "__main__":
    main()
