"""Whom a claim waits for: the lead of the last team, his stand-in, whoever stands above, last the admins."""

import pytest

from domain import approvals, departures, invitations, pool, request_cards, users
from domain.errors import NotAllowedError
from domain.outbox import Kind
from domain.outcomes import Result
from domain.permissions import Role


def claim_of_the_east(office, who="xu"):
    """A claim that the lead of the east, or somebody in his place, decides."""
    return office.waiting(who, office.in_pool(last="an"))


def asked(office):
    """Who holds a card."""
    return {login for login in office.telegram if office.told(login, Kind.REQUEST)}


def may_approve(office, who, request):
    return office.do(approvals.approve, who, [request])[0].result is Result.DONE


class TestWhoIsAsked:
    def test_the_lead_of_the_team_that_owned_it_last(self, office):
        claim_of_the_east(office)
        assert asked(office) == {"li"}

    @pytest.mark.parametrize("state", [{"active": False}, {"telegram_id": None}])
    def test_whoever_stands_above_a_lead_that_is_gone_or_never_joined(self, office, state):
        office.set("li", **state)
        claim_of_the_east(office)
        assert asked(office) == {"zhao"}

    def test_whoever_stands_above_a_lead_that_cannot_be_written_to(self, office):
        office.block("li")
        claim_of_the_east(office)
        assert asked(office) == {"zhao"}

    def test_all_admins_when_the_chain_is_empty(self, office):
        office.hire("sun", Role.ADMIN)
        office.set("li", active=False)
        office.block("zhao")
        claim_of_the_east(office)
        assert asked(office) == {"qian", "sun"}

    def test_only_the_admins_that_can_be_written_to(self, office):
        office.hire("sun", Role.ADMIN)
        office.hire("zhou", Role.ADMIN, joined=False)
        office.block("sun")
        office.set("li", active=False)
        office.set("zhao", active=False)
        claim_of_the_east(office)
        assert asked(office) == {"qian"}

    def test_not_the_requester_himself(self, office):
        customer = office.in_pool(last="xu")
        office.send_away("wu", "an")
        office.waiting("an", customer)
        assert asked(office) == {"wu"}


class TestStandIn:
    def test_he_is_asked_while_the_lead_is_away(self, office):
        office.send_away("li", "bai")
        request = claim_of_the_east(office)
        assert asked(office) == {"bai"}
        assert may_approve(office, "bai", request)

    def test_not_before(self, office):
        request = claim_of_the_east(office)
        assert not may_approve(office, "bai", request)

    def test_not_afterwards(self, office):
        office.send_away("li", "bai", days=1)
        request = claim_of_the_east(office)
        office.later(days=1)
        assert not may_approve(office, "bai", request)
        assert may_approve(office, "li", request)

    def test_the_lead_may_decide_all_the_same(self, office):
        office.send_away("li", "bai")
        assert may_approve(office, "li", claim_of_the_east(office))

    @pytest.mark.parametrize("state", [{"active": False}, {"telegram_id": None}])
    def test_one_that_is_not_there_leaves_it_to_the_lead(self, office, state):
        office.send_away("li", "bai")
        office.set("bai", **state)
        claim_of_the_east(office)
        assert asked(office) == {"li"}

    def test_of_the_lead_above_he_is_asked_in_turn(self, office):
        office.set("li", active=False)
        office.send_away("zhao", "ye")
        claim_of_the_east(office)
        assert asked(office) == {"ye"}


class TestThoseWhoCome:
    def test_a_lead_who_joins_finds_what_waits_for_him(self, office):
        office.set("li", telegram_id=None)
        request = claim_of_the_east(office)
        office.join("li")
        assert asked(office) == {"li", "zhao"}
        assert may_approve(office, "li", request)

    def test_a_lead_who_moves_finds_it_in_the_new_account_once(self, office):
        claim_of_the_east(office)
        office.join("li", telegram=8_000_000_001)
        assert [m.status for m in office.told("li", Kind.REQUEST)] == ["pending"]

    def test_nobody_gets_a_card_twice(self, office):
        claim_of_the_east(office)
        with office.work() as session:
            actor = invitations.access.find_actor(session, office.telegram["li"])
            approvals.send_waiting(session, actor, now=office.now)
        assert len(office.told("li", Kind.REQUEST)) == 1

    def test_a_card_that_could_not_be_delivered_goes_up(self, office):
        request = claim_of_the_east(office)
        office.block("li")
        with office.work() as session:
            approvals.undeliverable(session, session.get_one(approvals.ClaimRequest, request).batch_id, now=office.now)
        assert asked(office) == {"li", "zhao"}


