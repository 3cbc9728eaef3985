"""From every older version with something in every table to the newest, and by two upgraders at once."""

import threading
from datetime import UTC, date, datetime

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Boolean, Date, DateTime, Float, Integer, LargeBinary, MetaData, Numeric, insert, select

from domain import schema
from tests.domain.test_migrations import differences, empty  # noqa: F401 — a fixture

REVISIONS = [script.revision for script in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()][::-1]
FTS = "customer_grams"
MADE_ANEW = "customer_search"
"""By `init`, behind the upgrade."""

GIVEN = {
    ("users", "role"): "lead",
    ("users", "language"): "zh",
    ("customers", "stage"): "potential",
    ("customers", "pooled_at"): datetime(2026, 1, 1, tzinfo=UTC),
    ("contacts", "phone"): "13800000000",
    ("claim_requests", "status"): "waiting",
    ("ownerships", "gained"): "claimed",
    ("inbox", "status"): "pending",
    ("outbox", "status"): "pending",
    ("partners", "status"): "valid",
    ("workbook_tasks", "status"): "waiting",
}
"""What the rules of a table want to be just so; everything else is made up by its type."""


def value_for(column):
    if (column.table.name, column.name) in GIVEN:
        return GIVEN[column.table.name, column.name]
    kinds = {
        Boolean: True,
        DateTime: datetime(2026, 1, 1, tzinfo=UTC),
        Date: date(2026, 1, 1),
        JSON: {"a": ["ä"]},
        Numeric: 1,
        Float: 1.0,
        LargeBinary: b"x",
    }
    found = (value for kind, value in kinds.items() if isinstance(column.type, kind) and not isinstance(column.type, Integer))
    return next(found, 1 if isinstance(column.type, Integer) else "x")


def tables_of(database):
    """The tables as they are now, parents first; those of the search's index are not for anybody to write."""
    found = MetaData()
    with database.engine.connect() as connection:
        found.reflect(connection, only=lambda name, _: not name.startswith((FTS, "alembic")))
    return found.sorted_tables


def fill(database):
    """One row in every table, with whatever must be there."""
    tables = tables_of(database)
    with database.engine.begin() as connection:
        for table in tables:
            wanted = [c for c in table.columns if not c.nullable and c.server_default is None] + [
                c for c in table.columns if (table.name, c.name) in GIVEN
            ]
            connection.execute(insert(table).values({c.name: value_for(c) for c in wanted if c.name != "id"}))


def contents(database):
    """Every value by table and column."""
    tables = tables_of(database)
    with database.engine.connect() as connection:
        return {
            (table.name, column.name): connection.scalars(select(column)).all() for table in tables for column in table.columns
        }


class TestEveryOlderVersion:
    @pytest.mark.filterwarnings(
        "ignore:Cannot correctly sort tables", "ignore:Skipped unsupported reflection", "ignore:Did not recognize"
    )
    @pytest.mark.parametrize("revision", REVISIONS[:-1])
    def test_comes_to_the_newest_with_all_that_was_in_it(self, empty, revision):  # noqa: F811
        schema.upgrade(empty, to=revision)
        fill(empty)
        before = contents(empty)
        assert all(before.values())
        schema.upgrade(empty)
        assert schema.is_current(empty)
        after = contents(empty)
        kept = [place for place in before if place[0] != MADE_ANEW]
        assert {place: after.get(place) for place in kept} == {place: before[place] for place in kept}
        assert differences(empty) == []


class TestTwoUpgraders:
    def test_at_once_upgrade_once(self, empty):  # noqa: F811
        broken, both = [], threading.Barrier(2)

        def upgrade():
            both.wait()
            try:
                schema.upgrade(empty)
            except Exception as error:  # noqa: BLE001 — whatever it is, it is told below
                broken.append(error)

        upgraders = [threading.Thread(target=upgrade) for _ in range(2)]
        for each in upgraders:
            each.start()
        for each in upgraders:
            each.join()
        assert broken == []
        assert schema.is_current(empty)
        assert differences(empty) == []
