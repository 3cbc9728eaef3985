"""Messages to send: unique, in order, one in flight for each chat."""

from contextlib import suppress
from datetime import timedelta

import pytest

from domain import outbox
from domain.models import OutboxStatus
from domain.outbox import LEASE, Kind, Notice, Priority, Settled

REPLY, URGENT, NORMAL, BULK = Priority


def tell(office, who, key, priority=NORMAL):
    with office.work() as session:
        outbox.tell(session, [Notice(key, Kind.ASSIGNED, office.ids[who], {"n": 1}, priority)], now=office.now)


def say(office, chat, key):
    with office.work() as session:
        outbox.tell_chat(session, key=key, kind=Kind.REPLY, chat_id=chat, body={}, now=office.now)


def claim(office, limit=100):
    """The keys of what may be sent now, marked as being sent."""
    with office.work() as session:
        return [row.key for row in outbox.claim(session, now=office.now, limit=limit)]


def rows(office, who):
    return {row.key: row for row in office.told(who)}


def settle(office, who, key, status=OutboxStatus.SENT, **more):
    with office.work() as session:
        outbox.settle(session, [Settled(rows(office, who)[key].id, status, **more)], now=office.now)


def send_all(office):
    """Everything there is, round by round, a second apart; what was sent in which round."""
    rounds = []
    while keys := claim(office):
        rounds.append(keys)
        for login in office.telegram:
            for key in set(keys) & set(rows(office, login)):
                settle(office, login, key)
        office.later(seconds=1)
    return rounds


@pytest.fixture(autouse=True)
def only_one_message_was_ever_sent(office):
    tell(office, "qian", "welcome")
    assert send_all(office) == [["welcome"]]


class TestTell:
    def test_a_key_told_before_is_not_told_again(self, office):
        tell(office, "an", "k")
        tell(office, "an", "k")
        assert list(rows(office, "an")) == ["k"]

    def test_nor_after_it_was_sent(self, office):
        tell(office, "an", "k")
        send_all(office)
        tell(office, "an", "k")
        assert claim(office) == []

    @pytest.mark.parametrize("state", [{"telegram_id": None}, {"active": False}])
    def test_whoever_has_no_account_or_is_gone_is_told_nothing(self, office, state):
        office.set("an", **state)
        tell(office, "an", "k")
        assert rows(office, "an") == {}

    def test_a_refused_unit_of_work_says_nothing(self, office):
        with suppress(LookupError), office.work() as session:
            outbox.tell(session, [Notice("k", Kind.ASSIGNED, office.ids["an"], {})], now=office.now)
            raise LookupError
        assert rows(office, "an") == {}


class TestOrder:
    def test_within_a_chat_first_come_first_served(self, office):
        for key in "abc":
            tell(office, "an", key)
        assert send_all(office) == [["a"], ["b"], ["c"]]

    def test_replies_before_notices_and_the_urgent_before_the_others(self, office):
        for key, priority in (("bulk", BULK), ("normal", NORMAL), ("urgent", URGENT), ("reply", REPLY)):
            tell(office, "an", key, priority)
        assert send_all(office) == [["reply"], ["urgent"], ["normal"], ["bulk"]]

    def test_chats_do_not_wait_for_each_other(self, office):
        for login in ("an", "bai", "li"):
            tell(office, login, login)
        assert sorted(claim(office)) == ["an", "bai", "li"]

    def test_the_replies_of_all_chats_go_first_when_room_is_short(self, office):
        tell(office, "an", "notice", URGENT)
        tell(office, "bai", "reply", REPLY)
        assert claim(office, limit=1) == ["reply"]


class TestInFlight:
    def test_a_chat_with_a_message_in_flight_offers_none(self, office):
        tell(office, "an", "first", REPLY)
        tell(office, "an", "second", REPLY)
        assert [claim(office), claim(office)] == [["first"], []]

    def test_until_it_is_settled(self, office):
        tell(office, "an", "first", REPLY)
        tell(office, "an", "second", REPLY)
        claim(office)
        settle(office, "an", "first", OutboxStatus.FAILED, error="403")
        assert claim(office) == ["second"]

    def test_what_came_of_it_is_kept(self, office):
        tell(office, "an", "k")
        claim(office)
        office.later(seconds=2)
        settle(office, "an", "k", message_id=77)
        row = rows(office, "an")["k"]
        assert (row.status, row.message_id, row.settled_at, row.lease_until) == (OutboxStatus.SENT, 77, office.now.utc, None)

    @pytest.mark.parametrize("status", [OutboxStatus.SENT, OutboxStatus.SKIPPED, OutboxStatus.UNCERTAIN, OutboxStatus.FAILED])
    def test_what_is_settled_never_comes_again(self, office, status):
        tell(office, "an", "k")
        claim(office)
        settle(office, "an", "k", status)
        office.later(days=1)
        assert claim(office) == []


