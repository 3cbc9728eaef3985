"""Exports: how long one takes beside bare openpyxl, what memory it needs at two sizes, and how a tap fares meanwhile.

Every export runs in a process of its own. Bare openpyxl (write-only) writes as many rows of the same cells, which it is given
ready made; the product reads them from the database, in 25 filled columns of its 38. Taps are claims at an even pace, with and
without an export that the bot itself has under way in its chat.
"""

import argparse
from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import func, select, update

from benchmarks.figures import middle_ratio, percentile, ratio, table
from benchmarks.offices import ENGINES, LEAD, Office, account, now, offices
from benchmarks.processes import module, running
from bot.callbacks import Begin
from domain import access, workbook_tasks
from domain.db import Database
from domain.export_rights import Selection
from domain.filters import Filter
from domain.lists import Scope
from domain.models import Contact, Customer, WorkbookTask
from domain.permissions import Act
from domain.workbook_tasks import TaskKind

PEOPLE = 30
WARM_UP = 50
PER_SECOND = 50
FULL = {
    "short_name": "海天",
    "credit_code": None,
    "industry": "机械",
    "level": "A",
    "country": "中国",
    "address": "香港中路 10 号海天大厦 1208 室",
    "website": "www.example.com",
    "remark": "每周二订舱，提单要电放",
    "services": ["fcl", "air"],
    "direction": "export",
    "lanes": [["青岛", "汉堡"], ["宁波", "洛杉矶"]],
    "commodity": "机械配件",
    "monthly_volume": 20,
    "volume_unit": "TEU",
    "incoterms": ["FOB", "CIF"],
}
REACHED = {"email": "wang@example.com", "title": "物流经理", "wechat": "wangfang88"}


class Run(NamedTuple):
    """One export: on the clock, of the processor, and the most memory in MB."""

    seconds: float
    processor: float
    peak: float


def measure(engines: Sequence[str], sizes: Sequence[int], *, rounds: int, taps: int) -> None:
    """Run everything and print it."""
    runs: dict[tuple[str, str, int], list[Run]] = {}
    for size in sizes:
        with offices(engines, people=PEOPLE, customers=size) as found:
            for office in found.values():
                _fill(office)
            for number in range(rounds):
                for engine, office in found.items():
                    for way in ("bare", "product"):
                        print(f"round {number + 1}: {size:,} rows, {engine}, {way}", flush=True)
                        runs.setdefault((engine, way, size), []).append(_export(way, office))
    _report(runs, engines, sizes)
    _tapping(engines, size=max(sizes), rounds=rounds, taps=taps)


def _fill(office: Office) -> None:
    """Customers as they are after some years: most of what may be known is."""
    database = Database(office.url)
    with database.unit_of_work() as session:
        session.execute(update(Customer).values(FULL))
        session.execute(update(Contact).values(REACHED))
    database.dispose()


def _export(way: str, office: Office) -> Run:
    with running(*module("workbook_writing"), way, office.url, str(office.customers)) as writer:
        told = writer.hear()
    return Run(**told)


def _report(runs: dict[tuple[str, str, int], list[Run]], engines: Sequence[str], sizes: Sequence[int]) -> None:
    def middle(key: tuple[str, str, int], what: str) -> float:
        return percentile([getattr(run, what) for run in runs[key]], 50)

    table(
        "exports: medians",
        ("", "rows", "seconds", "processor s", "peak MB"),
        ((f"{way}, {engine}", size, *(middle((engine, way, size), what) for what in Run._fields)) for engine, way, size in runs),
    )
    smallest, largest = min(sizes), max(sizes)
    for engine in engines:
        ours, theirs = ([run.processor for run in runs[engine, way, largest]] for way in ("product", "bare"))
        ratio(f"{engine}: processor time of an export / of bare openpyxl", middle_ratio(ours, theirs), 1.15, at_most=True)
        grown = middle((engine, "product", largest), "peak") / middle((engine, "product", smallest), "peak")
        ratio(f"{engine}: peak memory at {largest:,} rows / at {smallest:,}", grown, 1.1, at_most=True)


def _tapping(engines: Sequence[str], *, size: int, rounds: int, taps: int) -> None:
    """Idle and busy by turns, so that what slows a while of the run slows both."""
    customers = max(size, 2 * rounds * (taps + WARM_UP))
    answers: dict[tuple[str, bool], list[list[float]]] = {}
    with offices(engines, people=PEOPLE, customers=customers) as found, running(*module("bot_api")) as api:
        url = f"http://127.0.0.1:{api.hear()['port']}"
        for engine, office in found.items():
            _fill(office)
            claimed = 0
            with running(*module("bots"), "product", url, office.url) as bot:
                bot.hear()
                for number in range(rounds):
                    for busy in (False, True):
                        print(f"round {number + 1}: {engine}, {'an export under way' if busy else 'idle'}", flush=True)
                        if busy:
                            _open(office)
                        _play(api, claimed, WARM_UP)
                        told = _play(api, claimed + WARM_UP, taps)
                        claimed += WARM_UP + taps
                        if busy:
                            assert _over(office) == number, "the export was done before the taps were: take more rows"
                            _end(office)
                        answers.setdefault((engine, busy), []).append(told["edit"])
    _report_taps(answers, engines)


def _play(api: Any, first: int, taps: int) -> dict[str, Any]:
    data = [Begin(Act.CLAIM, number + 1, None).pack() for number in range(first, first + taps)]
    people = [account(number) for number in range(2, PEOPLE + 1)]
    told: dict[str, Any] = api.ask(data=data, accounts=people, webhook=None, rate=PER_SECOND)
    return told


def _open(office: Office) -> None:
    """The lead exports the whole pool, in his chat."""
    database = Database(office.url)
    with database.unit_of_work() as session:
        lead = access.actor_by_id(session, LEAD)
        params = Selection(Scope.POOL, Filter()).to_json() | {"language": "zh"}
        workbook_tasks.open_task(session, lead, account(LEAD), TaskKind.EXPORT, params, now=now())
    database.dispose()


def _over(office: Office) -> int:
    database = Database(office.url)
    with database.snapshot() as session:
        over = session.scalar(select(func.count()).where(WorkbookTask.finished_at.is_not(None)))
    database.dispose()
    return over or 0


def _end(office: Office) -> None:
    database = Database(office.url)
    with database.unit_of_work() as session:
        lead = access.actor_by_id(session, LEAD)
        newest = session.scalars(select(func.max(WorkbookTask.id))).one()
        workbook_tasks.cancel(session, lead, newest, now=now())
    database.dispose()


def _report_taps(answers: dict[tuple[str, bool], list[list[float]]], engines: Sequence[str]) -> None:
    def p99(engine: str, *, busy: bool) -> list[float]:
        return [percentile(run, 99) for run in answers[engine, busy]]

    table(
        f"{PER_SECOND} claims a second: ms from the tap to its edit",
        ("", "p50", "p99"),
        (
            (f"{engine}, {'exporting' if busy else 'idle'}", *(percentile(list(chain(*runs)), share) for share in (50, 99)))
            for (engine, busy), runs in answers.items()
        ),
    )
    for engine in engines:
        value = middle_ratio(p99(engine, busy=True), p99(engine, busy=False))
        ratio(f"{engine}: p99 of a tap during an export / idle", value, 2, at_most=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """What `make bench` runs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--taps", type=int, default=400)
    given = parser.parse_args(arguments)
    measure(given.engines, given.sizes, rounds=given.rounds, taps=given.taps)


if __name__ == "__main__":
    main()
