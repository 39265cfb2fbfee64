"""Big files: on disk whole, or not at all. `file_crawl` reads one with a spider, in a process of its own."""

import asyncio
import gzip
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, DownloadTimeoutError
from scrapy.http import Response

from crawler.files import SAVED, Limits, clear, download, folder_of
from tests.crawler.process import ROOT, environment, last_runs
from tests.crawler.replica import Asked, Replica, Reply, Site

LIMITS = Limits(size=50_000, silence=5, whole=5)
PLACE = "files.example.org/all.jsonl"
URL = f"https://{PLACE}"


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def replica(site: Site) -> Iterator[str]:
    with Replica(site) as server:
        yield server.url


def fetch(replica: str, folder: Path, limits: Limits = LIMITS) -> tuple[Request, Response]:
    request = Request(URL, headers={"User-Agent": "Isopolis", "Accept-Encoding": "br"})
    return request, asyncio.run(download(request, f"{replica}/{PLACE}", folder, limits, verify=True))


def test_a_file_is_on_disk_and_not_in_memory(tmp_path: Path, site: Site, replica: str) -> None:
    site.pages[PLACE] = Reply(b"line\n" * 9000, content_type="text/csv")
    request, response = fetch(replica, tmp_path / "files")
    assert (response.status, response.body, response.url) == (200, b"", URL)
    assert Path(request.meta[SAVED]).read_bytes() == b"line\n" * 9000
    assert request.meta["download_latency"] > 0
    assert site.log[0].headers["User-Agent"] == "Isopolis"


def test_a_file_that_travelled_compressed_is_as_it_was(tmp_path: Path, site: Site, replica: str) -> None:
    packed = gzip.compress(b"line\n" * 9000)
    site.pages[PLACE] = Reply(packed, headers=(("Content-Encoding", "gzip"),))
    request, response = fetch(replica, tmp_path)
    assert Path(request.meta[SAVED]).read_bytes() == b"line\n" * 9000
    assert site.log[0].headers["Accept-Encoding"] == "gzip, deflate"
    assert "Content-Encoding" not in response.headers


def test_an_answer_that_is_no_file_is_handed_on(tmp_path: Path, site: Site, replica: str) -> None:
    site.pages[PLACE] = Reply(b"", 302, headers=(("Location", "https://files.example.org/new"),))
    request, response = fetch(replica, tmp_path)
    assert (response.status, response.headers["Location"]) == (302, b"https://files.example.org/new")
    assert SAVED not in request.meta
    site.pages[PLACE] = Reply(b"busy", 503, headers=(("Retry-After", "9"),))
    _, response = fetch(replica, tmp_path)
    assert (response.status, response.body, response.headers["Retry-After"]) == (503, b"busy", b"9")


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (Reply(b"half", announced=400), DownloadFailedError, "without sending complete message body"),
        (Reply(b"", reset=True), DownloadFailedError, "ReadError|reset"),
        (Reply(b"x" * 50_001), DownloadCancelledError, "larger than 50000 bytes .ISOPOLIS_CRAWL_FILE_MAX"),
        (
            Reply(gzip.compress(b"x" * 90_000), headers=(("Content-Encoding", "gzip"),)),
            DownloadCancelledError,
            "larger than 50000 bytes",
        ),
        (Reply(b"x", headers=(("Content-Encoding", "br"),)), DownloadCancelledError, "comes as br"),
        (Reply(b"no gzip", headers=(("Content-Encoding", "gzip"),)), DownloadFailedError, "incorrect header"),
        (Reply(b"x" * 100, drip=0.2), DownloadTimeoutError, "took longer than 1 seconds"),
    ],
)
def test_a_file_that_does_not_come_whole(
    tmp_path: Path, site: Site, replica: str, reply: Reply, error: type[Exception], says: str
) -> None:
    site.pages[PLACE] = reply
    began = time.monotonic()
    with pytest.raises(error, match=says):
        fetch(replica, tmp_path, Limits(50_000, 5, 1))
    assert time.monotonic() - began < 5


def test_a_host_that_falls_silent(tmp_path: Path, site: Site, replica: str) -> None:
    def silent(_asked: Asked) -> Reply:
        time.sleep(2)
        return Reply(b"late")

    site.pages[PLACE] = silent
    with pytest.raises(DownloadTimeoutError, match=r"was silent for 0\.5 seconds"):
        fetch(replica, tmp_path, Limits(50_000, 0.5, 60))


def test_the_files_of_one_source_are_removed(tmp_path: Path) -> None:
    for source in ("one", "two"):
        folder_of(tmp_path, source).mkdir()
    clear(tmp_path, "one")
    clear(tmp_path, "one")
    assert [path.name for path in tmp_path.iterdir()] == ["two"]


def lines(number: int) -> bytes:
    return b"".join(json.dumps({"n": n}).encode() + b"\n" for n in range(number))


def crawl_file(home: Path, replica: str, **extra: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.crawler.file_crawl"]
    env = environment(home, replica, **extra)
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.slow
def test_a_spider_reads_a_file(tmp_path: Path, site: Site, replica: str) -> None:
    asked: list[float] = []

    def busy_once(_asked: Asked, reply: Reply) -> Reply:
        asked.append(time.monotonic())
        first = Reply(b"busy", 503, headers=(("Retry-After", "1"),))
        return first if len(asked) == 1 else reply

    site.pages["files.example.org/new.jsonl"] = Reply(lines(3000), content_type="text/plain")
    site.pages[PLACE] = Reply(b"", 301, headers=(("Location", "/new.jsonl"),))
    site.faults["files.example.org/new.jsonl"] = busy_once
    (tmp_path / "downloads" / "filed").mkdir(parents=True)
    (tmp_path / "downloads" / "filed" / "left").write_text("by a run that was killed")
    done = crawl_file(tmp_path, replica)
    assert (done.returncode, done.stderr) == (0, "")
    run = last_runs(tmp_path)["filed"]
    assert (run.status, run.new) == ("ok", 3000)
    assert [path for path in (tmp_path / "downloads").rglob("*") if path.is_file()] == []
    assert asked[1] - asked[0] >= 1
    assert site.log[0].place == "files.example.org/robots.txt"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "reply", "says"),
    [
        (PLACE, Reply(lines(3000)[:20_000], announced=40_000), "without sending complete message body"),
        (PLACE, Reply(lines(10), 500), "answered with status 500"),
        (
            "files.example.org/robots.txt",
            Reply(b"User-agent: *\nDisallow: /", content_type="text/plain"),
            "robots.txt of files.example.org forbids /all.jsonl",
        ),
    ],
)
def test_a_file_that_cannot_be_had_fails_the_run(
    tmp_path: Path, site: Site, replica: str, page: str, reply: Reply, says: str
) -> None:
    site.pages[PLACE] = Reply(lines(10))
    site.pages[page] = reply
    assert crawl_file(tmp_path, replica).returncode == 1
    run = last_runs(tmp_path)["filed"]
    assert run.status == "failed"
    assert says in run.message
    assert [path for path in (tmp_path / "downloads").rglob("*") if path.is_file()] == []
