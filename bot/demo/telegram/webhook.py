"""Pushing updates: one after the other in a lane, lanes side by side, the same update again until it is taken."""

import asyncio
import json
import re
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self
from urllib.parse import urlsplit

import aiohttp

from bot.demo.telegram.clock import Clock
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.parameters import Json, Parameters
from bot.demo.telegram.updates import Lane, Pending, Updates

_PORTS = (80, 88, 443, 8443)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_SECRET_LIMIT = 256
_MOST_CONNECTIONS = 100
_ANSWER_SECONDS = 60
_LONGEST_PAUSE = 60.0
_LONGEST_ASKED = 3600.0
Respond = Callable[[str, Parameters], Awaitable[object]]


@dataclass(frozen=True)
class Target:
    """Where updates are pushed."""

    url: str
    secret: str
    connections: int

    @classmethod
    def checked(cls, url: str, secret: str, connections: int) -> Self:
        """The target, refused in Telegram's words; plain HTTP and any port will do on this machine."""
        address = urlsplit(url)
        if address.hostname not in _LOOPBACK:
            _check_address(address.scheme, address.port)
        if len(secret) > _SECRET_LIMIT:
            raise bad_request("secret token is too long")
        if not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        return cls(url, secret, min(max(connections, 1), _MOST_CONNECTIONS))


class _Outcome(NamedTuple):
    """One try: no error when the bot took the update, else what went wrong and how long to wait if it said so."""

    error: str = ""
    pause: float | None = None


class Webhook:
    """Delivers to the target; `first_pause` is the seconds before the first retry, doubled after each.

    With `spread`, each try goes to the next of these addresses instead: what a proxy before several replicas does.
    """

    def __init__(self, updates: Updates, clock: Clock, respond: Respond, first_pause: float = 0.2) -> None:
        self.updates = updates
        self.clock = clock
        self.respond = respond
        self.first_pause = first_pause
        self.target: Target | None = None
        self.spread: Iterator[str] | None = None
        self._lanes: dict[Lane, deque[Pending]] = {}
        self._tasks: dict[Lane, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore()
        self._client: aiohttp.ClientSession | None = None
        self._last_error: Json = {}
        updates.on_publish.append(self._enqueue)

    async def start(self, target: Target) -> None:
        """Push to the target from now on, what is pending first."""
        await self.stop()
        self.target = target
        self._slots = asyncio.Semaphore(target.connections)
        self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_ANSWER_SECONDS))
        self.updates.activate_webhook()
        for update in list(self.updates.pending.values()):
            self._enqueue(update)

    async def stop(self) -> None:
        """Push no more; what is pending stays pending."""
        self.target = None
        self.updates.webhook_active = False
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()
        self._tasks.clear()
        if self._client:
            await self._client.close()
            self._client = None

    def info(self) -> Json:
        """The answer to getWebhookInfo."""
        self.updates.expire()
        described: Json = {
            "url": self.target.url if self.target else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }
        if self.target:
            described |= {"max_connections": self.target.connections} | self._last_error
        if self.updates.allowed:
            described["allowed_updates"] = self.updates.allowed
        return described

    def _enqueue(self, update: Pending) -> None:
        if self.target is None:
            return
        self._lanes.setdefault(update.lane, deque()).append(update)
        if update.lane not in self._tasks:
            self._tasks[update.lane] = asyncio.create_task(self._drain(update.lane))

    async def _drain(self, lane: Lane) -> None:
        queue = self._lanes[lane]
        while queue:
            await self._deliver(queue.popleft())
        del self._lanes[lane], self._tasks[lane]

    async def _deliver(self, update: Pending) -> None:
        pause = self.first_pause
        while self.updates.alive(update):
            async with self._slots:
                outcome = await self._attempt(update.body)
            if not outcome.error:
                if not self.updates.confirm(update.update_id):
                    return
                self.updates.pending[update.update_id] = update
                continue
            self._last_error = {"last_error_date": self.clock.stamp(), "last_error_message": outcome.error}
            await asyncio.sleep(min(outcome.pause, _LONGEST_ASKED) if outcome.pause is not None else pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _attempt(self, body: Json) -> _Outcome:
        assert self.target is not None
        assert self._client is not None
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.target.secret} if self.target.secret else {}
        try:
            url = next(self.spread) if self.spread else self.target.url
            async with self._client.post(url, json=body, headers=headers) as reply:
                answer = await reply.read()
        except (aiohttp.ClientError, OSError) as error:
            return _Outcome(f"Connection failed: {type(error).__name__}")
        except TimeoutError:
            return _Outcome("Read timeout expired")
        if not reply.ok:
            return _Outcome(f"Wrong response from the webhook: {reply.status} {reply.reason}", _asked(reply))
        await self._run(answer)
        return _Outcome()

    async def _run(self, answer: bytes) -> None:
        """A method in the reply is called; how it ends nobody learns."""
        try:
            call = json.loads(answer)
        except ValueError:
            return
        if isinstance(call, dict) and isinstance(call.get("method"), str):
            await self.respond(call.pop("method"), Parameters(call))


def _check_address(scheme: str, port: int | None) -> None:
    if scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in (None, *_PORTS):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _asked(reply: aiohttp.ClientResponse) -> float | None:
    value = reply.headers.get("Retry-After", "")
    return float(value) if value.isdecimal() else None
