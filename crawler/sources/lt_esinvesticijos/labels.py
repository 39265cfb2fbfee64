"""Labels of a call page, in the words of its older and its newer form, and what was found beside them."""

from dataclasses import dataclass

from crawler.fields import Fields
from crawler.labels import fold

OPENS, CLOSES = "Teikiama nuo", "Teikiama iki"
BUDGET = ("Kvietimo finansavimo suma", "Finansavimo suma")
MOST = ("Didžiausia suma vienam projektui", "Didžiausia suma")
FUND = ("ES fondas", "Fondas")
AUTHORITY = ("Administruojančioji institucija", "Atsakinga institucija")
SELECTION, FORM, REGION, PROGRAMME = "Projektų atrankos būdas", "Finansavimo forma", "Regionas", "Programa"
SHARE, APPLICANTS, PARTNERS = "Finansuojamoji dalis", "Galimi pareiškėjai", "Galimi partneriai"

LABELS = (
    OPENS, CLOSES, *BUDGET, *MOST, *FUND, *AUTHORITY, SELECTION, FORM, REGION, PROGRAMME, SHARE, APPLICANTS, PARTNERS,
)  # fmt: skip
"""Labels that are looked for."""

MARKS = (OPENS, CLOSES, *BUDGET, SELECTION, FORM)
"""Labels of which a page of a call has at least two."""

ACTIVITIES = ("Finansuojamos veiklos", "Veiklos pavadinimas")
COLUMNS = (*ACTIVITIES, "Veiklos Nr.", "Kodas", APPLICANTS, *MOST, SHARE, REGION, *FUND)
SECTIONS = (
    "Aprašymas", "Kvietimo tikslas", "Svarbi informacija", "Finansuojamos projektų veiklos", "Finansuojamos veiklos",
    "Reikalavimai projektams", "Tikslinės grupės", "Pareiškėjo tipas", "Nuosavo įnašo dalis", "Bendrieji reikalavimai",
    "Kontaktai", "Kontaktinis asmuo", "Kontaktiniai asmenys", "Susiję dokumentai", "Dokumentai",
    APPLICANTS, PARTNERS, SHARE, FORM,
)  # fmt: skip
"""Headings that the site writes without a heading element."""

_PROSE = (
    "Aprašymas", "Kvietimo tikslas", "Svarbi informacija", "Reikalavimai projektams", "Bendrieji reikalavimai",
    "Nuosavo įnašo dalis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on a page: values by label, cells by column, texts by heading, all lines."""

    values: dict[str, str]
    cells: dict[str, list[str]]
    texts: dict[str, str]
    rows: list[str]
    fields: Fields

    def value(self, *names: str) -> str | None:
        """The value beside the first of these labels that the page has."""
        return next((self.values[fold(name)] for name in names if fold(name) in self.values), None)

    def column(self, *names: str) -> list[str]:
        """Cells below the first of these columns that the page has."""
        return next((self.cells[fold(name)] for name in names if fold(name) in self.cells), [])

    def section(self, name: str) -> str | None:
        """Text under a heading."""
        return self.texts.get(fold(name))

    def prose(self) -> str:
        """What the page says in sentences: its texts, and who may apply; not its contacts, nor what it lists."""
        who = "; ".join(dict.fromkeys(self.column(APPLICANTS)))
        texts = (self.section(name) for name in _PROSE)
        return "\n".join(text for text in (f"{APPLICANTS}: {who}." if who else None, *texts) if text)
