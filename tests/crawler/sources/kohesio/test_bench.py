"""The bench of a large file: it runs, and the memory of the crawl does not grow with the rows."""

import re
import subprocess
import sys

import pytest

from tests.crawler.process import ROOT

pytestmark = pytest.mark.slow
_MORE = 25
"""Megabytes by which the peak of two runs may differ: four times the rows need no more than that."""


def bench(rows: int) -> tuple[int, int]:
    """Projects in the store and peak memory in megabytes."""
    command = [sys.executable, "-m", "bench.kohesio", "--rows", str(rows)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(r"^kohesio +ok +(\d+)", done.stdout, re.MULTILINE)
    peak = re.search(r"^peak memory (\d+) MB", done.stdout, re.MULTILINE)
    assert found
    assert peak
    assert re.search(r"^[\d,]+ rows a second", done.stdout, re.MULTILINE)
    return int(found[1]), int(peak[1])


def test_memory_does_not_grow_with_the_rows() -> None:
    few, at_first = bench(8_000)
    many, peak = bench(32_000)
    assert many > 3 * few > 6_000
    assert peak <= at_first + _MORE
