from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.alerts.office import Office, opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A post office over three open calls."""
    made = Office.at(tmp_path)
    made.hold(opened(1), opened(2), opened(3, funds=["ERDF"]))
    yield made
    made.engine.dispose()
