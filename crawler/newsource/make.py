"""Writes a new source: everything is made beside its place and checked, then moved there, or nothing is."""

import datetime as dt
import re
import shutil
import tempfile
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from crawler.config_files import read_model
from crawler.errors import NewSourceError
from crawler.known import path_of
from crawler.metadata import SourceConfig
from crawler.newsource.wish import Wish

_SOURCE = ("__init__.py", "source.yml", "parse.py", "spider.py")
_CASE = {"list": ("input.html", "meta.json", "expected.json"), "search": ("input.json", "meta.json", "expected.json")}
CASE = {"list": "detail", "search": "page"}
"""Name of the case, by the kind of the source."""
_GEOGRAPHY = """\
   "geography": {{
    "countries": [
     "{country}"
    ]
   }},
"""


def source_folder(root: Path, source: str) -> Path:
    """Where a source lies in a checkout."""
    return root / "crawler" / "sources" / source


def case_folder(root: Path, source: str) -> Path:
    """Where the cases of a source lie in a checkout."""
    return root / "tests" / "crawler" / "cases" / source


def make(root: Path, wanted: Wish, now: dt.datetime) -> list[Path]:
    """Write a source and its case into a checkout; returns the files.

    Raises:
        NewSourceError: it is there already, or cannot be written; then nothing was written.
    """
    homes = source_folder(root, wanted.id), case_folder(root, wanted.id)
    for home in homes:
        if home.exists():
            raise NewSourceError(f"ID: {home.relative_to(root)} is there already: choose another name, or remove it")
    try:
        with tempfile.TemporaryDirectory(prefix=".newsource-", dir=root) as made:
            drafts = _draft(Path(made), wanted, now)
            _move(drafts, homes)
    except OSError as error:
        place = error.filename or root
        raise NewSourceError(f"{place}: {error.strerror}: nothing was written") from error
    return [path for home in homes for path in sorted(home.rglob("*")) if path.is_file()]


def _draft(folder: Path, wanted: Wish, now: dt.datetime) -> tuple[Path, Path]:
    """Both folders, complete; the metadata are read as a crawl will read them."""
    source, case = folder / wanted.id, folder / "cases"
    words = _words(wanted, now)
    names = [(name, source / name) for name in _SOURCE]
    names += [(name, case / CASE[wanted.kind] / name) for name in _CASE[wanted.kind]]
    for name, path in names:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_template(wanted.kind, name).substitute(words), encoding="utf-8")
    read_model(source / "source.yml", SourceConfig)
    return source, case


def _move(drafts: tuple[Path, Path], homes: tuple[Path, Path]) -> None:
    with ExitStack() as undo:
        for draft, home in zip(drafts, homes, strict=True):
            draft.rename(home)
            undo.callback(shutil.rmtree, home, ignore_errors=True)
        undo.pop_all()


def _template(kind: str, name: str) -> Template:
    return Template((files(__package__) / "templates" / kind / f"{name}.tmpl").read_text(encoding="utf-8"))


def _words(wanted: Wish, now: dt.datetime) -> dict[str, str]:
    """What stands for the names in the templates."""
    whole = urlsplit(wanted.url).path.rstrip("/")
    path = path_of(wanted.url).rstrip("/")
    everywhere = wanted.country == "EU"  # then a call does not say where its money can be used
    return {
        "id": wanted.id,
        "name": "".join(part.capitalize() for part in wanted.id.split("_")),
        "host": wanted.host,
        "url": wanted.url,
        "path": path,
        "prefix": whole.removesuffix(path),
        "pattern": re.escape(path),
        "country": wanted.country,
        "funds": ", ".join(wanted.funds),
        "fund_lines": ",\n".join(f'    "{fund}"' for fund in wanted.funds),
        "geography": "" if everywhere else _GEOGRAPHY.format(country=wanted.country),
        "language": wanted.language.value,
        "language_name": wanted.language.name,
        "zone": wanted.zone,
        "now": now.replace(microsecond=0).isoformat(),
    }
