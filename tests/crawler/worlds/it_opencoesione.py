"""OpenCoesione: one index with every region, national programmes and programmes of cooperation."""

from tests.crawler.replica import Reply, Site

INDEX = "opencoesione.gov.it/it/opportunita_2021_2027/"
REGIONS = (
    *("Abruzzo", "Basilicata", "Calabria", "Campania", "Emilia-Romagna", "Friuli-Venezia Giulia", "Lazio", "Liguria"),
    *("Lombardia", "Marche", "Molise", "Piemonte", "Puglia", "Sardegna", "Sicilia", "Toscana", "Umbria"),
    *("Valle d’Aosta", "Veneto", "Provincia autonoma di Bolzano", "Provincia autonoma di Trento"),
)
NATIONAL = (
    "PN Cultura",
    "PN Inclusione e lotta alla povertà",
    "PN Metro Plus e città medie Sud",
    "PN Scuola e competenze",
)


def pair(host: str, name: str) -> str:
    """The two links of a programme."""
    base = f"https://{host}.example.it/{name.lower().replace(' ', '-').replace('+', '-plus')}"
    return f'<a href="{base}/avvisi">Opportunità</a> | <a href="{base}/calendario">Preavviso</a>'


def build(site: Site) -> None:
    """Enough links for a healthy run."""
    regions = "".join(
        f"<h3>{region}</h3><ul><li>PR FESR: {pair(f'r{n}', 'PR FESR')}</li>"
        f"<li>PR FSE+: {pair(f'r{n}', 'PR FSE+')}</li></ul>"
        for n, region in enumerate(REGIONS)
    )
    national = "".join(f"<h3>{name}</h3><p>{pair('pn', name)}</p>" for name in NATIONAL)
    across = f"<h3>Interreg Italia-Mare</h3><p>{pair('mare', 'interreg')}</p>"
    body = (
        '<nav><a href="/it/opportunita_2021_2027/">Opportunità</a></nav><main><h1>Opportunità</h1>'
        f"<h2>Programmi regionali</h2>{regions}<h2>Programmi nazionali</h2>{national}"
        f"<h2>Programmi CTE a titolarità italiana</h2>{across}</main>"
    )
    site.pages[INDEX] = Reply(f"<html><title>Opportunità</title><body>{body}</body></html>".encode())