class TestWhenPeopleChange:
    def deactivate(self, office, who, successor=None):
        office.do(departures.deactivate, "qian", office.ids[who], successor_id=successor and office.ids[successor])

    def test_a_stand_in_leaves_and_the_lead_is_asked(self, office):
        office.send_away("li", "bai")
        claim_of_the_east(office)
        self.deactivate(office, "bai")
        assert asked(office) == {"bai", "li"}

    def test_a_lead_leaves_and_the_successor_is_asked(self, office):
        claim_of_the_east(office, who="wu")
        office.hire("sun", Role.LEAD, "zhao")
        self.deactivate(office, "li", "sun")
        assert asked(office) == {"li", "sun"}

    def test_a_successor_who_never_joined_leaves_it_to_whoever_stands_above(self, office):
        claim_of_the_east(office)
        office.hire("sun", Role.LEAD, "zhao", joined=False)
        self.deactivate(office, "li", "sun")
        assert asked(office) == {"li", "zhao"}

    def test_a_successor_who_asked_himself_leaves_it_to_whoever_stands_above(self, office):
        claim_of_the_east(office, who="wu")
        self.deactivate(office, "li", "wu")
        assert asked(office) == {"li", "zhao"}

    def test_a_lead_above_leaves_and_his_successor_is_asked(self, office):
        office.set("li", telegram_id=None)
        claim_of_the_east(office)
        self.deactivate(office, "zhao", "wu")
        assert asked(office) == {"zhao", "wu"}

    def test_a_team_that_moves_under_another_lead_asks_there(self, office):
        office.set("li", telegram_id=None)
        claim_of_the_east(office)
        office.hire("sun", Role.LEAD)
        office.do(users.set_superior, "qian", office.ids["li"], office.ids["sun"])
        assert asked(office) == {"zhao", "sun"}


class TestToDo:
    def test_it_holds_what_one_may_decide_those_asked_first(self, office):
        above = office.batch_of(claim_of_the_east(office))
        office.set("wu", telegram_id=None)
        own = office.batch_of(office.waiting("an", office.in_pool(last="ye")))
        assert office.do(request_cards.to_review, "zhao") == [own, above]
        assert office.do(request_cards.to_review, "li") == [above]
        assert office.do(request_cards.to_review, "qian") == [above, own]
        assert office.do(request_cards.to_review, "xu") == []

    def test_the_stand_in_has_the_leads(self, office):
        batch = office.batch_of(claim_of_the_east(office))
        office.send_away("li", "ye")
        assert office.do(request_cards.to_review, "ye") == [batch]

    def test_what_is_decided_leaves_it(self, office):
        request = claim_of_the_east(office)
        office.do(approvals.reject, "li", [request])
        assert office.do(request_cards.to_review, "li") == []

    def test_ones_own_claims_are_listed_apart(self, office):
        request = claim_of_the_east(office)
        assert office.do(request_cards.my_requests, "xu") == [office.batch_of(request)]
        assert office.do(request_cards.my_requests, "li") == []
        office.do(approvals.cancel, "xu", [request])
        assert office.do(request_cards.my_requests, "xu") == []


class TestTwoTeams:
    def test_each_lead_decides_his_own(self, office):
        office.hire("feng", superior="zhao")
        east, west = office.in_pool(last="an"), office.in_pool(last="xu")
        office.do(pool.claim, "feng", [east, west])
        outcomes = office.do(approvals.approve, "li", [office.request_of(east), office.request_of(west)])
        assert outcomes[0].result is Result.DONE
        assert isinstance(outcomes[1].error, NotAllowedError)
        assert (office.owner(east), office.owner(west)) == ("feng", None)
