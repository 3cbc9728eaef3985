from datetime import date, timedelta

import pytest

from domain import customers, history, pool
from domain.clock import Moment
from domain.policy import Policy
from domain.timeline import Event
from tests.domain.office import MONDAY, SHANGHAI

PHONE = "13812345678"


@pytest.fixture
def office(office):
    office.policy = Policy(mask_pool_contacts=False, pool_views_per_day=2)
    return office


def opened(office, who, customer):
    """Whether the phone number shows in full."""
    card = office.do(customers.card, who, customer)
    assert card.masked == (card.contacts[0].phone != PHONE) == ("Harbour" not in card.address)
    return not card.masked


class TestOpeningDetails:
    def test_so_many_customers_on_one_day_and_the_next_one_is_masked(self, office):
        first, second, third = (office.in_pool() for _ in range(3))
        assert [opened(office, "an", each) for each in (first, second, third)] == [True, True, False]
        assert opened(office, "bai", third)

    def test_the_same_one_again_costs_nothing(self, office):
        first, second, third = (office.in_pool() for _ in range(3))
        assert [opened(office, "an", each) for each in (first, first, second, first, third, second)] == [True] * 4 + [False, True]
        assert office.events(first).count(Event.CONTACTS_OPENED) == 1

    def test_the_day_is_the_organisations(self, office):
        first, second, third = (office.in_pool() for _ in range(3))
        midnight = MONDAY.start_of_day(date(2026, 3, 4))
        office.at(Moment(midnight - timedelta(seconds=1), SHANGHAI))
        assert [opened(office, "an", each) for each in (first, second, third)] == [True, True, False]
        office.at(Moment(midnight, SHANGHAI))
        assert [opened(office, "an", each) for each in (third, first, second)] == [True, True, False]

    def test_the_card_says_how_many_of_how_many(self, office):
        told = [office.do(customers.card, "an", office.in_pool()).opened for _ in range(3)]
        assert [(quota.limit, quota.count) for quota in told] == [(2, 1), (2, 2), (2, 2)]

    def test_an_admin_opens_any(self, office):
        assert all(opened(office, "qian", office.in_pool()) for _ in range(3))

    def test_ones_own_do_not_count(self, office):
        mine = [office.enter("an") for _ in range(3)]
        assert all(opened(office, "an", each) for each in mine)
        assert opened(office, "an", office.in_pool())

    @pytest.mark.parametrize("policy", [Policy(pool_views_per_day=2), Policy(mask_pool_contacts=False)])
    def test_nothing_is_counted_where_all_is_masked_or_all_may_be_opened(self, office, policy):
        office.policy = policy
        shown = [opened(office, "an", customer) for customer in [office.in_pool() for _ in range(3)]]
        assert shown == [not policy.mask_pool_contacts] * 3
        assert Event.CONTACTS_OPENED not in office.events(office.in_pool())


class TestTimeline:
    def test_tells_an_admin_who_opened_them_and_nobody_else(self, office):
        customer = office.in_pool()
        opened(office, "xu", customer)
        office.do(pool.claim, "an", [customer])
        told = {who: [entry.event for entry in office.do(history.page, who, customer)[0]] for who in ("an", "li", "qian")}
        assert told["qian"] == [Event.CLAIMED, Event.CONTACTS_OPENED, Event.ENTERED]
        assert told["an"] == told["li"] == [Event.CLAIMED, Event.ENTERED]
