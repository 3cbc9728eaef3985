"""Set the town up, let people work in the weather, wait for quiet, judge, report."""

import argparse
import asyncio
import random
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from sqlalchemy import text

from benchmarks.processes import Peer, running
from benchmarks.taps import free_port
from benchmarks.weather.front import Front
from benchmarks.weather.judge import judge
from benchmarks.weather.ledger import Ledger, Pace
from benchmarks.weather.machines import SECRET, Postgres, Replica, postgres
from benchmarks.weather.phones import Phone
from benchmarks.weather.report import Weathered, written
from benchmarks.weather.sky import Sky
from benchmarks.weather.staff import fill, members, stock
from benchmarks.weather.stories import Town
from bot.demo.stage import TOKEN
from domain.db import Database

REPLICAS = 2
SAMPLE_SECONDS = 60.0
QUIET_SECONDS = 120.0
ENDING_SECONDS = 240.0


@dataclass(frozen=True)
class Plan:
    """How long, how much, from which seed."""

    minutes: float
    per_second: float
    stories: int
    seed: int
    restarts: int
    calm: float
    foul: float


async def weather(plan: Plan, folder: Path, server: Postgres, api: Peer, url: str) -> Weathered:
    """The whole run; the database is filled already."""
    rng = random.Random(plan.seed)
    replicas = [Replica(folder / f"replica{n}", url=url, port=free_port(), database=server.url) for n in range(1, REPLICAS + 1)]
    front = Front([replica.port for replica in replicas], rng)
    ledger, database = Ledger(), Database(server.url)
    async with AsyncExitStack() as stack:
        stack.callback(database.dispose)
        for replica in replicas:
            stack.callback(replica.stop)
            await asyncio.to_thread(replica.start)
        http = aiohttp.ClientSession(url, connector=aiohttp.TCPConnector(limit=0), read_bufsize=2**22)
        await stack.enter_async_context(http)
        phones = await _phones(http, stack)
        await _call(http, "setWebhook", url=await stack.enter_async_context(front.open()), secret_token=SECRET)
        town = Town(phones, stock(_customers(plan)), ledger, Pace(plan.per_second), plan.seed)
        sky = Sky(http, front, replicas, server, rng=rng, calm=plan.calm, foul=plan.foul)
        memory = _task(stack, _watch(replicas))
        began = time.monotonic()
        lives = [asyncio.create_task(town.live()) for _ in range(plan.stories)]
        await sky.blow(60 * plan.minutes, restarts=plan.restarts)
        worked = time.monotonic() - began
        town.closing.set()
        await asyncio.wait(lives, timeout=ENDING_SECONDS)
        await _quiet(database)
        memory.cancel()
        verdict = await asyncio.to_thread(judge, database, ledger, phones)
        verdict.broken += [f"phone: {each}" for each in town.refused]
        verdict.broken += [f"story: {life.exception()!r}" for life in lives if life.done() and life.exception()]
        verdict.broken += ["a story did not end" for life in lives if not life.done()]
        sky.met.update(front.met)
        sky.met.update({f"call: {kind}": count for kind, count in (await asyncio.to_thread(api.ask)).items()})
        errors = [str(line["event"]) for replica in replicas for line in replica.logged("error", "critical")]
        return Weathered(plan, worked, ledger, sky, verdict, _samples, errors)


_samples: list[list[float | None]] = []


async def _watch(replicas: Sequence[Replica]) -> None:
    """The memory of each replica, every minute."""
    while True:
        _samples.append([replica.memory() for replica in replicas])
        await asyncio.sleep(SAMPLE_SECONDS)


def _task(stack: AsyncExitStack, work) -> "asyncio.Task[None]":
    task = asyncio.create_task(work)
    stack.callback(task.cancel)
    return task


def _customers(plan: Plan) -> int:
    return max(120, int(12 * plan.minutes * plan.per_second))


async def _phones(http: aiohttp.ClientSession, stack: AsyncExitStack) -> dict[int, Phone]:
    phones = {}
    for member in members():
        person = {"id": member.telegram_id, "first_name": member.name, "language_code": "zh", "started": True}
        (await http.post("/control/people", json=person)).raise_for_status()
        phones[member.id] = phone = Phone(http, member)
        ready = asyncio.Event()
        _task(stack, phone.listen(ready))
        await ready.wait()
    return phones


async def _call(http: aiohttp.ClientSession, method: str, **params: str) -> None:
    (await http.post(f"/bot{TOKEN}/{method}", json=params)).raise_for_status()


_UNDER_WAY = text(
    "SELECT (SELECT count(*) FROM inbox WHERE status = 'pending') +"
    " (SELECT count(*) FROM outbox WHERE status IN ('pending', 'sending'))"
)


async def _quiet(database: Database) -> None:
    """Wait until nothing is under way, for some looks on end."""

    def left() -> int:
        with database.unit_of_work() as session:
            return int(session.scalar(_UNDER_WAY) or 0)

    until, calm = time.monotonic() + QUIET_SECONDS, 0
    while calm < 4 and time.monotonic() < until:
        calm = calm + 1 if await asyncio.to_thread(left) == 0 else 0
        await asyncio.sleep(0.5)


def run(plan: Plan, *, keep: Path | None = None) -> Weathered:
    """Everything from nothing, and nothing left behind; the replicas' logs stay in `keep`."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # told to end, the run still takes its server and its files along
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gonghai-weather-")))
        server = stack.enter_context(postgres(place / "postgresql"))
        fill(server.url, _customers(plan))
        api = stack.enter_context(running("-m", "benchmarks.weather.telegram"))
        url = api.hear()["url"]
        return asyncio.run(weather(plan, keep or place, server, api, url))


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 when anything was lost, doubled or broken."""
    parser = argparse.ArgumentParser(prog="benchmarks.weather", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--per-second", type=float, default=8, help="operations")
    parser.add_argument("--stories", type=int, default=36, help="customers worked on at a time")
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--restarts", type=int, default=2, help="of the database")
    parser.add_argument("--calm", type=float, default=5, help="seconds between spells, about")
    parser.add_argument("--foul", type=float, default=3.5, help="seconds that a spell lasts, about")
    parser.add_argument("--report", type=Path, help="where the report goes, besides the screen")
    parser.add_argument("--keep", type=Path, help="an empty folder for the logs of the replicas")
    given = parser.parse_args(arguments)
    plan = Plan(given.minutes, given.per_second, given.stories, given.seed, given.restarts, given.calm, given.foul)
    weathered = run(plan, keep=given.keep)
    report = written(weathered)
    print(report)
    if given.report:
        given.report.write_text(report)
    verdict = weathered.verdict
    return 1 if verdict.lost or verdict.doubled or verdict.broken else 0


if __name__ == "__main__":
    sys.exit(main())
