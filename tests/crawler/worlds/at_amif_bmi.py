"""The page of the Austrian ministry of the interior, which tells of a call and links to another one."""

from tests.crawler.replica import Site
from tests.crawler.worlds._portals import austrian_call, open_to_robots, page

HOST = "www.bmi.gv.at"
FUND = "/107/EU_Foerderungen/Finanzrahmen_2021_2027/Asyl-_Migrations-_und_Integrationsfonds"


def build(site: Site) -> None:
    """A call on the list itself, and one on a page of its own."""
    open_to_robots(site, HOST)
    site.pages[f"{HOST}{FUND}/Programm_Projektaufrufe_und_Projekte.aspx"] = page(
        "AMIF - Programm, Projektaufrufe und Projekte",
        "<p>Projektvorschläge können bis 30. Juni 2028 eingereicht werden.</p>"
        "<a href='Projektaufruf_2026.aspx'>Projektaufruf 2026</a>",
    )
    site.pages[f"{HOST}{FUND}/Projektaufruf_2026.aspx"] = austrian_call("Ankommen")
