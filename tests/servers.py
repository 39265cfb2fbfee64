"""A real PostgreSQL server for tests: on loopback, in a folder of its own, gone when the tests end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

_DEBIAN = Path("/usr/lib/postgresql")
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "30"}
_START_SECONDS = 60


class NotInstalledError(Exception):
    """There is no PostgreSQL server on this machine, or nobody whom it would run as."""


def find_programs() -> Path:
    """Folder of `initdb` and `postgres`, from PATH or where Debian keeps them.

    Raises:
        NotInstalledError: there is none.
    """
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(_DEBIAN.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NotInstalledError("PostgreSQL is not installed (neither initdb on PATH nor in /usr/lib/postgresql)")


@contextmanager
def running_postgres(programs: Path) -> Iterator[str]:
    """Start a server and give its address; end it, and only it, afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="isopolis-postgres-"))
    try:
        user = _ordinary_user(folder)
        create = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "isopolis", "--auth=trust", "-E", "UTF8"]
        subprocess.run(
            [*create, "--locale=C", "--no-sync"],
            check=True,
            capture_output=True,
            cwd=folder,
            env=_environment(),
            **user,
        )
        process, port = _start(programs, folder, user)
        try:
            yield f"postgresql+psycopg://isopolis:not-a-secret@127.0.0.1:{port}/postgres"
        finally:
            _end(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_schema(url: str, name: str) -> str:
    """Address of an empty schema made for one test: a database of its own would cost half a second."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(name)))
    return f"{url}?options=-csearch_path%3D{name}"


def _ordinary_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, or else as `nobody`."""
    if os.geteuid() != 0:
        return {}
    users = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = users.get("postgres") or users.get("nobody")
    if chosen is None:
        raise NotInstalledError("PostgreSQL does not run as root, and there is no user postgres or nobody")
    os.chown(folder, chosen.pw_uid, chosen.pw_gid)
    return {"user": chosen.pw_uid, "group": chosen.pw_gid, "extra_groups": []}


def _environment() -> dict[str, str]:
    """The environment without what PostgreSQL would read for itself."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _start(programs: Path, folder: Path, user: dict[str, Any]) -> tuple[subprocess.Popen[bytes], int]:
    """PostgreSQL cannot choose a port itself; between our choice and its start somebody else may take it."""
    for _ in range(3):
        port = _free_port()
        options = [part for name, value in _FAST.items() for part in ("-c", f"{name}={value}")]
        command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
        command += ["-h", "127.0.0.1", "-p", str(port)]
        with (folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [*command, *options], cwd=folder, stdout=log, stderr=log, env=_environment(), **user
            )
        if _answers(process, port, folder / "data"):
            return process, port
        _end(process)
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(process: subprocess.Popen[bytes], port: int, data: Path) -> bool:
    """Whether it is our server that answers there."""
    end = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            with psycopg.connect(host="127.0.0.1", port=port, user="isopolis", dbname="postgres") as connection:
                return connection.execute("SHOW data_directory").fetchone() == (str(data),)
        except psycopg.OperationalError:
            time.sleep(0.1)
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask for a fast shutdown, then insist."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
