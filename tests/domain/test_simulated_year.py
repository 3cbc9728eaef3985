"""A year in the life of three teams and two thousand customers: nobody loses one unwarned, nothing is said twice or left out.

Time moves by days; what people do comes from a fixed seed; some mornings the bot is down.
"""

import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain import absences, departures, digests, extending, followups, orders, pool, signing, sweep, undecided
from domain.due_warnings import OWNED, warned
from domain.errors import GonghaiError
from domain.followups import NewFollowup
from domain.models import Customer, DueWarning, OutboxMessage, Ownership, User
from domain.orders import NewOrder
from domain.outbox import Kind
from domain.permissions import Role
from domain.policy import Policy
from domain.seeding import PastCustomer, PastSpan, seed_customers
from domain.stages import Gained, Level, Lost, ReleaseReason
from tests.domain.office import new_customer

SEED = 20_261_124
CUSTOMERS = 2000
EVENTS_A_DAY = 5
SPAN = {"sqlite": 365, "postgresql": 60}
"""PostgreSQL answers the same statements over a socket: two months of the year there keep the test short."""
LEADS = {"li": ("an", "bai"), "wu": ("xu", "ye"), "sun": ("ma", "qi")}
WITHIN = {0: range(-400, 1), 1: range(1, 2), 3: range(2, 4), 7: range(4, 8)}
"""How many days may be left when a warning of each level is given."""


class NobodyThereError(Exception):
    """A day on which somebody has no customer of that kind."""


class Year:
    """The office day by day."""

    def __init__(self, office) -> None:
        self.office, self.chance = office, random.Random(SEED)
        self.counts = Counter()
        self.orders = 0
        office.policy = Policy(signing_days=60, signing_days_by_level={"A": 30}, dormancy_days=60, first_followup_days=40)

    def found(self) -> None:
        office = self.office
        office.hire("sun", Role.LEAD, "zhao")
        for login in LEADS["sun"]:
            office.hire(login, Role.SALES, "sun")
        people = [*LEADS, *(member for team in LEADS.values() for member in team)]
        pasts = []
        for number in range(CUSTOMERS):
            holder = office.ids[self.chance.choice(people)]
            since = office.now.utc - timedelta(days=self.chance.randrange(29), hours=1)
            span = (PastSpan(holder, since, Gained.ENTERED, holder),) if number % 4 else ()
            level = self.chance.choice([None, Level.A, Level.B])
            pasts.append(PastCustomer(new_customer(f"Year {number}", level=level), office.ids["qian"], since, span))
        with office.work() as session:
            seed_customers(session, pasts, policy=office.policy, now=office.now)

    def day(self) -> None:
        """Work until the evening, then the night, and perhaps the clock's work in the morning."""
        for _ in range(EVENTS_A_DAY):
            self.office.later(minutes=self.chance.randrange(1, 60))
            self._event()
        day = self.office.now.today + timedelta(days=1)
        morning = self.office.now.start_of_day(day) + timedelta(hours=8, minutes=30)
        self.office.at(replace(self.office.now, utc=morning))
        if self.chance.random() < 0.05:
            self.counts["mornings down"] += 1
            return
        self._clock()
        self._check()

    def _clock(self) -> None:
        office, today = self.office, self.office.now.today
        more = True
        while more:
            with office.work() as session:
                step = sweep.sweep(session, today, policy=office.policy, now=office.now)
            self.counts.update(step.counts)
            more = step.more
        with office.work() as session:
            self.counts.update(undecided.remind(session, now=office.now).counts)
        with office.work() as session:
            self.counts.update(digests.send(session, today, now=office.now).counts)

    def _check(self) -> None:
        with self.office.work() as session:
            left = select(func.count()).select_from(Customer).where(OWNED, Customer.due_on < self.office.now.today, warned())
            before_today = (
                ~select(DueWarning.id)
                .where(DueWarning.customer_id == Customer.id, DueWarning.day == self.office.now.today)
                .exists()
            )
            assert session.scalar(left.where(before_today)) == 0, "past its deadline, warned of, and still owned"

    def _event(self) -> None:
        deed = self.chance.choice(
            (self._claim, self._claim, self._release, self._follow_up, self._extend, self._sign, self._order)
        )
        if self.chance.random() < 0.01:
            deed = self._go_away
        try:
            deed()
        except NobodyThereError:
            self.counts["nothing to do"] += 1
        except GonghaiError as refusal:
            self.counts[f"refused: {type(refusal).__name__}"] += 1
        else:
            self.counts[deed.__name__.strip("_")] += 1

    def _some(self, *where, at_most: int = 1) -> list[int]:
        with self.office.work() as session:
            found = select(Customer.id).where(Customer.deleted_at.is_(None), *where).order_by(Customer.id).limit(200)
            ids = session.scalars(found).all()
        if not ids:
            raise NobodyThereError
        return self.chance.sample(ids, min(len(ids), self.chance.randint(1, at_most)))

    def _who(self) -> str:
        return self.chance.choice(("an", "bai", "xu", "ye", "ma"))

    def _mine(self, who: str) -> int:
        return self._some(Customer.owner_id == self.office.ids[who])[0]

    def _claim(self) -> None:
        self.office.do(pool.claim, self._who(), self._some(Customer.owner_id.is_(None), at_most=25))

    def _release(self) -> None:
        who = self._who()
        self.office.do(pool.release, "zhao", [self._mine(who)], ReleaseReason.PRICE)

    def _follow_up(self) -> None:
        who = self._who()
        next_on = self.office.now.today + timedelta(days=self.chance.randrange(1, 20))
        self.office.do(followups.add, who, self._mine(who), NewFollowup("called", next_on=next_on))

    def _extend(self) -> None:
        self.office.do(extending.extend, "zhao", [self._mine(self._who())], self.chance.choice((7, 15, 30)))

    def _sign(self) -> None:
        who = self._who()
        self.office.do(signing.sign, who, self._mine(who))

    def _order(self) -> None:
        with self.office.work() as session:
            partners = session.scalars(select(Customer.partner_id).where(Customer.partner_id.is_not(None)).limit(50)).all()
        if partners:
            self.orders += 1
            order = NewOrder(f"Y-{self.orders}", self.chance.choice(partners), self.office.now.today, None)
            self.office.do(orders.add, "qian", order)

    def _go_away(self) -> None:
        until = self.office.now.today + timedelta(days=self.chance.randrange(3, 15))
        who, stand_in = self.chance.sample(("li", "wu", "an", "ma"), 2)
        self.office.do(absences.go_away, who, self.office.ids[who], until, self.office.ids[stand_in])


