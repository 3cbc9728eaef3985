import pytest

from domain import approvals, departures, pool, request_cards, users
from domain.errors import AlreadyDecidedError, InvalidFieldError, NotAllowedError, NotFoundError
from domain.outbox import Kind, Priority
from domain.outcomes import Result
from domain.stages import Gained, RequestStatus
from domain.timeline import Event


def approve(office, who, *requests):
    return office.do(approvals.approve, who, requests)


def reject(office, who, *requests, reason=None):
    return office.do(approvals.reject, who, requests, reason=reason)


def cancel(office, who, *requests):
    return office.do(approvals.cancel, who, requests)


class TestApprove:
    @pytest.mark.parametrize("approver", ["li", "zhao", "qian"])
    def test_the_requester_becomes_the_owner(self, office, approver):
        customer = office.in_pool(last="an")
        request = office.waiting("xu", customer)
        office.later(hours=2)
        assert approve(office, approver, request)[0].result is Result.DONE
        assert office.owner(customer) == "xu"
        assert office.ownerships(customer)[-1].gained == Gained.APPROVED
        assert office.events(customer)[-1] == Event.REQUEST_APPROVED
        assert office.customer(customer).last_lead_id == office.ids["wu"]

    def test_it_is_noted_by_whom_and_when(self, office):
        request = office.waiting("xu", office.in_pool(last="an"))
        office.later(hours=2)
        approve(office, "li", request)
        decided = office.request(request)
        assert (decided.status, decided.decided_by, decided.decided_at) == (
            RequestStatus.APPROVED,
            office.ids["li"],
            office.now.utc,
        )

    def test_the_requester_is_told_once_for_a_batch(self, office):
        customers = [office.in_pool(last="an"), office.in_pool(last="bai")]
        office.do(pool.claim, "xu", customers)
        requests = [office.request_of(customer) for customer in customers]
        approve(office, "li", *requests)
        assert [(m.body, m.priority) for m in office.told("xu", Kind.DECIDED)] == [({"request_ids": requests}, Priority.URGENT)]
        assert office.told("xu", Kind.ASSIGNED) == []

    def test_a_request_for_a_member_makes_him_the_owner_and_tells_him_too(self, office):
        customer = office.in_pool(last="an")
        office.do(pool.pool_assign, "wu", [customer], office.ids["ye"])
        approve(office, "li", office.request_of(customer))
        assert office.owner(customer) == "ye"
        assert [m.body["customer_ids"] for m in office.told("ye", Kind.ASSIGNED)] == [[customer]]
        assert len(office.told("wu", Kind.DECIDED)) == 1

    def test_some_of_a_batch_may_be_approved_and_the_others_wait(self, office):
        first, second = office.in_pool(last="an"), office.in_pool(last="an")
        office.do(pool.claim, "xu", [first, second])
        approve(office, "li", office.request_of(second))
        assert (office.owner(first), office.owner(second)) == (None, "xu")
        assert office.request(office.request_of(first)).status == RequestStatus.WAITING


class TestReject:
    def test_the_customer_stays_in_the_pool_for_others(self, office):
        customer = office.in_pool(last="an")
        request = office.waiting("xu", customer)
        assert reject(office, "li", request)[0].result is Result.DONE
        assert office.owner(customer) is None
        assert office.events(customer)[-1] == Event.REQUEST_REJECTED
        assert office.do(pool.claim, "ye", [customer])[0].result is Result.WAITING

    def test_the_requester_is_told(self, office):
        request = office.waiting("xu", office.in_pool(last="an"))
        reject(office, "li", request)
        assert [m.body for m in office.told("xu", Kind.DECIDED)] == [{"request_ids": [request]}]

    def test_a_reason_may_be_given(self, office):
        request = office.waiting("xu", office.in_pool(last="an"))
        reject(office, "li", request, reason=" we are back in talks ")
        assert office.request(request).reason == "we are back in talks"

    @pytest.mark.parametrize("reason", ["   ", "x" * 201])
    def test_a_reason_says_something_in_200_characters(self, office, reason):
        request = office.waiting("xu", office.in_pool(last="an"))
        with pytest.raises(InvalidFieldError):
            reject(office, "li", request, reason=reason)
        assert office.request(request).status == RequestStatus.WAITING


class TestAddReason:
    @pytest.fixture
    def rejected(self, office):
        request = office.waiting("xu", office.in_pool(last="an"))
        reject(office, "li", request)
        return request

    def test_whoever_rejected_says_why_afterwards(self, office, rejected):
        office.do(approvals.add_reason, "li", office.batch_of(rejected), "price agreed")
        assert office.request(rejected).reason == "price agreed"
        assert len(office.told("xu", Kind.DECIDED)) == 2

    def test_but_once(self, office, rejected):
        office.do(approvals.add_reason, "li", office.batch_of(rejected), "price agreed")
        with pytest.raises(NotFoundError):
            office.do(approvals.add_reason, "li", office.batch_of(rejected), "or rather not")
        assert office.request(rejected).reason == "price agreed"

    @pytest.mark.parametrize("other", ["xu", "zhao", "qian"])
    def test_and_nobody_else(self, office, rejected, other):
        with pytest.raises(NotFoundError):
            office.do(approvals.add_reason, other, office.batch_of(rejected), "because")

    @pytest.mark.parametrize("reason", ["  ", "x" * 201])
    def test_in_200_characters(self, office, rejected, reason):
        with pytest.raises(InvalidFieldError):
            office.do(approvals.add_reason, "li", office.batch_of(rejected), reason)