class TestLease:
    def test_what_a_killed_process_had_is_given_back_when_it_runs_out(self, office):
        tell(office, "an", "k")
        claim(office)
        office.later(seconds=LEASE.total_seconds() - 1)
        assert claim(office) == []
        office.later(seconds=1)
        assert claim(office) == ["k"]
        assert rows(office, "an")["k"].attempts == 2

    def test_a_process_that_is_alone_takes_it_back_when_it_starts(self, office):
        tell(office, "an", "k", REPLY)
        claim(office)
        with office.work() as session:
            outbox.reclaim_all(session)
        assert claim(office) == ["k"]

    def test_what_was_sent_is_not_given_back(self, office):
        tell(office, "an", "k")
        claim(office)
        settle(office, "an", "k")
        with office.work() as session:
            outbox.reclaim_all(session)
        assert claim(office) == []


class TestPostpone:
    def postpone(self, office, who, key, **span):
        with office.work() as session:
            row = next(row for row in office.told(who) if row.key == key)
            outbox.postpone(session, row, until=office.now.utc + timedelta(**span), error="429")

    def test_the_message_waits(self, office):
        tell(office, "an", "k")
        claim(office)
        self.postpone(office, "an", "k", seconds=30)
        office.later(seconds=29)
        assert claim(office) == []
        office.later(seconds=1)
        assert claim(office) == ["k"]

    def test_and_its_whole_chat_even_for_replies_so_that_the_order_holds(self, office):
        tell(office, "an", "first", REPLY)
        claim(office)
        self.postpone(office, "an", "first", seconds=30)
        tell(office, "an", "second", REPLY)
        assert claim(office) == []
        office.later(seconds=30)
        assert send_all(office) == [["first"], ["second"]]

    def test_but_no_other_chat(self, office):
        tell(office, "an", "k")
        claim(office)
        self.postpone(office, "an", "k", seconds=30)
        tell(office, "bai", "other")
        assert claim(office) == ["other"]


class TestPace:
    def test_a_chat_gets_one_notice_a_second(self, office):
        tell(office, "an", "first")
        tell(office, "an", "second")
        claim(office)
        settle(office, "an", "first")
        office.later(seconds=0.9)
        assert claim(office) == []
        office.later(seconds=0.1)
        assert claim(office) == ["second"]

    def test_replies_do_not_wait_for_it(self, office):
        tell(office, "an", "notice")
        claim(office)
        settle(office, "an", "notice")
        tell(office, "an", "reply", REPLY)
        assert claim(office) == ["reply"]

    def test_all_chats_together_get_thirty_notices_a_second(self, office):
        self.hire_crowd(office, 40)
        assert [len(claim(office)), len(claim(office))] == [6, 0]
        taken = []
        for _ in range(4):
            office.later(seconds=0.25)
            taken.append(len(claim(office)))
        assert taken == [6, 6, 6, 6]
        office.later(seconds=1.25)
        assert len(claim(office)) == 6

    def test_a_quiet_hour_saves_nothing_up(self, office):
        self.hire_crowd(office, 40)
        office.later(hours=1)
        assert len(claim(office)) == 6

    def test_a_replica_whose_clock_is_behind_refills_nothing_twice(self, office):
        self.hire_crowd(office, 40)
        taken = [len(claim(office))]
        for _ in range(5):
            office.later(seconds=-0.25)
            taken.append(len(claim(office)))
            office.later(seconds=0.25)
            taken.append(len(claim(office)))
        assert taken == [6, *[0] * 10]

    def test_a_clock_set_back_an_hour_stops_nobody_for_an_hour(self, office):
        self.hire_crowd(office, 40)
        claim(office)
        office.later(hours=-1)
        claim(office)
        office.later(seconds=5.25)
        assert len(claim(office)) == 6

    def test_replies_are_not_counted(self, office):
        for chat in range(40):
            say(office, 9_000_000_000 + chat, f"reply{chat}")
        assert len(claim(office)) == 40

    def hire_crowd(self, office, count):
        for number in range(count):
            login = f"crowd{number}"
            office.hire(login, joined=False)
            office.telegram[login] = 9_000_000_000 + number
            office.set(login, telegram_id=office.telegram[login])
            tell(office, login, login)


class TestCounts:
    def test_each_status_has_its_count(self, office):
        sent_before = self.counts(office)["sent"]
        tell(office, "an", "waiting")
        tell(office, "bai", "flying", REPLY)
        assert claim(office, limit=1) == ["flying"]
        after = self.counts(office)
        assert after == {"pending": 1, "sending": 1, "sent": sent_before}

    def counts(self, office):
        with office.work() as session:
            return outbox.counts(session)
