"""Good practices of Interreg Europe: a page about them, a database of four pages behind it, and their pages."""

from tests.crawler.replica import Reply, Site

HOST = "www.interregeurope.eu"
HUB = f"{HOST}/good-practices"
BASE = f"{HOST}/policy-learning-platform/good-practice-database"
EACH = 9
PAGES = 4
COUNTRIES = ("Croatia", "Italy", "Czech Republic", "Ireland")


def page(main: str) -> Reply:
    """A page of the site."""
    head = "<head><title>Interreg Europe</title></head><nav><a href='/good-practices'>Practices</a></nav>"
    return Reply(f"<html>{head}<body><main>{main}</main></body></html>".encode())


def practice(number: int) -> Reply:
    """A practice; every third one names its town."""
    town = "" if number % 3 else "<div>Location</div><div>Sisak, Croatia</div>"
    country = "Croatia" if town else COUNTRIES[number % 4]
    return page(
        f"<h1>Stove {number}</h1><div>Published on {number % 28 + 1} May 2018</div><div>{country}</div>"
        "<div>This is the good practice's implementation level. It can be national, regional or local.</div>"
        f"<h2>About this good practice</h2><p>A van with a stove drives through the villages, route {number}.</p>"
        f"<h3>Evidence of success</h3><p>{number} households were visited.</p>{town}"
        "<div>Start Date</div><div>January 2014</div><div>End Date</div><div>Ongoing</div>"
    )


def listing(number: int) -> Reply:
    items = "".join(
        f"<h3><a href='/good-practices/stove-{n}'>Stove {n}</a></h3>" for n in range(number * EACH, (number + 1) * EACH)
    )
    onward = f"<a href='?page={number + 1}'>Next</a>" if number + 1 < PAGES else ""
    return page(f"<h1>Database</h1>{items}<div>{onward}</div>")


def build(site: Site) -> None:
    """Thirty-six practices on four pages of the database."""
    site.pages[HUB] = page("<h1>Good practices</h1><a href='/policy-learning-platform/good-practice-database'>All</a>")
    site.pages[BASE] = listing(0)
    site.pages |= {f"{BASE}?page={number}": listing(number) for number in range(1, PAGES)}
    site.pages |= {f"{HUB}/stove-{number}": practice(number) for number in range(EACH * PAGES)}
