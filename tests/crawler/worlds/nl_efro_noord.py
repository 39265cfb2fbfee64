"""The Northern Netherlands: European and provincial money on one site."""

from tests.crawler.replica import Site
from tests.crawler.worlds._portals import dutch_call, links, open_to_robots, page

HOST = "www.snn.nl"


def build(site: Site) -> None:
    """Two calls of EFRO and one of the province."""
    open_to_robots(site, HOST)
    names = ("/ondernemers/werkplaats", "/zakelijke-subsidies/dorpshuis", "/zakelijke-subsidies/adviesvoucher")
    site.pages[f"{HOST}/programmas/efro-2021-2027"] = page("EFRO 2021-2027", links(*names))
    site.pages[f"{HOST}{names[0]}"] = dutch_call("Werkplaats")
    site.pages[f"{HOST}{names[1]}"] = dutch_call("Dorpshuis")
    site.pages[f"{HOST}{names[2]}"] = page("Adviesvoucher", "<p>Subsidie aanvragen kan tot 18 december 2026.</p>")
