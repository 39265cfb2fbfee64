"""The key of a search is found where the site shows it, used, and kept nowhere."""

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.sources.interreg_calls.query import find_key
from tests.crawler.process import crawl
from tests.crawler.replica import Replica, Reply
from tests.crawler.worlds import world_of
from tests.crawler.worlds.interreg_calls import HITS, KEY, PAGE, SEARCH

NAME = "2E032DRCNS"
OTHER = "ffeeddccbbaa99887766554433221100"


@pytest.mark.parametrize(
    "text",
    [
        f'algoliasearch("{NAME}","{KEY}")',
        f"{{appId:'{NAME.lower()}',note:'x',apiKey:'{KEY}'}}",
        f'<i data-search="{{&quot;id&quot;:&quot;{NAME}&quot;,&quot;key&quot;:&quot;{KEY}&quot;}}">',
        f'hash="{OTHER}";id="{NAME}";searchKey="{KEY}"',
        f'"{OTHER}"' + " " * 700 + f'"{NAME}","{KEY}"',
    ],
)
def test_the_key_stands_beside_the_application(text: str) -> None:
    assert find_key(text.encode(), NAME) == KEY


@pytest.mark.parametrize("text", ["", f'"{KEY}"', f'"{NAME}"', f'"{NAME}" "sha384-{"a" * 64}"', f"{NAME} {KEY}"])
def test_what_is_no_key(text: str) -> None:
    assert find_key(text.encode(), NAME) is None


@pytest.mark.slow
def test_the_key_is_asked_for_at_every_run_and_kept_nowhere(tmp_path: Path) -> None:
    site = world_of("interreg_calls")
    with Replica(site) as server:
        done = crawl(tmp_path, server.url, "interreg_calls")
    assert (done.code, done.runs["interreg_calls"].fetched) == (0, HITS)
    assert [asked.place for asked in site.log].count(SEARCH) == 3
    assert KEY not in done.out + done.err
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    for trace in (KEY.encode(), b"/assets/main.js"):  # pages on disk are packed: the address tells that one is there
        assert [path.name for path in kept if trace in path.read_bytes()] == []


@pytest.mark.slow
def test_a_site_without_a_key_a_refused_key_and_missing_rows_end_the_run(tmp_path: Path) -> None:
    site = world_of("interreg_calls")
    with Replica(site) as server:
        site.faults[SEARCH] = lambda _asked, reply: replace(
            reply, body=reply.body.replace(b'"nbPages": 3', b'"nbPages": 2')
        )
        short = crawl(tmp_path, server.url, "interreg_calls").runs["interreg_calls"]
        site.faults[SEARCH] = lambda _asked, _reply: Reply(b'{"message":"Invalid key","status":403}', 403)
        refused = crawl(tmp_path, server.url, "interreg_calls").runs["interreg_calls"]
        site.pages[PAGE] = Reply(b"<html><head><title>Calls</title></head><body><h1>Calls</h1></body></html>")
        empty = crawl(tmp_path, server.url, "interreg_calls").runs["interreg_calls"]
    assert {run.status for run in (short, refused, empty)} == {"failed"}
    assert "gave 200 of 250 rows" in short.message
    assert "answered with status 403" in refused.message
    assert f"no search key beside the application {NAME}" in empty.message
    assert KEY not in short.message + refused.message + empty.message
