"""Customers and their partners under any order of acts: a model in plain Python and the database must agree after each."""

from contextlib import ExitStack, suppress
from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from domain import orders, pool, recycle_bin, signing, undo
from domain.errors import (
    AlreadySignedError,
    DuplicateCustomerError,
    GonghaiError,
    HasOrdersError,
    NotAllowedError,
    NotFoundError,
    OrderKnownError,
    PartnerTakenError,
    PartnerVoidError,
)
from domain.orders import NewOrder
from domain.permissions import Act
from domain.stages import ReleaseReason
from tests.domain.office import borrowed

NAMES = ("Blue Whale Freight", "Blue Whale Freights", "Red Sun Logistics", "Golden Gate Line")
PEOPLE = ("an", "bai", "li", "qian")
OWNERS = ("an", "bai", "li")
ORDERS = ("ORD-1", "ORD-2", "ORD-3")


class PartnerMachine(RuleBasedStateMachine):
    """`signed`: customer → partner; `ordered`: order number → partner; `void`: partners that may not be traded with."""

    founded = None

    def __init__(self):
        super().__init__()
        self.borrowing = ExitStack()
        self.office = self.borrowing.enter_context(borrowed(self.founded))
        self.name, self.owner, self.deleted_by = {}, {}, {}
        self.signed, self.ordered, self.void = {}, {}, set()
        self.partners = {}
        self.deletion = None

    def teardown(self):
        self.borrowing.close()

    @initialize()
    def begin(self):
        for number, who in enumerate(("an", "bai")):
            self.keep(self.office.enter(who, NAMES[number]), NAMES[number], who)

    def keep(self, customer, name, who):
        self.name[customer], self.owner[customer] = name, who

    # What the model knows

    @property
    def live(self):
        return sorted(self.name.keys() - self.deleted_by.keys())

    def someone(self, data, customer):
        """Mostly who may act on the customer, else anybody."""
        owner = self.owner.get(customer)
        return data.draw(st.sampled_from([owner or "qian", "li", "qian", *PEOPLE]), label="who")

    def may(self, who, customer):
        """Whether he owns the customer or leads its owner."""
        return self.owner[customer] is not None and (who in ("li", "qian") or self.owner[customer] == who)

    def linked(self, partner):
        return next((customer for customer, known in self.signed.items() if known == partner), None)

    def used(self, partner):
        return sum(known == partner for known in self.ordered.values())

    def answer(self, use_case, who, *args):
        """What the domain answered: the kind of refusal, or what it gave back."""
        self.office.later(hours=1)
        try:
            return self.office.do(use_case, who, *args[:1], **(args[1] if len(args) > 1 else {}))
        except GonghaiError as refusal:
            return type(refusal)

    # Acts: the model says what must come of each

    @precondition(lambda self: len(self.name) < 8)
    @rule(name=st.sampled_from(NAMES), who=st.sampled_from(OWNERS))
    def enter(self, name, who):
        if any(self.name[customer] == name for customer in self.live):
            with suppress(DuplicateCustomerError):
                self.office.enter(who, name)
                raise AssertionError(name)
            return
        self.keep(self.office.enter(who, name), name, who)

    @rule(data=st.data(), chosen=st.booleans())
    def sign(self, data, chosen):
        customer = data.draw(st.sampled_from(self.live or sorted(self.name)), label="customer")
        who = self.someone(data, customer)
        partner = data.draw(st.sampled_from(sorted(self.partners)), label="partner") if chosen and self.partners else None
        answer = self.answer(signing.sign, who, customer, {"partner_id": partner})
        expected = self.sign_refusal(who, customer, partner)
        if expected is not None:
            assert answer is expected
            return
        self.partners.setdefault(answer, self.name[customer])
        self.signed[customer] = answer
        self.void.discard(answer)

    def sign_refusal(self, who, customer, partner):
        if customer in self.deleted_by:
            return NotAllowedError if who in (self.deleted_by[customer], "qian") else NotFoundError
        if not self.may(who, customer):
            return NotAllowedError if self.owner[customer] is None else NotFoundError
        if customer in self.signed:
            return AlreadySignedError
        match = next((known for known, name in self.partners.items() if name == self.name[customer]), None)
        offered = [match] if match else [known for known, name in self.partners.items() if name[:4] == self.name[customer][:4]]
        if partner is not None and partner not in offered:
            return NotFoundError
        wanted = partner or match
        return PartnerTakenError if wanted is not None and self.linked(wanted) is not None else None

    @precondition(lambda self: self.partners)
    @rule(data=st.data(), number=st.sampled_from(ORDERS), ago=st.integers(0, 3))
    def order(self, data, number, ago):
        partner = data.draw(st.sampled_from(sorted(self.partners)), label="partner")
        customer = self.linked(partner)
        who = data.draw(st.sampled_from([None, "qian", *PEOPLE]), label="who")
        day = self.office.now.today - timedelta(days=ago)
        answer = self.answer(orders.add, who, NewOrder(number, partner, day))
        expected = self.order_refusal(who, partner, customer, number)
        if expected is not None:
            assert answer is expected
            return
        self.ordered[number] = partner

    def order_refusal(self, who, partner, customer, number):
        if customer is None and who not in (None, "qian"):
            return NotFoundError
        if customer is not None and who not in (None, "qian") and not (who == "li" and self.owner[customer] is not None):
            sees = self.owner[customer] in (None, who)
            return NotAllowedError if sees else NotFoundError
        if partner in self.void:
            return PartnerVoidError
        return OrderKnownError if number in self.ordered else None

    @precondition(lambda self: self.live)
    @rule(data=st.data())
    def delete(self, data):
        customer = data.draw(st.sampled_from(self.live), label="customer")
        who = self.someone(data, customer)
        before = self.standing([customer])
        answer = self.outcome(recycle_bin.delete, who, customer)
        expected = self.delete_refusal(who, customer)
        assert answer is expected
        if expected is None:
            was = (self.owner[customer], self.signed.pop(customer, None))
            self.deletion = (self.remember(who, customer, before), who, customer, was, self.office.now)
            self.void |= {was[1]} - {None}
            self.deleted_by[customer], self.owner[customer] = who, was[0]

    def standing(self, customers):
        with self.office.work() as session:
            return undo.standing(session, customers)

    def remember(self, who, customer, before):
        """What the screen does after an act, so that it can be taken back."""
        done = [outcome for outcome in [self.last] if outcome.error is None]
        return self.office.do(undo.keep, who, Act.DELETE, before, done)

    def outcome(self, use_case, who, customer, *args):
        self.office.later(hours=1)
        [self.last] = self.office.do(use_case, who, [customer], *args)
        return type(self.last.error) if self.last.error else None

    def delete_refusal(self, who, customer):
        if self.owner[customer] is None:
            allowed = who in ("li", "qian")
            refused = NotAllowedError
        else:
            allowed, refused = self.may(who, customer), NotFoundError
        if not allowed:
            return refused
        partner = self.signed.get(customer)
        if partner is not None and who in ("an", "bai"):
            return NotAllowedError
        return HasOrdersError if partner is not None and self.used(partner) else None

    @precondition(lambda self: self.deleted_by)
    @rule(data=st.data())
    def restore(self, data):
        customer = data.draw(st.sampled_from(sorted(self.deleted_by)), label="customer")
        who = data.draw(st.sampled_from([self.deleted_by[customer], "qian", *PEOPLE]), label="who")
        answer = self.outcome(recycle_bin.restore, who, customer)
        if who not in (self.deleted_by[customer], "qian"):
            assert answer is NotFoundError
        elif any(self.name[other] == self.name[customer] for other in self.live):
            assert answer is DuplicateCustomerError
        else:
            assert answer is None
            del self.deleted_by[customer]

    @precondition(lambda self: self.deletion)
    @rule()
    def undo_the_deletion(self):
        """Taken back where nothing has happened since: linked again, and the partner valid."""
        kept, who, customer, (owner, partner), at = self.deletion
        self.deletion = None
        untouched = customer in self.deleted_by
        twin = any(self.name[other] == self.name[customer] for other in self.live)
        taken = partner is not None and self.linked(partner) is not None
        [outcome] = self.office.do(undo.undo, who, kept, now=at)
        assert (outcome.error is None) == (untouched and not twin and not taken)
        if outcome.error is None:
            del self.deleted_by[customer]
            self.owner[customer] = owner
            if partner is not None:
                self.signed[customer] = partner
                self.void.discard(partner)

    @precondition(lambda self: any(self.owner[customer] for customer in self.live))
    @rule(data=st.data())
    def release(self, data):
        customer = data.draw(st.sampled_from([each for each in self.live if self.owner[each]]), label="customer")
        assert self.outcome(pool.release, "li", customer, ReleaseReason.PRICE) is None
        self.owner[customer] = None

    @precondition(lambda self: any(not self.owner[customer] for customer in self.live))
    @rule(data=st.data(), who=st.sampled_from(OWNERS))
    def claim(self, data, who):
        customer = data.draw(st.sampled_from([each for each in self.live if not self.owner[each]]), label="customer")
        assert self.outcome(pool.claim, who, customer) is None
        self.owner[customer] = who

    @precondition(lambda self: self.signed)
    @rule(data=st.data())
    def fall_asleep(self, data):
        """What the sweep does to a customer past its dormancy deadline."""
        customer = data.draw(st.sampled_from(sorted(self.signed)), label="customer")
        with self.office.work() as session:
            session.execute(text("UPDATE customers SET stage = 'dormant' WHERE id = :id"), {"id": customer})

    # What is always so, by plain SQL

    def rows(self, statement):
        with self.office.work() as session:
            return [tuple(row) for row in session.execute(text(statement))]

    @invariant()
    def links_are_those_of_the_model(self):
        assert dict(self.rows("SELECT id, partner_id FROM customers WHERE partner_id IS NOT NULL")) == self.signed

    @invariant()
    def a_customer_is_signed_exactly_when_a_partner_is_linked(self):
        signed = "stage IN ('cooperating', 'dormant')"
        assert self.rows(f"SELECT id FROM customers WHERE ({signed}) <> (partner_id IS NOT NULL)") == []

    @invariant()
    def a_partner_is_linked_by_one_live_customer_at_most(self):
        doubled = (
            "SELECT partner_id FROM customers WHERE deleted_at IS NULL AND partner_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
        )
        assert self.rows(doubled) == []

    @invariant()
    def a_linked_partner_is_valid_and_so_is_one_with_orders(self):
        void = {partner for (partner,) in self.rows("SELECT id FROM partners WHERE NOT valid")}
        assert void == self.void
        assert not void & {partner for (partner,) in self.rows("SELECT partner_id FROM customers WHERE partner_id IS NOT NULL")}
        assert not void & {partner for (partner,) in self.rows("SELECT partner_id FROM orders")}

    @invariant()
    def no_customer_of_a_partner_with_orders_lies_in_the_bin(self):
        binned = self.rows("SELECT id, stage, partner_id FROM customers WHERE deleted_at IS NOT NULL")
        assert sorted(binned) == [(customer, "potential", None) for customer in sorted(self.deleted_by)]

    @invariant()
    def partners_and_orders_are_those_of_the_model(self):
        assert dict(self.rows("SELECT id, name FROM partners")) == self.partners
        assert dict(self.rows("SELECT number, partner_id FROM orders")) == self.ordered

    @invariant()
    def owned_signed_customers_have_the_dormancy_clock_and_others_the_signing_clock(self):
        owned = "deleted_at IS NULL AND owner_id IS NOT NULL"
        assert (
            self.rows(f"SELECT id FROM customers WHERE {owned} AND (partner_id IS NULL) <> (signing_deadline IS NOT NULL)") == []
        )
        assert self.rows(f"SELECT id FROM customers WHERE {owned} AND (partner_id IS NULL) <> (dormancy_deadline IS NULL)") == []

    @invariant()
    def the_last_order_of_a_signed_customer_is_the_partners_last(self):
        with self.office.work() as session:
            found = text("""SELECT c.last_order_at IS NULL, count(o.id) FROM customers c
                            LEFT JOIN orders o ON o.partner_id = c.partner_id
                            WHERE c.partner_id IS NOT NULL GROUP BY c.id, c.last_order_at""")
            assert all(bool(none) == (count == 0) for none, count in session.execute(found))

    @invariant()
    def every_signing_and_order_of_a_customer_is_in_the_timeline(self):
        told = {customer for (customer,) in self.rows("SELECT DISTINCT customer_id FROM timeline WHERE event = 'signed'")}
        assert self.signed.keys() <= told


def test_partners_do_what_the_model_says(founded):
    class Machine(PartnerMachine):
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
