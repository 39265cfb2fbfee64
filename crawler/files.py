"""Big files: streamed to disk as they come, so that a file larger than the memory can be read.

Scrapy keeps every body in memory. A request with `SAVE` in its meta is sent with httpx instead and leaves its
body in a file; an answer with any other status than 200 is handed to Scrapy as usual.
"""

import asyncio
import shutil
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

import httpx
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, DownloadTimeoutError
from scrapy.http import Headers, Response, TextResponse
from tqdm import tqdm

SAVE = "save"
"""Key of a request's meta: the body of its answer belongs into a file."""
SAVED = "file"
"""Key of a response's meta: the path of that file."""

_MOST_TEXT = 1_000_000  # bytes of an answer that is no file: an error page, a redirect
_ENCODINGS = "gzip, deflate"  # what httpx undoes without further packages


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long: bytes of a file, seconds of silence, seconds of the whole download.

    With `head` only so many bytes are read, to have a look at a file: cut at the end of its last whole line.
    """

    size: int
    silence: float
    whole: float
    head: int = 0


def folder_of(downloads: Path, source: str) -> Path:
    """Where the files of a source lie during its run."""
    return downloads / source


def clear(downloads: Path, source: str) -> None:
    """Remove the files of a source: of the run that ends, or of one that was killed."""
    shutil.rmtree(folder_of(downloads, source), ignore_errors=True)


async def download(request: Request, url: str, folder: Path, limits: Limits, verify: bool) -> Response:
    """Send a request to `url` and leave the body of its answer in a file, whose path goes into the request's meta.

    Raises:
        DownloadTimeoutError: the host was silent for too long, or the whole took too long.
        DownloadCancelledError: the file is larger than allowed.
        DownloadFailedError: the connection broke, or the body ended before its announced length.
    """
    started = time.monotonic()
    async with _errors_of_scrapy(request, limits), _client(request, limits, verify) as client:
        sent = _headers(request)
        async with client.stream(request.method, url, headers=sent, content=request.body) as answer:
            request.meta["download_latency"] = time.monotonic() - started
            if answer.status_code != 200:
                return _response(request, answer, await _text(answer))
            request.meta[SAVED] = await _save(answer, folder, limits)
            return _response(request, answer, b"")


@asynccontextmanager
async def _errors_of_scrapy(request: Request, limits: Limits) -> AsyncIterator[None]:
    """Errors as Scrapy knows them: it decides by them whether to ask again."""
    try:
        async with asyncio.timeout(limits.whole):
            yield
    except httpx.TimeoutException as error:
        raise DownloadTimeoutError(f"{request.url} was silent for {limits.silence:g} seconds") from error
    except TimeoutError as error:
        raise DownloadTimeoutError(f"{request.url} took longer than {limits.whole:g} seconds") from error
    except httpx.HTTPError as error:
        raise DownloadFailedError(str(error) or type(error).__name__) from error


def _client(request: Request, limits: Limits, verify: bool) -> httpx.AsyncClient:
    # What the environment says of proxies is already in the request.
    proxy = request.meta.get("proxy")
    return httpx.AsyncClient(timeout=limits.silence, proxy=proxy, verify=verify, trust_env=False)


def _headers(request: Request) -> list[tuple[bytes, bytes]]:
    headers = Headers(request.headers)
    headers["Accept-Encoding"] = _ENCODINGS
    return [(name, value) for name, values in headers.items() for value in values]


async def _text(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > _MOST_TEXT:
            break
    return bytes(body[:_MOST_TEXT])


async def _save(answer: httpx.Response, folder: Path, limits: Limits) -> Path:
    announced = int(answer.headers.get("Content-Length") or 0)
    encoding = answer.headers.get("Content-Encoding", "identity")
    if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise DownloadCancelledError(f"the file comes as {encoding}, which was not asked for")
    _must_fit(0 if limits.head else announced, limits.size)
    folder.mkdir(parents=True, exist_ok=True)
    with _bar(folder.name, announced) as bar:
        # Not deleted when closed: the spider opens it by its path, and the run removes the folder.
        with NamedTemporaryFile(dir=folder, delete=False) as file:
            await _pour(answer, file, bar, limits)
        return Path(file.name)


def _bar(name: str, size: int) -> "tqdm[Any]":
    hidden = not sys.stderr.isatty()
    return tqdm(desc=name, total=size or None, unit="B", unit_scale=True, leave=False, disable=hidden)


async def _pour(answer: httpx.Response, file: IO[bytes], bar: "tqdm[Any]", limits: Limits) -> None:
    async for chunk in answer.aiter_bytes():
        file.write(chunk)
        if limits.head and file.tell() >= limits.head:
            _cut(file, limits.head)
            return
        _must_fit(file.tell(), limits.size)
        bar.update(answer.num_bytes_downloaded - bar.n)


def _cut(file: IO[bytes], head: int) -> None:
    """Leave whole lines only; a line break between quotes ends no line of a CSV file."""
    file.seek(0)
    body = file.read(head)
    end = len(body)
    while end and (body[end - 1 : end] != b"\n" or body.count(b'"', 0, end) % 2):
        end = body.rfind(b"\n", 0, end - 1) + 1
    file.truncate(end)


def _must_fit(size: int, most: int) -> None:
    if size > most:
        raise DownloadCancelledError(f"the file is larger than {most} bytes (ISOPOLIS_CRAWL_FILE_MAX)")


def _response(request: Request, answer: httpx.Response, body: bytes) -> Response:
    headers = Headers(answer.headers.multi_items())
    for gone in ("Content-Encoding", "Content-Length", "Transfer-Encoding"):
        headers.pop(gone, None)  # they were true of the body as it was sent
    kind = TextResponse if body else Response
    return kind(request.url, status=answer.status_code, headers=headers, body=body)
