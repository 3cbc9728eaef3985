"""A large organisation for the clock: teams, a million customers, every ten days some of them due; all written by the database.

Person 1 is the admin, then come the leads, then their salespeople. Of the customers the first are due: as many for each season as
asked, with 0 to 3 days to go on its first day. All others are owned with a deadline far away, or lie in the pool.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import text

from benchmarks.offices import ZONE, empty_databases
from domain import schema
from domain.clock import Moment
from domain.db import Database

FIRST_DAY = date(2026, 6, 1)
SEASON = timedelta(days=10)
SELLERS = 3
SWEPT_AFTER = timedelta(days=9)

_PEOPLE = """
INSERT INTO users (id, login, name, role, superior_id, language, telegram_id, active, direct_assign, created_at)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people)
SELECT i, 'p' || i, '同事' || i, CASE WHEN i = 1 THEN 'admin' WHEN i <= :leads + 1 THEN 'lead' ELSE 'sales' END,
       CASE WHEN i > :leads + 1 THEN 2 + (i - 2) % :leads END, 'zh', 6000000000 + i, {true}, {false}, {at}
FROM n
"""
_CUSTOMERS = """
INSERT INTO customers (id, name, name_key, source, city, stage, services, lanes, incoterms, created_by, created_at,
                       owner_id, owned_since, last_owner_id, last_lead_id, pooled_at, signing_deadline, due_on)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :customers),
     held (i, owner) AS (SELECT i, CASE WHEN i <= :due OR i % 2 = 0 THEN :leads + 2 + i % (:people - :leads - 1) END FROM n)
SELECT i, '客户' || i, '客户' || i, '展会', '上海', 'potential', '[]', '[]', '[]', 1, {at},
       owner, CASE WHEN owner IS NOT NULL THEN {at} END, owner, CASE WHEN owner IS NOT NULL THEN 2 + (owner - 2) % :leads END,
       CASE WHEN owner IS NULL THEN {at} END, {due}, {due}
FROM held
"""
_OWNERSHIPS = """
INSERT INTO ownerships (customer_id, owner_id, lead_id, since, gained)
SELECT id, owner_id, last_lead_id, owned_since, 'claimed' FROM customers WHERE owner_id IS NOT NULL
"""
_DUE = {
    "sqlite": """CASE WHEN i <= :due THEN date('{first}', '+' || ((i - 1) / :each * 10 + i % 4) || ' days')
                      WHEN owner IS NOT NULL THEN date('{first}', '+' || (200 + i % 90) || ' days') END""",
    "postgresql": """CASE WHEN i <= :due THEN date '{first}' + ((i - 1) / :each * 10 + i % 4)
                          WHEN owner IS NOT NULL THEN date '{first}' + (200 + i % 90) END""",
}
_SPELLED = {"sqlite": {"true": "1", "false": "0"}, "postgresql": {"true": "true", "false": "false"}}


class Organisation(NamedTuple):
    """A filled database."""

    engine: str
    url: str


def first_day(season: int) -> date:
    """The day on which a season's customers have 0 to 3 days to go."""
    return FIRST_DAY + season * SEASON


def moment(day: date, hour: int) -> Moment:
    """A time of day at the organisation's."""
    return Moment(datetime(day.year, day.month, day.day, hour, 30, tzinfo=ZONE).astimezone(UTC), ZONE)


@contextmanager
def organisations(
    engines: Sequence[str], *, leads: int, customers: int, due: int, seasons: int
) -> Iterator[dict[str, Organisation]]:
    """One filled database for each engine; `due` customers each season."""
    with empty_databases(engines) as urls:
        for engine, url in urls.items():
            _fill(engine, url, leads=leads, customers=customers, due=due, seasons=seasons)
        yield {engine: Organisation(engine, url) for engine, url in urls.items()}


def _fill(engine: str, url: str, *, leads: int, customers: int, due: int, seasons: int) -> None:
    database = Database(url)
    schema.upgrade(database)
    people = 1 + leads * (1 + SELLERS)
    known = {"people": people, "leads": leads, "customers": customers, "due": due * seasons, "each": due}
    at = "'2026-03-01 00:00:00.000000'" if engine == "sqlite" else "timestamptz '2026-03-01 00:00:00+00'"
    with database.engine.begin() as connection:
        if engine == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for statement in (_PEOPLE, _CUSTOMERS, _OWNERSHIPS):
            spelled = statement.replace("{due}", _DUE[engine]).format(at=at, first=FIRST_DAY, **_SPELLED[engine])
            connection.execute(text(spelled), {name: value for name, value in known.items() if f":{name}" in spelled})
        connection.exec_driver_sql("ANALYZE")
    database.dispose()
