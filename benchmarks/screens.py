"""Reading screens at several sizes of the table: how long the database part of each takes, and how much it grows.

Measured are the list of one's own customers, the list of the pool, the counts on the tabs, a search and a card, each as the
product asks for it in a transaction of its own: p50 and p95 in milliseconds, statements per screen, and the growth of the p95
from the smallest table to the largest one. Five people own 200 customers each at either size; all others lie in the pool, and the
cards shown are of these.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence

from sqlalchemy import event

from benchmarks.figures import percentile, ratio, table
from benchmarks.offices import ENGINES, Office, now, offices
from domain import access, customers, lists
from domain.access import Actor
from domain.db import Database, Session
from domain.lists import Filter, Scope
from domain.policy import Policy

OWNED = 200
PEOPLE = 5
READER = 2
GROWTH = 3
AT_MOST = 10
TEXTS = ("海天", "远大", "顺丰盛", "永安", "国际", "深圳", "3800004", "不存在的")
_POLICY = Policy()

Ask = Callable[[Session, Actor, int], object]


def _list(scope: Scope) -> Ask:
    return lambda session, actor, _: lists.page(session, actor, scope, Filter())


def _tabs(scope: Scope) -> Ask:
    return lambda session, actor, _: lists.tabs(session, actor, scope, Filter())


def _search(session: Session, actor: Actor, number: int) -> object:
    return lists.page(session, actor, Scope.FOUND, Filter(text=TEXTS[number % len(TEXTS)]))


def _card(session: Session, actor: Actor, number: int) -> object:
    return customers.card(session, actor, number, policy=_POLICY, now=now())


SCREENS: dict[str, Ask] = {
    "my list": _list(Scope.MY),
    "my tabs": _tabs(Scope.MY),
    "pool list": _list(Scope.POOL),
    "pool tabs": _tabs(Scope.POOL),
    "search": _search,
    "card": _card,
}

Measured = dict[str, tuple[list[float], int]]


def measure(engines: Sequence[str], *, sizes: Sequence[int], times: int) -> None:
    """Run everything and print it."""
    found: dict[tuple[str, int], Measured] = {}
    for size in sizes:
        with offices(engines, people=PEOPLE, customers=size, owned=OWNED) as filled:
            found.update({(engine, size): _measured(office, times) for engine, office in filled.items()})
    for engine in engines:
        heads = ["", *(f"{what} at {size:,}" for size in sizes for what in ("p50", "p95")), "statements"]
        table(f"Screens on {engine}, ms: {times} times each", heads, (_row(name, engine, sizes, found) for name in SCREENS))
        for name in SCREENS:
            small, large = (percentile(found[engine, size][name][0], 95) for size in (sizes[0], sizes[-1]))
            ratio(f"{engine}, {name}: growth of the p95", large / small, GROWTH, at_most=True)
            ratio(f"{engine}, {name}: p95 at {sizes[-1]:,} / {AT_MOST} ms", large / AT_MOST, 1, at_most=True)


def _row(name: str, engine: str, sizes: Sequence[int], found: dict[tuple[str, int], Measured]) -> list[object]:
    runs = [found[engine, size][name] for size in sizes]
    return [name, *(percentile(waited, share) for waited, _ in runs for share in (50, 95)), runs[-1][1]]


def _measured(office: Office, times: int) -> Measured:
    database = Database(office.url)
    statements: list[str] = []
    event.listen(database.engine, "after_cursor_execute", lambda *given: statements.append(given[2]))
    with database.unit_of_work() as session:
        actor = access.actor_by_id(session, READER)
    measured = {}
    for name, ask in SCREENS.items():
        chosen = random.Random(7)
        waited = [_timed(database, ask, actor, chosen.randint(PEOPLE * OWNED + 1, office.customers)) for _ in range(times)]
        statements.clear()
        _timed(database, ask, actor, office.customers)
        measured[name] = waited, sum(not statement.startswith(("BEGIN", "COMMIT")) for statement in statements)
    database.dispose()
    return measured


def _timed(database: Database, ask: Ask, actor: Actor, number: int) -> float:
    began = time.perf_counter()
    with database.unit_of_work() as session:
        ask(session, actor, number)
    return 1000 * (time.perf_counter() - began)


def main(arguments: Sequence[str] | None = None) -> None:
    """What `make bench` runs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=[10_000, 100_000], help="how many customers, 1000000 for the large table"
    )
    parser.add_argument("--times", type=int, default=100)
    given = parser.parse_args(arguments)
    measure(given.engines, sizes=given.sizes, times=given.times)


if __name__ == "__main__":
    main()
