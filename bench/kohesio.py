"""How a file of a million rows goes through the Kohesio spider: rows a second and peak memory.

    python -m bench.kohesio [--rows 1000000] [--parser]

The file is invented and served by this process; the crawl is the real command in a process of its own, from the
list of files over the download to the store (SQLite). `--parser` measures the reading alone, without the network
and the store. Ends with an error when the peak is above 500 MB.
"""

import argparse
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.kohesio_rows import rows, write_file
from crawler.registry import load_sources
from crawler.sources.kohesio.guide import Guide
from crawler.sources.kohesio.listing import FileKey
from crawler.sources.kohesio.parse import Tally, parse_file

MOST_MEMORY = 500  # megabytes
KEY = FileKey("data/projects-2021-2027/latest/FR-pp21-27-latest.csv", "2021-2027", "FR", "latest")
LIST = "/kohesio.ec.europa.eu/api/data/projects"
FILE = f"/kohesio.ec.europa.eu/api/data/object?id={KEY.key}"
CRAWL = "import sys; from crawler.command import crawl_command; sys.exit(crawl_command(['kohesio']))"


@dataclass(frozen=True, slots=True)
class Measured:
    """A process that ended: exit status, seconds by the clock and of the processor, most memory, what it printed."""

    code: int
    seconds: float
    processor: float
    megabytes: float
    out: str


@contextmanager
def serving(file: Path) -> Iterator[str]:
    """A site on this machine with the list of files and one file, which is sent from disk."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == FILE:
                self._head(200, file.stat().st_size)
                with file.open("rb") as source:
                    shutil.copyfileobj(source, self.wfile)
            else:
                body = json.dumps([KEY.key]).encode() if self.path == LIST else b""
                self._head(200 if body else 404, len(body))
                self.wfile.write(body)

        def _head(self, status: int, length: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(length))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def measure(command: list[str], **variables: str) -> Measured:
    """Run a command and look at what it used."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ISOPOLIS_")}
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        started = subprocess.Popen(command, env=kept | variables, stdout=out)  # noqa: S603  our own command
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        seconds = time.perf_counter() - began
        processor = used.ru_utime + used.ru_stime
        return Measured(started.returncode, seconds, processor, used.ru_maxrss / 1024, out.read())


def crawl(folder: Path, file: Path) -> Measured:
    """The whole way: download, parser, run, store."""
    with serving(file) as address:
        own = {"ISOPOLIS_HOME": str(folder), "ISOPOLIS_CRAWL_REPLICA": address, "ISOPOLIS_CRAWL_DELAY": "0"}
        return measure([sys.executable, "-c", CRAWL], **own)


def parse(file: Path) -> None:
    """Read a file and throw the records away; runs in a process of its own."""
    (config,) = load_sources(["kohesio"])
    tally = Tally()
    for _ in parse_file(file, KEY, Guide.load(config), tally, dt.datetime.now(dt.UTC)):
        pass
    print(tally)


def main() -> int:
    """Make the file, measure, judge."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000, help="rows of the file")
    options.add_argument("--parser", action="store_true", help="measure the reading alone")
    options.add_argument("--parse", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.parse:
        parse(chosen.parse)
        return 0
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "rows.csv"
        write_file(file, rows(chosen.rows))
        size = file.stat().st_size / 1e6
        print(f"{chosen.rows:,} rows, {size:,.0f} MB", flush=True)
        alone = [sys.executable, "-m", "bench.kohesio", "--parse", str(file)]
        found = measure(alone) if chosen.parser else crawl(Path(name), file)
    print(found.out.strip())
    speed = f"{chosen.rows / found.seconds:,.0f} rows a second, {size / found.seconds:,.1f} MB a second"
    print(f"{speed}, {found.seconds:,.1f} s")
    print(f"{chosen.rows / found.processor:,.0f} rows a second of processor time, {found.processor:,.1f} s")
    print(f"peak memory {found.megabytes:,.0f} MB (at most {MOST_MEMORY})")
    return found.code or int(found.megabytes > MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
