"""Everything that can happen at the pool, in any order: the database against a model in plain Python, after every step."""

from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from domain import access, approvals, departures, pool, sending, users
from domain.errors import HeldLimitError
from domain.models import Customer, User
from domain.outcomes import Result
from domain.permissions import Role
from domain.policy import Policy
from domain.stages import ReleaseReason, RequestStatus
from tests.domain import pool_model
from tests.domain.office import borrowed
from tests.domain.pool_model import Person, Refused

GAINED = ("entered", "claimed", "assigned", "direct_assigned", "request_approved", "handed_over")


class PoolMachine(RuleBasedStateMachine):
    founded = None

    def __init__(self):
        super().__init__()
        self.borrowing = ExitStack()
        self.office = self.borrowing.enter_context(borrowed(self.founded))
        self.model = pool_model.Pool()
        self.login = {}
        self.hired = 0

    def teardown(self):
        self.borrowing.close()

    @initialize()
    def open_the_office(self):
        self.model.limits.today = self.office.now.today
        self.office.hire("sun", Role.ADMIN)
        for login in ("ye", "li"):
            self.office.set(login, direct_assign=True)
        with self.office.work() as session:
            for user in session.query(User):
                self.know(user)
        for last in (None, None, "an", "bai", "xu", "zhao"):
            self.customer(self.office.in_pool(last=last))
        for owner in ("an", "wu"):
            self.customer(self.office.enter(owner))
        for who, last in (("xu", "an"), ("wu", "bai"), ("an", "xu"), ("li", "zhao")):
            self.wait(self.office.ids[who], self.office.ids[last])

    def know(self, user):
        role, direct = Role(user.role), user.direct_assign
        self.model.people[user.id] = Person(user.id, role, user.superior_id, user.telegram_id, direct)
        self.login[user.id] = user.login

    def customer(self, customer):
        with self.office.work() as session:
            row = session.get_one(Customer, customer)
            known = pool_model.Customer(row.owner_id, row.last_owner_id, row.last_lead_id)
        if known.owner is None:
            known.pooled = self.office.now.today
            known.ended = [(known.last_owner, known.pooled)] if known.last_owner else []
        self.model.customers[customer] = known

    def wait(self, who, last):
        """Somebody asks for what another owned last."""
        customer = next(i for i, known in self.model.customers.items() if (known.owner, known.last_owner) == (None, last))
        answer = self.both(lambda: self.model.claim(who, [customer]), pool.claim, who, [customer])
        assert answer == {customer: Result.WAITING}
        self.note_waiting(who, who, answer)

    # Acts: the model answers first, then the domain must say the same

    def both(self, expected, use_case, who, *args, **more):
        """Do it in the model and in the database; what both answered."""
        self.office.later(minutes=1)
        self.model.limits.today = self.office.now.today
        try:
            answer = expected()
        except Refused as refusal:
            with pytest.raises(refusal.error):
                self.office.do(use_case, self.login[who], *args, **more)
            return {}
        outcomes = self.office.do(use_case, self.login[who], *args, **more)
        if isinstance(outcomes, list):
            outcomes = {outcome.customer_id: outcome.result for outcome in outcomes}
        assert outcomes == answer
        return answer

    def note_waiting(self, who, to, answer):
        for customer, result in answer.items():
            if result is Result.WAITING:
                lead = self.model.customers[customer].last_lead
                request = pool_model.Request(customer, who, to, lead)
                self.model.requests[self.office.request_of(customer)] = request

    def anybody(self, data, *likely):
        """Mostly one of the likely, else anybody at all, the deactivated included."""
        usual = [*likely] or self.model.active(Role.SALES, Role.LEAD)
        return data.draw(st.sampled_from(usual * 4 + sorted(self.model.people)), label="to")

    def someone(self, data, *roles):
        return data.draw(st.sampled_from(self.model.active(*roles)), label="who")

    def some(self, data, known, *likely):
        everything = [*likely] * 4 + sorted(known)
        return data.draw(st.lists(st.sampled_from(everything), min_size=1, max_size=4, unique=True), label="batch")

    @rule(data=st.data())
    def claim(self, data):
        who, batch = self.someone(data), self.some(data, self.model.customers)
        answer = self.both(lambda: self.model.claim(who, batch), pool.claim, who, batch)
        self.note_waiting(who, who, answer)

    @precondition(lambda self: self.model.foreign())
    @rule(data=st.data())
    def ask(self, data):
        """A claim that has to wait."""
        who, customer = data.draw(st.sampled_from(self.model.foreign()), label="who, customer")
        answer = self.both(lambda: self.model.claim(who, [customer]), pool.claim, who, [customer])
        assert answer[customer] is not Result.DONE
        self.note_waiting(who, who, answer)

    @precondition(lambda self: self.model.former())
    @rule(data=st.data())
    def claim_back(self, data):
        """What was somebody's own."""
        who, customer = data.draw(st.sampled_from(self.model.former()), label="who, customer")
        self.note_waiting(who, who, self.both(lambda: self.model.claim(who, [customer]), pool.claim, who, [customer]))

    @rule(data=st.data())
    def pool_assign(self, data):
        who, to, batch = self.someone(data), self.anybody(data), self.some(data, self.model.customers)
        answer = self.both(lambda: self.model.pool_assign(who, to, batch), pool.pool_assign, who, batch, to)
        self.note_waiting(who, to, answer)

    @rule(data=st.data())
    def direct_assign(self, data):
        holders = [who for who in self.model.active() if self.model.people[who].direct_assign]
        who = data.draw(st.sampled_from(holders * 4 + self.model.active()), label="who")
        to, batch = self.anybody(data), self.some(data, self.model.customers, *sorted(self.model.waiting()))
        self.both(lambda: self.model.direct_assign(who, to, batch), pool.direct_assign, who, batch, to)

    @rule(data=st.data())
    def assign(self, data):
        who, to, batch = self.someone(data), self.anybody(data), self.some(data, self.model.customers)
        self.both(lambda: self.model.assign(who, to, batch), pool.assign, who, batch, to)

    @rule(data=st.data())
    def release(self, data):
        who, batch = self.someone(data), self.some(data, self.model.customers)
        self.both(lambda: self.model.release(who, batch), pool.release, who, batch, ReleaseReason.PRICE)

    @rule(data=st.data())
    def release_everything(self, data):
        who, batch = self.someone(data, Role.ADMIN), sorted(self.model.customers)
        self.both(lambda: self.model.release(who, batch), pool.release, who, batch, ReleaseReason.PRICE)

    def decide(self, data, use_case, status):
        who, batch = self.someone(data), self.some(data, self.model.requests)
        self.both(lambda: self.model.decide(who, batch, status), use_case, who, batch)

    @precondition(lambda self: self.model.requests)
    @rule(data=st.data())
    def approve(self, data):
        self.decide(data, approvals.approve, RequestStatus.APPROVED)

    @precondition(lambda self: self.model.requests)
    @rule(data=st.data())
    def reject(self, data):
        self.decide(data, approvals.reject, RequestStatus.REJECTED)

    @precondition(lambda self: self.model.waiting())
    @rule(data=st.data())
    def cancel(self, data):
        request = data.draw(st.sampled_from(sorted(self.model.requests)), label="request")
        who = data.draw(st.sampled_from([self.model.requests[request].requester, *self.model.active()]), label="who")
        if self.model.people[who].active:
            status = RequestStatus.CANCELLED
            self.both(lambda: self.model.decide(who, [request], status), approvals.cancel, who, [request])

    # People

    @rule(data=st.data(), heir=st.booleans())
    def deactivate(self, data, heir):
        by = self.someone(data, Role.ADMIN)
        who = data.draw(st.sampled_from(self.model.active(Role.SALES, Role.LEAD) * 4 + self.model.active()), label="who")
        successor = self.anybody(data, *self.model.active(self.model.people[who].role)) if heir else None
        self.both(lambda: self.model.deactivate(who, successor), departures.deactivate, by, who, successor_id=successor)

    @rule(data=st.data())
    def set_superior(self, data):
        by, who = self.someone(data, Role.ADMIN), self.someone(data, Role.SALES, Role.LEAD)
        leads = [person.id for person in self.model.people.values() if person.role is Role.LEAD]
        superior = data.draw(st.sampled_from([None, *leads]), label="superior")
        self.both(lambda: self.model.set_superior(who, superior), users.set_superior, by, who, superior)

    @precondition(lambda self: self.hired < 4)
    @rule(data=st.data(), role=st.sampled_from([Role.SALES, Role.LEAD]))
    def hire(self, data, role):
        self.hired += 1
        superior = data.draw(st.sampled_from([None, *self.model.active(Role.LEAD)]), label="superior")
        login = f"new{self.hired}"
        self.office.hire(login, role, self.login.get(superior))
        self.know(self.office.person(login))

    @rule(data=st.data())
    def move_account(self, data):
        who = self.someone(data)
        self.office.later(minutes=1)
        telegram = self.model.people[who].telegram + 1_000_000
        self.office.join(self.login[who], telegram=telegram)
        self.model.people[who].telegram = telegram

    @rule(data=st.data())
    def block(self, data):
        """He blocks the bot, and what was sent to him could not be delivered."""
        who = self.someone(data)
        telegram = self.model.people[who].telegram
        self.model.blocked.add(telegram)
        with self.office.work() as session:
            sending.mark(session, telegram, reachable=False)
            lost = text("SELECT id FROM request_batches WHERE approver_id = :who ORDER BY id")
            for batch in session.scalars(lost, {"who": who}).all():
                approvals.undeliverable(session, batch, now=self.office.now)

    @precondition(lambda self: self.model.blocked)
    @rule(data=st.data())
    def come_back(self, data):
        telegram = data.draw(st.sampled_from(sorted(self.model.blocked)), label="telegram")
        self.model.blocked.discard(telegram)
        with self.office.work() as session:
            sending.mark(session, telegram, reachable=True)
            actor = access.find_actor(session, telegram)
            if actor is not None:
                approvals.send_waiting(session, actor, now=self.office.now)

    @precondition(lambda self: len(self.model.customers) < 12)
    @rule(data=st.data())
    def enter(self, data):
        who = self.someone(data, Role.SALES, Role.LEAD)
        if self.model.may_enter(who):
            self.customer(self.office.enter(self.login[who]))
            return
        with pytest.raises(HeldLimitError):
            self.office.enter(self.login[who])

    # Limits

    @rule(data=st.data())
    def set_limits(self, data):
        names = ("claims_per_day", "held_limit", "reclaim_cooldown_days", "old_team_days")
        wanted = {name: data.draw(st.sampled_from([0, 0, 1, 2, 3]), label=name) for name in names}
        self.office.policy = Policy(**wanted)
        for name, value in wanted.items():
            setattr(self.model.limits, name, value)

    @rule(days=st.integers(1, 2))
    def sleep(self, days):
        self.office.later(days=days)

    # What is always so, by plain SQL

    def rows(self, statement):
        return [tuple(row) for row in self.office.connection.execute(text(statement))]

    @invariant()
    def owners_and_memory_are_those_of_the_model(self):
        expected = {(i, c.owner, c.last_owner, c.last_lead) for i, c in self.model.customers.items()}
        found = self.rows("SELECT id, owner_id, last_owner_id, last_lead_id FROM customers")
        assert set(found) == expected

    @invariant()
    def an_owned_customer_has_one_open_ownership_and_a_due_date_and_no_other_has(self):
        owned = sorted((i, c.owner) for i, c in self.model.customers.items() if c.owner is not None)
        assert sorted(self.rows("SELECT customer_id, owner_id FROM ownerships WHERE until IS NULL")) == owned
        assert sorted(self.rows("SELECT id, owner_id FROM customers WHERE due_on IS NOT NULL")) == owned

    @invariant()
    def requests_are_those_of_the_model(self):
        expected = {(i, r.customer, r.status.value) for i, r in self.model.requests.items()}
        assert set(self.rows("SELECT id, customer_id, status FROM claim_requests")) == expected

    @invariant()
    def one_request_at_most_waits_for_a_customer_and_only_in_the_pool(self):
        waits = self.rows("""SELECT r.customer_id, c.owner_id FROM claim_requests r JOIN customers c ON c.id = r.customer_id
                             WHERE r.status = 'waiting'""")
        assert len(waits) == len({customer for customer, _ in waits})
        assert {owner for _, owner in waits} <= {None}

    @invariant()
    def whoever_decides_what_waits_has_a_card(self):
        batch_of = dict(self.rows("SELECT id, batch_id FROM claim_requests"))
        cards = {key for (key,) in self.rows("SELECT key FROM outbox WHERE kind = 'request' AND status = 'pending'")}
        for request_id, request in self.model.requests.items():
            if request.status is RequestStatus.WAITING:
                accounts = [self.model.people[who].telegram for who in self.model.approvers(request)]
                assert {f"request:{batch_of[request_id]}:{account}" for account in accounts} <= cards

    @invariant()
    def a_decision_has_a_decider_and_a_time(self):
        decided = "SELECT id FROM claim_requests WHERE status <> 'waiting' AND (decided_by IS NULL OR decided_at IS NULL)"
        assert self.rows(decided) == []

    @invariant()
    def whoever_is_gone_owns_nothing_and_waits_for_nothing(self):
        assert self.rows("SELECT c.id FROM customers c JOIN users u ON u.id = c.owner_id WHERE NOT u.active") == []
        assert (
            self.rows("""SELECT r.id FROM claim_requests r JOIN request_batches b ON b.id = r.batch_id
                            JOIN users u ON u.id IN (b.requester_id, b.assignee_id)
                            WHERE r.status = 'waiting' AND NOT u.active""")
            == []
        )

    @invariant()
    def every_change_of_owner_is_in_the_timeline(self):
        gained = self.rows("SELECT customer_id, count(*) FROM ownerships GROUP BY customer_id")
        released = self.rows("SELECT customer_id, count(*) FROM ownerships WHERE lost = 'released' GROUP BY customer_id")
        told = self.rows(f"""SELECT customer_id, count(*) FROM timeline WHERE event IN {GAINED}
                             AND NOT (event = 'entered' AND actor_id IN (SELECT id FROM users WHERE role = 'admin'))
                             GROUP BY customer_id""")
        told_released = self.rows("SELECT customer_id, count(*) FROM timeline WHERE event = 'released' GROUP BY customer_id")
        assert sorted(told) == sorted(gained)
        assert sorted(told_released) == sorted(released)

    @invariant()
    def nothing_is_told_twice(self):
        assert self.rows("SELECT key FROM outbox GROUP BY key HAVING count(*) > 1") == []
        assert (
            self.rows("""SELECT chat_id FROM outbox WHERE kind = 'request' AND status = 'pending'
                            GROUP BY chat_id, CAST(body AS TEXT) HAVING count(*) > 1""")
            == []
        )


def test_the_pool_does_what_the_model_says(founded):
    class Machine(PoolMachine):
        pass

    Machine.founded = founded
    examples = 25 if founded[0].is_sqlite else 6
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
