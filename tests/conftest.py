"""Fixtures of all tests. Take a factory (`tests.factories`) before you add one here.

What is here starts something real that costs seconds; everything else is made in the test that needs it.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import servers

# A shared machine can pause a test for longer than any example may take.
settings.register_profile("isopolis", deadline=None, max_examples=50)
settings.load_profile("isopolis")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of a PostgreSQL server of this session's own; see `servers.new_schema` for an empty place in it."""
    try:
        programs = servers.find_programs()
    except servers.NotInstalledError as error:
        if os.environ.get("ISOPOLIS_REQUIRE_SERVERS") == "1":
            pytest.fail(f"ISOPOLIS_REQUIRE_SERVERS=1, but {error}")
        pytest.skip(str(error))
    with servers.running_postgres(programs) as url:
        yield url
