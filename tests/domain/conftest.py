"""The office of the stories. Most tests share one founded once and take back what they did; races have one of their own."""

import shutil
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from domain.db import Database
from tests.conftest import ENGINES
from tests.domain.office import Office, borrowed


@pytest.fixture(scope="session", params=ENGINES)
def founded(request, tmp_path_factory) -> Iterator[tuple[Database, Office]]:
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("office") / "office.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        url, drop = f"sqlite:///{path}", None
    else:
        server = request.getfixturevalue("postgresql")
        url, drop = server.fresh(), server.drop
    database = Database(url)
    yield database, Office(database.unit_of_work).found()
    database.dispose()
    if drop:
        drop(url)


@pytest.fixture
def office(founded) -> Iterator[Office]:
    """The office, in one transaction that is rolled back when the test ends."""
    with borrowed(founded) as office:
        yield office


@pytest.fixture
def statements(founded) -> Iterator[list[str]]:
    """Every statement that the office's database is given from here on."""
    database, _ = founded
    heard: list[str] = []

    def hear(_connection, _cursor, statement, *_) -> None:
        heard.append(statement)

    event.listen(database.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(database.engine, "before_cursor_execute", hear)


@pytest.fixture
def own_office(database) -> Office:
    """An office in a database of its own, whose units of work are really committed: for what several connections do at once."""
    return Office(database.unit_of_work).found()
