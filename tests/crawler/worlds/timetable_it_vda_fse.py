"""A page that links to a CSV file in the encoding of old office programs, and to the same as PDF."""

from tests.crawler.replica import Reply, Site

PAGE = (
    "new.regione.vda.it/europa/fondi-e-programmi/fondo-sociale-europeo-plus/bandi-e-avvisi/"
    "calendario-degli-inviti-a-presentare-proposte"
)
FILE = "new.regione.vda.it/Media/Calendario%20inviti%20FSE%20Plus%202027.csv"


def build(site: Site) -> None:
    """Put the page and the file into a site."""
    links = f'<a href="/Media/Calendario inviti FSE Plus 2027.pdf">PDF</a> <a href="https://{FILE}">CSV</a>'
    site.pages[PAGE] = Reply(f"<!DOCTYPE html><html><body><p>{links}</p></body></html>".encode())
    lines = [
        "Calendario degli inviti;;;;;;",
        "N.;Titolo avviso;Obiettivo specifico;Area geografica;Richiedenti;Importo;Data inizio e fine",
    ]
    lines += [_line(number) for number in range(1, 9)]
    site.pages[FILE] = Reply("\n".join(lines).encode("cp1252"), content_type="text/csv")


def _line(number: int) -> str:
    dates = '"apertura: III trimestre 2027\nchiusura: 31 dicembre 2027"'
    return f"a.{number}-2027;Corso d’estate {number};ESO4.{number};Aosta;Comuni;{number}.000.000,00;{dates}"
