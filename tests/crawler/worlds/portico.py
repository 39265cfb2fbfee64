"""The catalogue of calls in Portico: cards of the initiative and of others, on two pages."""

from tests.crawler.replica import Reply, Site

HOST = "portico.urban-initiative.eu"
LIST = f"{HOST}/urban-panorama/call-for-proposals"
OFFICIAL = "https://www.urban-initiative.eu"


def card(title: str, partner: str, link: str, deadline: str = "15/06/2026") -> str:
    """A card as the catalogue shows it."""
    return (
        f"<article class='node--type-call-for-proposals'><h2 class='title-node'>{title}</h2><span>Open</span>"
        f"<div>Deadline date : {deadline}</div><div>Support : grant</div><div>Funding support : 2,000,000 €</div>"
        f"<div>Urban authorities</div><a href='/p'>By {partner}</a><a href='{link}'>Find out more</a></article>"
    )


def page(cards: list[str], pager: str) -> Reply:
    """A page of the catalogue."""
    body = f"<main><h1>Call for proposals</h1>{''.join(cards)}<nav>{pager}</nav></main>"
    return Reply(f"<html><head><title>Portico</title></head><body>{body}</body></html>".encode())


def build(site: Site) -> None:
    """Two calls of the initiative and three of others; one of them has no day."""
    fourth = f"{OFFICIAL}/calls-proposals/fourth-call-proposals-innovative-actions"
    exchanges = f"{OFFICIAL}/capacity-building/city-to-city-exchanges/call"
    site.pages[LIST] = page(
        [
            card("4th call", "European Urban Initiative", fourth),
            card("City-to-City Exchanges", "European Urban Initiative", exchanges, "31/12/2027"),
            card("Shade for school yards", "NetZeroCities", "https://shade.example/call", "21/01/2027"),
        ],
        "<a href='?page=1'>Next</a>",
    )
    site.pages[f"{LIST}?page=1"] = page(
        [
            card("Pilot cities", "NetZeroCities", "https://pilots.example/call", "14/02/2027"),
            card("Squares", "New European Bauhaus Prizes", "https://prizes.example/call", ""),
        ],
        "<a href='?page=0'>Previous</a>",
    )
