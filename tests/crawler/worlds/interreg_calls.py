"""interreg.eu: a page of calls, scripts of which the second holds the key, and a search that wants the key."""

import json

from tests.crawler.replica import Asked, Reply, Site

HOST = "interreg.eu"
PAGE = f"{HOST}/calls-for-projects/"
SEARCH = "2e032drcns-dsn.algolia.net/1/indexes/*/queries"
KEY = "00112233445566778899aabbccddeeff"
HITS = 250


def hit(number: int) -> dict[str, object]:
    """A call as the search gives it."""
    return {
        "objectID": f"page-{number}",
        "pageId": number,
        "contentType": "callForProjectsPage",
        "title": f"Bridges over the river, call {number}",
        "teaser": "Clubs and town halls on both sides of the river may ask for a bridge of their own.",
        "contentUrl": f"/calls-for-projects/bridges-{number}/",
        "themes": ["Social inclusion and equal opportunities"],
        "callStatus": "Open",
        "callOpenDate": "2026-09-30T22:00:00Z",
        "callDeadlineDate": "2027-01-15T11:00:00Z",
        "callEligibleCountryNuts": ["AT", "HU"],
        "associatedProgrammes": ["Interreg Danube Region"],
    }


def search(asked: Asked) -> Reply:
    """Give a page of the rows to whoever has the key in the head of the request, and no key in its address."""
    if asked.method != "POST" or asked.headers["X-Algolia-API-Key"] != KEY or asked.query_string:
        return Reply(b'{"message":"Invalid Application-ID or API key","status":403}', 403, "application/json")
    (question,) = json.loads(asked.body)["requests"]
    size, number = question["hitsPerPage"], question["page"]
    rows = [hit(n) for n in range(1, HITS + 1)][size * number : size * (number + 1)]
    answer = {"hits": rows, "nbHits": HITS, "page": number, "nbPages": -(-HITS // size), "hitsPerPage": size}
    return Reply(json.dumps({"results": [answer]}).encode(), content_type="application/json")


def build(site: Site) -> None:
    """Two hundred and fifty calls behind a key that stands in the third script; the second does not come."""
    names = ("runtime", "lost", "main")
    tags = "".join(f"<script src='/assets/{name}.js'></script>" for name in names)
    body = f"<html><head><title>Calls</title>{tags}</head><body><h1>Calls for projects</h1></body></html>"
    site.pages[PAGE] = Reply(body.encode())
    site.pages[f"{HOST}/assets/runtime.js"] = Reply(b"var a=1;", content_type="text/javascript")
    script = f'c=algoliasearch("2E032DRCNS","{KEY}")'
    site.pages[f"{HOST}/assets/main.js"] = Reply(script.encode(), content_type="text/javascript")
    site.pages[SEARCH] = search
