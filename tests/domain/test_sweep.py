"""The daily sweep: whose day has passed goes to the pool, if he was warned; the deadline day itself is still the owner's."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain import customers, due_warnings, extending, followups, pool, signing, sweep
from domain.followups import NewFollowup
from domain.models import Customer, OutboxMessage, Ownership, TimelineEntry
from domain.outbox import Kind
from domain.policy import Policy
from domain.stages import Lost, ReleaseReason, Stage


def row(office, customer):
    with office.work() as session:
        return session.get_one(Customer, customer)


def warn(office):
    """The digest's part: note the warnings of today."""
    with office.work() as session:
        return due_warnings.give(session, office.now.today)


def run(office, *, chunk=sweep.CHUNK):
    """A whole sweep as of today."""
    counts = []
    with office.work() as session:
        step = sweep.sweep(session, office.now.today, policy=office.policy, now=office.now, chunk=chunk)
    counts.append(dict(step.counts))
    while step.more:
        with office.work() as session:
            step = sweep.sweep(session, office.now.today, policy=office.policy, now=office.now, chunk=chunk)
        counts.append(dict(step.counts))
    return counts


def said(office, kind):
    with office.work() as session:
        rows = session.execute(select(OutboxMessage.user_id, OutboxMessage.body).where(OutboxMessage.kind == kind))
        people = {user_id: login for login, user_id in office.ids.items()}
        return sorted((people[user_id], tuple(body["customer_ids"]), body["team"]) for user_id, body in rows)


@pytest.fixture
def overdue(office):
    """Makes a customer of somebody whose deadline was yesterday, and who was warned on the day."""

    def make(who="an", name=None, **fields):
        customer = office.enter(who, name, **fields)
        with office.work() as session:
            yesterday = {"signing_deadline": office.now.today, "due_on": office.now.today}
            session.execute(update(Customer).where(Customer.id == customer).values(**yesterday))
        return customer

    return make


class TestTheDeadlineDay:
    def test_is_the_owners(self, office):
        customer = office.enter("an")
        office.later(days=90)
        warn(office)
        assert run(office) == [{}]
        assert row(office, customer).owner_id == office.ids["an"]

    def test_and_the_next_is_not(self, office):
        customer = office.enter("an")
        office.later(days=90)
        warn(office)
        office.later(days=1)
        assert run(office) == [{"released": 1, "dormant": 0}]
        kept = row(office, customer)
        assert (kept.owner_id, kept.release_reason, kept.due_on) == (None, ReleaseReason.OVERDUE, None)
        assert (kept.last_owner_id, kept.last_lead_id) == (office.ids["an"], office.ids["li"])

    def test_a_second_sweep_changes_nothing(self, office, overdue):
        overdue()
        warn(office)
        office.later(days=1)
        run(office)
        assert run(office) == [{}]
        assert len(said(office, Kind.SWEPT)) == 2


class TestWarned:
    def test_nobody_loses_what_he_was_not_warned_of(self, office, overdue):
        customer = overdue()
        office.later(days=1)
        assert run(office) == [{}]
        with office.work() as session:
            kept = select(Customer.id).where(due_warnings.OWNED, Customer.due_on < office.now.today, ~due_warnings.warned())
            assert session.scalars(kept).all() == [customer]
        warn(office)
        office.later(days=1)
        assert run(office) == [{"released": 1, "dormant": 0}]
        assert row(office, customer).owner_id is None

    def test_nor_by_a_warning_to_another_owner(self, office, overdue):
        customer = overdue()
        warn(office)
        office.do(pool.assign, "li", [customer], office.ids["bai"])
        with office.work() as session:
            due = {"signing_deadline": office.now.today, "due_on": office.now.today}
            session.execute(update(Customer).where(Customer.id == customer).values(**due))
        office.later(days=1)
        assert run(office) == [{}]

    def test_an_extension_after_the_warning_keeps_it(self, office, overdue):
        customer = overdue()
        warn(office)
        office.do(extending.extend, "li", [customer], 7)
        office.later(days=1)
        assert run(office) == [{}]

    def test_signing_after_the_warning_keeps_it(self, office, overdue):
        customer = overdue()
        warn(office)
        office.do(signing.sign, "an", customer)
        office.later(days=1)
        assert run(office) == [{}]
        assert row(office, customer).owner_id == office.ids["an"]


