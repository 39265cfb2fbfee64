"""Portico: an index of two sitemaps, pages of projects, of partners, of a known project, and of reports."""

from tests.crawler.replica import Reply, Site

HOST = "portico.urban-initiative.eu"
TEXT = "The town gave the square to those who were afraid of it, and paid for light and for a person who stays. "


def page(title: str, place: str) -> Reply:
    """A page about one resource."""
    about = f"<h2>About this resource</h2><div>Location</div><div>{place}</div>" if place else ""
    body = f"<main><h1>{title}</h1><p>{TEXT}An innovative action of the town.</p>{about}</main>"
    return Reply(f"<html><head><title>Portico</title></head><body>{body}</body></html>".encode())


def sitemap(kind: str, entry: str, addresses: list[str]) -> Reply:
    rows = "".join(f"<{entry}><loc>https://{HOST}{address}</loc></{entry}>" for address in addresses)
    body = f'<?xml version="1.0"?><{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{kind}>'
    return Reply(body.encode(), content_type="text/xml")


def build(site: Site) -> None:
    """Twelve projects, four practices of a partner, one known project and one report without a place."""
    pages = {
        f"/european-urban-initiative/square-{n}": page(f"Square {n}", "Heerlen, The Netherlands") for n in range(12)
    }
    pages |= {f"/urban-practices/a-network/roof-{n}": page(f"Roof {n}", "Ghent, Belgium") for n in range(4)}
    pages |= {"/uia/kosice-20": page("Kosice", ""), "/european-urban-initiative/report": page("Lessons", "")}
    others = ["/", "/urban-stories/uia/journal", "/urban-practices/urbact/kitchens-7406", "/fr/uia/kosice-20"]
    named = sorted(pages)
    site.pages[f"{HOST}/sitemap.xml"] = sitemap("sitemapindex", "sitemap", [f"/sitemap.xml?page={n}" for n in (1, 2)])
    site.pages[f"{HOST}/sitemap.xml?page=1"] = sitemap("urlset", "url", named[:9])
    site.pages[f"{HOST}/sitemap.xml?page=2"] = sitemap("urlset", "url", [*named[9:], *others])
    site.pages |= {f"{HOST}{path}": reply for path, reply in pages.items()}
