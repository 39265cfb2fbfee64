"""Kohesio: a list of keys, among them old editions and other files, and two files of invented projects."""

import json
import tempfile
from pathlib import Path

from bench.kohesio_rows import rows, write_file
from tests.crawler.replica import Reply, Site

HOST = "kohesio.ec.europa.eu"
LIST = f"{HOST}/api/data/projects"
FRANCE = "data/projects-2021-2027/latest/FR-pp21-27-latest.csv"
GREECE = "data/projects-2014-2020/2023-09-29/EL-pp14-20-20230929.csv"
KEYS = (
    *(FRANCE, GREECE, "data/projects-2021-2027/2025-11-10/FR-pp21-27-20251110.csv"),
    *("data/projects-2014-2020/2022-09-29/EL-pp14-20-20220929.csv", "data/projects/latest_FR.xlsx"),
)
SERVICES = {
    "Category_Of_Intervention": "158",
    "Category_Label": "Measures to enhance the equal and timely access to quality, sustainable and affordable services",
}
INCLUSION = {
    "Category_Of_Intervention": "109",
    "Category_Label": "Active inclusion, including with a view to promoting equal opportunities",
    "Programming_Period": "2014-2020",
    "Fund_Code": "ESF",
}


def place(key: str) -> str:
    """Where the replica has a file."""
    return f"{HOST}/api/data/object?id={key}"


def content(total: int, first: int, **changed: str) -> bytes:
    """Content of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        write_file(path, rows(total, first, **changed))
        return path.read_bytes()


def build(site: Site) -> None:
    """Enough projects for a healthy run."""
    greek = {"country": "Greece", "code": "EL"} | INCLUSION
    site.pages[LIST] = Reply(json.dumps(KEYS).encode(), content_type="application/json")
    site.pages[place(FRANCE)] = Reply(content(1500, 0, **SERVICES), content_type="text/csv")
    site.pages[place(GREECE)] = Reply(content(1000, 5000, **greek), content_type="text/csv")