class TestClocks:
    def test_no_first_follow_up_in_time_is_untouched(self, office):
        office.policy = Policy(first_followup_days=3)
        customer = office.in_pool()
        office.do(pool.claim, "an", [customer])
        office.later(days=3)
        warn(office)
        office.later(days=1)
        run(office)
        assert row(office, customer).release_reason == ReleaseReason.UNTOUCHED

    def test_a_follow_up_in_time_keeps_it(self, office):
        office.policy = Policy(first_followup_days=3)
        customer = office.in_pool()
        office.do(pool.claim, "an", [customer])
        office.later(days=3)
        warn(office)
        office.do(followups.add, "an", customer, NewFollowup("called"))
        office.later(days=1)
        assert run(office) == [{}]

    def test_days_without_a_follow_up_count_from_the_last(self, office):
        office.policy = Policy(followup_days=10)
        customer = office.enter("an")
        office.later(days=5)
        office.do(followups.add, "an", customer, NewFollowup("called"))
        office.later(days=10)
        warn(office)
        assert run(office) == [{}]
        office.later(days=1)
        assert run(office) == [{"released": 1, "dormant": 0}]
        assert row(office, customer).release_reason == ReleaseReason.UNTOUCHED

    def test_and_from_becoming_owner_when_there_is_none(self, office):
        office.policy = Policy(followup_days=10)
        customer = office.enter("bai")
        office.do(followups.add, "bai", customer, NewFollowup("called"))
        office.release(customer)
        office.later(days=5)
        office.do(pool.claim, "an", [customer])
        office.later(days=10)
        warn(office)
        assert run(office) == [{}]
        office.later(days=1)
        assert run(office) == [{"released": 1, "dormant": 0}]

    def test_a_cooperating_one_falls_dormant_and_is_released(self, office):
        customer = office.enter("an")
        office.do(signing.sign, "an", customer)
        office.later(days=180)
        warn(office)
        office.later(days=1)
        assert run(office) == [{"released": 1, "dormant": 1}]
        kept = row(office, customer)
        assert (kept.stage, kept.owner_id, kept.release_reason) == (Stage.DORMANT, None, ReleaseReason.DORMANT)
        assert kept.partner_id is not None

    def test_or_stays_with_its_owner_where_that_is_the_rule(self, office):
        customer = office.enter("an")
        office.do(signing.sign, "an", customer)
        office.policy = replace(office.policy, dormant_releases=False)
        office.later(days=180)
        warn(office)
        office.later(days=1)
        assert run(office) == [{"released": 0, "dormant": 1}]
        kept = row(office, customer)
        assert (kept.stage, kept.owner_id, kept.due_on) == (Stage.DORMANT, office.ids["an"], None)
        office.later(days=1)
        assert run(office) == [{}]

    def test_a_level_of_its_own_has_its_own_days(self, office):
        office.policy = Policy(signing_days=90, signing_days_by_level={"A": 30})
        customer, other = office.enter("an", level="A"), office.enter("an")
        office.later(days=30)
        warn(office)
        office.later(days=1)
        run(office)
        assert (row(office, customer).owner_id, row(office, other).owner_id) == (None, office.ids["an"])


