"""Recording an order: who may, what it starts and wakes, and what is no order."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from domain import orders, partners, recycle_bin, signing
from domain.errors import InvalidFieldError, NotAllowedError, NotFoundError, OrderKnownError, PartnerVoidError
from domain.models import Customer, Order
from domain.orders import NewOrder
from domain.policy import Policy
from domain.stages import Level, Stage

NAME = "Qingdao Haihang Freight"


@pytest.fixture
def customer(office):
    """A cooperating customer of an."""
    made = office.enter("an", NAME)
    office.do(signing.sign, "an", made)
    return made


@pytest.fixture
def partner(office, customer):
    return office.customer(customer).partner_id


def free_partner(office, name="Ningbo Ocean Star"):
    with office.work() as session:
        return partners.match_or_create(session, name=name, credit_code=None, now=office.now)


def add(office, who, partner_id, number="ORD-1", *, days_ago=0, kind=None):
    return office.do(orders.add, who, NewOrder(number, partner_id, office.now.today - timedelta(days=days_ago), kind))


def sleep(office, customer, *, released=False):
    """What the sweep does to a customer without orders."""
    if released:
        office.release(customer)
    with office.work() as session:
        session.execute(update(Customer).where(Customer.id == customer).values(stage=Stage.DORMANT))


class TestWho:
    @pytest.mark.parametrize("who", ["li", "zhao", "qian", None])
    def test_leads_above_the_owner_admins_and_the_command_line_may(self, office, partner, who):
        with office.work() as session:
            kept = add(office, who, partner)
            assert session.get_one(Order, kept).recorded_by == (office.ids[who] if who else None)

    def test_the_owner_may_not(self, office, partner):
        with pytest.raises(NotAllowedError):
            add(office, "an", partner)

    @pytest.mark.parametrize("who", ["bai", "wu"])
    def test_for_other_teams_the_partner_does_not_exist(self, office, partner, who):
        for refused in (lambda: add(office, who, partner), lambda: office.do(orders.open_to, who, partner)):
            with pytest.raises(NotFoundError):
                refused()

    @pytest.mark.parametrize(("who", "error"), [("li", NotAllowedError), ("an", NotAllowedError), ("qian", None), (None, None)])
    def test_in_the_pool_only_an_admin_and_the_command_line_may(self, office, customer, partner, who, error):
        office.release(customer)
        if error is None:
            assert add(office, who, partner)
        else:
            with pytest.raises(error):
                add(office, who, partner)

    @pytest.mark.parametrize(("who", "error"), [("li", NotFoundError), ("an", NotFoundError), ("qian", None), (None, None)])
    def test_without_a_customer_too(self, office, who, error):
        partner = free_partner(office)
        if error is None:
            assert add(office, who, partner)
        else:
            with pytest.raises(error):
                add(office, who, partner)

    def test_nobody_for_what_is_not_there(self, office):
        with pytest.raises(NotFoundError):
            add(office, None, 10**9)


class TestBeforeTheQuestions:
    def test_the_partner_of_a_customer_is_found_by_who_may_record(self, office, customer, partner):
        assert office.do(orders.partner_of, "li", customer) == partner
        assert office.do(orders.open_to, "li", partner).customer == NAME
        with pytest.raises(NotAllowedError):
            office.do(orders.partner_of, "an", customer)

    def test_a_customer_that_is_not_signed_has_none(self, office):
        with pytest.raises(NotFoundError):
            office.do(orders.partner_of, "li", office.enter("an"))

    def test_a_void_partner_takes_no_order(self, office, customer, partner):
        office.do(recycle_bin.delete, "li", [customer])[0].raise_if_refused()
        for refused in (lambda: add(office, None, partner), lambda: office.do(orders.open_to, "qian", partner)):
            with pytest.raises(PartnerVoidError) as void:
                refused()
            assert void.value.partner == NAME


class TestTheOrder:
    def test_it_is_kept_as_one_clean_line(self, office, partner):
        add(office, "qian", partner, "  ＯＲＤ-1\n of today ", kind=" fcl ")
        assert office.do(partners.orders, "qian", partner) == [("ORD-1 of today", "fcl", office.now.today)]

    @pytest.mark.parametrize(("number", "problem"), [(" \n ", "empty"), ("9" * 61, "too_long")])
    def test_a_number_is_needed_and_short(self, office, partner, number, problem):
        with pytest.raises(InvalidFieldError) as refused:
            add(office, "qian", partner, number)
        assert (refused.value.field, refused.value.problem) == ("number", problem)

    def test_a_kind_is_not_needed_but_short(self, office, partner):
        with pytest.raises(InvalidFieldError) as refused:
            add(office, "qian", partner, kind="k" * 61)
        assert (refused.value.field, refused.value.problem) == ("kind", "too_long")

    @pytest.mark.parametrize(("days_ago", "problem"), [(-1, "future"), (30 * 366, "too_old")])
    def test_its_day_is_no_later_than_today_and_no_typing_mistake(self, office, partner, days_ago, problem):
        with pytest.raises(InvalidFieldError) as refused:
            add(office, "qian", partner, days_ago=days_ago)
        assert (refused.value.field, refused.value.problem) == ("ordered_on", problem)

    @pytest.mark.parametrize("who", ["li", None])
    def test_a_number_is_recorded_once_whoever_has_it(self, office, partner, who):
        add(office, "qian", free_partner(office))
        with pytest.raises(OrderKnownError) as refused:
            add(office, who, partner, " ORD-1 ")
        assert (refused.value.number, refused.value.partner) == ("ORD-1", "Ningbo Ocean Star")


class TestDays:
    @pytest.mark.parametrize("words", ["2026-02-20", "2026/2/20", "2026.02.20", "２０２６-02-20", "2-20", "02/20", " 02-20 "])
    def test_are_read_as_people_write_them(self, office, words):
        assert orders.read_day(words, now=office.now) == date(2026, 2, 20)

    def test_without_a_year_it_is_the_last_one_that_was(self, office):
        assert orders.read_day("11-20", now=office.now) == date(2025, 11, 20)
        assert orders.read_day("3-2", now=office.now) == office.now.today

    @pytest.mark.parametrize("words", ["", "yesterday", "2026-02-30", "13-01", "0000-02-20", "1", "20260220", "1-2-3-4"])
    def test_nonsense_is_none(self, office, words):
        with pytest.raises(InvalidFieldError) as refused:
            orders.read_day(words, now=office.now)
        assert refused.value.problem == "not_a_date"

    @pytest.mark.parametrize(("words", "problem"), [("2026-03-03", "future"), ("1999-12-31", "too_old")])
    def test_a_day_out_of_reach_is_told(self, office, words, problem):
        with pytest.raises(InvalidFieldError) as refused:
            orders.read_day(words, now=office.now)
        assert refused.value.problem == problem


class TestTheClock:
    def test_the_dormancy_clock_starts_again_from_the_day_of_the_order(self, office, customer, partner):
        office.later(days=100)
        add(office, "li", partner, days_ago=3)
        row = office.customer(customer)
        assert row.due_on == row.dormancy_deadline == office.now.today + timedelta(days=177)
        assert row.last_order_at == office.now.start_of_day(office.now.today - timedelta(days=3))

    def test_by_so_many_days_as_the_level_has(self, office):
        office.policy = Policy(dormancy_days_by_level={"A": 60})
        customer = office.enter("an", level=Level.A)
        office.do(signing.sign, "an", customer)
        office.later(days=20)
        add(office, "li", office.customer(customer).partner_id)
        assert office.customer(customer).due_on == office.now.today + timedelta(days=60)

    def test_an_older_order_moves_nothing_back(self, office, customer, partner):
        office.later(days=10)
        add(office, "li", partner)
        before = office.customer(customer)
        add(office, "li", partner, "ORD-0", days_ago=9)
        after = office.customer(customer)
        assert (after.due_on, after.last_order_at) == (before.due_on, before.last_order_at)

    def test_a_dormant_customer_wakes(self, office, customer, partner):
        office.later(days=200)
        sleep(office, customer)
        add(office, "li", partner)
        row = office.customer(customer)
        assert (row.stage, row.due_on) == (Stage.COOPERATING, office.now.today + timedelta(days=180))
        assert office.events(customer)[-2:] == ["woken", "ordered"]

    def test_in_the_pool_too_where_no_clock_runs(self, office, customer, partner):
        office.later(days=200)
        sleep(office, customer, released=True)
        add(office, "qian", partner)
        row = office.customer(customer)
        assert (row.stage, row.due_on) == (Stage.COOPERATING, None)

    def test_an_order_of_last_year_wakes_nobody(self, office, customer, partner):
        office.later(days=200)
        sleep(office, customer)
        add(office, None, partner, days_ago=181)
        assert office.customer(customer).stage == Stage.DORMANT
        assert "woken" not in office.events(customer)

    def test_it_is_in_the_timeline(self, office, customer, partner):
        add(office, "li", partner)
        ordered = office.timeline(customer)[-1]
        assert (ordered.event, ordered.actor_id) == ("ordered", office.ids["li"])
        assert ordered.detail == {"number": "ORD-1", "on": "2026-03-02"}

    def test_afterwards_the_customer_cannot_be_deleted(self, office, customer, partner):
        add(office, "li", partner)
        [outcome] = office.do(recycle_bin.delete, "li", [customer])
        assert outcome.error.count == 1
