"""The least that a digest and a sweep must ask of the database: bare SQL of the driver, each part one statement for everybody.

The digest's: who is due, counted by team from a table made for nothing else, with an index that covers the question; all due rows
to the client; the warnings noted and a message queued for each person. The sweep's: customers without their owner, their spans of
owning closed, the timeline told, a message queued for each owner and each lead.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from typing import Any

import psycopg

from benchmarks.seasons import Organisation

LONGEST = timedelta(days=7)
PREPARE = (
    "CREATE TABLE bare_due AS SELECT due_on, last_lead_id AS lead_id, owner_id, id FROM customers WHERE due_on IS NOT NULL",
    "CREATE INDEX bare_due_all ON bare_due (due_on, lead_id, owner_id, id)",
    "ANALYZE bare_due",
)
COUNTED = "SELECT lead_id, count(*) FROM bare_due WHERE due_on >= {first} AND due_on <= {last} GROUP BY lead_id"
TO_THE_CLIENT = "SELECT due_on, lead_id, owner_id, id FROM bare_due WHERE due_on >= {first} AND due_on <= {last}"
_WARN = """
INSERT INTO due_warnings (customer_id, owner_id, due_on, level, clock, day)
SELECT id, owner_id, due_on, 7, 'signing', {first} FROM bare_due WHERE due_on >= {first} AND due_on <= {last}
"""
_QUEUE = """
INSERT INTO outbox (key, kind, user_id, chat_id, priority, body, created_at)
SELECT 'bare:{kind}:{name}:' || {person}, 'swept', {person}, {person}, 3, '{{}}', {at}
FROM bare_due WHERE due_on >= {first} AND due_on <= {last} GROUP BY {person}
"""
DIGEST = (_WARN, *(_QUEUE.replace("{kind}", "digest").replace("{person}", who) for who in ("owner_id", "lead_id")))
_GONE = "SELECT id FROM bare_due WHERE due_on >= {first} AND due_on <= {last}"
SWEEP = (
    f"""UPDATE customers SET owner_id = NULL, owned_since = NULL, pooled_at = {{at}}, release_reason = 'overdue',
        signing_deadline = NULL, due_on = NULL WHERE id IN ({_GONE})""",
    f"UPDATE ownerships SET until = {{at}}, lost = 'swept', reason = 'overdue' WHERE until IS NULL AND customer_id IN ({_GONE})",
    f"INSERT INTO timeline (at, event, customer_id, detail) SELECT {{at}}, 'swept', id, '{{{{}}}}' FROM ({_GONE}) AS gone",
    *(_QUEUE.replace("{kind}", "sweep").replace("{person}", who) for who in ("owner_id", "lead_id")),
)

Run = Callable[[str], int]


@contextmanager
def driver(organisation: Organisation) -> Iterator[Run]:
    """Runs a statement by the bare driver, takes all its rows and answers how many they were."""
    with closing(_connection(organisation)) as connection:

        def run(statement: str) -> int:
            done = connection.execute(statement)
            return len(done.fetchall()) if done.description else done.rowcount

        yield run


def _connection(organisation: Organisation) -> Any:
    if organisation.engine == "postgresql":
        return psycopg.connect(organisation.url, autocommit=True)
    connection = sqlite3.connect(organisation.url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def spelled(statement: str, first: date, last: date) -> str:
    """A statement about the customers due between two days."""
    at = f"'{first} 08:30:00.000000'"
    return statement.format(first=f"'{first}'", last=f"'{last}'", at=at, name=first)


def timed(run: Run, statements: tuple[str, ...]) -> float:
    """Milliseconds of statements in one transaction."""
    began = time.perf_counter()
    run("BEGIN")
    for statement in statements:
        run(statement)
    run("COMMIT")
    return 1000 * (time.perf_counter() - began)
