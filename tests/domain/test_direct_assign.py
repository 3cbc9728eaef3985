import pytest

from domain import pool
from domain.errors import CustomerTakenError, NoSuchPersonError, NotAllowedError, NotFoundError
from domain.outbox import Kind
from domain.outcomes import Result
from domain.stages import Gained, RequestStatus
from domain.timeline import Event


@pytest.fixture(autouse=True)
def ye_holds_the_right(office):
    office.set("ye", direct_assign=True)


def direct_assign(office, who, assignee, *customers):
    return office.do(pool.direct_assign, who, customers, office.ids[assignee])


class TestDirectAssign:
    @pytest.mark.parametrize("last", [None, "an", "ye"])
    @pytest.mark.parametrize("to", ["ye", "an", "zhao"])
    def test_anyone_active_gets_it_without_approval(self, office, last, to):
        customer = office.in_pool(last=last)
        assert direct_assign(office, "ye", to, customer)[0].result is Result.DONE
        assert office.owner(customer) == to
        assert office.ownerships(customer)[-1].gained == Gained.DIRECT
        assert office.events(customer)[-1] == Event.DIRECT_ASSIGNED

    def test_the_new_owner_is_told(self, office):
        customer = office.in_pool()
        direct_assign(office, "ye", "an", customer)
        assert [m.body["customer_ids"] for m in office.told("an", Kind.ASSIGNED)] == [[customer]]


class TestRight:
    @pytest.mark.parametrize("who", ["xu", "li", "zhao", "qian"])
    def test_without_it_nobody_may_whatever_the_role(self, office, who):
        customer = office.in_pool()
        with pytest.raises(NotAllowedError):
            direct_assign(office, who, "xu", customer)
        assert office.owner(customer) is None

    @pytest.mark.parametrize("who", ["xu", "li", "zhao", "qian"])
    def test_with_it_everybody_may(self, office, who):
        office.set(who, direct_assign=True)
        assert direct_assign(office, who, "xu", office.in_pool())[0].result is Result.DONE


class TestWaitingRequest:
    def test_it_is_cancelled(self, office):
        customer = office.in_pool(last="an")
        request = office.waiting("xu", customer)
        office.later(minutes=10)
        assert direct_assign(office, "ye", "bai", customer)[0].result is Result.DONE
        decided = office.request(request)
        assert (decided.status, decided.decided_by, decided.decided_at) == (
            RequestStatus.CANCELLED,
            office.ids["ye"],
            office.now.utc,
        )
        assert office.events(customer)[-2:] == [Event.DIRECT_ASSIGNED, Event.REQUEST_CANCELLED]

    def test_requester_and_approver_are_told(self, office):
        customers = [office.in_pool(last="an"), office.in_pool(last="bai")]
        office.do(pool.claim, "xu", customers)
        direct_assign(office, "ye", "bai", *customers)
        for person in ("xu", "li"):
            assert [m.body["customer_ids"] for m in office.told(person, Kind.OVERTAKEN)] == [customers]

    def test_the_admins_are_told_where_they_were_asked(self, office):
        office.hire("feng")
        customer = office.in_pool(last="feng")
        office.waiting("xu", customer)
        direct_assign(office, "ye", "bai", customer)
        assert len(office.told("qian", Kind.OVERTAKEN)) == 1

    def test_one_left_out_of_the_batch_goes_on_waiting(self, office):
        given, left = office.in_pool(last="an"), office.in_pool(last="an")
        office.do(pool.claim, "xu", [given, left])
        direct_assign(office, "ye", "bai", given)
        assert office.request(office.request_of(left)).status == RequestStatus.WAITING


class TestDirectAssignRefused:
    def test_what_has_an_owner_stays_with_him(self, office):
        customer = office.enter("an")
        outcome = direct_assign(office, "ye", "xu", customer)[0]
        assert isinstance(outcome.error, CustomerTakenError)
        assert office.owner(customer) == "an"

    def test_what_lies_in_the_bin_does_not_exist(self, office):
        assert isinstance(direct_assign(office, "ye", "xu", office.in_bin("an"))[0].error, NotFoundError)

    def test_the_assignee_is_active_and_no_admin(self, office):
        customer = office.in_pool()
        office.set("an", active=False)
        for nobody in ("an", "qian"):
            with pytest.raises(NoSuchPersonError):
                direct_assign(office, "ye", nobody, customer)
