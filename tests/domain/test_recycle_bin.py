import pytest

from domain import customers, departures, orders, pool, recycle_bin, signing
from domain.errors import DuplicateCustomerError, HasOrdersError, NotAllowedError, NotFoundError
from domain.models import Partner
from domain.orders import NewOrder
from domain.outbox import Kind
from domain.outcomes import Result
from domain.stages import Gained, Lost, ReleaseReason, RequestStatus, Stage


def delete(office, who, *ids):
    return office.do(recycle_bin.delete, who, ids)


def restore(office, who, *ids):
    return office.do(recycle_bin.restore, who, ids)


class TestDelete:
    @pytest.mark.parametrize("by", ["an", "li", "zhao", "qian"])
    def test_a_non_cooperating_customer_goes_into_the_bin(self, office, by):
        customer = office.enter("an")
        assert delete(office, by, customer)[0].result is Result.DONE
        kept = office.customer(customer)
        assert (kept.owner_id, kept.deleted_by, kept.due_on) == (None, office.ids[by], None)
        assert (kept.last_owner_id, kept.last_lead_id) == (office.ids["an"], office.ids["li"])
        assert office.ownerships(customer)[-1].lost == Lost.DELETED

    @pytest.mark.parametrize("by", ["bai", "wu", "xu"])
    def test_for_others_it_does_not_exist(self, office, by):
        customer = office.enter("an")
        assert isinstance(delete(office, by, customer)[0].error, NotFoundError)
        assert office.customer(customer).deleted_at is None

    def test_in_the_bin_the_stage_is_potential(self, office):
        customer = office.enter("an", stage=Stage.QUOTING)
        delete(office, "an", customer)
        assert office.customer(customer).stage == Stage.POTENTIAL

    def test_the_owner_is_told_when_his_lead_does_it(self, office):
        customer = office.enter("an")
        delete(office, "li", customer)
        assert office.told("an", Kind.DELETED)

    def test_a_lead_deletes_from_the_pool_and_who_waits_for_it_is_told(self, office):
        customer = office.in_pool(last="an")
        request = office.waiting("xu", customer)
        assert delete(office, "wu", customer)[0].result is Result.DONE
        assert office.request(request).status == RequestStatus.CANCELLED
        assert office.told("xu", Kind.OVERTAKEN)

    def test_a_salesperson_does_not_delete_from_the_pool(self, office):
        customer = office.in_pool()
        assert isinstance(delete(office, "an", customer)[0].error, NotAllowedError)

    def test_its_name_is_free_again(self, office):
        delete(office, "an", office.enter("an", "Blue Anchor"))
        assert office.enter("xu", "Blue Anchor")


class TestDeleteOfACooperatingCustomer:
    def test_its_lead_may_while_the_partner_has_no_orders_and_the_partner_becomes_void(self, office):
        customer = office.enter("an")
        partner = office.do(signing.sign, "an", customer)
        assert delete(office, "li", customer)[0].result is Result.DONE
        assert office.customer(customer).partner_id is None
        with office.work() as session:
            assert not session.get_one(Partner, partner).valid

    def test_its_owner_may_not(self, office):
        customer = office.enter("an")
        office.do(signing.sign, "an", customer)
        assert isinstance(delete(office, "an", customer)[0].error, NotAllowedError)

    def test_nobody_may_once_there_are_orders_and_hears_how_many(self, office):
        customer = office.enter("an")
        partner = office.do(signing.sign, "an", customer)
        for number in ("E1", "E2"):
            office.do(orders.add, "qian", NewOrder(number, partner, office.now.today))
        error = delete(office, "qian", customer)[0].error
        assert isinstance(error, HasOrdersError)
        assert error.count == 2


class TestRestore:
    def test_it_goes_back_to_its_owner_with_a_fresh_deadline(self, office):
        customer = office.enter("an", stage=Stage.QUOTING)
        delete(office, "li", customer)
        office.later(days=30)
        assert restore(office, "li", customer)[0].result is Result.DONE
        kept = office.customer(customer)
        assert (kept.owner_id, kept.stage, kept.deleted_by) == (office.ids["an"], Stage.POTENTIAL, None)
        assert (kept.signing_deadline - office.now.today).days == 90
        assert office.ownerships(customer)[-1].gained == Gained.RESTORED

    def test_into_the_pool_when_the_owner_has_left(self, office):
        customer = office.enter("an")
        delete(office, "li", customer)
        office.do(departures.deactivate, "qian", office.ids["an"])
        restore(office, "li", customer)
        kept = office.customer(customer)
        assert (kept.owner_id, kept.deleted_at) == (None, None)

    def test_into_the_pool_from_where_it_was_deleted(self, office):
        customer = office.in_pool()
        delete(office, "li", customer)
        restore(office, "li", customer)
        assert office.customer(customer).owner_id is None

    @pytest.mark.parametrize("by", ["li", "qian"])
    def test_who_deleted_it_may_and_an_admin(self, office, by):
        customer = office.enter("an")
        delete(office, "li", customer)
        assert restore(office, by, customer)[0].result is Result.DONE

    @pytest.mark.parametrize("by", ["an", "zhao", "xu"])
    def test_for_others_it_does_not_exist(self, office, by):
        customer = office.enter("an")
        delete(office, "li", customer)
        assert isinstance(restore(office, by, customer)[0].error, NotFoundError)

    def test_not_past_a_live_duplicate_which_is_named(self, office):
        customer = office.enter("an", "Blue Anchor")
        delete(office, "an", customer)
        office.enter("xu", "BLUE ANCHOR Ltd")
        error = restore(office, "an", customer)[0].error
        assert isinstance(error, DuplicateCustomerError)
        assert (error.name, error.owner) == ("BLUE ANCHOR Ltd", "Xu")

    def test_of_two_alike_in_one_batch_the_first_comes_back(self, office):
        first = office.enter("an", "Blue Anchor")
        delete(office, "an", first)
        second = office.enter("an", "Blue Anchor")
        delete(office, "an", second)
        assert [outcome.result for outcome in restore(office, "an", first, second)] == [Result.DONE, Result.REFUSED]

    def test_what_is_not_in_the_bin_cannot_come_back(self, office):
        assert isinstance(restore(office, "an", office.enter("an"))[0].error, NotFoundError)

    def test_released_and_deleted_it_remembers_its_team(self, office):
        customer = office.enter("an")
        office.do(pool.release, "li", [customer], ReleaseReason.PRICE)
        delete(office, "li", customer)
        restore(office, "li", customer)
        assert office.customer(customer).last_lead_id == office.ids["li"]


class TestTheCard:
    def test_who_deleted_it_sees_it_and_others_do_not(self, office):
        customer = office.enter("an")
        delete(office, "an", customer)
        assert office.do(customers.card, "an", customer).name
        with pytest.raises(NotFoundError):
            office.do(customers.card, "li", customer)
        assert office.do(customers.card, "qian", customer).due_on is None
