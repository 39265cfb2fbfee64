"""Writes the figures that `test_collection` holds: run it when records were added or taken away on purpose.

python -m tests.corpus.pin
"""

import json
from pathlib import Path

from corpus.build import load_curated
from corpus.checks import counts
from corpus.curated import DATA

PINNED = Path(__file__).parent / "collection.json"


def main() -> None:
    """Write the figures of the shipped collection."""
    PINNED.write_text(json.dumps(counts(load_curated(DATA).values()), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
