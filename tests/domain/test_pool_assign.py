import pytest

from domain import pool
from domain.errors import (
    AlreadyWaitingError,
    CustomerTakenError,
    NoSuchPersonError,
    NotAllowedError,
    NotFoundError,
    NotInYourTeamsError,
)
from domain.outbox import Kind
from domain.outcomes import Result
from domain.stages import Gained
from domain.timeline import Event


def pool_assign(office, who, assignee, *customers):
    return office.do(pool.pool_assign, who, customers, office.ids[assignee])


class TestPoolAssignAtOnce:
    @pytest.mark.parametrize(
        ("by", "to", "last"),
        [
            ("li", "an", None),
            ("li", "bai", "an"),
            ("zhao", "an", "xu"),
            ("zhao", "wu", "bai"),
            ("qian", "xu", "an"),
        ],
    )
    def test_a_lead_gives_what_he_could_claim_to_a_member(self, office, by, to, last):
        customer = office.in_pool(last=last)
        assert pool_assign(office, by, to, customer)[0].result is Result.DONE
        assert office.owner(customer) == to
        assert office.ownerships(customer)[-1].gained == Gained.ASSIGNED
        assert office.events(customer)[-1] == Event.ASSIGNED

    def test_what_a_lead_gives_himself_he_claims(self, office):
        customer = office.in_pool()
        assert pool_assign(office, "li", "li", customer)[0].result is Result.DONE
        assert office.owner(customer) == "li"
        assert office.ownerships(customer)[-1].gained == Gained.CLAIMED
        assert office.events(customer)[-1] == Event.CLAIMED

    def test_the_new_owner_is_told_once_for_the_batch(self, office):
        customers = [office.in_pool(), office.in_pool()]
        pool_assign(office, "li", "an", *customers)
        told = office.told("an", Kind.ASSIGNED)
        assert [message.body for message in told] == [{"customer_ids": customers, "by": office.ids["li"]}]

    def test_whoever_gives_to_himself_is_not_told(self, office):
        pool_assign(office, "li", "li", office.in_pool())
        assert office.told("li", Kind.ASSIGNED) == []


class TestPoolAssignByRequest:
    def test_a_customer_of_another_team_is_asked_for(self, office):
        customer = office.in_pool(last="xu")
        assert pool_assign(office, "li", "an", customer)[0].result is Result.WAITING
        assert office.owner(customer) is None
        assert len(office.told("wu", Kind.REQUEST)) == 1
        assert office.told("an", Kind.ASSIGNED) == []

    def test_the_team_of_the_assignee_does_not_count(self, office):
        office.hire("feng", superior="wu")
        customer = office.in_pool(last="an")
        assert pool_assign(office, "wu", "feng", customer)[0].result is Result.WAITING


class TestPoolAssignRefused:
    def test_a_salesperson_may_not(self, office):
        customer = office.in_pool()
        with pytest.raises(NotAllowedError):
            pool_assign(office, "an", "an", customer)
        assert office.owner(customer) is None

    @pytest.mark.parametrize("stranger", ["xu", "wu", "zhao"])
    def test_the_assignee_stands_in_ones_own_teams(self, office, stranger):
        with pytest.raises(NotInYourTeamsError):
            pool_assign(office, "li", stranger, office.in_pool())

    @pytest.mark.parametrize("by", ["zhao", "qian"])
    def test_an_admin_owns_no_customers(self, office, by):
        with pytest.raises(NoSuchPersonError):
            pool_assign(office, by, "qian", office.in_pool())

    def test_the_assignee_is_active(self, office):
        office.set("an", active=False)
        with pytest.raises(NoSuchPersonError):
            pool_assign(office, "li", "an", office.in_pool())

    def test_nobody_is_nobody(self, office):
        with pytest.raises(NoSuchPersonError):
            office.do(pool.pool_assign, "li", [office.in_pool()], 999_999)

    def test_what_is_taken_waits_or_lies_in_the_bin_is_refused_one_by_one(self, office):
        taken, binned = office.enter("xu"), office.in_bin("xu")
        waits = office.in_pool(last="an")
        office.waiting("xu", waits)
        outcomes = pool_assign(office, "li", "an", taken, waits, binned, office.in_pool())
        assert [type(outcome.error) for outcome in outcomes] == [
            CustomerTakenError,
            AlreadyWaitingError,
            NotFoundError,
            type(None),
        ]
