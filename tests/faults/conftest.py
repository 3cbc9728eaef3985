"""A town of its own for every test, on both databases."""

import shutil
import socket

import pytest
import pytest_asyncio

from tests.faults.scene import town_of


@pytest_asyncio.fixture
async def town(database_url):
    async with town_of(database_url) as town:
        yield town


@pytest_asyncio.fixture
async def office_town(town):
    """A town with the usual office in it: two teams, a lead above both, an admin."""
    town.found()
    return town


@pytest.fixture
def copied(request, tmp_path):
    """Makes a copy of a database that nobody is using, and answers its URL; it goes when the test ends."""
    made = []

    def copy(database):
        database.dispose()
        if database.is_sqlite:
            return f"sqlite:///{shutil.copy(database.file, tmp_path / 'copy.db')}"
        made.append(request.getfixturevalue("postgresql").fresh(database.engine.url.database))
        return made[-1]

    yield copy
    for url in made:
        request.getfixturevalue("postgresql").drop(url)


@pytest.fixture
def free_port():
    """A port on which nobody listened just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
