import pytest

from domain import pool
from domain.errors import (
    AlreadyWaitingError,
    AlreadyYoursError,
    BatchTooLargeError,
    CustomerTakenError,
    NotFoundError,
    NothingSelectedError,
)
from domain.outbox import Kind, Priority
from domain.outcomes import Result
from domain.policy import Policy
from domain.stages import Gained, Level
from domain.timeline import Event


def claim(office, who, *customers):
    return office.do(pool.claim, who, customers)


class TestClaimAtOnce:
    def test_a_customer_never_owned_goes_to_the_claimer(self, office):
        customer = office.in_pool()
        assert [outcome.result for outcome in claim(office, "an", customer)] == [Result.DONE]
        assert office.owner(customer) == "an"

    def test_the_clocks_the_history_and_the_timeline_begin(self, office):
        customer = office.in_pool()
        claim(office, "an", customer)
        kept = office.customer(customer)
        assert (kept.owned_since, kept.pooled_at) == (office.now.utc, None)
        assert kept.due_on == kept.signing_deadline
        assert (kept.signing_deadline - office.now.today).days == 90
        assert [(row.owner_id, row.gained, row.until) for row in office.ownerships(customer)] == [
            (office.ids["an"], Gained.CLAIMED, None)
        ]
        assert office.events(customer) == [Event.ENTERED, Event.CLAIMED]

    def test_the_deadline_is_that_of_the_level_and_the_other_clocks_start_when_they_are_on(self, office):
        office.policy = Policy(signing_days_by_level={"A": 30}, first_followup_days=3, followup_days=14)
        special, common = office.in_pool(level=Level.A), office.in_pool()
        claim(office, "an", special, common)
        clocks = ("signing_deadline", "first_followup_deadline", "followup_deadline", "due_on")
        days = [[(getattr(office.customer(c), clock) - office.now.today).days for clock in clocks] for c in (special, common)]
        assert days == [[30, 3, 14, 3], [90, 3, 14, 3]]

    @pytest.mark.parametrize("claimer", ["an", "bai", "li"])
    def test_a_customer_of_ones_own_team_needs_no_approval(self, office, claimer):
        customer = office.in_pool(last="bai")
        assert claim(office, claimer, customer)[0].result is Result.DONE

    @pytest.mark.parametrize("claimer", ["zhao", "qian"])
    def test_whoever_stands_above_the_last_team_needs_no_approval(self, office, claimer):
        customer = office.in_pool(last="xu")
        assert claim(office, claimer, customer)[0].result is Result.DONE

    def test_the_reason_of_the_last_release_is_gone_with_the_claim(self, office):
        customer = office.in_pool(last="an")
        assert office.customer(customer).release_reason
        claim(office, "an", customer)
        assert office.customer(customer).release_reason is None

    def test_nobody_is_told_of_what_he_did_himself(self, office):
        before = len(office.told("an"))
        claim(office, "an", office.in_pool())
        assert len(office.told("an")) == before


