from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain import approvals, customers, departures, pool, recycle_bin, undo
from domain.clock import Moment
from domain.errors import CoolingDownError, DailyLimitError, HeldLimitError, OldTeamFirstError
from domain.outcomes import Result
from domain.permissions import Act
from domain.stages import RequestStatus
from tests.domain.office import MONDAY, SHANGHAI, new_customer


def rule(office, **values):
    office.policy = replace(office.policy, **values)


def claim(office, who, *wanted):
    return office.do(pool.claim, who, wanted)


def claimed(office, who, *wanted):
    """How each claim ended."""
    return [outcome.result for outcome in claim(office, who, *wanted)]


def refusal(office, who, customer):
    """Why a claim is refused; None: it is not."""
    return claim(office, who, customer)[0].error


def pool_assign(office, by, to, *wanted):
    return office.do(pool.pool_assign, by, wanted, office.ids[to])


def free(office, count):
    return [office.in_pool() for _ in range(count)]


DONE, WAITING, REFUSED = Result.DONE, Result.WAITING, Result.REFUSED


class TestClaimsADay:
    def test_the_last_one_is_allowed_and_the_next_is_told_how_many(self, office):
        rule(office, claims_per_day=2)
        first, second, third = free(office, 3)
        assert claimed(office, "an", first, second) == [DONE, DONE]
        error = refusal(office, "an", third)
        assert isinstance(error, DailyLimitError)
        assert (error.limit, error.count) == (2, 2)
        assert claimed(office, "bai", third) == [DONE]

    def test_a_batch_claims_in_the_order_named_until_it_is_reached(self, office):
        rule(office, claims_per_day=2)
        first, second, third, fourth = free(office, 4)
        taken = office.enter("xu")
        assert claimed(office, "an", fourth, taken, second, first, third) == [DONE, REFUSED, DONE, REFUSED, REFUSED]
        assert [office.owner(each) for each in (fourth, second, first, third)] == ["an", "an", None, None]

    def test_the_day_is_the_organisations(self, office):
        rule(office, claims_per_day=1)
        midnight = MONDAY.start_of_day(date(2026, 3, 4))
        first, second, third = free(office, 3)
        office.at(Moment(midnight - timedelta(seconds=2), SHANGHAI))
        assert claimed(office, "an", first) == [DONE]
        office.at(Moment(midnight - timedelta(seconds=1), SHANGHAI))
        assert isinstance(refusal(office, "an", second), DailyLimitError)
        office.at(Moment(midnight, SHANGHAI))
        assert claimed(office, "an", second) == [DONE]
        assert isinstance(refusal(office, "an", third), DailyLimitError)

    def test_what_waits_counts_and_what_was_rejected_or_cancelled_counts_still(self, office):
        rule(office, claims_per_day=2)
        rejected, cancelled, wanted = (office.in_pool(last="an") for _ in range(3))
        assert claimed(office, "xu", rejected, cancelled, wanted) == [WAITING, WAITING, REFUSED]
        office.do(approvals.reject, "li", [office.request_of(rejected)])
        office.do(approvals.cancel, "xu", [office.request_of(cancelled)])
        assert isinstance(refusal(office, "xu", wanted), DailyLimitError)

    def test_an_approval_on_another_day_uses_nothing_of_that_day(self, office):
        rule(office, claims_per_day=1)
        asked = office.waiting("xu", office.in_pool(last="an"))
        office.later(days=1)
        assert claimed(office, "xu", *free(office, 1)) == [DONE]
        assert office.do(approvals.approve, "li", [asked])[0].result is DONE
        office.later(days=1)
        assert claimed(office, "xu", *free(office, 1)) == [DONE]

    def test_releasing_gives_nothing_back(self, office):
        rule(office, claims_per_day=1)
        first, second = free(office, 2)
        claim(office, "an", first)
        office.release(first, by="li")
        assert isinstance(refusal(office, "an", second), DailyLimitError)

    def test_a_refused_claim_uses_nothing(self, office):
        rule(office, claims_per_day=1)
        assert claimed(office, "an", office.enter("xu"), office.in_bin("xu")) == [REFUSED, REFUSED]
        assert claimed(office, "an", *free(office, 1)) == [DONE]

    def test_what_others_assign_does_not_count_and_is_not_refused(self, office):
        rule(office, claims_per_day=1)
        office.set("ye", direct_assign=True)
        given, direct, approved, mine, more = (office.in_pool(last=last) for last in ("an", None, "xu", None, None))
        assert pool_assign(office, "li", "an", given, approved)[0].result is DONE
        office.do(approvals.approve, "wu", [office.request_of(approved)])
        office.do(pool.direct_assign, "ye", [direct], office.ids["an"])
        office.do(pool.assign, "li", [office.enter("bai")], office.ids["an"])
        assert claimed(office, "an", mine) == [DONE]
        assert pool_assign(office, "li", "an", more)[0].result is DONE

    def test_nor_does_it_count_for_the_lead_who_assigns_or_asks_for_a_member(self, office):
        rule(office, claims_per_day=1)
        pool_assign(office, "li", "an", *free(office, 2), office.in_pool(last="xu"))
        assert claimed(office, "li", *free(office, 1)) == [DONE]

    def test_what_a_lead_assigns_to_himself_does(self, office):
        rule(office, claims_per_day=1)
        first, second = free(office, 2)
        assert pool_assign(office, "li", "li", first)[0].result is DONE
        assert isinstance(pool_assign(office, "li", "li", second)[0].error, DailyLimitError)

    def test_an_admin_is_bound_by_none(self, office):
        rule(office, claims_per_day=1, held_limit=1, reclaim_cooldown_days=1, old_team_days=1)
        first, second, old = *free(office, 2), office.in_pool(last="xu")
        assert claimed(office, "qian", first, second, old) == [DONE] * 3
        office.release(first, by="qian")
        assert claimed(office, "qian", first) == [DONE]


