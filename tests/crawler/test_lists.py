"""Lists that do not end, and pages of a list that overlap."""

from collections import Counter
from pathlib import Path

import pytest

from tests.crawler.process import crawl
from tests.crawler.replica import Asked, Replica, Reply
from tests.crawler.worlds import urbact, world_of

pytestmark = pytest.mark.slow


def number_of(asked: Asked) -> int:
    return int(asked.query.get("page", ["0"])[0])


def pages_of(asked: list[Asked]) -> Counter[int]:
    """How often each page of the list was asked for."""
    return Counter(number_of(one) for one in asked if one.place == urbact.LIST)


def with_next(number: int, shown: int) -> Reply:
    """A page of the list that shows what another one shows, and always knows one more."""
    body = urbact.listing(shown).body.replace(
        b"<div class='pager'>", f"<a href='?page={number + 1}'>Next</a><div>".encode()
    )
    return Reply(body)


def test_a_list_that_ignores_the_number_of_the_page_ends(tmp_path: Path) -> None:
    site = world_of("urbact")
    site.pages = {place: page for place, page in site.pages.items() if not place.startswith(f"{urbact.LIST}?")}
    site.pages[urbact.LIST] = lambda asked: with_next(number_of(asked), min(number_of(asked), 3))
    with Replica(site) as server:
        run = crawl(tmp_path, server.url, "urbact").runs["urbact"]
    assert (run.status, run.fetched) == ("ok", urbact.EACH * urbact.PAGES)
    asked = pages_of(site.log)
    assert max(asked.values()) == 1
    assert max(asked) <= urbact.PAGES + 1, "a page that names nothing new is the last one"


def test_a_page_that_several_lists_name_is_asked_once(tmp_path: Path) -> None:
    site = world_of("urbact")
    twice = urbact.listing(1).body.replace(
        b"</ul>", b"<li><a href='/good-practices/kitchen-3'>Kitchen 3</a></li></ul>", 1
    )
    site.pages[f"{urbact.LIST}?page=1"] = Reply(twice)
    with Replica(site) as server:
        run = crawl(tmp_path, server.url, "urbact").runs["urbact"]
    assert (run.status, run.fetched) == ("ok", urbact.EACH * urbact.PAGES)
    details = Counter(asked.place for asked in site.log if asked.place.startswith(f"{urbact.LIST}/"))
    assert set(details.values()) == {1}
