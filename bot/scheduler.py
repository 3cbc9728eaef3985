"""The clock tick (APScheduler): it only says that it is time to look; what is due stands in rows."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import jobs
from bot.hop import Hop
from bot.metrics import Metrics
from bot.office import Office
from domain import cards, drafts, inbox, outbox, spool, trouble, workbook_tasks
from domain.db import Session

log = structlog.get_logger()

HOUSEKEEPING_HOURS = 1
TICK_SECONDS = 20


class Scheduler:
    """The program's regular work; a tick that comes late is done late, several late ones once.

    `spoke` is called after one that may have queued something to say.
    """

    def __init__(self, hop: Hop, office: Office, spoke: Callable[[], None], metrics: Metrics) -> None:
        self._hop, self._office, self._spoke, self._metrics = hop, office, spoke, metrics
        self._one_at_a_time = asyncio.Lock()
        self._clock = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True})

    def start(self, *, ticking: bool) -> None:
        """Look at once, and then regularly; without `ticking` only the house is kept."""
        if ticking:
            self._clock.add_job(self._tick, "interval", seconds=TICK_SECONDS, id="tick")
            self._clock.add_job(self._tick, id="first_tick")
        self._clock.add_job(self._housekeeping, "interval", hours=HOUSEKEEPING_HOURS, id="housekeeping")
        self._clock.start()

    async def look(self) -> None:
        """Do what is due now. What fails is logged, and tried again with the next tick."""
        async with self._one_at_a_time:
            try:
                if await jobs.tick(self._hop, self._office, self._metrics):
                    self._spoke()
            except Exception as broken:
                if trouble.passes(broken):
                    log.warning("tick_put_off", why=repr(broken))
                else:
                    log.exception("tick_failed")

    async def stop(self) -> None:
        """No more ticks; the step under way is finished."""
        self._clock.pause()
        self._clock.shutdown(wait=False)
        async with self._one_at_a_time:
            return

    async def _tick(self) -> None:
        with suppress(asyncio.CancelledError):
            await self.look()

    async def _housekeeping(self) -> None:
        with suppress(asyncio.CancelledError):
            await self._hop(lambda session: forget_old(session, self._office))


def forget_old(session: Session, office: Office) -> None:
    """Drop what nobody can come back to: finished updates, settled messages, abandoned lists and questions, old files."""
    now = office.now()
    inbox.forget_old(session, now=now)
    outbox.forget_old(session, now=now)
    drafts.forget_old(session, now=now)
    cards.forget_old(session, now=now)
    workbook_tasks.forget_old(session, now=now)
    spool.forget_old(session, now=now)
