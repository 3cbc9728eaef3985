"""The weather: foul spells of some seconds from a fixed seed, calm between them, and now and then a kill or a restart."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

import aiohttp

from benchmarks.weather.front import Front
from benchmarks.weather.machines import Postgres, Replica
from benchmarks.weather.staff import members

DOWN = (0.5, 3.0)
AFTERMATH = 2.0
"""Seconds after a spell that still count as weather: what waited is on its way."""


class Sky:
    """Weather over the town. It lasted `seconds`, foul in the `spells`; `met` counts what struck, by kind."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        front: Front,
        replicas: Sequence[Replica],
        postgres: Postgres,
        *,
        rng: random.Random,
        calm: float,
        foul: float,
    ) -> None:
        self._calm_seconds, self._foul_seconds = calm, foul
        self._http, self._front, self._replicas, self._postgres, self.rng = http, front, replicas, postgres, rng
        self.spells: list[tuple[float, float]] = []
        self.met: Counter[str] = Counter()
        self.seconds = 0.0
        self._kinds: dict[str, tuple[int, Callable[[], Awaitable[None]]]] = {
            "flood in a chat": (2, self._chat_flood),
            "flood everywhere": (2, lambda: self._strike("429", times=12, retry_after=self.rng.randint(1, 3))),
            "500": (2, lambda: self._strike("500", times=8)),
            "502 storm": (2, lambda: self._strike("502", times=60)),
            "resets": (2, lambda: self._strike("reset", times=8)),
            "lost replies": (2, lambda: self._strike("lost_reply", times=10)),
            "slow answers": (2, lambda: self._strike("slow", times=20, seconds=self.rng.uniform(1, 4))),
            "duplicates": (2, lambda: self._strike("duplicate", times=15)),
            "held": (1, lambda: self._mood("hold")),
            "forgotten": (2, lambda: self._mood("forget")),
            "replayed": (1, lambda: self._mood("replay")),
            "connections cut": (3, self._cut),
            "kill": (2, self._kill),
        }

    async def blow(self, seconds: float, *, restarts: int) -> None:
        """Weather for so long, then calm for good; the restarts of the database lie evenly in it."""
        clock = asyncio.get_running_loop().time
        began = clock()
        due = [began + seconds * (n + 1) / (restarts + 1) for n in range(restarts)]
        order = self._all_once()
        while clock() < began + seconds:
            await asyncio.sleep(self._calm_seconds * self.rng.uniform(0.6, 1.4))
            since = clock()
            if due and since > due[0]:
                due.pop(0)
                await self._restart()
            else:
                await self._spell(order.pop() if order else self._chosen())
            self.spells.append((since, clock() + AFTERMATH))
        await self._calm()
        self.seconds = clock() - began

    def _all_once(self) -> list[str]:
        """Every kind comes once before any comes by chance."""
        return self.rng.sample(list(self._kinds), len(self._kinds))

    def _chosen(self) -> str:
        return self.rng.choices(list(self._kinds), [weight for weight, _ in self._kinds.values()])[0]

    async def _spell(self, kind: str) -> None:
        self.met[f"spell: {kind}"] += 1
        await self._kinds[kind][1]()
        await asyncio.sleep(self._foul_seconds * self.rng.uniform(0.6, 1.4))
        await self._calm()

    async def _calm(self) -> None:
        self._front.mood = ""
        (await self._http.delete("/control/faults")).raise_for_status()

    async def _strike(self, kind: str, **fault: float) -> None:
        (await self._http.post("/control/faults", json={"kind": kind, **fault})).raise_for_status()

    async def _chat_flood(self) -> None:
        for member in self.rng.sample(members(), 8):
            await self._strike("429", times=2, chat_id=member.telegram_id, retry_after=self.rng.randint(2, 4))

    async def _mood(self, mood: str) -> None:
        self._front.mood = mood

    async def _cut(self) -> None:
        for _ in range(3):
            self.met["connection cut"] += await asyncio.to_thread(self._postgres.cut)
            await asyncio.sleep(self.rng.uniform(0.1, 0.8))

    async def _kill(self) -> None:
        replica = self.rng.choice(self._replicas)
        await asyncio.to_thread(replica.kill)
        self.met["replica killed"] += 1
        await asyncio.sleep(self.rng.uniform(*DOWN))
        await asyncio.to_thread(replica.start)

    async def _restart(self) -> None:
        await asyncio.to_thread(self._postgres.restart)
        self.met["PostgreSQL restarted"] += 1

    def foul(self, began: float, ended: float) -> bool:
        """Whether something of that time lay in a spell."""
        return any(since < ended and began < until for since, until in self.spells)
