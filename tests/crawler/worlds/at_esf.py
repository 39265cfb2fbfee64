"""Calls of esf.at: the front page leads to a list, and that to the calls."""

from tests.crawler.replica import Site
from tests.crawler.worlds._portals import austrian_call, links, open_to_robots, page

HOST = "www.esf.at"


def build(site: Site) -> None:
    """Two calls, one of them named only by the page between."""
    open_to_robots(site, HOST)
    between = "/foerderungen-und-vergaben/"
    site.pages[f"{HOST}/"] = page(
        "ESF in Österreich", links(between, "/calls/kochen/", "/projekte/liste-der-vorhaben-2/")
    )
    site.pages[f"{HOST}{between}"] = page("Förderungen", links("/calls/kochen", "/calls/lernen/", "/vergaben/putzen/"))
    site.pages[f"{HOST}/calls/kochen/"] = austrian_call("Kochen")
    site.pages[f"{HOST}/calls/lernen/"] = austrian_call("Lernen")
