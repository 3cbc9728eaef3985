"""The memory of one replica at rest, and while it takes 100,000 updates: it must not grow.

`python -m bot run` behind its webhook, on a database of the run's own, before a trivial Bot API server. The updates are light and
mixed: cards, lists, searches by name and by number, and one in ten is a repetition of an earlier one. Samples are taken when all
is quiet again.
"""

import argparse
import asyncio
import random
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import text

from benchmarks.figures import table
from benchmarks.offices import ENGINES, account, name_of, offices
from benchmarks.processes import module, running
from benchmarks.taps import free_port
from benchmarks.weather.front import SECRET as HEADER
from benchmarks.weather.machines import SECRET, Replica
from bot.callbacks import OpenList, ShowCustomer
from domain.db import Database
from domain.lists import Scope

PEOPLE = 200
CUSTOMERS = 2_000
OWNED = 5
SENDERS = 24
CHUNK = 100
REPEATED = 0.1
SEED = 20261125
_BOT = {"id": 1, "is_bot": True, "first_name": "bench", "username": "bench_bot"}
_BUSY = text(
    "SELECT (SELECT count(*) FROM inbox WHERE status = 'pending')"
    " + (SELECT count(*) FROM outbox WHERE status IN ('pending', 'sending'))"
)


class Updates:
    """Light work of many people, for ever the same from one seed."""

    def __init__(self) -> None:
        self._rng, self._number = random.Random(SEED), 0
        self._sent: deque[dict[str, Any]] = deque(maxlen=500)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while True:
            if self._sent and self._rng.random() < REPEATED:
                yield self._rng.choice(self._sent)
                continue
            self._number += 1
            self._sent.append(self._next())
            yield self._sent[-1]

    def _next(self) -> dict[str, Any]:
        person = account(self._rng.randint(2, PEOPLE))
        user = {"id": person, "is_bot": False, "first_name": "同事", "language_code": "zh-hans"}
        chat = {"id": person, "type": "private", "first_name": "同事"}
        message = {"message_id": self._number, "date": 1_700_000_000, "chat": chat}
        if self._rng.random() < 0.25:
            return {"update_id": self._number, "message": {**message, "from": user, "text": self._words()}}
        query = {"id": str(self._number), "from": user, "chat_instance": "1", "data": self._button()}
        return {"update_id": self._number, "callback_query": {**query, "message": {**message, "from": _BOT, "text": "…"}}}

    def _words(self) -> str:
        number = self._rng.randint(1, CUSTOMERS)
        return self._rng.choice((name_of(number)[2:5], f"C{number:06d}", "国际", "没有这个客户"))

    def _button(self) -> str:
        if self._rng.random() < 0.6:
            return ShowCustomer(self._rng.randint(PEOPLE * OWNED + 1, CUSTOMERS), None).pack()
        return OpenList(self._rng.choice((Scope.MY, Scope.POOL))).pack()


async def measured(replica: Replica, database: Database, updates: int, every: int) -> list[tuple[int, float]]:
    """Resident megabytes after so many updates."""
    samples = [(0, replica.memory() or 0.0)]
    coming = iter(Updates())
    async with aiohttp.ClientSession(headers={HEADER: SECRET}) as http:
        for done in range(CHUNK, updates + 1, CHUNK):
            await _send(http, replica.port, [next(coming) for _ in range(CHUNK)])
            await _until_below(database, 1 if done % every == 0 else CHUNK)
            if done % every == 0:
                samples.append((done, replica.memory() or 0.0))
                print(f"  {done:,}: {samples[-1][1]:.1f} MB", flush=True)
    return samples


async def _send(http: aiohttp.ClientSession, port: int, updates: list[dict[str, Any]]) -> None:
    async def send() -> None:
        while updates:
            async with http.post(f"http://127.0.0.1:{port}/telegram", json=updates.pop()) as reply:
                reply.raise_for_status()

    await asyncio.gather(*(send() for _ in range(SENDERS)))


async def _until_below(database: Database, limit: int) -> None:
    def busy() -> int:
        with database.engine.connect() as connection:
            return int(connection.scalar(_BUSY) or 0)

    while await asyncio.to_thread(busy) >= limit:  # noqa: ASYNC110 — another process's table tells in no other way
        await asyncio.sleep(0.05)


def slope(samples: Sequence[tuple[int, float]]) -> tuple[float, float]:
    """Megabytes for every 10,000 updates by least squares, and how far samples lie from that line at most."""
    count, numbers, held = len(samples), [n / 10_000 for n, _ in samples], [memory for _, memory in samples]
    middle, mean = sum(numbers) / count, sum(held) / count
    square = sum((n - middle) ** 2 for n in numbers)
    grows = sum((n - middle) * (memory - mean) for n, memory in zip(numbers, held, strict=True)) / square
    return grows, max(abs(memory - mean - grows * (n - middle)) for n, memory in zip(numbers, held, strict=True))


def measure(engine: str, updates: int, every: int) -> None:
    """Run everything and print it."""
    with offices([engine], people=PEOPLE, customers=CUSTOMERS, owned=OWNED) as found, running(*module("bot_api")) as api:
        office = found[engine]
        url = f"http://127.0.0.1:{api.hear()['port']}"
        with tempfile.TemporaryDirectory(prefix="gonghai-bench-") as place:
            replica = Replica(Path(place) / "replica", url=url, port=free_port(), database=office.url)
            database = Database(office.url)
            try:
                replica.start()
                samples = asyncio.run(measured(replica, database, updates, every))
            finally:
                replica.stop()
                database.dispose()
    _report(engine, samples)


def _report(engine: str, samples: Sequence[tuple[int, float]]) -> None:
    table(f"Resident memory of a replica on {engine}, MB", ("updates", "MB"), ((f"{n:,}", memory) for n, memory in samples))
    warm = samples[len(samples) // 3 :]
    if len(warm) > 2:
        grows, noise = slope(warm)
        print(f"  from {warm[0][0]:,} updates on: {grows:+.2f} MB for every 10,000, samples within {noise:.2f} MB of that line")


def main(arguments: Sequence[str] | None = None) -> None:
    """What is run by hand."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", choices=ENGINES, default="postgresql")
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--every", type=int, default=10_000)
    given = parser.parse_args(arguments)
    measure(given.engine, given.updates, given.every)


if __name__ == "__main__":
    main()
