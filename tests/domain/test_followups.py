from datetime import timedelta

import pytest

from domain import followups, pool
from domain.errors import InvalidFieldError, NotAllowedError, NotFoundError, StaleError
from domain.followups import FollowupKind, NewFollowup
from domain.policy import Policy
from domain.timeline import Event

PHOTO = {"kind": "photo", "file_id": "AgAC"}


def follow(office, who, customer, text="Asked for a quote", **more):
    return office.do(followups.add, who, customer, NewFollowup(text, **more))


def newest(office, who, customer, **more):
    return office.do(followups.newest, who, customer, **more)


class TestWhoMayFollowUp:
    @pytest.mark.parametrize("who", ["an", "li", "zhao", "qian"])
    def test_the_owner_his_leads_and_admins(self, office, who):
        customer = office.enter("an")
        follow(office, who, customer)
        [line] = newest(office, who, customer)
        assert (line.author, line.text) == (who.title(), "Asked for a quote")

    @pytest.mark.parametrize("who", ["bai", "xu", "wu"])
    def test_nobody_else_knows_of_the_customer(self, office, who):
        customer = office.enter("an")
        with pytest.raises(NotFoundError):
            follow(office, who, customer)
        with pytest.raises(NotFoundError):
            newest(office, who, customer)

    @pytest.mark.parametrize("who", ["an", "li", "qian"])
    def test_nobody_in_the_pool(self, office, who):
        customer = office.in_pool(last="an")
        with pytest.raises(NotAllowedError):
            follow(office, who, customer)
        with pytest.raises(NotAllowedError):
            newest(office, who, customer)

    def test_nobody_where_there_is_nothing(self, office):
        with pytest.raises(NotFoundError):
            follow(office, "an", 10**9)


class TestFollowup:
    def test_is_kept_with_its_kind_its_attachment_and_the_next_date(self, office):
        customer, friday = office.enter("an"), office.now.today + timedelta(days=4)
        follow(office, "an", customer, " Spoke ", kind=FollowupKind.CALL, attachment=PHOTO, next_on=friday)
        [line] = newest(office, "an", customer)
        assert (line.text, line.kind, line.attachment, line.next_on) == ("Spoke", FollowupKind.CALL, PHOTO, friday)
        assert (line.customer_id, line.at) == (customer, office.now.utc)

    def test_marks_the_customer_and_stands_in_the_timeline(self, office):
        customer = office.enter("an")
        followup = follow(office, "an", customer)
        assert office.customer(customer).last_followup_at == office.now.utc
        told = office.timeline(customer)[-1]
        assert (told.event, told.actor_id) == (Event.FOLLOWED_UP, office.ids["an"])
        assert told.detail == {"followup_id": followup, "text": "Asked for a quote"}

    def test_ends_the_first_contact_clock_and_pushes_the_other(self, office):
        office.policy = Policy(first_followup_days=3, followup_days=10)
        customer = office.enter("an")
        office.later(days=2)
        follow(office, "an", customer)
        kept = office.customer(customer)
        assert kept.first_followup_deadline is None
        assert kept.due_on == kept.followup_deadline == office.now.today + timedelta(days=10)

    def test_may_be_only_an_attachment(self, office):
        customer = office.enter("an")
        follow(office, "an", customer, "", attachment=PHOTO)
        assert newest(office, "an", customer)[0].attachment == PHOTO

    @pytest.mark.parametrize(("text", "problem"), [("", "empty"), ("  \n", "empty"), ("x" * 2001, "too_long")])
    def test_says_something_and_not_too_much(self, office, text, problem):
        customer = office.enter("an")
        with pytest.raises(InvalidFieldError) as refused:
            follow(office, "an", customer, text)
        assert (refused.value.field, refused.value.problem) == ("text", problem)
        assert newest(office, "an", customer) == []

    @pytest.mark.parametrize(("days", "problem"), [(-1, "past"), (733, "out_of_range")])
    def test_the_next_date_lies_within_two_years_from_today(self, office, days, problem):
        customer, today = office.enter("an"), office.now.today
        follow(office, "an", customer, next_on=today)
        follow(office, "an", customer, next_on=today + timedelta(days=732))
        with pytest.raises(InvalidFieldError) as refused:
            follow(office, "an", customer, next_on=today + timedelta(days=days))
        assert refused.value.problem == problem

    def test_the_newest_come_first_and_no_more_than_wanted(self, office):
        customer = office.enter("an")
        for number in range(4):
            follow(office, "an", customer, f"Talk {number}")
            office.later(hours=1)
        assert [line.text for line in newest(office, "an", customer, limit=2)] == ["Talk 3", "Talk 2"]


class TestOneFollowup:
    def test_is_read_whole_by_who_may_edit_the_customer(self, office):
        followup = follow(office, "an", office.enter("an"), "x" * 2000)
        assert office.do(followups.one, "li", followup).text == "x" * 2000

    @pytest.mark.parametrize("who", ["bai", "wu"])
    def test_does_not_exist_for_others(self, office, who):
        followup = follow(office, "an", office.enter("an"))
        with pytest.raises(NotFoundError):
            office.do(followups.one, who, followup)

    def test_is_closed_in_the_pool(self, office):
        customer = office.enter("an")
        followup = follow(office, "an", customer)
        office.release(customer)
        with pytest.raises(NotAllowedError):
            office.do(followups.one, "an", followup)

    def test_that_is_not_there(self, office):
        with pytest.raises(NotFoundError):
            office.do(followups.one, "qian", 10**9)


class TestCompleting:
    def test_the_author_adds_the_kind_and_the_next_date_today(self, office):
        customer, monday = office.enter("an"), office.now.today + timedelta(days=7)
        followup = follow(office, "an", customer)
        assert office.do(followups.set_details, "an", followup, kind=FollowupKind.VISIT) == customer
        office.do(followups.set_details, "an", followup, next_on=monday)
        [line] = newest(office, "an", customer)
        assert (line.kind, line.next_on, line.text) == (FollowupKind.VISIT, monday, "Asked for a quote")

    def test_nobody_completes_what_another_said(self, office):
        followup = follow(office, "an", office.enter("an"))
        with pytest.raises(NotFoundError):
            office.do(followups.set_details, "li", followup, kind=FollowupKind.CALL)

    def test_tomorrow_it_is_too_late(self, office):
        followup = follow(office, "an", office.enter("an"))
        office.later(days=1)
        with pytest.raises(StaleError):
            office.do(followups.set_details, "an", followup, kind=FollowupKind.CALL)

    def test_not_when_the_customer_has_left(self, office):
        customer = office.enter("an")
        followup = follow(office, "an", customer)
        office.release(customer)
        with pytest.raises(NotAllowedError):
            office.do(followups.set_details, "an", followup, kind=FollowupKind.CALL)
        office.do(pool.claim, "bai", [customer])
        with pytest.raises(NotFoundError):
            office.do(followups.set_details, "an", followup, kind=FollowupKind.CALL)

    def test_the_next_date_is_not_past(self, office):
        followup = follow(office, "an", office.enter("an"))
        with pytest.raises(InvalidFieldError):
            office.do(followups.set_details, "an", followup, next_on=office.now.today - timedelta(days=1))
