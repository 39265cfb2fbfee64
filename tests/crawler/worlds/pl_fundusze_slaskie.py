"""The portal of the Silesian programme: a list behind a long query, with pages numbered in another query."""

from tests.crawler.reading import config
from tests.crawler.replica import Asked, Reply, Site
from tests.crawler.worlds.pl_fundusze_portal import call, listing

HOST = "funduszeue.slaskie.pl"
LIST = f"{HOST}/web/guest/nabory"
_PAGE = "_pl_slaskie_fes_RecruitmentPortlet_page"


def build(site: Site) -> None:
    """Five calls on two pages."""
    site.pages[f"{HOST}/robots.txt"] = Reply(b"User-agent: *\nDisallow:\n", content_type="text/plain")
    addresses = [f"/nabory/lsi/{number}" for number in range(591, 596)]
    for number, address in enumerate(addresses, 1):
        site.pages[f"{HOST}{address}"] = call(number, "FESL.05.14-IP.02")
    further = f"{config('pl_fundusze_slaskie').urls['list']}&{_PAGE}=2".replace("&", "&amp;")

    def answer(asked: Asked) -> Reply:
        if asked.query.get(_PAGE) == ["2"]:
            return listing(addresses[3:], "")
        return listing(addresses[:3], f"<a href='{further}'>2</a>")

    site.pages[LIST] = answer
