"""From the event loop to the database and back: one operation, one hop, one transaction."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from domain.db import Database, Session

T = TypeVar("T")


class Hop:
    """Runs whole transactions on worker threads: one thread for SQLite, which has one writer, a pool for PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._threads = ThreadPoolExecutor(database.writers, thread_name_prefix="database")

    async def __call__(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction of its own; it is committed when `work` returns and undone when it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._whole, work)

    def _whole(self, work: Callable[[Session], T]) -> T:
        with self.database.unit_of_work() as session:
            return work(session)

    def close(self) -> None:
        """Wait for what runs, then let the threads and the connections go."""
        self._threads.shutdown()
        self.database.dispose()
