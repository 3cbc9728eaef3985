"""Real threads on both databases: whatever the pair, exactly one wins, and the loser is told who has it."""

import pytest
from sqlalchemy import func, select

from domain import access, approvals, cards, customers, departures, inbox, invitations, outbox, pool
from domain.cards import Subject
from domain.errors import (
    AlreadyDecidedError,
    AlreadyInPoolError,
    AlreadyWaitingError,
    CustomerTakenError,
    DailyLimitError,
    DuplicateCustomerError,
    InvitationUsedError,
    NoSuchPersonError,
    NotFoundError,
)
from domain.inbox import Incoming
from domain.models import Customer, Ownership, User
from domain.outbox import Kind, Notice
from domain.outcomes import Result
from domain.permissions import Role
from domain.policy import Policy
from domain.stages import ReleaseReason, RequestStatus
from tests.domain.at_once import at_once, begin
from tests.domain.office import new_customer

CROWD = 16
PATIENCE = 20


@pytest.fixture
def office(own_office):
    return own_office


@pytest.fixture
def crowd(office):
    """Sixteen more salespeople of the west."""
    names = [f"crowd{number}" for number in range(CROWD)]
    for name in names:
        office.hire(name, superior="wu", joined=False)
    return names


def claims(office, crowd, wanted):
    """Everybody claims everything, half of them from the other end."""
    batches = [wanted if number % 2 else wanted[::-1] for number in range(len(crowd))]
    return at_once(
        [lambda who=who, batch=batch: office.do(pool.claim, who, batch) for who, batch in zip(crowd, batches, strict=True)]
    )


def by_customer(results):
    """Every outcome of every batch, by customer; an error of the database would not be a list."""
    found = {}
    for outcomes in results:
        assert isinstance(outcomes, list), outcomes
        for outcome in outcomes:
            found.setdefault(outcome.customer_id, []).append(outcome)
    return found


class TestClaim:
    def test_each_customer_has_one_owner_and_the_others_are_told_whose_it_is(self, office, crowd):
        wanted = [office.in_pool() for _ in range(5)]
        outcomes = by_customer(claims(office, crowd, wanted))
        for customer in wanted:
            owner = office.person(office.owner(customer)).name
            assert [o.result for o in outcomes[customer]].count(Result.DONE) == 1
            losers = [o.error for o in outcomes[customer] if o.result is Result.REFUSED]
            assert len(losers) == CROWD - 1
            assert {(type(error), error.owner) for error in losers} == {(CustomerTakenError, owner)}
            assert len(office.ownerships(customer)) == 1

    def test_one_waits_and_the_others_are_told_who(self, office, crowd):
        wanted = [office.in_pool(last="an") for _ in range(3)]
        outcomes = by_customer(claims(office, crowd, wanted))
        for customer in wanted:
            requester = office.do(customers.card, "qian", customer).waiting.requester
            assert [o.result for o in outcomes[customer]].count(Result.WAITING) == 1
            losers = [o.error for o in outcomes[customer] if o.result is Result.REFUSED]
            assert {(type(error), error.requester) for error in losers} == {(AlreadyWaitingError, requester)}

    def test_against_assigning_from_the_pool(self, office):
        office.set("ye", direct_assign=True)
        for _ in range(5):
            customer = office.in_pool()
            results = at_once(
                [
                    lambda customer=customer: office.do(pool.claim, "an", [customer]),
                    lambda customer=customer: office.do(pool.pool_assign, "wu", [customer], office.ids["xu"]),
                    lambda customer=customer: office.do(pool.direct_assign, "ye", [customer], office.ids["bai"]),
                ]
            )
            owners = {"an": results[0], "xu": results[1], "bai": results[2]}
            assert [who for who, outcomes in owners.items() if outcomes[0].result is Result.DONE] == [office.owner(customer)]


