"""Dutch ESF+ schemes on two numbered pages; one tells its window only on a tab that the list does not name."""

from tests.crawler.replica import Site
from tests.crawler.worlds._portals import dutch_call, links, open_to_robots, page

HOST = "www.uitvoeringvanbeleidszw.nl"
ESF = "/subsidies-en-regelingen/esf"


def build(site: Site) -> None:
    """Three calls, a page that tells of none, and an earlier period."""
    open_to_robots(site, HOST)
    pager = links("?page=1", "?page=2")
    first = links(f"{ESF}/buurthuis", f"{ESF}/moestuin/", f"{ESF}/publiciteit", f"{ESF}/nieuws/2026/open")
    site.pages[f"{HOST}{ESF}"] = page("ESF+", first + pager)
    site.pages[f"{HOST}{ESF}?page=2"] = page("ESF+", links(f"{ESF}/taal-aan-tafel", f"{ESF}/actief-2014-2020") + pager)
    site.pages[f"{HOST}{ESF}/buurthuis"] = page(
        "ESF+ Buurthuis", f"<p>Een huis voor de buurt.</p>{links(f'{ESF}/buurthuis/aanvragen', f'{ESF}/moestuin')}"
    )
    site.pages[f"{HOST}{ESF}/buurthuis/aanvragen"] = dutch_call("ESF+ Buurthuis")
    site.pages[f"{HOST}{ESF}/moestuin/"] = dutch_call("ESF+ Moestuin")
    site.pages[f"{HOST}{ESF}/taal-aan-tafel"] = dutch_call("ESF+ Taal aan tafel")
    site.pages[f"{HOST}{ESF}/publiciteit"] = page("Publiciteit", "<p>Hang de vlag op.</p>")
