"""A page whose table is the timetable of a French region, below a table of its menu."""

from tests.crawler.replica import Reply, Site
from tests.crawler.sources.timetables.makers import html, tr

PLACE = "europe.maregionsud.fr/calendrier"
_HEAD = (
    "Appels à projets",
    "Zone géographique",
    "Objectif stratégique ou spécifique",
    "Catégorie de candidat éligible",
    "Enveloppe indicative<br>fonds UE de l’appel",
    "Dates d’ouverture",
    "Dates de dépôt",
)


def table(calls: int, closes: str = _HEAD[-1]) -> bytes:
    """The page with a number of calls."""
    rows = [
        tr(
            f"Quartier {n}",
            "Région",
            "OS4 : Europe plus sociale (FSE+)",
            "Communes",
            f"{n},5 M€",
            "Mai 2027",
            "2e semestre 2027",
        )
        for n in range(1, calls + 1)
    ]
    return html(tr("Accueil", "Aide"), tr(*_HEAD[:-1], closes, tag="th") + "".join(rows) + tr("Total", *[""] * 6))


def build(site: Site) -> None:
    """Put the page into a site."""
    site.pages[PLACE] = Reply(table(6))
