"""The office of the conversations: one for each module and database, cleared before each test and looked over after it."""

import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
import structlog

from tests.bot.office import Office, running
from tests.conftest import ENGINES


class Complaints(logging.Handler):
    """Everything that was logged as an error, by the bot or by a library."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def __call__(self, _logger: object, method: str, event: dict) -> None:
        if method in ("error", "exception", "critical"):
            self.lines.append(str(event))
        raise structlog.DropEvent


@pytest.fixture(scope="module")
def complaints() -> Iterator[Complaints]:
    """The log of the module's bot."""
    before = structlog.get_config()
    heard = Complaints()
    structlog.configure(
        processors=[structlog.processors.format_exc_info, heard],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(),
    )
    logging.getLogger().addHandler(heard)
    yield heard
    logging.getLogger().removeHandler(heard)
    structlog.configure(**before)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A module runs on both databases, or on those that its `ENGINES` names."""
    if "module_database_url" in metafunc.fixturenames:
        engines = getattr(metafunc.module, "ENGINES", ENGINES)
        metafunc.parametrize("module_database_url", engines, indirect=True, scope="module")


@pytest.fixture(scope="module")
def module_database_url(request, tmp_path_factory) -> Iterator[str]:
    """A migrated database for a whole module."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("office") / "gonghai.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql")
    url = server.fresh()
    yield url
    server.drop(url)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_office(module_database_url, complaints) -> AsyncIterator[Office]:
    """The office of this module."""
    async with running(module_database_url) as office:
        yield office


@pytest_asyncio.fixture(loop_scope="module")
async def office(open_office, complaints) -> AsyncIterator[Office]:
    """The office, with nothing in it yet; afterwards nothing may be left unanswered, failed or complained of."""
    async with looked_over(open_office, complaints):
        yield open_office


@asynccontextmanager
async def looked_over(office: Office, complaints: Complaints) -> AsyncIterator[None]:
    """An office that is cleared before, and in which nothing is wrong after."""
    await office.clear()
    complaints.lines.clear()
    yield
    await office.quiet()
    assert office.unanswered() == []
    assert complaints.lines == []
    assert office.troubles() == []
