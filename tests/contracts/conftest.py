"""Every implementation of a seam, started once."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from matcher.index.dense import connect

_START_SECONDS = 60


@pytest.fixture(scope="session")
def chroma_url() -> Iterator[str]:
    """A real Chroma server of this session's own, on loopback."""
    with tempfile.TemporaryDirectory(prefix="isopolis-chroma-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        program = str(Path(sys.executable).with_name("chroma"))
        command = [program, "run", "--host", "127.0.0.1", "--port", str(port), "--path", folder]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the Chroma server ended with status {process.returncode}")
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as probe:
                probe.request("GET", "/api/v2/heartbeat")
                if probe.getresponse().status == HTTPStatus.OK:
                    return
        except OSError:
            pass
        time.sleep(0.1)  # it says in no other way that it is ready
    raise RuntimeError("the Chroma server does not answer")


@pytest.fixture(scope="session")
def folder_client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return connect(tmp_path_factory.mktemp("chroma"), "")


@pytest.fixture(scope="session")
def server_client(chroma_url: str) -> Iterator[Any]:
    client = connect(Path("unused"), chroma_url)
    yield client
    # Chroma 1.5 has no way of its own to close its connections: those of the client and of its administration.
    for part in (client, client._admin_client):
        part._server._session.close()


@pytest.fixture(params=["folder", "server"])
def client(request: pytest.FixtureRequest) -> Any:
    """Chroma in files, and Chroma behind HTTP."""
    return request.getfixturevalue(f"{request.param}_client")
