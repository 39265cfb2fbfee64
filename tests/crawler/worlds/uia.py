"""Urban Innovative Actions: a list of two pages, pages of two templates, and a project that is not known yet."""

from tests.crawler.replica import Reply, Site

HOST = "www.uia-initiative.eu"
LIST = f"{HOST}/en/uia-cities"
TOWNS = (
    *("albertslund", "antwerp", "antwerp-call2", "athens", "baia-mare", "barcelona", "bergamo", "birmingham"),
    *("coventry", "cuenca", "gava", "ghent", "heerlen", "heraklion", "lisbon", "madrid", "szeged", "a-new-town"),
)


def page(main: str) -> Reply:
    """A page of the site."""
    return Reply(
        f"<html><head><title>UIA</title></head><body><nav>Menu</nav><main>{main}</main></body></html>".encode()
    )


def project(town: str, number: int) -> Reply:
    """A project in the newer template or in the older one."""
    texts = "<h3>Challenge addressed</h3><p>Buses lose riders.</p><h3>Solution proposed</h3><p>Bicycles for all.</p>"
    if number % 2:
        money = f"<div>EUR 2,{100 + number},313.32</div><div>Total ERDF budget granted</div>"
        return page(f"<h1>{town}</h1><div>Urban mobility</div><h2>Wheels</h2>{money}{texts}")
    labels = (
        f"<div>ERDF:</div><div>EUR 2,{100 + number},000.00</div><div>Duration:</div><div>01/01/2018-30/06/2021</div>"
    )
    return page(f"<div>Submitted by UIA admin</div><h2>{town} project</h2>{labels}{texts}")


def listing(towns: tuple[str, ...], pager: str) -> Reply:
    items = "".join(
        f"<a href='/en/uia-cities/{town}'>Go to project page</a><a href='/fr/uia-cities/{town}'>FR</a>"
        for town in towns
    )
    return page(f"<h1>UIA cities</h1>{items}{pager}")


def build(site: Site) -> None:
    """Eighteen projects, seventeen of them known."""
    site.pages[LIST] = listing(TOWNS[:9], "<a href='?page=1'>2</a>")
    site.pages[f"{LIST}?page=1"] = listing(TOWNS[9:], "<a href='?page=0'>1</a>")
    site.pages |= {f"{LIST}/{town}": project(town, number) for number, town in enumerate(TOWNS)}
