"""Who may do what, by hand: each cell names the roles (s sales, l lead, a admin) that may do the act to such a customer.

Every cell is compared with what keyboards ask, and run against the use case where there is one: allowed, denied, and on
somebody else's record. Acts that are not about a customer stand in the column `any`.
"""

import pytest
from sqlalchemy import select

from domain import (
    access,
    approvals,
    customers,
    edit_form,
    extending,
    followups,
    history,
    invitations,
    lists,
    orders,
    partners,
    pool,
    recycle_bin,
    settings,
    signing,
    users,
)
from domain.errors import GonghaiError, NothingToExportError
from domain.export_rights import Selection
from domain.followups import NewFollowup
from domain.models import Customer
from domain.orders import NewOrder
from domain.outcomes import Result
from domain.permissions import Act, Relation, Role
from domain.rules import Rules
from domain.spreadsheets import customer_rows, exporting
from domain.stages import ReleaseReason
from domain.timetable import USUAL
from domain.users import NewPerson
from tests.domain.office import new_customer

MATRIX = """
act              | own | team | pool | other | my_bin | other_bin | approver | any
view             | sla | la   | sla  | -     | sla    | a         | -        | -
edit             | sla | la   | -    | -     | -      | -         | -        | -
sign             | sla | la   | -    | -     | -      | -         | -        | -
release          | la  | la   | -    | -     | -      | -         | -        | -
assign           | la  | la   | -    | -     | -      | -         | -        | -
extend           | la  | la   | -    | -     | -      | -         | -        | -
export           | la  | la   | la   | -     | a      | a         | -        | -
delete           | sla | la   | -    | -     | -      | -         | -        | -
claim            | -   | -    | sla  | -     | -      | -         | -        | -
pool_assign      | -   | -    | la   | -     | -      | -         | -        | -
direct_assign    | -   | -    | sla  | -     | -      | -         | -        | -
pool_delete      | -   | -    | la   | -     | -      | -         | -        | -
review           | -   | -    | -    | -     | -      | -         | sla      | -
restore          | -   | -    | -    | -     | sla    | a         | -        | -
enter            | -   | -    | -    | -     | -      | -         | -        | sl
enter_for_member | -   | -    | -    | -     | -      | -         | -        | la
enter_into_pool  | -   | -    | -    | -     | -      | -         | -        | a
record_order     | la  | la   | a    | -     | -      | -         | -        | -
see_team         | -   | -    | -    | -     | -      | -         | -        | la
manage_users     | -   | -    | -    | -     | -      | -         | -        | a
manage_partners  | -   | -    | -    | -     | -      | -         | -        | a
manage_settings  | -   | -    | -    | -     | -      | -         | -        | a
import           | -   | -    | -    | -     | -      | -         | -        | a
"""

PEOPLE = {"s": ("an", Role.SALES), "l": ("li", Role.LEAD), "a": ("qian", Role.ADMIN)}
NEVER = {("s", "team"), ("a", "own"), ("a", "other")}
"""A salesperson has no team of his own; an admin owns nothing and every team is his."""


def parsed():
    head, *body = ([cell.strip() for cell in line.split("|")] for line in MATRIX.strip().splitlines())
    return {(row[0], column): set(cell) - {"-"} for row in body for column, cell in zip(head[1:], row[1:], strict=True)}


CELLS = parsed()
ABOUT_CUSTOMERS = [
    pytest.param(act, letter, relation, letter in roles, id=f"{act}-{PEOPLE[letter][1]}-{relation}")
    for (act, relation), roles in CELLS.items()
    for letter in PEOPLE
    if relation != "any" and CELLS[act, "any"] == set()
]
ABOUT_NOTHING = [
    pytest.param(act, letter, letter in roles, id=f"{act}-{PEOPLE[letter][1]}")
    for (act, relation), roles in CELLS.items()
    for letter in PEOPLE
    if relation == "any" and roles
]


def such_a_customer(office, who, relation):
    """A customer that stands so to the person."""
    match relation:
        case "own":
            return office.enter(who)
        case "team":
            return office.enter("bai")
        case "other":
            return office.enter("xu")
        case "pool":
            return office.in_pool()
        case "my_bin":
            return office.in_bin(who)
        case "other_bin":
            return office.in_bin("ye")


