"""The portal of the programme for Wielkopolska: one list, calls of this period and of the one before."""

from tests.crawler.replica import Reply, Site
from tests.crawler.worlds.pl_fundusze_portal import call, listing, page

HOST = "wrpo.wielkopolskie.pl"


def build(site: Site) -> None:
    """Four calls, and an old one that is left out."""
    site.pages[f"{HOST}/robots.txt"] = Reply(b"User-agent: *\nDisallow:\n", content_type="text/plain")
    site.pages[f"{HOST}/nabory"] = listing([f"/nabory/{number}" for number in range(600, 605)], "")
    for number in range(600, 604):
        site.pages[f"{HOST}/nabory/{number}"] = call(number - 599, "FEWP.06.13-IZ.00")
    old = "<p>Nabór nr RPWP.09.02.01-IZ-00-30-002/17</p><p>Zakończony od 29-12-2017 do 30-03-2018</p>"
    site.pages[f"{HOST}/nabory/604"] = page(f"<h1>Dawny dom kultury</h1>{old}")
