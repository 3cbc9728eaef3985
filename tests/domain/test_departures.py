import pytest

from domain import access, approvals, departures, invitations, pool
from domain.errors import (
    InvitationExpiredError,
    LastAdminError,
    NoSuchPersonError,
    NotAllowedError,
    NotFoundError,
    SuccessorNeededError,
)
from domain.models import OutboxStatus, TimelineEntry
from domain.outbox import Kind
from domain.outcomes import Result
from domain.permissions import Role
from domain.stages import Gained, Lost, ReleaseReason, RequestStatus
from domain.timeline import Event


def deactivate(office, who, successor=None, *, by="qian"):
    return office.do(departures.deactivate, by, office.ids[who], successor_id=successor and office.ids[successor])


class TestAccess:
    def test_it_ends_with_the_next_tap(self, office):
        deactivate(office, "an")
        with office.work() as session:
            assert access.find_actor(session, office.telegram["an"]) is None
            with pytest.raises(NotFoundError):
                access.actor_by_id(session, office.ids["an"])

    def test_it_is_in_the_timeline(self, office):
        office.enter("an")
        deactivate(office, "an", "bai")
        with office.work() as session:
            about_him = session.query(TimelineEntry).filter_by(user_id=office.ids["an"], event=Event.USER_DEACTIVATED)
            assert [(entry.actor_id, entry.detail) for entry in about_him] == [
                (office.ids["qian"], {"successor_id": office.ids["bai"], "customers": 1})
            ]

    @pytest.mark.parametrize("who", ["an", "li", "zhao"])
    def test_only_an_admin_ends_it(self, office, who):
        with pytest.raises(NotAllowedError):
            deactivate(office, "bai", by=who)
        assert office.person("bai").active

    def test_the_command_line_may(self, office):
        deactivate(office, "bai", by=None)
        assert not office.person("bai").active

    @pytest.mark.parametrize("nobody", ["an", 999_999])
    def test_whoever_is_gone_cannot_go(self, office, nobody):
        deactivate(office, "an")
        with pytest.raises(NoSuchPersonError):
            office.do(departures.deactivate, "qian", office.ids.get(nobody, nobody))


class TestReleaseAll:
    def test_all_customers_go_into_the_pool(self, office):
        customers = [office.enter("an"), office.enter("an")]
        kept = office.enter("bai")
        assert deactivate(office, "an") == 2
        assert [office.owner(customer) for customer in [*customers, kept]] == [None, None, "bai"]
        gone = office.customer(customers[0])
        assert (gone.release_reason, gone.last_owner_id, gone.last_lead_id) == (
            ReleaseReason.LEFT,
            office.ids["an"],
            office.ids["li"],
        )
        assert office.ownerships(customers[0])[-1].lost == Lost.RELEASED
        assert office.events(customers[0])[-1] == Event.RELEASED

    def test_the_team_may_claim_them_at_once(self, office):
        customer = office.enter("an")
        deactivate(office, "an")
        assert office.do(pool.claim, "bai", [customer])[0].result is Result.DONE


class TestHandOver:
    def test_all_customers_go_to_the_successor(self, office):
        customers = [office.enter("an"), office.enter("an")]
        assert deactivate(office, "an", "xu") == 2
        assert [office.owner(customer) for customer in customers] == ["xu", "xu"]
        assert [(row.lost, row.gained) for row in office.ownerships(customers[0])] == [
            (Lost.HANDED_OVER, Gained.ENTERED),
            (None, Gained.HANDED_OVER),
        ]
        assert office.events(customers[0])[-1] == Event.HANDED_OVER

    def test_the_successor_is_told_once(self, office):
        customers = [office.enter("an"), office.enter("an")]
        deactivate(office, "an", "xu")
        assert [m.body["customer_ids"] for m in office.told("xu", Kind.ASSIGNED)] == [customers]

    @pytest.mark.parametrize("successor", ["an", "bai", "qian"])
    def test_the_successor_is_somebody_else_active_who_sells(self, office, successor):
        customer = office.enter("an")
        office.set("bai", active=False)
        with pytest.raises(NoSuchPersonError):
            deactivate(office, "an", successor)
        assert (office.owner(customer), office.person("an").active) == ("an", True)


class TestOwnRequests:
    def test_what_the_leaver_waits_for_is_cancelled_and_the_approver_told(self, office):
        request = office.waiting("xu", office.in_pool(last="an"))
        deactivate(office, "xu")
        decided = office.request(request)
        assert (decided.status, decided.decided_by) == (RequestStatus.CANCELLED, office.ids["qian"])
        assert len(office.told("li", Kind.OVERTAKEN)) == 1

    def test_what_was_asked_for_him_is_cancelled_and_the_requester_told(self, office):
        customer = office.in_pool(last="an")
        office.do(pool.pool_assign, "wu", [customer], office.ids["xu"])
        request = office.request_of(customer)
        deactivate(office, "xu")
        assert office.request(request).status == RequestStatus.CANCELLED
        assert len(office.told("wu", Kind.OVERTAKEN)) == 1

    def test_what_others_wait_for_goes_on_waiting(self, office):
        request = office.waiting("ye", office.in_pool(last="an"))
        deactivate(office, "xu")
        deactivate(office, "an")
        assert office.request(request).status == RequestStatus.WAITING


