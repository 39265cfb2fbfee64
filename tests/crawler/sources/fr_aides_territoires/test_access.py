"""A key for a token, over real HTTP: what is asked, what is refused, and that neither is ever told."""

from pathlib import Path

import pytest

from tests.crawler.process import crawl
from tests.crawler.replica import Replica, Reply, Site
from tests.crawler.site import small_world
from tests.crawler.worlds import world_of
from tests.crawler.worlds.fr_aides_territoires import KEY, LIST, SETTINGS, TOKEN, Door

pytestmark = pytest.mark.slow
SOURCE = "fr_aides_territoires"
VARIABLE = "ISOPOLIS_AIDES_TERRITOIRES_KEY"


@pytest.fixture
def site() -> Site:
    return world_of(SOURCE)


def asked(site: Site, place: str) -> int:
    return sum(one.place == place for one in site.log)


def test_one_token_is_enough_while_it_is_taken(tmp_path: Path, site: Site) -> None:
    door = Door(pages_a_token=9)
    site.pages |= {TOKEN: door.log_in, LIST: door.aids}
    with Replica(site) as server:
        assert crawl(tmp_path, server.url, SOURCE, **SETTINGS).code == 0
    assert (asked(site, TOKEN), asked(site, LIST)) == (1, 3)


def test_a_token_that_expires_is_renewed_and_its_page_asked_again(tmp_path: Path, site: Site) -> None:
    with Replica(site) as server:
        run = crawl(tmp_path, server.url, SOURCE, **SETTINGS).runs[SOURCE]
    assert (run.status, run.fetched) == ("ok", 12)
    assert (asked(site, TOKEN), asked(site, LIST)) == (3, 5)


def test_a_page_that_takes_no_token_ends_the_run(tmp_path: Path, site: Site) -> None:
    site.pages[LIST] = Reply(b'{"code":401}', 401, "application/json")
    with Replica(site) as server:
        found = crawl(tmp_path, server.url, SOURCE, **SETTINGS)
    assert found.code == 1
    assert "is refused (status 401) even with a new token" in found.out
    assert (asked(site, TOKEN), asked(site, LIST)) == (2, 2)


def test_a_wrong_key_is_said_by_the_name_of_its_variable(tmp_path: Path, site: Site) -> None:
    with Replica(site) as server:
        found = crawl(tmp_path, server.url, SOURCE, **{VARIABLE: "wrong"})
    assert found.code == 1
    assert f"answered with status 401: is {VARIABLE} the key of a user there?" in found.out
    assert asked(site, LIST) == 0


def test_an_answer_without_a_token_ends_the_run_and_is_not_shown(tmp_path: Path, site: Site) -> None:
    site.pages[TOKEN] = Reply(b'{"jwt":"very-secret"}', 200, "application/json")
    with Replica(site) as server:
        found = crawl(tmp_path, server.url, SOURCE, **SETTINGS)
    assert "gave no token" in found.out
    assert "very-secret" not in found.out


def test_neither_key_nor_token_follows_a_redirect(tmp_path: Path, site: Site) -> None:
    site.pages[TOKEN] = Reply(b"", 302, headers=(("Location", "https://elsewhere.example/"),))
    with Replica(site) as server:
        found = crawl(tmp_path, server.url, SOURCE, **SETTINGS)
    assert found.runs[SOURCE].status == "failed"
    assert "status 302" in found.out
    assert not any("elsewhere" in one.place for one in site.log)


def test_a_list_that_stops_too_early_is_not_the_list(tmp_path: Path, site: Site) -> None:
    door = Door(pages_a_token=9)
    site.pages |= {TOKEN: door.log_in, LIST: door.aids}
    site.faults[LIST] = lambda _, reply: Reply(reply.body.replace(b'"count": 14', b'"count": 40'), reply.status)
    with Replica(site) as server:
        found = crawl(tmp_path, server.url, SOURCE, **SETTINGS)
    assert found.runs[SOURCE].status == "failed"
    assert "14 of 40 aids received" in found.out


def test_nothing_that_is_written_holds_the_key_or_a_token(tmp_path: Path, site: Site) -> None:
    with Replica(site) as server:
        found = crawl(tmp_path, server.url, SOURCE, **SETTINGS, ISOPOLIS_CRAWL_LOG_LEVEL="DEBUG")
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert "fr_aides_territoires" in found.err  # the log is there
    for text in (found.out.encode(), found.err.encode(), *written):
        assert KEY.encode() not in text
        assert b"token-1" not in text


def test_without_a_key_the_source_is_skipped_and_stops_no_other(tmp_path: Path) -> None:
    site = small_world()
    with Replica(site) as server:
        found = crawl(tmp_path, server.url, SOURCE, "bg_eumis")
    rows = {line.split()[0]: line for line in found.out.splitlines()}
    assert rows[SOURCE].split()[1] == "skipped"
    assert rows[SOURCE].endswith(f"not configured: set {VARIABLE}")
    assert rows["bg_eumis"].split()[1] == "ok"
    assert found.code == 1  # it was asked for by name
    assert list(found.runs) == ["bg_eumis"]
    assert not any(one.place.startswith("aides-territoires") for one in site.log)