def _judge(office, blocked_on: str) -> Counter:
    """Everything that the year left behind, looked at as a whole."""
    counts = Counter()
    with office.work() as session:
        warnings = session.scalars(select(DueWarning)).all()
        of = defaultdict(list)
        for warning in warnings:
            assert (warning.due_on - warning.day).days in WITHIN[warning.level], "a warning without a reason"
            of[warning.customer_id, warning.owner_id].append(warning)
        for span in session.scalars(select(Ownership).where(Ownership.lost == Lost.SWEPT)):
            day = office.now.local(span.until).date()
            since = office.now.local(span.since).date()
            assert any(since <= w.day < day and w.due_on < day for w in of[span.customer_id, span.owner_id]), "swept unwarned"
            counts["swept"] += 1
        rows = session.execute(select(OutboxMessage.body, OutboxMessage.user_id).where(OutboxMessage.kind == Kind.DIGEST)).all()
        said = Counter((body["person"], body["day"]) for body, _ in rows)
        assert set(said.values()) == {1}, "a digest twice"
        hears = {(warning.owner_id, warning.day.isoformat()) for warning in warnings}
        assert hears <= set(said), "a warning that no digest told"
        unreachable = [body["day"] for body, user_id in rows if user_id == office.ids["qi"] and body["day"] > blocked_on]
        assert unreachable == [], "told to somebody who cannot be reached"
        twice = select(Ownership.customer_id).where(Ownership.until.is_(None)).group_by(Ownership.customer_id)
        assert session.scalars(twice.having(func.count() > 1)).all() == [], "two owners"
        counts.update({"warnings": len(warnings), "digests": len(rows)})
        counts["left the firm"] = session.scalar(select(func.count()).where(~User.active))
    return counts


@pytest.mark.timeout(600)
def test_a_year_goes_by(own_office, database):
    year = Year(own_office)
    year.found()
    span = SPAN[database.engine.dialect.name]
    for number in range(span):
        year.day()
        if number == 20:
            own_office.block("qi")
            blocked_on = own_office.now.today.isoformat()
        if number == span // 2:
            own_office.do(departures.deactivate, "qian", own_office.ids["ye"], successor_id=own_office.ids["xu"])
    found = _judge(own_office, blocked_on)
    assert found["swept"] > 100
    assert year.counts["dormant"] > 0 or span < 365
    report = {**dict(sorted(year.counts.items())), **found}
    print(f"\n{database.engine.dialect.name}, {span} days: {report}")  # noqa: T201 - a figure of the report
