"""Themes of the Dutch AMIF regulation below one overview."""

from tests.crawler.replica import Site
from tests.crawler.worlds._portals import dutch_call, links, open_to_robots, page

HOST = "www.uitvoeringvanbeleidszw.nl"
FUNDS = "/subsidies-en-regelingen/emvf-2021-2027"


def build(site: Site) -> None:
    """Two themes with a window and one without."""
    open_to_robots(site, HOST)
    site.pages[f"{HOST}{FUNDS}"] = page(
        "AMIF, ISF en BMVI", links(*(f"{FUNDS}/{n}" for n in ("asiel", "taal", "later")))
    )
    site.pages[f"{HOST}{FUNDS}/asiel"] = dutch_call("AMIF Asiel")
    site.pages[f"{HOST}{FUNDS}/taal"] = dutch_call("AMIF Taal")
    site.pages[f"{HOST}{FUNDS}/later"] = page("AMIF Later", "<p>Er komt een aanvraagtijdvak.</p>")