class TestClaimByRequest:
    @pytest.mark.parametrize(("claimer", "last", "lead"), [("xu", "an", "li"), ("li", "ye", "wu"), ("an", "zhao", "zhao")])
    def test_a_customer_of_another_team_is_asked_for(self, office, claimer, last, lead):
        customer = office.in_pool(last=last)
        assert claim(office, claimer, customer)[0].result is Result.WAITING
        assert office.owner(customer) is None
        assert [(m.kind, m.priority) for m in office.told(lead, Kind.REQUEST)] == [(Kind.REQUEST, Priority.URGENT)]
        assert office.events(customer)[-1] == Event.CLAIM_REQUESTED

    def test_one_batch_makes_one_card_for_each_team(self, office):
        east = [office.in_pool(last="an"), office.in_pool(last="bai")]
        west = [office.in_pool(last="xu")]
        office.hire("feng", superior="zhao")
        outcomes = claim(office, "feng", *east, *west)
        assert {outcome.result for outcome in outcomes} == {Result.WAITING}
        assert [len(office.told(lead, Kind.REQUEST)) for lead in ("li", "wu", "zhao")] == [1, 1, 0]

    def test_whoever_has_no_team_asks_even_for_what_was_his(self, office):
        office.hire("feng")
        customer = office.in_pool(last="feng")
        assert claim(office, "feng", customer)[0].result is Result.WAITING
        assert len(office.told("qian", Kind.REQUEST)) == 1

    def test_second_claimer_is_told_who_waits(self, office):
        customer = office.in_pool(last="an")
        asked_at = office.now.utc
        claim(office, "xu", customer)
        office.later(hours=1)
        error = claim(office, "ye", customer)[0].error
        assert isinstance(error, AlreadyWaitingError)
        assert (error.requester, error.since) == ("Xu", asked_at)

    @pytest.mark.parametrize("second", ["xu", "an", "li", "qian"])
    def test_what_waits_is_refused_to_everybody(self, office, second):
        customer = office.in_pool(last="an")
        claim(office, "xu", customer)
        assert isinstance(claim(office, second, customer)[0].error, AlreadyWaitingError)


class TestClaimRefused:
    def test_second_claimer_is_told_who_has_it_since_when(self, office):
        customer = office.in_pool()
        claimed_at = office.now.utc
        claim(office, "an", customer)
        office.later(minutes=5)
        outcome = claim(office, "xu", customer)[0]
        assert isinstance(outcome.error, CustomerTakenError)
        assert (outcome.error.owner, outcome.error.since) == ("An", claimed_at)
        assert office.owner(customer) == "an"

    def test_ones_own_is_ones_own_already(self, office):
        customer = office.enter("an")
        assert isinstance(claim(office, "an", customer)[0].error, AlreadyYoursError)

    @pytest.mark.parametrize("claimer", ["an", "xu", "qian"])
    def test_what_lies_in_the_bin_does_not_exist(self, office, claimer):
        outcome = claim(office, claimer, office.in_bin("an"))[0]
        assert isinstance(outcome.error, NotFoundError)
        assert outcome.name == ""

    def test_what_never_was_does_not_exist(self, office):
        assert isinstance(claim(office, "an", 999_999)[0].error, NotFoundError)


class TestBatch:
    def test_each_customer_has_one_outcome_in_the_order_of_asking(self, office):
        free, mine, taken, theirs = (
            office.in_pool("Free Ltd"),
            office.enter("an", "Mine Ltd"),
            office.enter("xu", "Taken Ltd"),
            office.in_pool("Theirs Ltd", last="ye"),
        )
        outcomes = claim(office, "an", theirs, 999_999, taken, free, mine)
        assert [(o.customer_id, o.name, o.result) for o in outcomes] == [
            (theirs, "Theirs Ltd", Result.WAITING),
            (999_999, "", Result.REFUSED),
            (taken, "Taken Ltd", Result.REFUSED),
            (free, "Free Ltd", Result.DONE),
            (mine, "Mine Ltd", Result.REFUSED),
        ]

    def test_a_customer_named_twice_is_claimed_once(self, office):
        customer = office.in_pool()
        assert [outcome.result for outcome in claim(office, "an", customer, customer)] == [Result.DONE]
        assert len(office.ownerships(customer)) == 1

    def test_the_limit_may_be_reached(self, office):
        office.policy = Policy(batch_limit=2)
        assert len(claim(office, "an", office.in_pool(), office.in_pool())) == 2

    def test_the_limit_may_not_be_passed(self, office):
        office.policy = Policy(batch_limit=2)
        customers = [office.in_pool() for _ in range(3)]
        with pytest.raises(BatchTooLargeError) as refused:
            claim(office, "an", *customers)
        assert (refused.value.limit, refused.value.count) == (2, 3)
        assert [office.owner(customer) for customer in customers] == [None] * 3

    def test_nothing_is_no_batch(self, office):
        with pytest.raises(NothingSelectedError):
            claim(office, "an")
