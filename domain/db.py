"""The database: one engine, and the one place in the project that commits."""

import math
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from domain.clock import day_of

__all__ = ["Database", "Session"]

BUSY_SECONDS = 30
_CACHE, _SMALL_CACHE = "PRAGMA cache_size=-65536", "PRAGMA cache_size=-4096"
"""What SQLite keeps of a file in memory; whoever reads all of it once has nothing of that."""

_USUAL, _STEP = ("PRAGMA synchronous=FULL", _CACHE), ("PRAGMA synchronous=NORMAL", "PRAGMA cache_size=-16384")
_NOT_FOR_THE_DISK = text("SET LOCAL synchronous_commit TO off")
POSTGRESQL_CONNECTIONS = 16
IDLE_SECONDS = 1.0
_USED = "used"
_PRIMARY = 0xFF
"""What of SQLite's extended error codes says the kind."""


class Database:
    """An engine for a SQLite file or a PostgreSQL server, and units of work on it.

    `url` is what the settings say: `sqlite:///file.db` or `postgresql://…`; the driver is chosen here.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.engine = _sqlite(url) if self.is_sqlite else _postgresql(url)

    trouble = DBAPIError
    """What is raised when the database cannot be used; its `orig` says why."""

    @property
    def writers(self) -> int:
        """How many units of work may usefully run side by side: SQLite has one writer."""
        return 1 if self.is_sqlite else POSTGRESQL_CONNECTIONS

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None for a server."""
        return Path(self.engine.url.database) if self.is_sqlite and self.engine.url.database else None

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises. Writers on SQLite queue for the lock."""
        with Session(self.engine, expire_on_commit=False) as session:
            try:
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def step_of_work(self) -> Iterator[Session]:
        """A unit of work of very many, which does not wait for the disk, and on SQLite keeps not much of the file in memory.

        A power cut can take the last of them, each whole; the next unit of work takes them to the disk with itself, and so does
        `to_disk`, with nobody waiting.
        """
        with Session(self.engine.execution_options(step=True), expire_on_commit=False) as session, session.begin():
            if not self.is_sqlite:
                session.execute(_NOT_FOR_THE_DISK)
            yield session

    def to_disk(self) -> None:
        """What steps of work have written is safe from now on, and none of those who write next has it to do.

        A server does that by itself, within a second.
        """
        if self.is_sqlite:
            with self.engine.connect() as connection:
                _driver(connection).execute("PRAGMA wal_checkpoint(PASSIVE)")

    def together(self, works: Iterable[Callable[[Session], Any]]) -> list[Any]:
        """Several units of work under one commit, which costs a disk more than the work: what each returned or raised, in order.

        Each stands or falls alone: one that raises is undone, and the others are kept. Raises when the commit itself fails, and
        then nothing is.
        """
        with self.engine.connect() as connection, connection.begin():
            return [_within(connection, work) for work in works]

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One picture of everything as it stands, which waits for no writer and keeps none waiting."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.connect().execution_options(reading=True, **level) as connection, connection.begin():
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """The same for the questions of use cases. Nothing can be written in it."""
        with self.reading() as connection, Session(connection) as session:
            if not self.is_sqlite:
                yield session
                return
            connection.exec_driver_sql(_SMALL_CACHE)
            try:
                yield session
            finally:
                connection.exec_driver_sql(_CACHE)

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _within(connection: Connection, work: Callable[[Session], Any]) -> Any:  # noqa: ANN401 — whatever the work returns
    with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
        try:
            value = work(session)
            session.commit()
        except Exception as broken:  # noqa: BLE001 — told to whoever asked for the work
            session.rollback()
            return broken
        return value


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 — the driver's own connection
    connection.isolation_level = None
    for pragma in ("PRAGMA journal_mode=WAL", "PRAGMA foreign_keys=ON", *_USUAL):
        connection.execute(pragma)
    connection.create_function("day_of", 2, day_of, deterministic=True)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("reading", False):
        connection.exec_driver_sql("BEGIN")
        return
    driver = _driver(connection)
    if connection.info.get("step", False) != options.get("step", False):
        connection.info["step"] = options.get("step", False)
        for pragma in _STEP if connection.info["step"] else _USUAL:
            driver.execute(pragma)
    if not _taken(driver):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _taken(driver: sqlite3.Connection) -> bool:
    """Wait for the writer, and take it; False: ask once more, to raise what it says.

    SQLite by itself looks ever more seldom, and sleeps on when the other has long gone.
    """
    patience = time.monotonic() + BUSY_SECONDS
    driver.execute("PRAGMA busy_timeout=1")
    try:
        while time.monotonic() < patience:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as refused:
                if refused.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY:
                    return False
            else:
                return True
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _postgresql(url: str) -> Engine:
    driver = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(driver, pool_size=POSTGRESQL_CONNECTIONS, max_overflow=4)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", partial(_ask_whether_alive, engine.dialect))
    return engine


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_USED] = time.monotonic()


def _ask_whether_alive(dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401 — the driver's own
    """A connection that lay idle may have been cut; to ask each time would be one more journey for every transaction."""
    if time.monotonic() - record.info.get(_USED, math.inf) < IDLE_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as broken:
        raise InvalidatePoolError from broken