class TestLead:
    def test_a_lead_needs_a_successor(self, office):
        with pytest.raises(SuccessorNeededError):
            deactivate(office, "li")
        assert office.person("li").active

    @pytest.mark.parametrize("successor", ["an", "xu"])
    def test_who_is_a_lead(self, office, successor):
        with pytest.raises(NoSuchPersonError):
            deactivate(office, "li", successor)

    def test_members_and_customers_go_to_the_successor(self, office):
        customer, members = office.enter("li"), office.enter("an")
        deactivate(office, "li", "wu")
        assert (office.owner(customer), office.owner(members)) == ("wu", "an")
        assert {office.person(login).superior_id for login in ("an", "bai")} == {office.ids["wu"]}

    def test_so_does_the_memory_of_what_the_team_owned_last(self, office):
        customer = office.in_pool(last="an")
        deactivate(office, "li", "wu")
        assert office.customer(customer).last_lead_id == office.ids["wu"]
        assert office.do(pool.claim, "xu", [customer])[0].result is Result.DONE

    def test_so_do_waiting_requests(self, office):
        office.hire("sun", Role.LEAD, "zhao")
        request = office.waiting("xu", office.in_pool(last="an"))
        deactivate(office, "li", "sun")
        assert office.do(approvals.approve, "sun", [request])[0].result is Result.DONE

    def test_a_successor_from_below_moves_up(self, office):
        deactivate(office, "zhao", "li")
        assert office.person("li").superior_id is None
        assert office.person("wu").superior_id == office.ids["li"]

    def test_even_from_far_below(self, office):
        office.hire("sun", Role.LEAD, "li")
        deactivate(office, "zhao", "sun")
        assert office.person("sun").superior_id is None
        assert office.person("li").superior_id == office.ids["sun"]

    def test_a_successor_from_above_keeps_his_place(self, office):
        deactivate(office, "li", "zhao")
        assert office.person("zhao").superior_id is None
        assert office.person("an").superior_id == office.ids["zhao"]


class TestAdmin:
    def test_the_last_one_stays(self, office):
        with pytest.raises(LastAdminError):
            deactivate(office, "qian")
        assert office.person("qian").active

    def test_an_inactive_one_does_not_count(self, office):
        office.hire("sun", Role.ADMIN)
        deactivate(office, "sun")
        with pytest.raises(LastAdminError):
            deactivate(office, "qian")

    def test_one_of_two_may_go(self, office):
        office.hire("sun", Role.ADMIN)
        deactivate(office, "qian", by="sun")
        assert not office.person("qian").active


def reactivate(office, who, *, by="qian"):
    return office.do(departures.reactivate, by, office.ids[who])


class TestReactivate:
    def test_he_is_what_he_was_but_has_no_account_and_no_customers(self, office):
        customer = office.enter("an")
        deactivate(office, "an", "bai")
        assert reactivate(office, "an") is True
        back = office.person("an")
        assert (back.active, back.role, back.superior_id, back.telegram_id) == (True, Role.SALES, office.ids["li"], None)
        assert office.owner(customer) == "bai"

    def test_the_account_that_he_had_opens_nothing(self, office):
        deactivate(office, "an")
        reactivate(office, "an")
        with office.work() as session:
            assert access.find_actor(session, office.telegram["an"]) is None

    def test_a_new_invitation_lets_him_in_and_one_of_before_does_not(self, office):
        old = office.do(invitations.invite, "qian", office.ids["an"])
        deactivate(office, "an")
        reactivate(office, "an")
        with office.work() as session, pytest.raises(InvitationExpiredError):
            invitations.join(session, office.telegram["an"], old, now=office.now)
        new = office.do(invitations.invite, "qian", office.ids["an"])
        with office.work() as session:
            assert invitations.join(session, office.telegram["an"], new, now=office.now).id == office.ids["an"]

    def test_what_waited_for_him_is_said_to_nobody(self, office):
        customer = office.enter("an")
        office.do(pool.release, "li", [customer], ReleaseReason.PRICE)
        assert Kind.RELEASED in [row.kind for row in office.told("an") if row.status == OutboxStatus.PENDING]
        deactivate(office, "an")
        reactivate(office, "an")
        assert [row for row in office.told("an") if row.status == OutboxStatus.PENDING] == []

    def test_a_superior_who_leads_nobody_any_more_is_left(self, office):
        office.hire("tang", Role.LEAD)
        office.hire("gu", superior="tang")
        deactivate(office, "gu")
        office.set("tang", role=Role.SALES)
        assert reactivate(office, "gu") is False
        assert office.person("gu").superior_id is None

    def test_one_who_has_left_too_is_left(self, office):
        office.hire("tang", Role.LEAD)
        office.hire("gu", superior="tang")
        deactivate(office, "gu")
        office.set("tang", active=False)
        assert reactivate(office, "gu") is False
        assert office.person("gu").superior_id is None

    def test_his_absence_is_over(self, office):
        office.send_away("an", "bai")
        deactivate(office, "an")
        reactivate(office, "an")
        assert (office.person("an").away_until, office.person("an").stand_in_id) == (None, None)

    def test_it_is_in_the_timeline(self, office):
        deactivate(office, "an")
        reactivate(office, "an")
        with office.work() as session:
            entry = session.query(TimelineEntry).filter_by(user_id=office.ids["an"], event=Event.USER_REACTIVATED).one()
            assert (entry.actor_id, entry.detail) == (office.ids["qian"], {"superior_id": [office.ids["li"]] * 2})

    @pytest.mark.parametrize("who", ["bai", "li", "zhao"])
    def test_only_an_admin_does_it(self, office, who):
        deactivate(office, "an")
        with pytest.raises(NotAllowedError):
            reactivate(office, "an", by=who)
        assert not office.person("an").active

    def test_whoever_is_active_cannot_come_back(self, office):
        with pytest.raises(NoSuchPersonError):
            reactivate(office, "an")
