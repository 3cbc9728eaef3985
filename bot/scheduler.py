"""The clock tick (APScheduler): it only says that it is time to look; what is due stands in rows."""

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.hop import Hop
from bot.office import Office
from domain import drafts, inbox, outbox
from domain.db import Session

HOUSEKEEPING_HOURS = 1


def start(hop: Hop, office: Office) -> AsyncIOScheduler:
    """A running scheduler with the program's regular work; a tick that comes late is done late, several late ones once."""
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True})

    async def housekeeping() -> None:
        await hop(lambda session: forget_old(session, office))

    scheduler.add_job(housekeeping, "interval", hours=HOUSEKEEPING_HOURS, id="housekeeping")
    scheduler.start()
    return scheduler


def forget_old(session: Session, office: Office) -> None:
    """Drop what nobody can come back to: finished updates, settled messages, abandoned lists and questions."""
    now = office.now()
    inbox.forget_old(session, now=now)
    outbox.forget_old(session, now=now)
    drafts.forget_old(session, now=now)