class TestHeld:
    def test_the_last_place_is_given_and_the_next_claim_told_how_many(self, office):
        rule(office, held_limit=2)
        office.enter("an")
        first, second = free(office, 2)
        first, second = claim(office, "an", second, first)
        assert first.result is DONE
        assert isinstance(second.error, HeldLimitError)
        assert (second.error.person, second.error.limit, second.error.count) == (None, 2, 2)

    def test_signed_ones_do_not_count_and_signing_makes_room(self, office):
        rule(office, held_limit=1)
        mine = office.enter("an")
        [wanted] = free(office, 1)
        assert isinstance(refusal(office, "an", wanted), HeldLimitError)
        office.sign(mine)
        assert claimed(office, "an", wanted) == [DONE]

    def test_a_signed_one_of_the_pool_needs_no_place(self, office):
        rule(office, held_limit=1)
        office.enter("an")
        signed = office.in_pool()
        office.sign(signed)
        assert claimed(office, "an", signed) == [DONE]

    def test_releasing_makes_room(self, office):
        rule(office, held_limit=1)
        mine = office.enter("an")
        office.release(mine, by="li")
        assert claimed(office, "an", mine) == [DONE]

    def test_what_waits_keeps_a_place_until_it_is_decided(self, office):
        rule(office, held_limit=1)
        asked = office.waiting("xu", office.in_pool(last="an"))
        [wanted] = free(office, 1)
        assert isinstance(refusal(office, "xu", wanted), HeldLimitError)
        office.do(approvals.reject, "li", [asked])
        assert claimed(office, "xu", wanted) == [DONE]

    @pytest.mark.parametrize("use_case", [pool.pool_assign, pool.direct_assign, pool.assign])
    def test_whoever_assigns_is_told_who_has_no_place_left(self, office, use_case):
        office.set("li", direct_assign=True)
        rule(office, held_limit=1)
        first, second = (office.enter("bai"), office.enter("li")) if use_case is pool.assign else free(office, 2)
        given, refused = office.do(use_case, "li", [second, first], office.ids["an"])
        assert given.result is DONE
        assert isinstance(refused.error, HeldLimitError)
        assert (refused.error.person, refused.error.limit, refused.error.count) == ("An", 1, 1)
        assert [office.owner(each) for each in (second, first)] == ["an", "bai" if use_case is pool.assign else None]

    def test_a_direct_assignment_of_what_one_waits_for_fills_the_place_kept_for_it(self, office):
        office.set("ye", direct_assign=True)
        rule(office, held_limit=1)
        asked_for, other = office.in_pool(last="an"), office.in_pool()
        office.waiting("xu", asked_for)
        outcomes = office.do(pool.direct_assign, "ye", [other, asked_for], office.ids["xu"])
        assert [outcome.result for outcome in outcomes] == [REFUSED, DONE]

    def test_entering_a_new_one_takes_a_place(self, office):
        rule(office, held_limit=1)
        office.enter("an")
        with pytest.raises(HeldLimitError):
            office.enter("an")
        with pytest.raises(HeldLimitError) as refused:
            office.do(customers.enter, "li", new_customer("Blue Anchor"), owner_id=office.ids["an"])
        assert refused.value.person == "An"
        assert office.enter("bai")
        assert office.in_pool()

    def test_so_does_restoring_one(self, office):
        mine = office.enter("an")
        office.do(recycle_bin.delete, "an", [mine])
        rule(office, held_limit=1)
        office.enter("an")
        refused = office.do(recycle_bin.restore, "an", [mine])[0].error
        assert (refused.limit, refused.count) == (1, 1)
        rule(office, held_limit=2)
        assert office.do(recycle_bin.restore, "an", [mine])[0].result is DONE
        assert office.owner(mine) == "an"

    def test_a_hand_over_is_never_refused(self, office):
        for who in ("an", "bai"):
            office.enter(who)
        rule(office, held_limit=1)
        assert office.do(departures.deactivate, "qian", office.ids["an"], successor_id=office.ids["bai"]) == 1

    def test_nor_is_taking_a_release_back(self, office):
        rule(office, held_limit=1)
        mine = office.enter("an")
        with office.work() as session:
            before = undo.standing(session, [mine])
        released = office.do(pool.release, "li", [mine], "price")
        kept = office.do(undo.keep, "li", Act.RELEASE, before, released)
        claim(office, "an", *free(office, 1))
        assert office.do(undo.undo, "li", kept)[0].result is DONE
        assert office.owner(mine) == "an"