class TestWhatIsWritten:
    def test_the_history_and_the_timeline_say_the_system_did_it(self, office, overdue):
        customer = overdue()
        warn(office)
        office.later(days=1)
        run(office)
        with office.work() as session:
            span = session.scalars(select(Ownership).where(Ownership.customer_id == customer)).one()
            assert (span.lost, span.ended_by, span.until) == (Lost.SWEPT, None, office.now.utc)
            entry = session.scalars(select(TimelineEntry).order_by(TimelineEntry.id.desc()).limit(1)).one()
        assert (entry.event, entry.actor_id, entry.detail) == ("swept", None, {"reason": ReleaseReason.OVERDUE})
        assert office.do(customers.card, "xu", customer).release_reason is ReleaseReason.OVERDUE

    def test_the_owner_and_the_lead_hear_of_it_once(self, office, overdue):
        first, second, third = overdue("an"), overdue("an"), overdue("bai")
        warn(office)
        office.later(days=1)
        run(office)
        assert said(office, Kind.SWEPT) == [
            ("an", (first, second), False),
            ("bai", (third,), False),
            ("li", (first, second, third), True),
        ]

    def test_a_lead_hears_of_his_own_among_the_teams(self, office, overdue):
        own = overdue("li")
        warn(office)
        office.later(days=1)
        run(office)
        assert said(office, Kind.SWEPT) == [("li", (own,), True)]

    def test_a_stand_in_hears_it_for_the_lead(self, office, overdue):
        swept = overdue("an")
        warn(office)
        office.send_away("li", "bai")
        office.later(days=1)
        run(office)
        assert ("bai", (swept,), True) in said(office, Kind.SWEPT)

    def test_and_the_lead_above_for_one_who_cannot_be_reached(self, office, overdue):
        swept = overdue("an")
        warn(office)
        office.block("li")
        office.later(days=1)
        run(office)
        assert ("zhao", (swept,), True) in said(office, Kind.SWEPT)

    def test_the_next_one_hears_it_where_it_could_not_be_delivered(self, office, overdue):
        swept = overdue("an")
        warn(office)
        office.later(days=1)
        run(office)
        for login in ("an", "li"):
            office.block(login)
            for row in office.told(login, Kind.SWEPT):
                office.do(undelivered, None, row)
        assert said(office, Kind.SWEPT) == [
            ("an", (swept,), False),
            ("li", (swept,), False),
            ("li", (swept,), True),
            ("zhao", (swept,), False),
            ("zhao", (swept,), True),
        ]

    @pytest.mark.parametrize("left", ["an", "li"])
    def test_of_what_somebody_who_has_left_lost_only_the_leads_hear(self, office, overdue, left):
        swept = overdue("an")
        warn(office)
        office.later(days=1)
        run(office)
        office.set(left, active=False)
        for row in office.told(left, Kind.SWEPT):
            office.do(undelivered, None, row)
        others = {"an": [], "li": [("zhao", (swept,), True)]}[left]
        assert said(office, Kind.SWEPT) == [("an", (swept,), False), ("li", (swept,), True), *others]


def undelivered(session, _actor, row, *, now):
    sweep.undeliverable(session, Kind(row.kind), row.key, row.body, row.user_id, now=now)


class TestChunks:
    def test_a_step_takes_whole_teams(self, office, overdue):
        for who in ("an", "bai", "xu", "ye", "xu"):
            overdue(who)
        warn(office)
        office.later(days=1)
        assert run(office, chunk=1) == [{"released": 2, "dormant": 0}, {"released": 3, "dormant": 0}]
        assert len(said(office, Kind.SWEPT)) == 6

    def test_steps_are_as_many_statements_for_one_as_for_twenty(self, office, overdue, statements):
        def swept(count):
            for _ in range(count):
                overdue("an")
            warn(office)
            office.later(days=1)
            before = len(statements)
            run(office)
            return len(statements) - before

        assert swept(1) == swept(20)


class TestWarnings:
    @pytest.mark.parametrize(("left", "warned"), [(8, 0), (7, 1), (6, 1), (3, 1), (1, 1), (0, 1)])
    def test_are_given_from_seven_days_before(self, office, left, warned):
        office.enter("an")
        office.later(days=90 - left)
        assert warn(office) == warned

    def test_each_is_given_once(self, office):
        office.enter("an")
        office.later(days=80)
        given = []
        for _ in range(14):
            given.append(warn(office) + warn(office))
            office.later(days=1)
        assert given == [0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0]

    def test_a_missed_day_is_caught_up_with_the_next_lower(self, office):
        office.enter("an")
        office.later(days=83)
        assert warn(office) == 1
        office.later(days=5)
        assert (warn(office), warn(office)) == (1, 0)
        office.later(days=1)
        assert warn(office) == 1

    def test_a_new_owner_is_warned_anew(self, office):
        customer = office.enter("an")
        office.later(days=87)
        assert warn(office) == 1
        office.do(pool.assign, "li", [customer], office.ids["bai"])
        assert warn(office) == 0
        office.later(days=timedelta(days=87).days)
        assert warn(office) == 1

    def test_nothing_in_the_pool_or_in_the_bin_is_warned_of(self, office):
        office.in_pool(last="an")
        office.in_bin("an")
        office.later(days=90)
        assert warn(office) == 0
