"""What an import asks of the database for every portion is answered by the indexes, however many customers there are."""

import re

import pytest
from sqlalchemy import event, text

from domain import twins
from domain.spreadsheets.imports import known
from domain.twins import Keys

KEYS = [Keys("one", None), Keys("two", "91310000MA1FL00000")]
WHOLE = re.compile(r"SCAN (customers|partners)|Seq Scan on (customers|partners)")


@pytest.mark.parametrize("ask", [twins.live, known.in_bin, known.parties])
def test_nobody_reads_every_customer(database, ask):
    heard = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _cursor, *asked: heard.append(asked[:2]))
    with database.snapshot() as session:
        ask(session, KEYS)
    [(statement, given)] = [each for each in heard if each[0].startswith("SELECT")]
    with database.engine.connect() as connection:
        if database.is_sqlite:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
        else:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", given)]
    assert plan
    assert not [line for line in plan if WHOLE.search(line)], plan
