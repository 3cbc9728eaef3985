"""The table of rights against forged buttons: every act that a tap can do, by every role, to a customer in every relation.

The data is packed by hand, so whatever a keyboard would have shown plays no part. A refusal is a line, and nothing has changed.
"""

import pytest

from bot.callbacks import Begin, Decide, ShowCustomer
from bot.payloads.editing import EmptyField
from bot.payloads.followups import LogFollowup
from bot.payloads.history import ShowTimeline
from bot.payloads.orders import OrderOfCustomer
from bot.payloads.signing import ConfirmSigning
from domain.db import Database
from domain.edit_form import FIELDS
from domain.permissions import Act
from tests.bot.desk import Desk
from tests.domain.test_permission_matrix import ABOUT_CUSTOMERS, NEVER, PEOPLE, SIBLINGS, how_it_stands, such_a_customer

ADDRESS = FIELDS.index("address")


@pytest.fixture(scope="module")
def desk(module_database_url):
    database = Database(module_database_url)
    yield Desk(database)
    database.dispose()


def begun(act, *answers):
    """An act from the card, and the answers to its questions."""

    def tap(desk, who, customer):
        reply = desk.tap(who, Begin(act, customer, None))
        for answer in answers:
            if not any(answer in label for label in reply.labels):
                return reply
            reply = desk.press(who, reply, answer)
        return reply

    return tap


def shown(payload):
    return lambda desk, who, customer: desk.tap(who, payload(customer))


LOOKS = {
    "view": [shown(lambda c: ShowCustomer(c, None)), shown(lambda c: ShowTimeline(c, None, None))],
    "edit": [shown(lambda c: LogFollowup(c, None))],
    "record_order": [shown(lambda c: OrderOfCustomer(c, None))],
}
"""What shows something: refused, a line that says so."""
DEEDS = {
    "edit": [shown(lambda c: EmptyField(c, None, ADDRESS))],
    "sign": [shown(lambda c: ConfirmSigning(c, 0, None))],
    "release": [begun(Act.RELEASE, "价格")],
    "assign": [begun(Act.ASSIGN, "An")],
    "extend": [begun(Act.EXTEND, "+7")],
    "delete": [begun(Act.DELETE, "确认")],
    "claim": [begun(Act.CLAIM)],
    "pool_assign": [begun(Act.POOL_ASSIGN, "An")],
    "direct_assign": [begun(Act.DIRECT_ASSIGN, "An")],
    "pool_delete": [begun(Act.POOL_DELETE, "确认")],
    "restore": [begun(Act.RESTORE)],
}
"""What changes something: refused, all is as it was."""


def cases(runs):
    for case in ABOUT_CUSTOMERS:
        act, letter, relation, allowed = case.values
        if (letter, relation) in NEVER or relation == "approver" or (act, relation) in SIBLINGS:
            continue
        for number, run in enumerate(runs.get(act, [])):
            yield pytest.param(run, act, PEOPLE[letter][0], relation, allowed, id=f"{case.id}{number or ''}")


class TestTheTable:
    def test_covers_every_act_on_a_customer(self):
        assert {case.values[0] for case in ABOUT_CUSTOMERS} == {*LOOKS, *DEEDS, "review", "export"}


class TestForged:
    @pytest.mark.parametrize(("run", "act", "who", "relation", "allowed"), [*cases(LOOKS)])
    def test_a_look(self, desk, run, act, who, relation, allowed):
        customer = such_a_customer(desk.people, who, relation)
        if act == "record_order" and "bin" not in relation:
            desk.people.sign(customer)
        before = how_it_stands(desk.people, customer)
        assert ("⚠️" not in run(desk, who, customer)) == allowed
        assert how_it_stands(desk.people, customer) == before

    @pytest.mark.parametrize(("run", "act", "who", "relation", "allowed"), [*cases(DEEDS)])
    def test_a_deed(self, desk, run, act, who, relation, allowed):
        desk.people.set(who, direct_assign=True)
        customer = such_a_customer(desk.people, who, relation)
        before = how_it_stands(desk.people, customer)
        reply = run(desk, who, customer)
        if allowed:
            assert how_it_stands(desk.people, customer) != before
        else:
            assert "⚠️" in reply
            assert how_it_stands(desk.people, customer) == before

    @pytest.mark.parametrize("yes", [True, False])
    @pytest.mark.parametrize(("who", "allowed"), [("xu", False), ("bai", False), ("wu", False), ("li", True), ("qian", True)])
    def test_a_decision(self, desk, who, allowed, yes):
        customer = desk.people.in_pool(last="an")
        request = desk.people.waiting("xu", customer)
        reply = desk.tap(who, Decide(request, yes=yes))
        assert ("⚠️" not in reply) == allowed
        assert (desk.people.request(request).decided_at is not None) == allowed