def release(office, who, customer):
    return office.do(pool.release, who, [customer], ReleaseReason.PRICE)


def give(use_case):
    def to_somebody_of_ones_own(office, who, customer):
        return office.do(use_case, who, [customer], office.ids["an"])

    return to_somebody_of_ones_own


def direct_assign(office, who, customer):
    office.set(who, direct_assign=True)
    return give(pool.direct_assign)(office, who, customer)


def view(office, who, customer):
    office.do(customers.card, who, customer)


def record_order(office, who, customer):
    """On a signed customer: only such a one has a partner."""
    if office.customer(customer).deleted_at is None:
        office.sign(customer)
    partner = office.do(orders.partner_of, who, customer)
    office.do(orders.add, who, NewOrder("N-1", partner, office.now.today))


def export(office, who, customer):
    """Out of the list in which such a customer would be found."""
    scope = lists.Scope.BIN if office.customer(customer).deleted_at else lists.Scope.FOUND

    def count(session, actor, policy):
        wanted = exporting.selected(session, actor, Selection(scope, lists.Filter(), (customer,)), policy)
        if not customer_rows.count(session, wanted):
            raise NothingToExportError

    office.do(count, who)


ON_A_CUSTOMER = {
    "view": [view, lambda office, who, customer: office.do(history.page, who, customer)],
    "edit": [
        lambda office, who, customer: office.do(edit_form.change, who, customer, "city", "Ningbo"),
        lambda office, who, customer: office.do(followups.add, who, customer, NewFollowup("called")),
        lambda office, who, customer: office.do(followups.newest, who, customer),
    ],
    "sign": [lambda office, who, customer: office.do(signing.sign, who, customer)],
    "release": [release],
    "assign": [give(pool.assign)],
    "extend": [lambda office, who, customer: office.do(extending.extend, who, [customer], 7)],
    "export": [export],
    "delete": [lambda office, who, customer: office.do(recycle_bin.delete, who, [customer])],
    "claim": [lambda office, who, customer: office.do(pool.claim, who, [customer])],
    "pool_assign": [give(pool.pool_assign)],
    "direct_assign": [direct_assign],
    "pool_delete": [lambda office, who, customer: office.do(recycle_bin.delete, who, [customer])],
    "restore": [lambda office, who, customer: office.do(recycle_bin.restore, who, [customer])],
    "record_order": [record_order],
}
SIBLINGS = {("delete", "pool"), ("pool_delete", "own"), ("pool_delete", "team")}
"""One use case deletes from everywhere; which act it is follows from where the customer lies."""

ON_NOTHING = {
    "enter": lambda office, who: office.do(customers.enter, who, new_customer("Blue Anchor")),
    "enter_for_member": lambda office, who: office.do(
        customers.enter, who, new_customer("Blue Anchor"), owner_id=office.ids["bai"]
    ),
    "enter_into_pool": lambda office, who: office.do(customers.enter, who, new_customer("Blue Anchor"), into_pool=True),
    "see_team": lambda office, who: office.do(lists.page, who, lists.Scope.TEAM, lists.Filter()),
    "manage_partners": lambda office, who: office.do(partners.find, who),
    "manage_settings": lambda office, who: office.do(
        settings.change, who, "claims_per_day", 5, given=Rules(policy=office.policy, timetable=USUAL)
    ),
    "import": lambda office, who: office.do(lambda _, actor: access.require(actor, Act.IMPORT), who),
    "manage_users": lambda office, who: office.do(users.add, who, NewPerson("feng", "Feng", Role.SALES)),
}


RUNNABLE = [
    pytest.param(run, *case.values[1:], id=f"{case.id}{number or ''}")
    for case in ABOUT_CUSTOMERS
    for number, run in enumerate(ON_A_CUSTOMER.get(case.values[0], []))
    if case.values[1:3] not in NEVER and case.values[2] != "approver" and (case.values[0], case.values[2]) not in SIBLINGS
]


