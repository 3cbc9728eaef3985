"""Whether this process does its work: what /readyz says, and what the metrics know of the database.

The database is asked on a thread of its own, and not waited for longer than a probe waits.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum

import structlog

from bot.office import Office
from domain import queues
from domain.db import Database
from domain.queues import Queues

log = structlog.get_logger()

PATIENCE = 3.0
FRESH_SECONDS = 90.0
LAG_LIMIT = 300.0
AGAIN_AFTER = 1.0


class Check(StrEnum):
    """What must hold for a process to be ready."""

    STARTED = "started"
    NOT_STOPPING = "not_stopping"
    DATABASE = "database"
    UPDATES = "updates"
    OUTBOX = "outbox"


class Health:
    """One process. Whoever brings the updates says `heard` when they come through and `deaf` when they certainly do not."""

    def __init__(self, database: Database, office: Office) -> None:
        self._database, self._office = database, office
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="health")
        self._asking = asyncio.Lock()
        self._asked_at = -AGAIN_AFTER
        self._queues: Queues | None = None
        self._heard_at = 0.0
        self._deaf = self._stopping = False
        self._failing: list[Check] | None = None

    def heard(self) -> None:
        """Updates come through."""
        self._heard_at, self._deaf = _clock(), False

    def deaf(self) -> None:
        """No update reaches this process, whatever it tries."""
        self._deaf = True

    def stopping(self) -> None:
        """Not ready from here on."""
        self._stopping = True

    async def failing(self, *, pushed: bool) -> list[Check]:
        """What keeps the process from being ready. With `pushed` updates nobody knows how long none should take."""
        seen = await self.look()
        fresh = pushed or _clock() - self._heard_at <= FRESH_SECONDS
        holds = {
            Check.STARTED: self._heard_at > 0,
            Check.NOT_STOPPING: not self._stopping,
            Check.DATABASE: seen is not None,
            Check.UPDATES: fresh and not self._deaf,
            Check.OUTBOX: seen is None or seen.outbox_lag <= LAG_LIMIT,
        }
        failing = [check for check, good in holds.items() if not good]
        if failing != self._failing:
            log.info("readiness", ready=not failing, failing=failing)
            self._failing = failing
        return failing

    async def look(self) -> Queues | None:
        """What waits, at most a second ago; None when the database does not answer."""
        async with self._asking:
            if _clock() - self._asked_at >= AGAIN_AFTER:
                self._queues = await self._ask()
                self._asked_at = _clock()
            return self._queues

    async def _ask(self) -> Queues | None:
        asked = asyncio.get_running_loop().run_in_executor(self._threads, self._read)
        try:
            return await asyncio.wait_for(asked, PATIENCE)
        except (TimeoutError, Database.trouble) as error:
            log.warning("database_away", why=repr(error))
            return None

    def _read(self) -> Queues:
        with self._database.reading() as connection:
            return queues.look(connection, self._office.given, now=self._office.now())

    def close(self) -> None:
        """Ask no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _clock() -> float:
    return asyncio.get_running_loop().time()