class TestDecision:
    def test_approve_reject_cancel_and_direct_assign_make_one(self, office):
        office.set("ye", direct_assign=True)
        for _ in range(6):
            customer = office.in_pool(last="an")
            request = office.waiting("xu", customer)
            approved, rejected, cancelled, given = (
                outcome[0]
                for outcome in at_once(
                    [
                        lambda request=request: office.do(approvals.approve, "li", [request]),
                        lambda request=request: office.do(approvals.reject, "zhao", [request]),
                        lambda request=request: office.do(approvals.cancel, "xu", [request]),
                        lambda customer=customer: office.do(pool.direct_assign, "ye", [customer], office.ids["bai"]),
                    ]
                )
            )
            decided = office.request(request)
            won = [outcome.result is Result.DONE for outcome in (approved, rejected, cancelled)]
            by_direct_assign = decided.decided_by == office.ids["ye"]
            assert sum(won) == (0 if by_direct_assign else 1)
            for outcome in (approved, rejected, cancelled):
                assert outcome.error is None or isinstance(outcome.error, AlreadyDecidedError)
            if decided.status == RequestStatus.APPROVED:
                assert (office.owner(customer), type(given.error)) == ("xu", CustomerTakenError)
            else:
                assert (office.owner(customer), given.result) == ("bai", Result.DONE)
            assert len([row for row in office.ownerships(customer) if row.until is None]) == 1

    def test_batches_in_opposite_order_all_come_to_an_end(self, office):
        wanted = [office.in_pool(last="an") for _ in range(12)]
        requests = [office.waiting("xu", customer) for customer in wanted]
        results = at_once(
            [
                lambda: office.do(approvals.approve, "li", requests),
                lambda: office.do(approvals.reject, "zhao", requests[::-1]),
                lambda: office.do(approvals.approve, "qian", requests[::-1]),
                lambda: office.do(approvals.cancel, "xu", requests[::-1]),
            ]
        )
        for outcomes in by_customer(results).values():
            assert [outcome.result for outcome in outcomes].count(Result.DONE) == 1


class TestLimits:
    """Whatever takes at the same moment, nobody comes past his limit, and none of it is left unused."""

    def held(self, office, who):
        with office.work() as session:
            return session.scalar(select(func.count()).select_from(Customer).where(Customer.owner_id == office.ids[who]))

    def test_the_claims_of_a_day_from_many_devices(self, office):
        office.policy = Policy(claims_per_day=3)
        wanted = [office.in_pool(last=last) for last in (None, "an") for _ in range(4)]
        results = at_once([lambda each=each: office.do(pool.claim, "xu", [each]) for each in wanted])
        refused = [outcome.error for outcomes in results for outcome in outcomes if outcome.error]
        assert [(type(error), error.count) for error in refused] == [(DailyLimitError, 3)] * 5

    def test_claims_assignments_and_entries_for_the_last_places(self, office):
        office.set("ye", direct_assign=True)
        xu = office.ids["xu"]
        for _ in range(4):
            office.policy = Policy()
            free, asked, mine = office.in_pool(), office.in_pool(last="an"), office.enter("ye")
            request = office.waiting("xu", asked)
            others, limit = [office.in_pool() for _ in range(2)], self.held(office, "xu") + 2
            office.policy = Policy(held_limit=limit)
            at_once(
                [
                    lambda free=free: office.do(pool.claim, "xu", [free]),
                    lambda others=others: office.do(pool.pool_assign, "wu", others[:1], xu),
                    lambda others=others: office.do(pool.direct_assign, "ye", others[1:], xu),
                    lambda mine=mine: office.do(pool.assign, "wu", [mine], xu),
                    lambda limit=limit: office.enter("xu", f"Entered {limit}"),
                    lambda request=request: office.do(approvals.approve, "li", [request]),
                ]
            )
            assert self.held(office, "xu") == limit

    def test_two_of_ones_requests_approved_by_two_leads(self, office):
        for _ in range(4):
            office.policy = Policy()
            requests = [office.waiting("xu", office.in_pool(last=last)) for last in ("an", "zhao")]
            limit = self.held(office, "xu") + 1
            office.policy = Policy(held_limit=limit)
            results = at_once(
                [
                    lambda requests=requests: office.do(approvals.approve, "li", requests[:1]),
                    lambda requests=requests: office.do(approvals.approve, "zhao", requests[1:]),
                ]
            )
            assert sorted(outcome.result for [outcome] in results) == [Result.DONE, Result.REFUSED]
            assert self.held(office, "xu") == limit
            office.do(approvals.cancel, "xu", [request for request in requests if office.request(request).decided_at is None])

    def test_a_lead_leaves_while_his_people_claim(self, office):
        office.policy = Policy(claims_per_day=5, held_limit=5)
        free, his = office.in_pool(), office.enter("li")
        results = at_once(
            [
                *(lambda who=who: office.do(pool.claim, who, [free]) for who in ("an", "bai")),
                lambda: office.do(departures.deactivate, "qian", office.ids["li"], successor_id=office.ids["wu"]),
            ]
        )
        assert results[-1] == 1
        assert office.owner(free) in ("an", "bai")
        assert office.owner(his) == "wu"


