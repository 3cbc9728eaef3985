"""From the event loop to the database and back: one operation, one hop, one transaction."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, TypeVar

from domain.db import Database, Session

T = TypeVar("T")

GROUP_SECONDS = 0.01
"""How long a commit may wait for more work to come under it."""


class _Asked(NamedTuple):
    """A transaction that somebody waits for."""

    work: Callable[[Session], Any]
    answer: Future[Any]


class Hop:
    """Runs whole transactions on worker threads: a pool for PostgreSQL; for SQLite one thread, since it has one writer.

    What waits for SQLite's writer is done under one commit; each piece of work still stands or falls alone, and is answered when
    it is safe on the disk.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._threads = ThreadPoolExecutor(database.writers, thread_name_prefix="database")
        self._asked: SimpleQueue[_Asked] = SimpleQueue()

    async def __call__(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction of its own; it is committed when `work` returns and undone when it raises."""
        if self.database.writers > 1:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._alone, work)
        answer: Future[T] = Future()
        self._asked.put(_Asked(work, answer))
        self._threads.submit(self._next_group)
        return await asyncio.wrap_future(answer)

    def _alone(self, work: Callable[[Session], T]) -> T:
        with self.database.unit_of_work() as session:
            return work(session)

    def _next_group(self) -> None:
        """What waits now; the calls that were submitted for the rest of a group find nothing left to do."""
        first = self._next()
        if first is None:
            return
        group = [first]
        try:
            outcomes = [self._alone(first.work)] if self._asked.empty() else self.database.together(self._works(group))
        except BaseException as broken:  # noqa: BLE001 — nothing was kept: told to everybody in the group
            outcomes = [broken] * len(group)
        for asked, outcome in zip(group, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                asked.answer.set_exception(outcome)
            else:
                asked.answer.set_result(outcome)

    def _works(self, group: list[_Asked]) -> Iterator[Callable[[Session], Any]]:
        """The work of the first, and of whoever asks before the commit must go on; they are added to the group."""
        until = time.monotonic() + GROUP_SECONDS
        yield group[0].work
        while time.monotonic() < until and (asked := self._next()) is not None:
            group.append(asked)
            yield asked.work

    def _next(self) -> _Asked | None:
        """The next transaction that is still waited for."""
        with suppress(Empty):
            while True:
                asked = self._asked.get_nowait()
                if asked.answer.set_running_or_notify_cancel():
                    return asked
        return None

    def close(self) -> None:
        """Wait for what runs, then let the threads and the connections go."""
        self._threads.shutdown()
        self.database.dispose()
