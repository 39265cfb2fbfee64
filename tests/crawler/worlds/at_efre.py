"""Calls of efre.gv.at: two with properties, one of an older layout."""

from tests.crawler.replica import Reply, Site
from tests.crawler.worlds._portals import austrian_call, open_to_robots, page

HOST = "www.efre.gv.at"
NAMES = ("lebendige-ortskerne", "stille-strassen", "alte-form")


def with_properties(name: str) -> Reply:
    """A call as the reader in public code describes it."""
    properties = (("Gebiet", "property-value areas", "Wien"), ("Zeitraum", "property-value", "01.10.2026 - 31.12.2027"))
    rows = "".join(f"<div class='call-property'><b>{n}</b><div class='{c}'>{v}</div></div>" for n, c, v in properties)
    text = "<div class='short-description'>Häuser im Ort, die allen offen stehen und von allen gepflegt werden.</div>"
    return page(f"Call {name}", f"{text}<div class='call-properties'>{rows}</div>")


def build(site: Site) -> None:
    """Three calls on one page."""
    open_to_robots(site, HOST)
    cards = "".join(f"<div class='call flex'><a class='more' href='/calls/call/{n}'>mehr</a></div>" for n in NAMES)
    site.pages[f"{HOST}/calls"] = page("Calls", f"<div class='calls container'>{cards}</div>")
    site.pages |= {f"{HOST}/calls/call/{name}": with_properties(name) for name in NAMES[:2]}
    site.pages[f"{HOST}/calls/call/{NAMES[2]}"] = austrian_call("Alte Form")
