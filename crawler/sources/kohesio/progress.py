"""A bar of rows on a terminal while a file is read."""

import sys
from collections.abc import Iterable, Iterator

from tqdm import tqdm

from crawler.parsing import Parsed


def with_bar(bits: Iterable[tuple[int, Parsed]], name: str) -> Iterator[Parsed]:
    """Pass on what was parsed and show the numbers of rows beside it."""
    with tqdm(desc=name, unit=" rows", leave=False, disable=not sys.stderr.isatty()) as bar:
        for number, parsed in bits:
            bar.update(number)
            yield parsed
