"""Running deadlines after a changed rule: they move by the difference, what that does is shown before, nobody loses unwarned."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from domain import due_warnings, editing, extending, followups, pool, rescheduling, rules, settings, signing, sweep
from domain.followups import NewFollowup
from domain.models import Customer
from domain.policy import Policy
from domain.rules import Rules
from domain.stages import Level
from domain.timetable import USUAL
from tests.domain.ruling import GIVEN, back, due, put


def warn(office):
    with office.work() as session:
        return due_warnings.give(session, office.now.today)


def swept(office):
    with office.work() as session:
        step = sweep.sweep(session, office.now.today, policy=office.policy, now=office.now)
    return step.counts.get("released", 0)


class TestAnotherLevel:
    """A level edited on an owned customer is a changed rule for this one."""

    BY_LEVEL = Policy(signing_days_by_level={"A": 30}, dormancy_days_by_level={"A": 60})

    def level(self, office, customer, level, who="an"):
        office.do(editing.edit, who, customer, {"level": level})

    def test_moves_the_running_deadline_and_keeps_given_days(self, office):
        office.policy = self.BY_LEVEL
        customer = office.enter("an")
        office.do(extending.extend, "li", [customer], 7)
        self.level(office, customer, "A")
        assert due(office, customer) == 37
        self.level(office, customer, "B")
        assert due(office, customer) == 97
        assert office.customer(customer).signing_deadline == office.customer(customer).due_on

    def test_moves_the_dormancy_deadline_of_a_signed_one(self, office):
        office.policy = self.BY_LEVEL
        customer = office.enter("an")
        office.do(signing.sign, "an", customer)
        self.level(office, customer, "A")
        assert due(office, customer) == 60

    def test_stands_in_the_timeline_with_both_days(self, office):
        office.policy = self.BY_LEVEL
        customer = office.enter("an")
        before = office.customer(customer).due_on
        self.level(office, customer, "A", who="li")
        entry = office.timeline(customer)[-1]
        assert (entry.event, entry.actor_id) == ("relevelled", office.ids["li"])
        assert entry.detail == {"due": [before.isoformat(), (before - timedelta(days=60)).isoformat()]}

    def test_of_as_many_days_moves_and_tells_nothing(self, office):
        customer = office.enter("an")
        self.level(office, customer, "A")
        assert (due(office, customer), office.events(customer)[-1]) == (90, "edited")

    def test_that_makes_it_overdue_takes_nothing_without_a_warning(self, office):
        office.policy = self.BY_LEVEL
        customer = office.enter("an")
        office.later(days=50)
        self.level(office, customer, "A")
        assert (due(office, customer), swept(office)) == (-20, 0)
        assert warn(office) == 1
        assert swept(office) == 1

    def test_back_on_a_day_of_which_was_warned_is_warned_of_anew(self, office):
        office.policy = self.BY_LEVEL
        customer = office.enter("an", level=Level.A)
        office.later(days=30)
        assert warn(office) == 1
        self.level(office, customer, "B")
        office.later(days=2)
        self.level(office, customer, "A")
        assert (due(office, customer), swept(office)) == (-2, 0)
        assert warn(office) == 1
        assert swept(office) == 1


class TestRunningDeadlines:
    def test_move_by_the_difference_so_that_given_days_stay_given(self, office):
        plain, extended = office.enter("an"), office.enter("an")
        office.do(extending.extend, "li", [extended], 7)
        assert put(office, "signing_days", 60).moved == 2
        assert (due(office, plain), due(office, extended)) == (60, 67)

    def test_only_of_the_customers_that_the_rule_is_about(self, office):
        office.policy = Policy(signing_days_by_level={"A": 30})
        given = Rules(policy=office.policy, timetable=USUAL)
        special, common, signed = office.enter("an", level=Level.A), office.enter("an", level=Level.B), office.enter("an")
        office.do(signing.sign, "an", signed)
        pooled = office.in_pool()
        put(office, "signing_days", 50, given=given)
        assert [due(office, each) for each in (special, common, signed, pooled)] == [30, 50, 180, None]
        put(office, "signing_days_by_level.A", 40, given=given)
        assert [due(office, each) for each in (special, common, signed)] == [40, 50, 180]

    def test_a_level_of_its_own_days_leaves_the_common_rule_and_comes_back(self, office):
        customer = office.enter("an", level=Level.C)
        put(office, "signing_days_by_level.C", 20)
        put(office, "signing_days", 60)
        assert due(office, customer) == 20
        back(office, "signing_days_by_level.C")
        assert due(office, customer) == 60

    def test_dormancy_is_a_rule_of_its_own(self, office):
        customer = office.enter("an")
        office.do(signing.sign, "an", customer)
        put(office, "dormancy_days", 100)
        assert due(office, customer) == 100

    def test_the_move_is_in_the_customers_timeline(self, office):
        customer = office.enter("an")
        before = office.customer(customer).due_on
        put(office, "signing_days", 60)
        entry = office.timeline(customer)[-1]
        after = before - timedelta(days=30)
        assert (entry.event, entry.actor_id) == ("rescheduled", office.ids["qian"])
        assert entry.detail == {"due": [before.isoformat(), after.isoformat()]}

    def test_a_limit_moves_nothing(self, office):
        customer = office.enter("an")
        assert put(office, "held_limit", 3).moved == 0
        assert due(office, customer) == 90


class TestClocksThatCanBeOff:
    def test_one_switched_on_counts_from_the_last_follow_up_else_from_becoming_owner(self, office):
        quiet, talked = office.enter("an"), office.enter("an")
        office.later(days=4)
        office.do(followups.add, "an", talked, NewFollowup("called"))
        office.later(days=1)
        put(office, "followup_days", 14)
        assert (due(office, quiet), due(office, talked)) == (9, 13)
        put(office, "followup_days", 10)
        assert (due(office, quiet), due(office, talked)) == (5, 9)
        back(office, "followup_days")
        assert (due(office, quiet), due(office, talked)) == (85, 85)

    def test_a_follow_up_of_a_former_owner_does_not_count(self, office):
        customer = office.enter("an")
        office.do(followups.add, "an", customer, NewFollowup("called"))
        office.later(days=30)
        office.do(pool.assign, "li", [customer], office.ids["bai"])
        office.later(days=2)
        put(office, "first_followup_days", 5)
        assert due(office, customer) == 3

    def test_the_first_follow_up_is_awaited_only_where_there_was_none(self, office):
        quiet, talked = office.enter("an"), office.enter("an")
        office.do(followups.add, "an", talked, NewFollowup("called"))
        put(office, "first_followup_days", 3)
        assert (due(office, quiet), due(office, talked)) == (3, 90)
        back(office, "first_followup_days")
        assert due(office, quiet) == 90

    def test_days_are_those_of_the_organisation(self, office):
        office.later(hours=14)  # 23:00 in Shanghai
        customer = office.enter("an")
        office.later(hours=2)  # 01:00 on the next day, and still the same one in UTC
        put(office, "followup_days", 5)
        assert due(office, customer) == 4


class TestPreview:
    def see(self, office, name, value):
        return office.do(settings.preview, "qian", name, value, given=GIVEN)

    def test_it_counts_what_would_be_past_due_whose_and_what_within_a_week(self, office):
        for who in ("an", "an", "xu"):
            office.enter(who)
        office.later(days=5)
        office.enter("bai")
        office.later(days=35)
        assert self.see(office, "signing_days", 39) == (3, 2, 1)
        assert self.see(office, "signing_days", 40) == (0, 0, 4)

    def test_what_is_past_due_anyway_is_not_counted(self, office):
        office.enter("an")
        office.later(days=100)
        assert self.see(office, "signing_days", 30) == (0, 0, 0)

    def test_a_clock_switched_on_is_a_shorter_rule(self, office):
        office.enter("an")
        office.later(days=10)
        assert self.see(office, "followup_days", 7) == (1, 1, 0)

    @pytest.mark.parametrize(
        ("name", "value"), [("signing_days", 91), ("signing_days", 90), ("followup_days", 0), ("held_limit", 1)]
    )
    def test_a_longer_one_and_a_limit_need_none(self, office, name, value):
        office.enter("an")
        assert self.see(office, name, value) is None

    def test_it_changes_nothing_and_says_what_then_happens(self, office):
        customers = [office.enter("an") for _ in range(3)]
        office.later(days=60)
        seen = self.see(office, "signing_days", 30)
        assert [due(office, each) for each in customers] == [30] * 3
        put(office, "signing_days", 30)
        assert seen.past == sum(due(office, each) < 0 for each in customers) == 3


class TestNobodyLosesACustomerUnwarned:
    def test_a_shorter_rule_warns_first_and_takes_the_night_after(self, office):
        customer = office.enter("an")
        office.later(days=60)
        put(office, "signing_days", 30)
        office.later(days=1)
        assert swept(office) == 0
        assert warn(office) == 1
        office.later(days=1)
        assert swept(office) == 1
        assert office.owner(customer) is None

    def test_a_warning_of_that_day_from_before_the_rule_does_not_count(self, office):
        customer = office.enter("an")
        office.later(days=85)
        warn(office)
        put(office, "signing_days", 120)
        office.later(days=20)
        put(office, "signing_days", 90)
        assert due(office, customer) == -15
        assert swept(office) == 0
        assert warn(office) == 1
        office.later(days=1)
        assert swept(office) == 1

    def test_a_warning_stays_good_where_the_day_stays(self, office):
        customer = office.enter("an")
        office.later(days=90)
        warn(office)
        put(office, "dormancy_days", 30)
        office.later(days=1)
        assert swept(office) == 1
        assert office.owner(customer) is None


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["signing_days", "dormancy_days"]), st.integers(1, 200)),
        st.tuples(st.sampled_from(sorted(rules.BY_LEVEL)), st.integers(0, 200)),
        st.tuples(st.sampled_from(["first_followup_days", "followup_days"]), st.integers(0, 40)),
    ),
    min_size=1,
    max_size=4,
)


class TestAnySequence:
    @given(steps=CHANGES)
    @hypothesis_settings(
        max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
    )
    def test_of_changes_taken_back_leaves_every_deadline_where_it_was(self, office, steps):
        with taken_back(office):
            self.crowd(office)
            before = self.clocks(office)
            for name, value in steps:
                put(office, name, value)
                for *clocks, due_on in self.clocks(office).values():
                    assert due_on == min((day for day in clocks if day), default=None)
            for name in dict.fromkeys(name for name, _ in reversed(steps)):
                back(office, name)
            assert self.clocks(office) == before

    def crowd(self, office):
        office.policy = GIVEN.policy
        ids = [office.enter(who, level=level) for who in ("an", "xu") for level in (None, "A", "B", "D")]
        office.do(signing.sign, "an", ids[1])
        office.do(signing.sign, "an", ids[2])
        office.later(days=3)
        office.do(followups.add, "an", ids[0], NewFollowup("called"))
        office.do(extending.extend, "zhao", [ids[1], ids[3], ids[5]], 11)
        office.release(ids[6])

    def clocks(self, office):
        columns = (Customer.id, *rescheduling.CLOCKS, Customer.due_on)
        with office.work() as session:
            return {row[0]: tuple(row[1:]) for row in session.execute(select(*columns))}


@contextmanager
def taken_back(office):
    """What is done within is undone: one example must not be the next one's past."""
    now, policy = office.now, office.policy
    point = office.connection.begin_nested()
    yield
    point.rollback()
    office.now, office.policy = now, policy
