"""What waits and for how long, told by one statement that the indexes of what is not settled answer."""

import re
from datetime import time, timedelta

import pytest
from sqlalchemy import event, text, update

from domain import queues
from domain.clock import Moment
from domain.models import OutboxMessage
from domain.rules import Rules
from domain.timetable import QuietHours, Timetable
from tests.domain.office import SHANGHAI

TIMETABLE = Timetable(digest_time=time(8, 30), quiet_hours=QuietHours.parse("21:00-08:00"))


@pytest.fixture
def office(own_office):
    """An office to which everything was said."""
    with own_office.work() as session:
        session.execute(update(OutboxMessage).values(status="sent"))
    return own_office


def look(office, database, **span):
    office.later(**span)
    with database.reading() as connection:
        return queues.look(connection, Rules(policy=office.policy, timetable=TIMETABLE), now=office.now)


def say(office, key, priority):
    with office.work() as session:
        session.add(OutboxMessage(key=key, kind="reply", chat_id=5, priority=priority, body={}, created_at=office.now.utc))


class TestLag:
    def test_is_nothing_when_nothing_waits(self, office, database):
        assert look(office, database)[:5] == (0, 0, 0, 0, 0)

    def test_of_what_the_quiet_hours_hold_back_begins_with_their_end(self, office, database):
        ten_in_the_evening = office.now.utc.replace(hour=14, minute=0, second=0, microsecond=0)
        office.at(Moment(ten_in_the_evening, SHANGHAI))
        say(office, "quiet", 2)
        assert look(office, database, minutes=10).outbox_lag == 0
        assert look(office, database, hours=9, minutes=55).outbox_lag == 5 * 60

    def test_of_what_is_urgent_knows_no_quiet_hours(self, office, database):
        office.at(Moment(office.now.utc.replace(hour=14, minute=0, second=0, microsecond=0), SHANGHAI))
        say(office, "urgent", 1)
        assert look(office, database, minutes=10).outbox_lag == 10 * 60

    def test_leaves_out_what_may_not_go_yet(self, office, database):
        say(office, "later", 0)
        with office.work() as session:
            session.execute(
                update(OutboxMessage)
                .where(OutboxMessage.key == "later")
                .values(not_before=office.now.after(timedelta(hours=1)).utc)
            )
        assert look(office, database, minutes=10)[2:4] == (1, 0)


class TestTheStatement:
    def test_is_answered_by_the_indexes(self, office, database):
        heard = []

        def hear(_connection, _cursor, statement, given, *_):
            heard.append((statement, given))

        event.listen(database.engine, "before_cursor_execute", hear)
        look(office, database)
        event.remove(database.engine, "before_cursor_execute", hear)
        [(statement, given)] = [each for each in heard if "urgent_since" in each[0]]
        with database.engine.connect() as connection:
            if database.is_sqlite:
                plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
            else:
                connection.execute(text("SET enable_seqscan = off"))
                plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", given)]
        whole = re.compile(r"SCAN (inbox|outbox)(?! USING)|Seq Scan on (inbox|outbox)")
        assert not [line for line in plan if whole.search(line)], plan