class TestDecidedOnce:
    @pytest.mark.parametrize(
        ("first", "status"), [(approve, RequestStatus.APPROVED), (reject, RequestStatus.REJECTED)], ids=["approved", "rejected"]
    )
    @pytest.mark.parametrize("second", [approve, reject], ids=["approve", "reject"])
    def test_a_second_decision_is_told_by_whom_and_when(self, office, first, status, second):
        request = office.waiting("xu", office.in_pool(last="an"))
        decided_at = office.now.utc
        first(office, "li", request)
        office.later(minutes=1)
        error = second(office, "zhao", request)[0].error
        assert isinstance(error, AlreadyDecidedError)
        assert (error.status, error.decider, error.at) == (status, "Li", decided_at)
        assert office.request(request).status == status

    def test_what_was_cancelled_cannot_be_approved(self, office):
        customer = office.in_pool(last="an")
        request = office.waiting("xu", customer)
        cancel(office, "xu", request)
        error = approve(office, "li", request)[0].error
        assert isinstance(error, AlreadyDecidedError)
        assert (error.status, error.decider) == (RequestStatus.CANCELLED, "Xu")
        assert office.owner(customer) is None

    def test_the_open_ones_of_a_batch_are_decided_all_the_same(self, office):
        first, second = office.in_pool(last="an"), office.in_pool(last="an")
        office.do(pool.claim, "xu", [first, second])
        requests = [office.request_of(first), office.request_of(second)]
        reject(office, "li", requests[0])
        outcomes = approve(office, "li", *requests)
        assert [outcome.result for outcome in outcomes] == [Result.REFUSED, Result.DONE]


class TestWrongPerson:
    @pytest.mark.parametrize("decide", [approve, reject], ids=["approve", "reject"])
    @pytest.mark.parametrize("who", ["xu", "an", "wu"])
    def test_only_the_approver_and_those_above_decide(self, office, decide, who):
        request = office.waiting("xu", office.in_pool(last="an"))
        assert isinstance(decide(office, who, request)[0].error, NotAllowedError)
        assert office.request(request).status == RequestStatus.WAITING

    def test_a_request_that_never_was_does_not_exist(self, office):
        assert isinstance(approve(office, "li", 999_999)[0].error, NotFoundError)

    def test_nobody_approves_what_he_asked_for_even_when_the_team_has_become_his(self, office):
        customer = office.in_pool(last="an")
        office.do(pool.claim, "wu", [customer])
        request = office.request_of(customer)
        office.do(departures.deactivate, "qian", office.ids["li"], successor_id=office.ids["wu"])
        assert isinstance(approve(office, "wu", request)[0].error, NotAllowedError)
        assert approve(office, "zhao", request)[0].result is Result.DONE

    def test_nor_when_he_has_come_to_stand_above(self, office):
        office.hire("feng", superior="wu")
        customer = office.in_pool(last="feng")
        request = office.waiting("li", customer)
        office.do(users.set_superior, "qian", office.ids["wu"], office.ids["li"])
        assert isinstance(approve(office, "li", request)[0].error, NotAllowedError)


class TestCancel:
    def test_the_requester_changes_his_mind(self, office):
        customer = office.in_pool(last="an")
        request = office.waiting("xu", customer)
        assert cancel(office, "xu", request)[0].result is Result.DONE
        assert office.request(request).status == RequestStatus.CANCELLED
        assert office.events(customer)[-1] == Event.REQUEST_CANCELLED
        assert office.do(pool.claim, "an", [customer])[0].result is Result.DONE

    @pytest.mark.parametrize("who", ["ye", "wu", "li", "qian"])
    def test_for_anybody_else_there_is_nothing_to_cancel(self, office, who):
        request = office.waiting("xu", office.in_pool(last="an"))
        assert isinstance(cancel(office, who, request)[0].error, NotFoundError)
        assert office.request(request).status == RequestStatus.WAITING

    def test_what_was_decided_cannot_be_taken_back(self, office):
        request = office.waiting("xu", office.in_pool(last="an"))
        approve(office, "li", request)
        assert isinstance(cancel(office, "xu", request)[0].error, AlreadyDecidedError)


class TestCard:
    def test_approver_and_requester_read_it(self, office):
        customer = office.in_pool("Blue Anchor", last="an")
        request = office.waiting("xu", customer)
        for who in ("li", "zhao", "qian", "xu"):
            card = office.do(request_cards.card, who, office.batch_of(request))
            assert (card.requester, card.assignee) == ("Xu", "Xu")
            assert [(line.customer, line.last_owner, line.status) for line in card.waiting] == [
                ("Blue Anchor", "An", RequestStatus.WAITING)
            ]

    @pytest.mark.parametrize("who", ["ye", "an", "wu"])
    def test_for_others_it_does_not_exist(self, office, who):
        request = office.waiting("xu", office.in_pool(last="an"))
        with pytest.raises(NotFoundError):
            office.do(request_cards.card, who, office.batch_of(request))

    def test_each_decision_makes_a_new_version_that_says_how(self, office):
        first, second = office.in_pool(last="an"), office.in_pool(last="an")
        office.do(pool.claim, "xu", [first, second])
        request = office.request_of(first)
        before = office.do(request_cards.card, "li", office.batch_of(request))
        reject(office, "li", request, reason="ours")
        after = office.do(request_cards.card, "li", office.batch_of(request))
        assert after.version == before.version + 1
        line = after.lines[0]
        assert (line.status, line.decider, line.decided_at, line.reason) == (
            RequestStatus.REJECTED,
            "Li",
            office.now.utc,
            "ours",
        )
        assert len(after.waiting) == 1
