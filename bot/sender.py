"""The sender: claims what may go out, speaks to Telegram outside any transaction, and settles what came of it, round by round."""

import asyncio
import time

import structlog

from bot.api import BotApi
from bot.failures import Failure, FailureKind, classify
from bot.hop import Hop
from bot.metrics import Metrics
from bot.notices.rendering import Outgoing, render
from bot.office import Office
from bot.settling import Sent, settle, settle_bare
from domain import outbox, trouble
from domain.db import Session
from domain.models import OutboxMessage, OutboxStatus
from domain.outbox import Settled

log = structlog.get_logger()

SIDE_BY_SIDE = 64
LOOK_AGAIN = 0.25
RECLAIM_SECONDS = 1.0
UPLOAD = 120.0
"""Seconds in which a file must be on its way."""


class Sender:
    """Sends the outbox. `spoke` wakes it; without a hint it looks again four times a second."""

    def __init__(self, hop: Hop, api: BotApi, office: Office, metrics: Metrics) -> None:
        self._hop, self._api, self._office, self._metrics = hop, api, office, metrics
        self._awake = asyncio.Event()
        self._results: asyncio.Queue[Sent] = asyncio.Queue()
        self._in_flight: set[asyncio.Task[None]] = set()
        self._stopping, self._crowded = False, False
        self._next_look = 0.0
        self._claims = 0

    def spoke(self) -> None:
        """Something may be waiting to be sent."""
        self._awake.set()

    async def run(self) -> None:
        """Send until `stop` is called and what was in flight is settled."""
        async with asyncio.TaskGroup() as group:
            claiming = group.create_task(self._claim_rounds())
            group.create_task(self._settle_rounds(claiming))

    def stop(self) -> None:
        """Claim no more; what is in flight is finished and settled."""
        self._stopping = True
        self._awake.set()

    async def _claim_rounds(self) -> None:
        while not self._stopping:
            self._awake.clear()
            if not await self._claim():
                await self._rest()

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._awake.wait(), LOOK_AGAIN)
        except TimeoutError:
            self._awake.clear()

    async def _claim(self) -> bool:
        """Send what may go out. Returns whether there may be more at once: every chat has had its turn."""
        room = SIDE_BY_SIDE - len(self._in_flight)
        self._crowded = room <= 0
        if self._crowded:
            return False
        self._claims += 1
        try:
            calls, passed_over = await self._hop(lambda session: self._next(session, room))
        except Exception:  # the database is away: nothing was claimed
            log.exception("claim_failed")
            return False
        for row, outgoing in calls:
            task = asyncio.create_task(self._send(row, outgoing))
            self._in_flight.add(task)
            task.add_done_callback(self._in_flight.discard)
        self._crowded = len(calls) >= room
        return passed_over

    def _next(self, session: Session, room: int) -> tuple[list[tuple[OutboxMessage, Outgoing]], bool]:
        """What goes out now, and whether something was passed over, behind which its chat may have more."""
        now = self._office.now()
        calls, unsaid = [], []
        rules = self._office.rules(session)
        quiet, reclaiming = rules.timetable.quiet(now), self._look_for_the_dead()
        for row in outbox.claim(session, now=now, limit=room, quiet=quiet, reclaiming=reclaiming):
            try:
                outgoing = render(session, row, policy=rules.policy, bot_name=self._office.bot_name, now=now)
            except Exception as broken:
                if trouble.passes(broken):
                    raise
                log.exception("not_rendered", outbox_id=row.id, kind=row.kind)
                unsaid.append(Settled(row.id, OutboxStatus.FAILED, error=repr(broken)))
                continue
            if outgoing is None:
                unsaid.append(Settled(row.id, OutboxStatus.SKIPPED))
            else:
                calls.append((row, outgoing))
        outbox.settle(session, unsaid, now=now)
        return calls, bool(unsaid)

    def _look_for_the_dead(self) -> bool:
        """Once a second: their leases are much longer."""
        seconds = time.monotonic()
        if seconds < self._next_look:
            return False
        self._next_look = seconds + RECLAIM_SECONDS
        return True

    def cut_short(self) -> None:
        """Wait for no answer any more: what is in flight is settled as what may have arrived or not."""
        for task in self._in_flight:
            task.cancel()

    async def _send(self, row: OutboxMessage, outgoing: Outgoing) -> None:
        try:
            with self._metrics.send_seconds.time():
                answer = await self._api.call(outgoing.method, outgoing.params, write_timeout=_allowed(outgoing))
        except asyncio.CancelledError:
            sent = Sent(row, outgoing, failure=Failure(FailureKind.AMBIGUOUS, description="stopped"))
        except Exception as error:  # noqa: BLE001 — whatever broke, the message is settled and not left in flight
            sent = Sent(row, outgoing, failure=classify(error))
        else:
            message_id = answer["message_id"] if isinstance(answer, dict) else None
            sent = Sent(row, outgoing, message_id=message_id)
            log.info("sent", outbox_id=row.id, kind=row.kind, update_id=row.update_id)
        self._metrics.sends.labels(row.kind, sent.failure.kind if sent.failure else OutboxStatus.SENT).inc()
        self._results.put_nowait(sent)

    async def _settle_rounds(self, claiming: "asyncio.Task[None]") -> None:
        while not (claiming.done() and not self._in_flight and self._results.empty()):
            results, claims = await self._collect(), self._claims
            if results and (await self._settle(results) or self._crowded or self._claims != claims):
                self._awake.set()  # whoever claimed meanwhile has passed these chats over, whatever has been said in them since

    async def _collect(self) -> list[Sent]:
        try:
            results = [await asyncio.wait_for(self._results.get(), LOOK_AGAIN)]
        except TimeoutError:
            return []
        while not self._results.empty():
            results.append(self._results.get_nowait())
        return results

    async def _settle(self, results: list[Sent]) -> bool:
        """Note them. Returns whether more may be said now: in the same chats, or because something went wrong."""
        while True:
            try:
                return await self._hop(lambda session: self._noted(session, results))
            except Exception as error:
                log.exception("settle_failed", results=len(results))
                if not trouble.passes(error):
                    await self._settle_apart(results)
                    return True
                await asyncio.sleep(LOOK_AGAIN)  # the database is away: what is known of these sends must not be lost

    def _noted(self, session: Session, results: list[Sent]) -> bool:
        settle(session, results, now=self._office.now())
        failed = any(sent.failure is not None for sent in results)
        return failed or outbox.waits_in(session, {sent.row.chat_id for sent in results})

    async def _settle_apart(self, results: list[Sent]) -> None:
        """One of the results cannot be settled: the others are, and of that one its own row."""
        if len(results) > 1:
            for sent in results:
                await self._settle([sent])
            return
        try:
            await self._hop(lambda session: settle_bare(session, results[0], now=self._office.now()))
        except Exception:  # its lease ends, and it is sent again
            log.exception("settle_given_up", outbox_id=results[0].row.id)


def _allowed(outgoing: Outgoing) -> float | None:
    """Seconds in which the request must be on its way; None: the transport's own."""
    return UPLOAD if outgoing.upload else None