class TestFormerOwner:
    def test_waits_so_many_calendar_days(self, office):
        rule(office, reclaim_cooldown_days=3)
        released_on = office.now.today
        customer = office.in_pool(last="an")
        for passed in range(3):
            error = refusal(office, "an", customer)
            assert isinstance(error, CoolingDownError)
            assert (error.person, error.days, error.passed, error.opens) == (None, 3, passed, released_on + timedelta(days=3))
            office.at(Moment(office.now.start_of_day(office.now.today + timedelta(days=1)), SHANGHAI))
        assert claimed(office, "an", customer) == [DONE]

    def test_is_not_freed_by_a_friend_who_had_it_in_between(self, office):
        rule(office, reclaim_cooldown_days=5)
        customer = office.in_pool(last="an")
        office.later(days=1)
        assert claimed(office, "bai", customer) == [DONE]
        office.release(customer, by="li")
        error = refusal(office, "an", customer)
        assert (type(error), error.passed) == (CoolingDownError, 1)

    def test_binds_nobody_else(self, office):
        rule(office, reclaim_cooldown_days=5)
        assert claimed(office, "li", office.in_pool(last="an")) == [DONE]

    def test_may_be_assigned_it_by_the_lead(self, office):
        rule(office, reclaim_cooldown_days=5)
        customer = office.in_pool(last="an")
        assert pool_assign(office, "li", "an", customer)[0].result is DONE

    def test_may_not_assign_it_to_himself(self, office):
        rule(office, reclaim_cooldown_days=5)
        assert isinstance(pool_assign(office, "li", "li", office.in_pool(last="li"))[0].error, CoolingDownError)

    def test_an_ownership_that_was_undone_never_was(self, office):
        rule(office, reclaim_cooldown_days=5)
        customer = office.enter("bai")
        with office.work() as session:
            before = undo.standing(session, [customer])
        kept = office.do(undo.keep, "li", Act.ASSIGN, before, office.do(pool.assign, "li", [customer], office.ids["an"]))
        office.do(undo.undo, "li", kept)
        office.release(customer, by="li")
        assert isinstance(refusal(office, "bai", customer), CoolingDownError)
        assert claimed(office, "an", customer) == [DONE]

    def test_of_several_only_the_former_ones_are_refused(self, office):
        rule(office, reclaim_cooldown_days=5)
        mine, new = office.in_pool(last="an"), office.in_pool()
        assert claimed(office, "an", mine, new) == [REFUSED, DONE]


