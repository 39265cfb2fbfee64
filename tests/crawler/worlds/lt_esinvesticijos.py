"""The Lithuanian portal: calls in two forms on two numbered pages, and one whose money is another plan's."""

from tests.crawler.replica import Reply, Site

HOST = "2021.esinvesticijos.lt"
SLUGS = tuple(f"kaimynu-namai-{number}" for number in range(1, 13))


def page(main: str) -> Reply:
    """A page of the site."""
    head = "<head><title>ES investicijos</title></head>"
    nav = "<nav><a href='/kvietimai'>Kvietimai</a></nav>"
    return Reply(f"<html>{head}<body>{nav}<main>{main}</main><footer>Kontaktai</footer></body></html>".encode())


def newer(slug: str) -> Reply:
    """A call with a table of activities."""
    return page(
        f"<h1>{slug}</h1><dl><dt>Teikiama nuo</dt><dd>2026-10-05 08:00</dd>"
        "<dt>Teikiama iki</dt><dd>2026-12-18 17:00 Liko 25 d. 9 val.</dd>"
        "<dt>Kvietimo finansavimo suma</dt><dd>213 999,99 €</dd><dt>Finansavimo forma</dt><dd>Dotacija</dd></dl>"
        "<table><tr><th>Finansuojamos veiklos</th><th>Finansuojamoji dalis</th></tr>"
        "<tr><td>Kaimynystė (ESF+)</td><td>92,5 proc.</td></tr></table>"
    )


def older(slug: str) -> Reply:
    """A call in the form of 2024."""
    return page(
        f"<h1>{slug}</h1><div><div>Teikiama nuo</div><div>2026-05-07 08:00</div></div>"
        "<div><div>Teikiama iki</div><div>2026-12-31 12:00</div></div>"
        "<div><div>Finansavimo suma</div><div>8 500 000.00 Eur</div></div>"
        "<div><div>Programa</div><div>Investicijų programa</div></div>"
        "<ul><li><div>Finansuojamos projektų veiklos</div><p>Saugykla visiems (ERPF)</p></li></ul>"
    )


def listing(slugs: tuple[str, ...]) -> Reply:
    rows = "".join(f"<tr><td><a href='/kvietimai/{slug}'>{slug}</a></td></tr>" for slug in slugs)
    pager = "<div class='pages'><a href='?page=1'>1</a><a href='?page=2'>2</a></div>"
    return page(f"<h1>Kvietimai</h1><table>{rows}</table>{pager}")


def build(site: Site) -> None:
    """Twelve calls on two pages, numbered from 1, and one of the recovery plan."""
    site.pages[f"{HOST}/robots.txt"] = Reply(b"User-agent: *\nDisallow: /admin/\n", content_type="text/plain")
    recovery = "skaitmeniniai-gaminiai"
    site.pages[f"{HOST}/kvietimai"] = listing(SLUGS[:7])
    site.pages[f"{HOST}/kvietimai?page=2"] = listing((*SLUGS[7:], recovery))
    for place, slug in enumerate(SLUGS):
        site.pages[f"{HOST}/kvietimai/{slug}"] = older(slug) if place % 2 else newer(slug)
    site.pages[f"{HOST}/kvietimai/{recovery}"] = page(
        f"<h1>{recovery}</h1><p>Teikiama nuo: 2026-10-05</p><p>Teikiama iki: 2026-12-18</p>"
        "<p>Programa: Naujos kartos Lietuva</p>"
    )