class TestOwner:
    def test_release_against_release_and_assign(self, office):
        for _ in range(5):
            customer = office.enter("an")
            first, second, moved = (
                outcome[0]
                for outcome in at_once(
                    [
                        lambda customer=customer: office.do(pool.release, "li", [customer], ReleaseReason.PRICE),
                        lambda customer=customer: office.do(pool.release, "zhao", [customer], ReleaseReason.NO_NEED),
                        lambda customer=customer: office.do(pool.assign, "li", [customer], office.ids["bai"]),
                    ]
                )
            )
            assert [first.result, second.result].count(Result.DONE) == 1 + (
                moved.result is Result.DONE and first.result is second.result
            )
            assert office.owner(customer) is None
            assert {type(o.error) for o in (first, second, moved)} <= {type(None), AlreadyInPoolError}
            assert len(office.ownerships(customer)) == 1 + (moved.result is Result.DONE)

    def test_one_of_many_enters_a_new_customer(self, office):
        results = at_once(
            [
                lambda who=who: office.do(customers.enter, who, new_customer("Blue Anchor"))
                for who in ("an", "bai", "li", "xu", "ye", "wu")
            ]
        )
        entered = [result for result in results if isinstance(result, int)]
        refused = [result for result in results if isinstance(result, DuplicateCustomerError)]
        assert (len(entered), len(refused)) == (1, 5)
        assert {error.owner for error in refused} == {office.person(office.owner(entered[0])).name}


class TestPeople:
    def test_one_of_many_joins_with_a_link(self, office):
        code = office.do(invitations.invite, "qian", office.hire("feng", joined=False))

        def join(telegram):
            with office.work() as session:
                return invitations.join(session, telegram, code, now=office.now)

        results = at_once([lambda telegram=telegram: join(telegram) for telegram in range(9_000_000_001, 9_000_000_007)])
        assert sorted(type(result).__name__ for result in results) == ["Actor"] + [InvitationUsedError.__name__] * 5

    def test_two_admins_who_throw_each_other_out_leave_one(self, office):
        office.hire("sun", Role.ADMIN)
        at_once(
            [
                lambda: office.do(departures.deactivate, "qian", office.ids["sun"]),
                lambda: office.do(departures.deactivate, "sun", office.ids["qian"]),
            ]
        )
        assert [office.person(admin).active for admin in ("qian", "sun")].count(True) == 1

    def test_whoever_is_deactivated_while_he_claims_owns_nothing(self, office, crowd):
        for who in crowd[:6]:
            free, asked = office.in_pool(), office.in_pool(last="an")
            claimed, _ = at_once(
                [
                    lambda who=who, batch=(free, asked): office.do(pool.claim, who, batch),
                    lambda who=who: office.do(departures.deactivate, "qian", office.ids[who]),
                ]
            )
            assert isinstance(claimed, list | NotFoundError)
            assert not office.person(who).active
        with office.work() as session:
            gone = select(func.count()).select_from(Customer).join(User, User.id == Customer.owner_id).where(~User.active)
            assert session.scalar(gone) == 0
            open_ones = select(func.count()).select_from(Ownership).where(Ownership.until.is_(None))
            assert session.scalar(open_ones) == 0
        assert office.do(pool.claim, "an", [asked])[0].result is Result.DONE


