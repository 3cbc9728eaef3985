"""Set the town up, let people work in the weather, wait for quiet, judge, report."""

import argparse
import asyncio
import random
import signal
import sys
import tempfile
import time
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import text

from benchmarks.processes import Peer, running
from benchmarks.taps import free_port
from benchmarks.weather.front import Front
from benchmarks.weather.judge import Verdict, judge
from benchmarks.weather.ledger import Ledger, Pace
from benchmarks.weather.machines import SECRET, Postgres, Replica, postgres
from benchmarks.weather.phones import Phone
from benchmarks.weather.report import Memory, Plan, Weathered, written
from benchmarks.weather.sky import Sky
from benchmarks.weather.staff import fill, members, stock
from benchmarks.weather.stories import Town
from bot.demo.stage import TOKEN
from domain.db import Database

REPLICAS = 2
SAMPLE_SECONDS = 60.0
QUIET_SECONDS = 120.0
ENDING_SECONDS = 240.0
LOOKS = 4
_UNDER_WAY = text(
    "SELECT (SELECT count(*) FROM inbox WHERE status = 'pending') +"
    " (SELECT count(*) FROM outbox WHERE status IN ('pending', 'sending'))"
)


def run(plan: Plan, *, keep: Path | None = None) -> Weathered:
    """Everything from nothing, and nothing left behind; the replicas' logs stay in `keep`."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # told to end, the run still takes its server and its files along
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gonghai-weather-")))
        server = stack.enter_context(postgres(place / "postgresql"))
        fill(server.url, _customers(plan))
        api = stack.enter_context(running("-m", "benchmarks.weather.telegram"))
        url = api.hear()["url"]
        ports = [free_port() for _ in range(REPLICAS)]
        folders = [(keep or place) / f"replica{number}" for number in range(1, REPLICAS + 1)]
        replicas = [Replica(folder, url=url, port=port, database=server.url) for folder, port in zip(folders, ports, strict=True)]
        return asyncio.run(weather(plan, replicas, server, api, url))


def _customers(plan: Plan) -> int:
    return max(120, int(12 * plan.minutes * plan.per_second))


async def weather(plan: Plan, replicas: Sequence[Replica], server: Postgres, api: Peer, url: str) -> Weathered:
    """The run itself; the database is filled already."""
    rng, ledger, memory, database = random.Random(plan.seed), Ledger(), Memory(), Database(server.url)
    front = Front([replica.port for replica in replicas], rng)
    async with AsyncExitStack() as stack:
        stack.callback(database.dispose)
        for replica in replicas:
            stack.callback(replica.stop)
            await asyncio.to_thread(replica.start)
        http = aiohttp.ClientSession(url, connector=aiohttp.TCPConnector(limit=0), read_bufsize=2**22)
        await stack.enter_async_context(http)
        phones = await _phones(http, stack)
        hook = {"url": await stack.enter_async_context(front.open()), "secret_token": SECRET}
        (await http.post(f"/bot{TOKEN}/setWebhook", json=hook)).raise_for_status()
        _beside(stack, _watch(replicas, memory))
        town = Town(phones, stock(_customers(plan)), ledger, Pace(plan.per_second), plan.seed)
        sky = Sky(http, front, replicas, server, rng=rng, calm=plan.calm, foul=plan.foul)
        broken = await _work(town, sky, plan)
        await _quiet(database)
        verdict = await asyncio.to_thread(judge, database, ledger, phones)
        verdict.broken += broken
        sky.met.update(front.met)
        sky.met.update({f"call: {kind}": count for kind, count in (await asyncio.to_thread(api.ask)).items()})
    return _weathered(plan, ledger, sky, verdict, memory, replicas)


def _weathered(plan: Plan, ledger: Ledger, sky: Sky, verdict: Verdict, memory: Memory, replicas: Sequence[Replica]) -> Weathered:
    errors = [str(line["event"]) for replica in replicas for line in replica.logged("error", "critical")]
    return Weathered(plan, sky.seconds, ledger, sky, verdict, memory, errors)


async def _work(town: Town, sky: Sky, plan: Plan) -> list[str]:
    """People at work until the weather is over and every story has come to its end; what went wrong with stories."""
    lives = [asyncio.create_task(town.live()) for _ in range(plan.stories)]
    await sky.blow(60 * plan.minutes, restarts=plan.restarts)
    town.closing.set()
    ended, endless = await asyncio.wait(lives, timeout=ENDING_SECONDS)
    broken = [f"phone: {each}" for each in town.refused]
    broken += [f"story: {life.exception()!r}" for life in ended if life.exception()]
    return broken + [f"story without an end: {life.get_name()}" for life in endless]


async def _watch(replicas: Sequence[Replica], memory: Memory) -> None:
    """The memory of each replica, every minute."""
    while True:
        memory.append([replica.memory() for replica in replicas])
        await asyncio.sleep(SAMPLE_SECONDS)


def _beside(stack: AsyncExitStack, work: Coroutine[Any, Any, None]) -> None:
    stack.callback(asyncio.create_task(work).cancel)


async def _phones(http: aiohttp.ClientSession, stack: AsyncExitStack) -> dict[int, Phone]:
    """Everybody's phone, listening."""
    phones = {}
    for member in members():
        person = {"id": member.telegram_id, "first_name": member.name, "language_code": "zh", "started": True}
        (await http.post("/control/people", json=person)).raise_for_status()
        phones[member.id] = phone = Phone(http, member)
        ready = asyncio.Event()
        _beside(stack, phone.listen(ready))
        await ready.wait()
    return phones


async def _quiet(database: Database) -> None:
    """Wait until nothing is under way, for some looks on end."""

    def left() -> int:
        with database.unit_of_work() as session:
            return int(session.scalar(_UNDER_WAY) or 0)

    until, calm = time.monotonic() + QUIET_SECONDS, 0
    while calm < LOOKS and time.monotonic() < until:
        calm = calm + 1 if await asyncio.to_thread(left) == 0 else 0
        await asyncio.sleep(0.5)


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
    given = vars(parser.parse_args(arguments))
    report, keep = given.pop("report"), given.pop("keep")
    weathered = run(Plan(**given), keep=keep)
    told = written(weathered)
    print(told)
    if report:
        report.write_text(told)
    verdict = weathered.verdict
    return 1 if verdict.lost or verdict.doubled or verdict.broken else 0


if __name__ == "__main__":
    sys.exit(main())
