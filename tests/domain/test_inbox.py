"""Updates as they came: each once, one lane after the other, retried and at last given up."""

from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain import inbox, sending
from domain.inbox import ATTEMPTS, KEEP, Incoming
from domain.models import InboxStatus, InboxUpdate


def store(office, *updates):
    """Keep updates given as (update id, lane)."""
    with office.work() as session:
        return inbox.store(session, [Incoming(i, lane, {"update_id": i}) for i, lane in updates], now=office.now)


def take(office):
    """Handle the next update; its id."""
    with office.work() as session:
        taken = inbox.take(session, now=office.now)
        if taken is None:
            return None
        inbox.done(session, taken)
        return taken.update_id


def fail(office, update_id, error="boom"):
    with office.work() as session:
        row = session.scalars(select(InboxUpdate).where(InboxUpdate.update_id == update_id)).one()
        return inbox.failed(session, row.id, error, now=office.now)


def row(office, update_id):
    with office.work() as session:
        return session.scalars(select(InboxUpdate).where(InboxUpdate.update_id == update_id)).one()


class TestStore:
    def test_it_says_which_were_new(self, office):
        assert store(office, (1, 7), (2, 7)) == {1, 2}
        assert store(office, (2, 7), (3, 7)) == {3}

    def test_a_second_delivery_changes_nothing(self, office):
        store(office, (1, 7))
        take(office)
        store(office, (1, 8))
        assert (row(office, 1).status, row(office, 1).lane) == (InboxStatus.DONE, 7)
        assert take(office) is None

    def test_twice_in_one_delivery_is_once(self, office):
        assert store(office, (1, 7), (1, 7)) == {1}
        assert [take(office), take(office)] == [1, None]

    def test_what_waits_is_counted_and_known(self, office):
        store(office, (1, 7), (2, 8))
        take(office)
        with office.work() as session:
            assert (inbox.pending(session), inbox.unfinished(session)) == (1, [{"update_id": 2}])


class TestTake:
    def test_the_oldest_first(self, office):
        store(office, (12, 7), (11, 8), (13, 7))
        assert [take(office) for _ in range(4)] == [12, 11, 13, None]

    def test_a_turn_that_is_undone_leaves_the_update_as_it_was(self, office):
        store(office, (1, 7))
        with suppress(LookupError), office.work() as session:
            inbox.done(session, inbox.take(session, now=office.now))
            raise LookupError
        assert take(office) == 1

    def test_it_says_whether_the_bot_has_given_up_on_the_person(self, office):
        store(office, (1, 7), (2, 8))
        with office.work() as session:
            sending.mark(session, 7, reachable=False)
            assert inbox.take(session, now=office.now).unheard
        with office.work() as session:
            sending.mark(session, 7, reachable=True)
            assert not inbox.take(session, now=office.now).unheard


class TestDone:
    def test_it_says_whether_the_same_person_has_asked_for_more(self, office):
        store(office, (1, 7), (2, 8), (3, 7))
        more = []
        for _ in range(3):
            with office.work() as session:
                more.append(inbox.done(session, inbox.take(session, now=office.now)))
        assert more == [True, False, False]


class TestFailed:
    def test_the_lane_waits_with_it_so_that_the_order_holds(self, office):
        store(office, (1, 7), (2, 7), (3, 8))
        fail(office, 1)
        assert [take(office), take(office)] == [3, None]
        office.later(seconds=1)
        assert [take(office), take(office)] == [1, 2]

    def test_each_time_longer(self, office):
        store(office, (1, 7))
        waits = []
        for _ in range(3):
            fail(office, 1)
            waits.append(row(office, 1).not_before - office.now.utc)
        assert waits == sorted(set(waits))

    def test_after_five_attempts_it_is_set_aside_and_the_lane_goes_on(self, office):
        store(office, (1, 7), (2, 7))
        given_up = [fail(office, 1, f"boom {attempt}") for attempt in range(ATTEMPTS)]
        assert given_up == [False] * (ATTEMPTS - 1) + [True]
        assert (row(office, 1).status, row(office, 1).error) == (InboxStatus.DEAD, "boom 4")
        assert [take(office), take(office)] == [2, None]


class TestForget:
    def test_finished_ones_go_after_a_week_and_the_others_stay(self, office):
        store(office, (1, 7), (2, 8), (3, 9))
        take(office)
        for _ in range(ATTEMPTS):
            fail(office, 2)
        office.later(seconds=(KEEP + timedelta(seconds=1)).total_seconds())
        with office.work() as session:
            inbox.forget_old(session, now=office.now)
            assert set(session.scalars(select(InboxUpdate.update_id))) == {2, 3}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
class TestTwoWorkers:
    """Each with a transaction of its own: SQLite has one writer at a time."""

    @pytest.fixture
    def two(self, own_office, database):
        store(own_office, (1, 7), (2, 7), (3, 8))
        with database.unit_of_work() as one, database.unit_of_work() as other:
            yield one, other

    def test_the_second_skips_the_lane_that_is_busy(self, own_office, two):
        one, other = two
        assert inbox.take(one, now=own_office.now).update_id == 1
        assert inbox.take(other, now=own_office.now).update_id == 3

    def test_and_has_nothing_to_do_when_all_are(self, own_office, database, two):
        one, other = two
        inbox.take(one, now=own_office.now)
        inbox.take(other, now=own_office.now)
        with database.unit_of_work() as third:
            assert inbox.take(third, now=own_office.now) is None

    def test_a_worker_that_dies_gives_its_update_back(self, own_office, two):
        one, other = two
        inbox.take(one, now=own_office.now)
        one.rollback()
        assert inbox.take(other, now=own_office.now).update_id == 1
