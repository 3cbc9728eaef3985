"""The queue of updates: ids strictly increase, an offset confirms, everything has its time to live."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from bot.demo.telegram.clock import Clock
from bot.demo.telegram.errors import OTHER_POLLER, WEBHOOK_ACTIVE, ApiError, conflict
from bot.demo.telegram.parameters import Json

KINDS = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member", "chat_member")
_DEFAULT = frozenset(KINDS) - {"chat_member"}
_LIFE = {"callback_query": 150.0, "inline_query": 30.0}
_DAY = 86_400.0
_MOST = 100
_LONGEST_POLL = 50
Lane = tuple[str, int]


@dataclass(frozen=True)
class Pending:
    """An update on its way; those of one lane are delivered one after the other."""

    update_id: int
    lane: Lane
    body: Json
    expires_at: float


class Updates:
    """Updates that the bot has not confirmed yet."""

    def __init__(self, clock: Clock, first_id: int = 100_001) -> None:
        self.clock = clock
        self.pending: dict[int, Pending] = {}
        self.allowed: list[str] | None = None
        self.webhook_active = False
        self.on_publish: list[Callable[[Pending], None]] = []
        self._next_id = first_id
        self._poller: asyncio.Future[None] | None = None
        self._twice = 0
        self._again: list[Json] = []

    def publish(self, kind: str, payload: Json, lane: Lane) -> int | None:
        """Queue an update; answers its id, None when the bot does not want this kind."""
        if kind not in (self.allowed or _DEFAULT):
            return None
        update_id, self._next_id = self._next_id, self._next_id + 1
        body = {"update_id": update_id, kind: payload}
        expires_at = self.clock.seconds() + _LIFE.get(kind, _DAY)
        self.pending[update_id] = update = Pending(update_id, lane, body, expires_at)
        for listener in self.on_publish:
            listener(update)
        self._wake()
        return update_id

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds the bot wants; None keeps what was said before, an empty list is the default."""
        if kinds is not None:
            self.allowed = [kind.lower() for kind in kinds] or None

    def deliver_twice(self, times: int) -> None:
        """Deliver so many of the next confirmed updates a second time, under the same id."""
        self._twice = times

    def confirm(self, update_id: int) -> bool:
        """Take an update out of the queue; answers whether it is to be delivered once more."""
        if self.pending.pop(update_id, None) is None or not self._twice:
            return False
        self._twice -= 1
        return True

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 - Telegram's own word
        """The answer to getUpdates; fails an older poll that still waits."""
        if self.webhook_active:
            raise conflict(WEBHOOK_ACTIVE)
        self._interrupt(conflict(OTHER_POLLER))
        self._move(offset)
        seconds = min(max(timeout, 0), _LONGEST_POLL)
        if not self._ready() and seconds:
            await self._wait(seconds)
        replayed, self._again = self._again, []
        first = islice(self.pending.values(), min(max(limit, 1), _MOST))
        return replayed + [update.body for update in first]

    def drop(self) -> None:
        """Forget every pending update."""
        self.pending.clear()

    def alive(self, update: Pending) -> bool:
        """Whether an update still waits and is not too old."""
        if update.expires_at <= self.clock.seconds():
            self.pending.pop(update.update_id, None)
        return update.update_id in self.pending

    def expire(self) -> None:
        """Forget updates whose time to live is over."""
        now = self.clock.seconds()
        for update in [each for each in self.pending.values() if each.expires_at <= now]:
            del self.pending[update.update_id]

    def activate_webhook(self) -> None:
        """From now on updates are pushed; a poll that waits ends in 409."""
        self.webhook_active = True
        self._interrupt(conflict(OTHER_POLLER))

    def close(self) -> None:
        """End a poll that waits."""
        self._wake()

    def _ready(self) -> bool:
        self.expire()
        return bool(self.pending or self._again)

    def _move(self, offset: int) -> None:
        if offset > 0:
            passed = [update_id for update_id in self.pending if update_id < offset]
        else:
            passed = list(self.pending)[:offset] if offset < 0 else []
        for update_id in passed:
            body = self.pending[update_id].body
            if self.confirm(update_id):
                self._again.append(body)

    async def _wait(self, seconds: float) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poller, seconds)
        except TimeoutError:
            return
        finally:
            if self._poller is poller:
                self._poller = None

    def _wake(self) -> None:
        if self._poller and not self._poller.done():
            self._poller.set_result(None)

    def _interrupt(self, error: ApiError) -> None:
        if self._poller and not self._poller.done():
            self._poller.set_exception(error)
