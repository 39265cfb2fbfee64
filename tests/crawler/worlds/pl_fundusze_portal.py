"""The Polish portal of European funds: a list on three pages, and calls of several programmes."""

from tests.crawler.replica import Reply, Site

HOST = "www.funduszeeuropejskie.gov.pl"
LIST = f"{HOST}/nabory-wnioskow/"
_CODES = ("FERS.04.18-IP.06", "FENX.06.02-IP.03", "FEWP.06.13-IZ.00", "FESL.05.14-IP.02")


def page(main: str) -> Reply:
    """A page of a portal."""
    head = "<head><meta charset='utf-8'><title>Portal</title></head>"
    return Reply(f"<html lang='pl'>{head}<body><nav>Menu</nav><main>{main}</main></body></html>".encode())


def call(number: int, code: str) -> Reply:
    """A call, with its values beside their labels; of every third one nobody says the budget."""
    budget = f"<dt>Budżet naboru</dt><dd>{number} 500 000,00 zł</dd>" if number % 3 else ""
    return page(
        f"<h1>Świetlica numer {number}</h1><dl><dt>Numer naboru</dt><dd>{code}-{number:03d}/26</dd>"
        f"<dt>Nabór od</dt><dd>{number:02d}.09.2026</dd>"
        f"<dt>Nabór do</dt><dd>{number:02d}.11.2026 15:30</dd>{budget}</dl>"
        "<h2>Kto może złożyć wniosek?</h2><p>Organizacje pozarządowe</p>"
        f"<h2>Na co można otrzymać dofinansowanie?</h2><p>Pokój na {number} dzieci i ich dziadków.</p>"
    )


def listing(addresses: list[str], pager: str) -> Reply:
    """A page of a list."""
    items = "".join(f"<section class='recruitment-wrapper'><a href='{a}'>Nabór</a></section>" for a in addresses)
    return page(f"<h1>Nabory wniosków</h1>{items}<nav>{pager}</nav>")


def build(site: Site) -> None:
    """Fourteen calls; the pager names the second page only, which names the third."""
    site.pages[f"{HOST}/robots.txt"] = Reply(b"User-agent: *\nDisallow: /admin/\n", content_type="text/plain")
    addresses = [f"/nabory/swietlica-{number}/" for number in range(1, 15)]
    for number, address in enumerate(addresses, 1):
        site.pages[f"{HOST}{address}"] = call(number, _CODES[number % len(_CODES)])
    site.pages[LIST] = listing(addresses[:6], "<a href='/nabory-wnioskow/page/2/'>2</a>")
    site.pages[f"{LIST}page/2/"] = listing(addresses[6:12], "<a href='/nabory-wnioskow/page/3/'>3</a>")
    site.pages[f"{LIST}page/3/"] = listing(addresses[12:], "<a href='/nabory-wnioskow/'>1</a>")
