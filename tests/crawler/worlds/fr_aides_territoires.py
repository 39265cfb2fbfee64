"""Aides-territoires: a key for a token, and three pages of aids; the token is not taken any more on the second."""

import json
from typing import Any

from tests.crawler.replica import Asked, Reply, Site

HOST = "aides-territoires.beta.gouv.fr"
LIST, TOKEN = f"{HOST}/api/aids/", f"{HOST}/api/connexion/"
KEY = "k3y-of-a-user"
SETTINGS = {"ISOPOLIS_AIDES_TERRITOIRES_KEY": KEY}
_PAGE = 5
_AIDS = 14


def aid(number: int) -> dict[str, Any]:
    """An aid; every fifth one has no EU money in it, although the filter was sent."""
    return {
        "id": 1000 + number,
        "slug": f"{number}-atelier",
        "url": f"/aides/{number}-atelier/",
        "name": f"FEDER : atelier de quartier {number}",
        "programs": ["FEDER"],
        "financers": ["Conseil régional"],
        "description": f"<p>Un atelier où l’on répare ce que {number} voisins apportent.</p>",
        "perimeter": "Normandie",
        "perimeter_scale": "Région",
        "targeted_audiences": ["Commune", "Association"],
        "aid_types": ["Subvention"],
        "start_date": "2026-01-05",
        "submission_deadline": f"2026-09-{number + 1:02d}",
        "subvention_rate_upper_bound": 60,
        "recurrence": "Ponctuelle",
        "european_aid": None if number % 5 == 4 else "organizational",
        "is_live": True,
    }


class Door:
    """Gives tokens for the key; each is good for so many pages."""

    def __init__(self, pages_a_token: int = 1) -> None:
        self.tokens = 0
        self._pages, self._left = pages_a_token, 0

    def log_in(self, asked: Asked) -> Reply:
        """A token, if the key is right."""
        if asked.method != "POST" or asked.headers["X-AUTH-TOKEN"] != KEY:
            return _answer({"code": 401, "message": "Invalid credentials."}, 401)
        self.tokens, self._left = self.tokens + 1, self._pages
        return _answer({"token": f"token-{self.tokens}"})

    def aids(self, asked: Asked) -> Reply:
        """A page of aids, if the token is still good."""
        if not self._left or asked.headers["Authorization"] != f"Bearer token-{self.tokens}":
            return _answer({"code": 401, "message": "Expired JWT Token"}, 401)
        self._left -= 1
        number = int(asked.query["page"][0])
        found = [aid(position) for position in range(_AIDS)][_PAGE * (number - 1) : _PAGE * number]
        # As behind a proxy: the address of the next page has another scheme than the one that was asked.
        follows = f"http://{LIST}?page={number + 1}" if _PAGE * number < _AIDS else None
        return _answer({"count": _AIDS, "previous": None, "next": follows, "results": found})


def _answer(data: Any, status: int = 200) -> Reply:
    return Reply(json.dumps(data).encode(), status, "application/json")


def build(site: Site) -> None:
    """A door with short-lived tokens, and the list behind it."""
    door = Door()
    site.pages[f"{HOST}/robots.txt"] = Reply(b"User-agent: *\nDisallow: /admin/\n", content_type="text/plain")
    site.pages[TOKEN] = door.log_in
    site.pages[LIST] = door.aids
