"""Good practices of URBACT: a list of four pages, pages of two templates, and one former project."""

from tests.crawler.replica import Reply, Site

HOST = "urbact.eu"
LIST = f"{HOST}/good-practices"
EACH = 9
PAGES = 4


def page(main: str) -> Reply:
    """A page of the site."""
    head = "<head><title>urbact.eu</title></head>"
    return Reply(f"<html>{head}<body><nav><a href='/'>Home</a></nav><main>{main}</main></body></html>".encode())


def slug(number: int) -> str:
    return "bmincome" if number == 0 else f"kitchen-{number}"


def practice(number: int) -> Reply:
    """A practice in the template of 2017 or in that of 2021."""
    head = f"<h1>Kitchen {number}</h1><p>A street that eats together, number {number}</p>"
    place = f"<ul><li>Dupnitsa , Bulgaria</li><li>Size of city : 31 {100 + number} inhabitants</li></ul>"
    text = "<p>The town turned empty garages into kitchens, and whoever cooks for others eats there for nothing.</p>"
    if number % 2:
        label, heading = "Labelisation date : 02/06/2017", "The solutions offered by the good practice"
    else:
        label, heading = "Date of label : 01/08/2021", "Solutions offered by the good practice"
    return page(f"{head}<div>{label}</div>{place}{text}<h3>{heading}</h3><p>A calendar on the door.</p>")


def listing(number: int) -> Reply:
    items = "".join(
        f"<li>Dupnitsa / Bulgaria<h3><a href='/good-practices/{slug(n)}'>Kitchen {n}</a></h3>"
        f"<a href='/fr/good-practices/{slug(n)}'>en français</a></li>"
        for n in range(number * EACH, (number + 1) * EACH)
    )
    pager = "".join(f"<a href='?page={n}'>{n + 1}</a>" for n in range(PAGES))
    return page(f"<h1>URBACT Good Practices</h1><ul>{items}</ul><div class='pager'>{pager}</div>")


def build(site: Site) -> None:
    """Thirty-six practices on four pages."""
    site.pages[LIST] = listing(0)
    site.pages |= {f"{LIST}?page={number}": listing(number) for number in range(1, PAGES)}
    site.pages |= {f"{LIST}/{slug(number)}": practice(number) for number in range(EACH * PAGES)}
