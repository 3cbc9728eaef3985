"""Claims in the database: the product's use case through its one hop, beside the raw driver doing the least that a claim needs.

The product: the actor read, `pool.claim` (rows locked, judged, changed, owner history, timeline) and the reply queued, in one
transaction of a worker thread, by 16 callers. The floor: a conditional UPDATE … RETURNING, a row of the timeline and one of the
outbox, committed, on the same tables: sqlite3 with synchronous FULL on one thread, psycopg with 16 connections side by side.
Batches are of 50: the floor does each in three statements. Claimed customers never had an owner before.
"""

import argparse
import asyncio
import itertools
import json
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing

import psycopg

from benchmarks.figures import median, middle_ratio, ratio, table
from benchmarks.offices import ENGINES, Office, now, offices
from bot.hop import Hop
from domain import access, outbox, pool
from domain.db import Database, Session
from domain.outbox import Kind
from domain.policy import Policy

CALLERS = 16
BATCH = 50
PEOPLE = 50
TARGETS = {1: 0.35, BATCH: 0.3}
_ENTRY = "INSERT INTO timeline (at, actor_id, event, customer_id, detail) VALUES"
_MESSAGE = "INSERT INTO outbox (key, kind, user_id, chat_id, priority, body, created_at) VALUES"
_POLICY = Policy()


class Supply:
    """Customers that lie in the pool, each handed out once; keys that were never used."""

    def __init__(self, customers: int) -> None:
        self._next = iter(range(1, customers + 1))
        self._keys = itertools.count()

    def take(self, size: int) -> list[int]:
        return list(itertools.islice(self._next, size))

    def key(self) -> str:
        return f"bench:{next(self._keys)}"


Claims = Callable[[Office, Supply, int, int], float]


def product(office: Office, supply: Supply, rounds: int, size: int) -> float:
    """Claims a second by the use case."""

    async def run() -> float:
        hop = Hop(Database(office.url))
        await asyncio.gather(*(hop(lambda session: session.connection().closed) for _ in range(CALLERS)))
        began = time.perf_counter()
        await _side_by_side(rounds, lambda person: hop(lambda session: _claim(session, person, supply, size)))
        seconds = time.perf_counter() - began
        hop.close()
        return rounds * size / seconds

    return asyncio.run(run())


def _claim(session: Session, person: int, supply: Supply, size: int) -> None:
    moment = now()
    actor = access.actor_by_id(session, person)
    outcomes = pool.claim(session, actor, supply.take(size), policy=_POLICY, now=moment)
    assert len(outcomes) == size
    outbox.tell_chat(session, key=supply.key(), kind=Kind.REPLY, chat_id=person, body={"text": "ok"}, user_id=person, now=moment)


async def _side_by_side(rounds: int, claim: Callable[[int], Awaitable[None]]) -> None:
    people = iter(2 + number % (PEOPLE - 1) for number in range(rounds))

    async def caller() -> None:
        for person in people:
            await claim(person)

    await asyncio.gather(*(caller() for _ in range(CALLERS)))


def raw_sqlite(office: Office, supply: Supply, rounds: int, size: int) -> float:
    """Claims a second by sqlite3."""
    marks = ",".join("?" * size)
    change = (
        f"UPDATE customers SET owner_id=?, owned_since=?, pooled_at=NULL WHERE id IN ({marks}) AND owner_id IS NULL RETURNING id"
    )
    with closing(sqlite3.connect(office.url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cache_size=-65536")
        began = time.perf_counter()
        for number in range(rounds):
            person, at = 2 + number % (PEOPLE - 1), now().utc.replace(tzinfo=None).isoformat(" ")
            connection.execute("BEGIN IMMEDIATE")
            won = connection.execute(change, (person, at, *supply.take(size))).fetchall()
            connection.executemany(f"{_ENTRY} (?, ?, 'claimed', ?, '{{}}')", [(at, person, row[0]) for row in won])
            connection.execute(f"{_MESSAGE} (?, 'reply', ?, ?, 0, ?, ?)", (supply.key(), person, person, '{"text": "ok"}', at))
            connection.execute("COMMIT")
            assert len(won) == size
        return rounds * size / (time.perf_counter() - began)


_ONE_STATEMENT = f"""
WITH won AS (
    UPDATE customers SET owner_id = %(who)s, owned_since = %(at)s, pooled_at = NULL
    WHERE id = ANY(%(ids)s) AND owner_id IS NULL RETURNING id
), told AS ({_MESSAGE} (%(key)s, 'reply', %(who)s, %(who)s, 0, %(body)s, %(at)s))
{_ENTRY.removesuffix(" VALUES")} SELECT %(at)s, %(who)s, 'claimed', id, '{{}}' FROM won
"""


def raw_postgresql(office: Office, supply: Supply, rounds: int, size: int) -> float:
    """Claims a second by psycopg: all of a claim in one statement, which is the fastest way there is."""

    async def run() -> float:
        free: asyncio.Queue[psycopg.AsyncConnection] = asyncio.Queue()
        for _ in range(CALLERS):
            free.put_nowait(await psycopg.AsyncConnection.connect(office.url, autocommit=True))

        async def claim(person: int) -> None:
            connection = await free.get()
            given = {
                "who": person,
                "at": now().utc,
                "ids": supply.take(size),
                "key": supply.key(),
                "body": json.dumps({"text": "ok"}),
            }
            done = await connection.execute(_ONE_STATEMENT, given)
            assert done.rowcount == size
            free.put_nowait(connection)

        began = time.perf_counter()
        await _side_by_side(rounds, claim)
        seconds = time.perf_counter() - began
        while not free.empty():
            await free.get_nowait().close()
        return rounds * size / seconds

    return asyncio.run(run())


RAW: dict[str, Claims] = {"sqlite": raw_sqlite, "postgresql": raw_postgresql}


def measure(engines: Sequence[str], *, customers: int, rounds: int, singles: int, batches: int) -> None:
    """Run everything and print it."""
    needed = 2 * rounds * (singles + batches * BATCH)
    with offices(engines, people=PEOPLE, customers=max(customers, needed)) as found:
        rows = list(_measured(found, rounds, {1: singles, BATCH: batches}))
    heads = ("", "product", "raw driver")
    table(
        f"Claims a second among {max(customers, needed):,} customers: medians of {rounds} rounds",
        heads,
        (row[:3] for row in rows),
    )
    for name, _, _, share, target in rows:
        ratio(f"{name}: product / raw", share, target)


def _measured(found: dict[str, Office], rounds: int, sizes: dict[int, int]) -> Iterator[tuple[str, float, float, float, float]]:
    for engine, office in found.items():
        supply = Supply(office.customers)
        for size, number in sizes.items():
            pairs = [(product(office, supply, number, size), RAW[engine](office, supply, number, size)) for _ in range(rounds)]
            ours, raw = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
            name = f"{engine}, {'one by one' if size == 1 else f'batches of {size}'}"
            yield name, median(ours), median(raw), middle_ratio(ours, raw), TARGETS[size]


def main(arguments: Sequence[str] | None = None) -> None:
    """What `make bench` runs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--customers", type=int, default=100_000, help="how many there are, 1000000 for the large table")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--singles", type=int, default=1_000)
    parser.add_argument("--batches", type=int, default=60)
    given = parser.parse_args(arguments)
    measure(given.engines, customers=given.customers, rounds=given.rounds, singles=given.singles, batches=given.batches)


if __name__ == "__main__":
    main()
