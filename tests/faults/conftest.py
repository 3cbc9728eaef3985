"""A town of its own for every test, on both databases."""

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
def free_port():
    """A port on which nobody listened just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
