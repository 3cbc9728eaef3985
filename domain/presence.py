"""Who is alive on a shared database: each process holds a lock there, which the database lets go when the process dies."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from domain.db import Database

_LOCK = 0x676F6E68


class Presence:
    """One process among those that send from a database. SQLite knows no other: its file belongs to one process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    @contextmanager
    def entering(self) -> Iterator[bool]:
        """Be present from here on. Yields whether nobody else is; nobody else comes in before the block ends."""
        if self._database.is_sqlite:
            yield True
            return
        connection = self._connection = self._connect()
        alone = bool(connection.scalar(select(func.pg_try_advisory_lock(_LOCK))))
        connection.execute(select(func.pg_advisory_lock_shared(_LOCK)))
        try:
            yield alone
        finally:
            if alone:
                connection.execute(select(func.pg_advisory_unlock(_LOCK)))

    def stay(self) -> None:
        """Be present again if the connection was lost meanwhile. Raises what the database raises when it is away."""
        if self._connection is None:
            return
        try:
            self._connection.execute(select(1))
        except DBAPIError:
            again = self._connect()
            try:
                again.execute(select(func.pg_advisory_lock_shared(_LOCK)))
            except DBAPIError:
                _drop(again)
                raise
            _drop(self._connection)
            self._connection = again

    def leave(self) -> None:
        """Be gone."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> Connection:
        connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()  # a lock of the session must not go back into the pool with it
        return connection


def _drop(connection: Connection) -> None:
    """Let a connection go that may be broken or only seem so: no lock stays behind with it."""
    with suppress(DBAPIError):
        connection.close()
