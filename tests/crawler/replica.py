"""A replica of web sites on this machine: `/{host}{path}` is answered as the site's host would answer `path`.

What is answered is a `Site`: a table of pages, a search over rows, and faults that a test asks for.
"""

import hashlib
import json
import os
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email.message import Message
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, or a broken one: another length than announced, seconds before each byte, a reset connection."""

    body: bytes
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    announced: int | None = None
    drip: float = 0
    reset: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    method: str
    place: str
    query: dict[str, list[str]]
    headers: Message
    body: bytes
    query_string: str = ""


Fault = Callable[[Asked, Reply], Reply]
Page = Callable[[Asked], Reply]


@dataclass(slots=True)
class Site:
    """What the replica knows. `rows` of the search index by its key.

    `pages` are found by `host/path?query`, else by `host/path`; a page may also be worked out from the request.
    With `etags` a page carries the hash of its bytes, and who knows it gets 304; `unchanged` counts these.
    """

    pages: dict[str, Reply | Page] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    page_limit: int = 100
    etags: bool = True
    unchanged: list[str] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        """Answer a request, through the fault of its place if there is one."""
        self.log.append(asked)
        fault = self.faults.get(asked.place)
        reply = self._answer(asked)
        return self._or_unchanged(asked, fault(asked, reply) if fault else reply)

    def _or_unchanged(self, asked: Asked, reply: Reply) -> Reply:
        if not self.etags or asked.method != "GET" or reply.status != 200 or reply.drip:
            return reply
        etag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
        if asked.headers["If-None-Match"] == etag:
            self.unchanged.append(asked.place)
            return Reply(b"", 304, headers=(("ETag", etag),))
        return replace(reply, headers=(*reply.headers, ("ETag", etag)))

    def _answer(self, asked: Asked) -> Reply:
        if asked.place.endswith("/rest/search"):
            return self._search(asked)
        found = self.pages.get(f"{asked.place}?{asked.query_string}") or self.pages.get(asked.place)
        if found is None:
            return Reply(b"not here", 404)
        return found if isinstance(found, Reply) else found(asked)

    def _search(self, asked: Asked) -> Reply:
        if asked.method != "POST":
            return Reply(b"", 405)
        try:
            parts = read_parts(asked)
        except ValueError:
            return Reply(b'{"type":"throwable"}', 500, "application/json")
        found = search(self.rows.get(asked.query["apiKey"][0], []), parts)
        size, number = min(int(asked.query["pageSize"][0]), self.page_limit), int(asked.query["pageNumber"][0])
        page = found[size * (number - 1) : size * number]
        data = {"apiVersion": "2.151", "terms": "***", "totalResults": len(found), "pageNumber": number}
        body = json.dumps(data | {"pageSize": size, "bestBets": [], "warnings": [], "results": page})
        return Reply(body.encode(), content_type="application/json")


def read_parts(asked: Asked) -> dict[str, Any]:
    """JSON parts of a form; like the real API it wants every part to be a file that says it is JSON."""
    head = f"Content-Type: {asked.headers['Content-Type']}\r\n\r\n".encode()
    form = BytesParser().parsebytes(head + asked.body)
    if not form.is_multipart():
        raise ValueError("no form")
    parts = {}
    for part in form.get_payload():
        assert isinstance(part, Message)
        name = part.get_param("name", header="content-disposition")
        if part.get_content_type() != "application/json" or part.get_filename() != "blob":
            raise ValueError(f"part {name!r} is no JSON file named blob")
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        parts[str(name)] = json.loads(payload)
    return parts


def search(rows: list[Row], parts: dict[str, Any]) -> list[Row]:
    """Rows that a query asks for; ordering by a field drops the rows that do not have it."""
    wanted = [
        (n, v) for clause in parts["query"]["bool"]["must"] for values in clause.values() for n, v in values.items()
    ]
    found = [row for row in rows if all(_has(row, name, value) for name, value in wanted)]
    found = [row for row in found if row.get("language") in (None, *parts["languages"])]
    if "sort" not in parts:
        return found
    by = parts["sort"]["field"]
    ordered = [row for row in found if row["metadata"].get(by)]
    return sorted(ordered, key=lambda row: str(row["metadata"][by][0]))


def _has(row: Row, name: str, value: str | list[str]) -> bool:
    values = value if isinstance(value, list) else [value]
    return bool(set(row["metadata"].get(name) or []) & set(values))


class Replica:
    """The server: a thread on 127.0.0.1, on a port that is free."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: two would each wait for the other side

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, parts.path.lstrip("/"), parse_qs(parts.query), self.headers, body, parts.query)
            reply = site.answer(asked)
            if reply.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                os.close(self.connection.detach())  # a close of the server's own would end politely
                self.close_connection = True
                return
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body) if reply.announced is None else reply.announced))
            for name, value in reply.headers:
                self.send_header(name, value)
            self.end_headers()
            self._send(reply)
            self.close_connection = reply.announced is not None

        def _send(self, reply: Reply) -> None:
            pieces = [reply.body[n : n + 1] for n in range(len(reply.body))] if reply.drip else [reply.body]
            with suppress(OSError):  # who asked has had enough
                for piece in pieces:
                    self.wfile.write(piece)
                    self.wfile.flush()
                    time.sleep(reply.drip)

        do_GET = do_POST = _serve  # noqa: N815  names of the framework

        def log_message(self, *_: object) -> None:
            pass

    return Handler
