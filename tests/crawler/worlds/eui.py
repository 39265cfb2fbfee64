"""The official site of the European Urban Initiative: a paged list of calls, and two standing calls beside it."""

from tests.crawler.replica import Reply, Site

HOST = "www.urban-initiative.eu"
LIST = f"{HOST}/calls-proposals"
NUMBERS = ("first", "second", "third", "fourth", "fifth")


def page(main: str) -> Reply:
    """A page of the site."""
    head = "<head><title>European Urban Initiative</title></head>"
    banner = "<header role='banner'><nav><a href='/calls-proposals'>Calls</a></nav></header>"
    return Reply(f"<html>{head}<body>{banner}<main>{main}</main><footer>Legal notice</footer></body></html>".encode())


def path(number: str) -> str:
    return f"/calls-proposals/{number}-call-proposals-innovative-actions"


def call(number: str, year: int) -> Reply:
    """A closed call of the innovative actions."""
    return page(
        f"<div>Closed {2026 - year} years ago</div><h1>{number.title()} Call for Proposals</h1>"
        f"<p>The {number} call was launched on 25 February {year} and closed on 15 June {year} at 14.00 CEST.</p>"
        "<h3>Topic 1: Greening cities</h3><p>Shade for the playground, dug by those who play there.</p>"
        f"<a href='/sites/default/files/{year}-02/terms.pdf'>Terms of Reference</a>"
    )


def listing(numbers: tuple[str, ...], pager: str) -> Reply:
    cards = "".join(f"<article><h2><a href='{path(number)}'>{number} call</a></h2></article>" for number in numbers)
    return page(f"<h1>Calls for proposals</h1>{cards}<nav>{pager}</nav>")


def build(site: Site) -> None:
    """Five calls on two pages, one of them still without days, and two calls that are always open."""
    site.pages[f"{HOST}/robots.txt"] = Reply(b"User-agent: *\nDisallow: /admin/\n", content_type="text/plain")
    site.pages[LIST] = listing(NUMBERS[:3], "<a href='?page=1'>Next</a>")
    site.pages[f"{LIST}?page=1"] = listing(NUMBERS[3:], "<a href='?page=0'>Previous</a>")
    for place, number in enumerate(NUMBERS[:4]):
        site.pages[f"{HOST}{path(number)}"] = call(number, 2022 + place)
    coming = "<div>Upcoming</div><h1>Fifth Call for Proposals</h1><p>The call will be launched in May 2027.</p>"
    site.pages[f"{HOST}{path('fifth')}"] = page(coming)
    always = "<p>The Call for Applications is continuously open.</p>"
    site.pages[f"{HOST}/capacity-building/city-to-city-exchanges/call"] = page(f"<h1>City-to-City</h1>{always}")
    site.pages[f"{HOST}/capacity-building/peer-reviews/ongoing-call-peer-reviews"] = page(f"<h1>Peers</h1>{always}")
