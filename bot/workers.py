"""Workers take updates from the inbox: one user's in order, many users side by side."""

import asyncio
from collections.abc import Callable

import structlog

from bot.edge import Taken, TurnFailedError, give_up_politely, take_turn
from bot.hop import Hop
from bot.metrics import Metrics, Outcome
from bot.office import Office

log = structlog.get_logger()

LOOK_AGAIN = 0.5


class Workers:
    """As many workers as the database has writers. `spoke` is called after a turn that may have queued something to say."""

    def __init__(self, hop: Hop, office: Office, spoke: Callable[[], None], metrics: Metrics) -> None:
        self._hop, self._office, self._spoke, self._metrics = hop, office, spoke, metrics
        self._hints: asyncio.Queue[bool] = asyncio.Queue()
        self._awaited, self._busy = 0, 0
        self._stopping = False

    def arrived(self, count: int = 1) -> None:
        """New updates are in the inbox."""
        self._awaited += count
        self._hint(count)

    def _hint(self, count: int, *, whatever: bool = False) -> None:
        """Wake workers. `whatever`: there may be more than arrived here, left by somebody else."""
        for _ in range(min(count, self._hop.database.writers)):
            self._hints.put_nowait(whatever)

    async def run(self) -> None:
        """Work until `stop` is called."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self._hop.database.writers):
                group.create_task(self._work())
            group.create_task(self._look_again())

    def stop(self) -> None:
        """Finish the turns under way and take no more: what waits is kept."""
        self._stopping = True
        self._hint(self._hop.database.writers)

    async def _look_again(self) -> None:
        while not self._stopping:
            await asyncio.sleep(LOOK_AGAIN)
            self._hint(1, whatever=True)

    async def _work(self) -> None:
        while not self._stopping:
            whatever = await self._hints.get()
            while not self._stopping and await self._turn():
                self._spoke()
                if not (whatever or self._awaited):
                    break

    async def _turn(self) -> bool:
        self._busy += 1
        try:
            return await self._attempt()
        finally:
            self._busy -= 1

    async def _attempt(self) -> bool:
        """One turn. False: nothing waits that could be taken now; the lane of what does wait may be in another worker's hands."""
        try:
            taken = await self._hop(lambda session: take_turn(session, self._office))
        except TurnFailedError as failed:
            self._metrics.operations.labels(failed.operation, Outcome.BROKEN).inc()
            return await self._set_back(failed)
        except Exception:  # the database is away: the update is untouched and waits
            log.exception("worker_failed")
            await asyncio.sleep(LOOK_AGAIN)
        else:
            if taken is not None:
                return self._note(taken)
            if self._busy == 1:
                self._awaited = 0  # taken by another replica, or put off
        return False

    def _note(self, taken: Taken) -> bool:
        """Count a turn that is committed. One more of the same person is taken next, wherever it arrived."""
        self._awaited = max(self._awaited - 1, int(taken.more))
        outcome = Outcome.REFUSED if taken.refused else Outcome.DONE
        self._metrics.operations.labels(taken.operation, outcome).inc()
        self._metrics.turns.observe(max(0.0, (self._office.now().utc - taken.came_at).total_seconds()))
        log.info("turn", update_id=taken.update_id, operation=taken.operation, outcome=outcome)
        return True

    async def _set_back(self, failed: TurnFailedError) -> bool:
        try:
            await self._hop(lambda session: give_up_politely(session, self._office, failed))
        except Exception:  # as above
            log.exception("failure_not_noted", inbox_id=failed.inbox_id)
            await asyncio.sleep(LOOK_AGAIN)
            return False
        return True