class TestOneAfterTheOther:
    """Orders that luck would rarely find: the first has begun, the second must wait for it."""

    def test_a_deactivation_waits_for_a_claim(self, office):
        customer = office.in_pool()
        with office.work() as session:
            actor = access.actor_by_id(session, office.ids["an"])
            gone = begin(lambda: office.do(departures.deactivate, "qian", office.ids["an"]))
            pool.claim(session, actor, [customer], policy=office.policy, now=office.now)
        assert gone.result() == 1
        assert office.owner(customer) is None

    @pytest.mark.parametrize("give", [pool.pool_assign, pool.direct_assign])
    def test_what_would_be_given_to_somebody_waits_for_his_deactivation(self, office, give):
        office.set("li", direct_assign=True)
        customer = office.in_pool()
        with office.work() as session:
            admin = access.actor_by_id(session, office.ids["qian"])
            departures.deactivate(session, admin, office.ids["an"], policy=office.policy, now=office.now)
            given = begin(lambda: office.do(give, "li", [customer], office.ids["an"]))
        assert isinstance(given.exception(), NoSuchPersonError)
        assert office.owner(customer) is None


class TestLedgers:
    def test_each_message_is_claimed_once_and_one_of_a_chat_is_in_flight(self, office):
        people = ("an", "bai", "li", "xu", "ye", "wu")
        with office.work() as session:
            notices = [Notice(f"{who}{n}", Kind.ASSIGNED, office.ids[who], {}) for who in people for n in range(3)]
            outbox.tell(session, notices, now=office.now)

        def claim():
            with office.work() as session:
                return [row.key for row in outbox.claim(session, now=office.now, limit=4)]

        claimed = [key for keys in at_once([claim] * 6) for key in keys]
        assert len(claimed) == len(set(claimed))
        assert set(claimed) <= {f"{who}0" for who in people}

    def test_workers_take_each_update_once_and_a_persons_in_order(self, office):
        with office.work() as session:
            inbox.store(session, [Incoming(i, i % 3, {}) for i in range(1, 31)], now=office.now)
        handled = []

        def work():
            while inbox_waits(office):
                with office.work() as session:
                    if (taken := inbox.take(session, now=office.now)) is not None:
                        handled.append((taken.lane, taken.update_id))
                        inbox.done(session, taken)

        assert at_once([work] * 4) == [None] * 4
        assert len(handled) == len(set(handled)) == 30
        for lane in range(3):
            mine = [update_id for of, update_id in handled if of == lane]
            assert mine == sorted(mine)


class TestACardOnItsWay:
    def test_that_arrives_as_its_customer_leaves_is_edited_again(self, office):
        customer, chat = office.enter("an"), office.telegram["an"]
        with office.work() as session:
            version = cards.customer_versions(session, [customer])[customer]
            leaving = begin(lambda: office.release(customer))
            there = {"chat_id": chat, "message_id": 700, "user_id": office.ids["an"]}
            cards.register(session, **there, subject=Subject.CUSTOMER, subject_id=customer, version=version, now=office.now)
        leaving.result(PATIENCE)
        assert [edit.body["message_id"] for edit in office.told("an", Kind.REFRESH)] == [700]


def inbox_waits(office):
    with office.work() as session:
        return inbox.pending(session) > 0
