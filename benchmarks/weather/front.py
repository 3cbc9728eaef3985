"""The door behind which the replicas take turns, as a proxy would stand there; in bad weather it holds, repeats and forgets.

Telegram pushes here. What one replica does not take for want of a connection the other gets; a connection that breaks in the
middle is answered with 502, and Telegram comes again.
"""

import asyncio
import itertools
import random
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

KEPT = 400
SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Front:
    """Deliveries to `ports` in turn. `mood` is what the weather does to them: "", "hold", "forget" or "replay"."""

    def __init__(self, ports: list[int], rng: random.Random) -> None:
        self.turns, self.rng, self.mood = itertools.cycle(ports), rng, ""
        self.replicas = len(ports)
        self.met: Counter[str] = Counter()
        self._taken: set[int] = set()
        self._latest = 0
        self._old: deque[tuple[bytes, str]] = deque(maxlen=KEPT)

    async def receive(self, request: web.Request) -> web.Response:
        """One delivery."""
        body, secret = await request.read(), request.headers.get(SECRET, "")
        if self.mood == "hold":
            self.met["update held back"] += 1
            await asyncio.sleep(self.rng.uniform(0, 1.5))
        status = await self._deliver(body, secret, (await request.json())["update_id"])
        if self.mood == "forget" and status == 200 and self.rng.random() < 0.5:
            self.met["update kept, its 200 lost"] += 1
            status = 502
        if self.mood == "replay" and self._old:
            await self._deliver(*self.rng.choice(self._old), 0)
        return web.Response(status=status)

    async def _deliver(self, body: bytes, secret: str, update_id: int) -> int:
        status = await self._passed_on(body, secret)
        if status != 200:
            self.met["update not taken"] += 1
        elif update_id == 0 or update_id in self._taken:
            self.met["update delivered again"] += 1
        else:
            self.met["update out of order"] += update_id < self._latest
            self._latest = max(update_id, self._latest)
            self._taken.add(update_id)
            self._old.append((body, secret))
        return status

    async def _passed_on(self, body: bytes, secret: str) -> int:
        for _ in range(self.replicas):
            url = f"http://127.0.0.1:{next(self.turns)}/telegram"
            try:
                async with self._http.post(url, data=body, headers={SECRET: secret, "Content-Type": "application/json"}) as reply:
                    await reply.read()
                    return reply.status
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError):
                break
        return 502

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Listen; yields the address."""
        application = web.Application()
        application.router.add_post("/telegram", self.receive)
        runner = web.AppRunner(application, access_log=None)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as self._http:
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
            await runner.cleanup()