class TestOldTeam:
    def test_may_have_it_first_and_the_others_after_so_many_days(self, office):
        rule(office, old_team_days=2)
        customer = office.in_pool(last="an")
        pooled_on = office.now.today
        for passed in range(2):
            error = refusal(office, "xu", customer)
            assert isinstance(error, OldTeamFirstError)
            assert (error.lead, error.days, error.passed, error.opens) == ("Li", 2, passed, pooled_on + timedelta(days=2))
            office.at(Moment(office.now.start_of_day(office.now.today + timedelta(days=1)), SHANGHAI))
        assert claimed(office, "xu", customer) == [WAITING]

    @pytest.mark.parametrize("who", ["bai", "li", "zhao", "qian"])
    def test_its_people_and_whoever_stands_above_take_it_at_once(self, office, who):
        rule(office, old_team_days=2)
        assert claimed(office, who, office.in_pool(last="an")) == [DONE]

    def test_what_was_never_owned_is_free_for_all(self, office):
        rule(office, old_team_days=2)
        assert claimed(office, "xu", office.in_pool()) == [DONE]

    def test_so_is_what_belonged_to_no_team(self, office):
        rule(office, old_team_days=2)
        office.hire("feng")
        assert claimed(office, "xu", office.in_pool(last="feng")) == [WAITING]

    def test_the_lead_of_another_team_does_not_get_around_it_for_a_member(self, office):
        rule(office, old_team_days=2)
        customer = office.in_pool(last="an")
        assert isinstance(pool_assign(office, "wu", "xu", customer)[0].error, OldTeamFirstError)
        assert pool_assign(office, "zhao", "xu", customer)[0].result is DONE

    def test_a_claim_that_was_rejected_does_not_begin_it_anew(self, office):
        rule(office, old_team_days=2)
        customer = office.in_pool(last="an")
        office.later(days=2)
        office.do(approvals.reject, "li", [office.waiting("xu", customer)])
        assert claimed(office, "xu", customer) == [WAITING]


class TestApproval:
    def asked(self, office, *, count=1, by="xu"):
        wanted = [office.in_pool(last="an") for _ in range(count)]
        claim(office, by, *wanted)
        return [office.request_of(customer) for customer in wanted]

    def by_an_after_xu(self, office):
        """A customer of the pool that xu had, and an last."""
        customer = office.in_pool(last="xu")
        pool_assign(office, "zhao", "an", customer)
        office.release(customer)
        return customer

    def approve(self, office, *requests):
        return office.do(approvals.approve, "li", requests)

    def test_beyond_the_held_limit_is_refused_with_the_name_and_the_request_waits_on(self, office):
        requests = self.asked(office, count=3)
        office.enter("xu")
        rule(office, held_limit=2)
        first, second, third = self.approve(office, *requests)
        assert first.result is DONE
        assert {type(second.error), type(third.error)} == {HeldLimitError}
        assert (second.error.person, second.error.limit, second.error.count) == ("Xu", 2, 2)
        assert [office.request(each).status for each in requests] == [RequestStatus.APPROVED, *[RequestStatus.WAITING] * 2]
        rule(office, held_limit=3)
        assert self.approve(office, requests[1])[0].result is DONE

    def test_the_places_that_other_claims_keep_do_not_count_against_it(self, office):
        rule(office, held_limit=2)
        requests = self.asked(office, count=2)
        assert [outcome.result for outcome in self.approve(office, *requests)] == [DONE, DONE]

    def test_of_a_customer_that_was_his_own_too_lately_is_refused(self, office):
        customer = self.by_an_after_xu(office)
        request = office.waiting("xu", customer)
        rule(office, reclaim_cooldown_days=2)
        refused = self.approve(office, request)[0].error
        assert (type(refused), refused.person) == (CoolingDownError, "Xu")
        office.later(days=2)
        assert self.approve(office, request)[0].result is DONE

    def test_of_what_his_lead_asked_for_him_is_not(self, office):
        customer = self.by_an_after_xu(office)
        pool_assign(office, "wu", "xu", customer)
        rule(office, reclaim_cooldown_days=2)
        assert self.approve(office, office.request_of(customer))[0].result is DONE

    def test_by_the_old_teams_lead_gives_its_days_away(self, office):
        [request] = self.asked(office)
        rule(office, old_team_days=5)
        assert self.approve(office, request)[0].result is DONE

    def test_a_limit_does_not_keep_anybody_from_rejecting(self, office):
        [request] = self.asked(office)
        office.enter("xu")
        rule(office, held_limit=1)
        assert office.do(approvals.reject, "li", [request])[0].result is DONE
