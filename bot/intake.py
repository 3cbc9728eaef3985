"""Updates come in: kept in the inbox before they are acknowledged, whichever way they came (SPEC 6)."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import structlog
from telegram.error import Conflict, TelegramError

from bot.api import BotApi
from bot.failures import FailureKind, classify
from bot.health import Health
from bot.hop import Hop
from bot.incoming import lane_of
from bot.keeper import Keeper
from bot.metrics import Metrics, Update
from bot.office import Office
from domain import inbox
from domain.inbox import Incoming

log = structlog.get_logger()

ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]
POLL_SECONDS = 30
PATIENCE = 30.0


class TokenRefusedError(Exception):
    """Telegram does not know the bot's token."""


class Intake:
    """The one door for updates. `arrived` is called with their number after new ones are kept."""

    def __init__(self, hop: Hop, api: BotApi, office: Office, arrived: Callable[[int], None], metrics: Metrics) -> None:
        self._hop, self._api, self._office, self._arrived, self._metrics = hop, api, office, arrived, metrics
        self._keeper = Keeper(hop, office)
        self._answers: set[asyncio.Task[None]] = set()
        self._closing = False

    async def receive(self, payloads: Sequence[dict[str, Any]]) -> None:
        """Keep updates; when this returns they may be acknowledged. Taps among the new ones are answered at once."""
        updates = [Incoming(payload["update_id"], lane_of(payload), payload) for payload in payloads]
        if not updates:
            return
        came_at = time.monotonic()
        new = await self._keeper.keep(updates)
        fresh = [payload for payload in payloads if payload["update_id"] in new]
        self._answer(fresh, came_at)
        if new:
            self._arrived(len(new))
            self._count(fresh)

    async def resume(self) -> None:
        """Answer the taps that a process before this one left waiting, the newest first."""
        left = await self._hop(inbox.unfinished)
        self._soon(self._answer_all(left[::-1]))
        if left:
            log.info("resumed", updates=len(left))
            self._arrived(len(left))

    def _count(self, payloads: Sequence[dict[str, Any]]) -> None:
        self._metrics.last_update.set_to_current_time()
        for payload in payloads:
            self._metrics.updates.labels(Update.of(payload)).inc()
            log.debug("kept", update_id=payload["update_id"])

    def _answer(self, payloads: Sequence[dict[str, Any]], came_at: float) -> None:
        for payload in payloads:
            if "callback_query" in payload:
                self._soon(self._answer_timed(payload["callback_query"]["id"], came_at))

    async def _answer_timed(self, query_id: str, came_at: float) -> None:
        if await self._answer_tap(query_id):
            self._metrics.taps.observe(time.monotonic() - came_at)

    def _soon(self, answering: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(answering)
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer_all(self, payloads: Sequence[dict[str, Any]]) -> None:
        """One after the other, so that a long queue does not keep the work itself waiting."""
        for payload in payloads:
            if "callback_query" in payload and not self._closing:
                await self._answer_tap(payload["callback_query"]["id"])

    async def _answer_tap(self, query_id: str) -> bool:
        try:
            await self._api.call("answerCallbackQuery", {"callback_query_id": query_id})
        except TelegramError as error:
            log.info("tap_not_answered", why=classify(error).description)
            return False
        return True

    async def close(self, seconds: float) -> None:
        """Wait for answers on their way, but no longer than that."""
        self._closing = True
        if self._answers:
            await asyncio.wait(self._answers, timeout=seconds)


class Polling:
    """Long polling: the offset moves, and so confirms, only after the batch is kept."""

    def __init__(self, api: BotApi, intake: Intake, health: Health, metrics: Metrics) -> None:
        self._api, self._intake, self._health, self._metrics = api, intake, health, metrics

    async def run(self) -> None:
        """Poll until cancelled. Raises TokenRefusedError."""
        offset, pause = None, 0.0
        self._health.heard()
        while True:
            try:
                updates = await self._poll(offset)
            except TelegramError as error:
                if isinstance(error, Conflict):
                    self._health.deaf()
                pause = await _wait_out(error, pause)
                continue
            pause = 0.0
            self._health.heard()
            self._metrics.last_poll.set_to_current_time()
            await self._keep(updates)
            if updates:
                offset = updates[-1]["update_id"] + 1

    async def _poll(self, offset: int | None) -> list[dict[str, Any]]:
        params = {"timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES, "offset": offset}
        given = {name: value for name, value in params.items() if value is not None}
        updates: list[dict[str, Any]] = await self._api.call("getUpdates", given, read_timeout=POLL_SECONDS + 10)
        return updates

    async def _keep(self, updates: list[dict[str, Any]]) -> None:
        pause = 0.0
        while True:
            try:
                await self._intake.receive(updates)
            except Exception:  # the database is away: without it nothing may be acknowledged
                log.exception("updates_not_kept")
                pause = min(PATIENCE, pause * 2 or 0.5)
                await asyncio.sleep(pause)
            else:
                return


async def _wait_out(error: TelegramError, pause: float) -> float:
    failure = classify(error)
    if failure.kind is FailureKind.TOKEN:
        raise TokenRefusedError from error
    pause = failure.retry_after or min(PATIENCE, pause * 2 or 0.5)
    log.warning("polling_failed", why=failure.description, pause=pause)
    await asyncio.sleep(pause)
    return pause
