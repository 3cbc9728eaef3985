"""The clock over a large organisation: a morning's digest and a night's sweep, beside the least that the database must do.

The product: the warnings given, the audience found, a digest queued for everybody (`digests.send`); whole teams' customers taken
into the pool with history, timeline and notices (`sweep.sweep`, step by step). Its statements are timed apart from the rest.
The floors are bare SQL (`benchmarks/floors.py`), each on other customers of the same table. Reading one digest is what is done
when it is sent, for one person at a time.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import Engine, event

from benchmarks import floors
from benchmarks.figures import median, middle_ratio, percentile, ratio, table
from benchmarks.offices import ENGINES
from benchmarks.seasons import SWEPT_AFTER, Organisation, first_day, moment, organisations
from domain import access, digests, sweep
from domain.clock import Moment
from domain.db import Database
from domain.policy import Policy

TARGET = 3
READERS = 40
_POLICY = Policy()


class Cost(NamedTuple):
    """Milliseconds in all and in the database, and how many statements (a list of rows is one)."""

    whole: float
    database: float
    statements: int


class Meter:
    """Times every statement of an engine, until the driver answers; fetching the rows is not in it."""

    def __init__(self, engine: Engine) -> None:
        self._spent, self._count, self._began = 0.0, 0, 0.0
        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "after_cursor_execute", self._after)

    def _before(self, *_: object) -> None:
        self._began = time.perf_counter()

    def _after(self, *_: object) -> None:
        self._spent += time.perf_counter() - self._began
        self._count += 1

    @contextmanager
    def cost(self, found: list[Cost]) -> Iterator[None]:
        """Note what the block cost."""
        self._spent, self._count, began = 0.0, 0, time.perf_counter()
        yield
        found.append(Cost(1000 * (time.perf_counter() - began), 1000 * self._spent, self._count))


class Measured(NamedTuple):
    """The rounds of one engine: the product's costs, the floors' milliseconds."""

    digest: list[Cost]
    sweep: list[Cost]
    reading: list[Cost]
    counted: list[float]
    fetched: list[float]
    bare_digest: list[float]
    bare_sweep: list[float]


def measure(engines: Sequence[str], *, leads: int, customers: int, due: int, rounds: int) -> None:
    """Run everything and print it."""
    with organisations(engines, leads=leads, customers=customers, due=due, seasons=2 * rounds) as found:
        measured = {engine: _measured(organisation, leads, rounds) for engine, organisation in found.items()}
    for engine, each in measured.items():
        heads = ("", "ms", "of it statements", "how many", "floor ms")
        title = f"The clock on {engine}: {due:,} due of {customers:,} customers, {leads:,} leads; medians of {rounds} rounds"
        table(title, heads, _rows(each))
        for name, ours, floor in (("digest", each.digest, each.bare_digest), ("sweep", each.sweep, each.bare_sweep)):
            ratio(f"{engine}, {name}: statements / floor", _share(ours, floor), TARGET, at_most=True)
            print(f"  {engine}, {name}: the whole / floor: {middle_ratio([cost.whole for cost in ours], floor):.2f} ×")


def _share(ours: Sequence[Cost], floor: Sequence[float]) -> float:
    return middle_ratio([cost.database for cost in ours], floor)


def _rows(each: Measured) -> Iterator[Sequence[object]]:
    for name, costs, floor in (("digest", each.digest, each.bare_digest), ("sweep", each.sweep, each.bare_sweep)):
        whole, database, count = (median([cost[place] for cost in costs]) for place in range(3))
        yield name, whole, database, int(count), median(floor)
    whole, database = ([cost[place] for cost in each.reading] for place in range(2))
    yield "reading one lead's, p50", median(whole), median(database), each.reading[0].statements, "-"
    yield "reading one lead's, p95", percentile(whole, 95), percentile(database, 95), each.reading[0].statements, "-"
    yield "due, counted by team", "-", "-", 1, median(each.counted)
    yield "due, all to the client", "-", "-", 1, median(each.fetched)


def _measured(organisation: Organisation, leads: int, rounds: int) -> Measured:
    found = Measured([], [], [], [], [], [], [])
    database = Database(organisation.url)
    meter = Meter(database.engine)
    with floors.driver(organisation) as run:
        for statement in floors.PREPARE:
            run(statement)
        for number in range(rounds):
            _floor(run, 2 * number, found)
            _product(database, meter, 2 * number + 1, leads, found)
    database.dispose()
    return found


def _floor(run: floors.Run, season: int, found: Measured) -> None:
    first = first_day(season)
    last = first + floors.LONGEST

    def cost(*statements: str) -> float:
        return floors.timed(run, tuple(floors.spelled(statement, first, last) for statement in statements))

    found.counted.append(cost(floors.COUNTED))
    found.fetched.append(cost(floors.TO_THE_CLIENT))
    found.bare_digest.append(cost(floors.COUNTED, *floors.DIGEST))
    found.bare_sweep.append(cost(*floors.SWEEP))


def _product(database: Database, meter: Meter, season: int, leads: int, found: Measured) -> None:
    day = first_day(season)
    with meter.cost(found.digest), database.unit_of_work() as session:
        done = digests.send(session, day, now=moment(day, 8))
    assert done.counts["warnings"] > 0
    for lead in random.Random(season).choices(range(2, leads + 2), k=READERS):
        _read(database, meter, lead, moment(day, 8), found)
    swept = _swept(database, meter, moment(day + SWEPT_AFTER, 0), found)
    assert swept == done.counts["warnings"], (swept, done)


def _read(database: Database, meter: Meter, lead: int, now: Moment, found: Measured) -> None:
    with meter.cost(found.reading), database.unit_of_work() as session:
        actor = access.actor_by_id(session, lead)
        digests.of(session, actor, lead, now.today, now=now)


def _swept(database: Database, meter: Meter, now: Moment, found: Measured) -> int:
    swept, more = 0, True
    with meter.cost(found.sweep):
        while more:
            with database.unit_of_work() as session:
                step = sweep.sweep(session, now.today, policy=_POLICY, now=now)
            swept += step.counts.get("released", 0)
            more = step.more
    return swept


def main(arguments: Sequence[str] | None = None) -> None:
    """What `make bench` runs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--leads", type=int, default=2_000)
    parser.add_argument("--due", type=int, default=10_000, help="how many are due each time")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(arguments)
    measure(given.engines, leads=given.leads, customers=given.customers, due=given.due, rounds=given.rounds)


if __name__ == "__main__":
    main()