def how_it_stands(office, customer):
    """Everything that is kept of a customer."""
    with office.work() as session:
        return tuple(session.execute(select(Customer.__table__).where(Customer.__table__.c.id == customer)).one())


def happens(run, *args):
    try:
        outcomes = run(*args)
    except GonghaiError:
        return False
    return not isinstance(outcomes, list) or all(outcome.result is not Result.REFUSED for outcome in outcomes)


class TestTable:
    def test_every_act_has_a_row(self):
        assert {act for act, _ in CELLS} == {act.value for act in Act}

    def test_every_act_is_run(self):
        about_none = {act for (act, relation), roles in CELLS.items() if relation == "any" and roles}
        about_one = {act.value for act in Act} - about_none
        assert about_one == {*ON_A_CUSTOMER, "review"}
        assert about_none == set(ON_NOTHING)

    def test_every_relation_has_a_column(self):
        assert {relation for _, relation in CELLS} == {relation.value for relation in Relation} | {"any"}


class TestWhatKeyboardsAsk:
    @pytest.mark.parametrize(("act", "letter", "relation", "allowed"), ABOUT_CUSTOMERS)
    def test_it_is_what_the_table_says(self, act, letter, relation, allowed):
        assert someone(letter).may(Act(act), Relation(relation)) == allowed

    @pytest.mark.parametrize("act", sorted({act for act, _ in CELLS}))
    @pytest.mark.parametrize("letter", PEOPLE)
    def test_a_menu_shows_what_may_be_done_to_any_customer_at_all(self, act, letter):
        anywhere = any(letter in roles for (other, _), roles in CELLS.items() if other == act)
        assert someone(letter).may_ever(Act(act)) == anywhere

    @pytest.mark.parametrize("letter", PEOPLE)
    def test_direct_assign_takes_the_right(self, letter):
        without = someone(letter, direct_assign=False)
        assert not without.may(Act.DIRECT_ASSIGN, Relation.POOL)
        assert not without.may_ever(Act.DIRECT_ASSIGN)


def someone(letter, *, direct_assign=True):
    login, role = PEOPLE[letter]
    return access.Actor(1, login, role, "zh", direct_assign, None, frozenset({1}))


class TestWhatHappens:
    @pytest.mark.parametrize(
        ("act", "letter", "relation", "allowed"),
        RUNNABLE,
    )
    def test_to_a_customer(self, office, act, letter, relation, allowed):
        who, _ = PEOPLE[letter]
        customer = such_a_customer(office, who, relation)
        before = how_it_stands(office, customer)
        assert happens(act, office, who, customer) == allowed
        if not allowed and act is not record_order:
            assert how_it_stands(office, customer) == before

    @pytest.mark.parametrize(("act", "letter", "allowed"), [case for case in ABOUT_NOTHING if case.values[0] in ON_NOTHING])
    def test_to_none(self, office, act, letter, allowed):
        assert happens(ON_NOTHING[act], office, PEOPLE[letter][0]) == allowed

    @pytest.mark.parametrize("letter", PEOPLE)
    def test_direct_assign_without_the_right(self, office, letter):
        customer = office.in_pool()
        assert not happens(give(pool.direct_assign), office, PEOPLE[letter][0], customer)
        assert office.owner(customer) is None

    @pytest.mark.parametrize("letter", PEOPLE)
    def test_an_invitation(self, office, letter):
        assert happens(lambda: office.do(invitations.invite, PEOPLE[letter][0], office.ids["bai"])) == (letter == "a")


class TestReview:
    @pytest.mark.parametrize("decide", [approvals.approve, approvals.reject])
    @pytest.mark.parametrize("letter", PEOPLE)
    def test_the_approver_may_whatever_his_role(self, office, decide, letter):
        office.send_away("li", "an")
        request = office.waiting("xu", office.in_pool(last="bai"))
        assert happens(lambda: office.do(decide, PEOPLE[letter][0], [request]))

    @pytest.mark.parametrize("decide", [approvals.approve, approvals.reject])
    @pytest.mark.parametrize("who", ["an", "li"])
    def test_nobody_else_may(self, office, decide, who):
        request = office.waiting("bai", office.in_pool(last="ye"))
        assert not happens(lambda: office.do(decide, who, [request]))
