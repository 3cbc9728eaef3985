"""What a tap feels of an import: the product's bot, tapped at an even pace, idle and while it imports a workbook of an admin's.

The bot takes the import from its own chat, as ever: in a process of its own that leaves room for others. Taps open lists of one's
own customers; times run from the moment a tap is handed out to its answer and to its edit.
"""

from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from benchmarks.figures import middle_ratio, percentile, ratio, table
from benchmarks.offices import Office, account, now, offices
from benchmarks.processes import Peer, module, running
from bot.callbacks import OpenList
from domain import access, spool, workbook_tasks
from domain.db import Database
from domain.lists import Scope
from domain.models import User, WorkbookTask
from domain.permissions import Role
from domain.workbook_tasks import TaskKind

PEOPLE, OWNED = 30, 40
WARM_UP = 30
SLOWER = 2
SLICE = 1.0
"""Seconds of taps, after which is looked whether the import is over."""

ENDS = ("answer", "edit")
Told = dict[str, list[float]]


class Pace(NamedTuple):
    """How much is measured: rounds of idle and busy, so many taps in each at most, so many a second."""

    rounds: int
    taps: int
    per_second: int


def measure(engine: str, path: Path, pace: Pace) -> None:
    """Run it on one engine and print it."""
    idle: list[Told] = []
    busy: list[Told] = []
    with running(*module("bot_api")) as api:
        url = f"http://127.0.0.1:{api.hear()['port']}"
        for number in range(pace.rounds):
            with offices([engine], people=PEOPLE, customers=PEOPLE * OWNED, owned=OWNED) as found:
                office = found[engine]
                with running(*module("bots"), "product", url, office.url) as bot:
                    bot.hear()
                    print(f"round {number + 1}: {engine}", flush=True)
                    _tap(api, WARM_UP, pace.per_second)
                    idle.append(_tap(api, pace.taps, pace.per_second))
                    busy.append(_while_importing(api, office, path, pace))
    _report(engine, idle, busy, pace)


def _tap(api: Peer, taps: int, per_second: int) -> Told:
    people = list(islice(_everybody(), taps))
    told = api.ask(data=[OpenList(Scope.MY).pack()] * taps, accounts=people, webhook=None, rate=per_second)
    assert not told["lost"], told["lost"]
    return {end: told[end] for end in ENDS}


def _everybody() -> Any:
    while True:
        yield from (account(number) for number in range(2, PEOPLE + 1))


def _while_importing(api: Peer, office: Office, path: Path, pace: Pace) -> Told:
    """Taps for as long as the import runs, or until there were enough."""
    database = Database(office.url)
    admin = _admin(database, office)
    task = _open(database, admin, path)
    told: Told = {end: [] for end in ENDS}
    while len(told["edit"]) < pace.taps:
        heard = _tap(api, min(pace.taps, int(pace.per_second * SLICE)), pace.per_second)
        for end in ENDS:
            told[end] += heard[end]
        if _over(database, task):
            break
    else:
        with database.unit_of_work() as session:
            workbook_tasks.cancel(session, access.actor_by_id(session, admin), task, now=now())
    database.dispose()
    return told


def _admin(database: Database, office: Office) -> int:
    number = office.people + 1
    person = {"login": "admin", "name": "管理员", "role": Role.ADMIN, "language": "zh", "telegram_id": account(number)}
    with database.unit_of_work() as session:
        return session.scalars(insert(User).values(**person, created_at=now().utc).returning(User.id)).one()


def _open(database: Database, admin: int, path: Path) -> int:
    """The admin sent a workbook and has confirmed what was told of it."""
    with database.unit_of_work() as session:
        actor = access.actor_by_id(session, admin)
        file_id = spool.keep(session, path.name, path.read_bytes(), now=now())
        params = {"name": path.name, "language": "zh"}
        task = workbook_tasks.open_task(session, actor, account(admin), TaskKind.IMPORT, params, file_id=file_id, now=now())
        session.scalars(select(WorkbookTask)).one().state = {"kind": "customers", "keep": True, "confirmed": True}
    return task.id


def _over(database: Database, task_id: int) -> bool:
    with database.snapshot() as session:
        error, finished = session.execute(
            select(WorkbookTask.error, WorkbookTask.finished_at).where(WorkbookTask.id == task_id)
        ).one()
    assert not error, error
    return finished is not None


def _report(engine: str, idle: Sequence[Told], busy: Sequence[Told], pace: Pace) -> None:
    rows = [
        [f"{name}, to the {end}", len(waited), *(percentile(waited, share) for share in (50, 99))]
        for name, rounds in (("idle", idle), ("importing", busy))
        for end in ENDS
        for waited in [list(chain.from_iterable(told[end] for told in rounds))]
    ]
    table(f"{pace.per_second} taps a second on {engine}, ms", ["", "taps", "p50", "p99"], rows)
    for end in ENDS:
        slow, usual = ([percentile(told[end], 99) for told in rounds] for rounds in (busy, idle))
        ratio(f"{engine}: p99 from a tap to its {end} while importing", middle_ratio(slow, usual), SLOWER, at_most=True)
