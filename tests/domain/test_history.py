import pytest

from domain import editing, followups, history, pool
from domain.errors import NotFoundError
from domain.followups import FollowupKind, NewFollowup
from domain.history import PAGE
from domain.stages import ReleaseReason
from domain.timeline import Event


def page(office, who, customer, **more):
    return office.do(history.page, who, customer, **more)


def events(office, who, customer):
    return [entry.event for entry in page(office, who, customer)[0]]


def talked_and_edited(office):
    """A customer of an with a follow-up and an edit."""
    customer = office.enter("an", "Blue Anchor")
    office.do(followups.add, "an", customer, NewFollowup("Boss: Mr Wu, 13900001111"))
    office.do(editing.edit, "an", customer, {"city": "Ningbo"})
    return customer


class TestTimeline:
    def test_tells_the_newest_first_with_who_and_whom(self, office):
        customer = office.enter("an")
        office.do(pool.assign, "li", [customer], office.ids["bai"])
        newest, oldest = page(office, "bai", customer)[0]
        assert (newest.event, newest.actor, newest.people) == (Event.ASSIGNED, "Li", {"owner_id": "Bai"})
        assert (oldest.event, oldest.actor, oldest.actor_id) == (Event.ENTERED, "An", office.ids["an"])
        assert newest.at == office.now.utc

    def test_tells_what_was_said_with_what_completed_it(self, office):
        customer = office.enter("an")
        followup = office.do(followups.add, "an", customer, NewFollowup("Spoke"))
        office.do(followups.set_details, "an", followup, kind=FollowupKind.CALL)
        told = page(office, "li", customer)[0][0].followup
        assert (told.text, told.kind) == ("Spoke", FollowupKind.CALL)

    def test_tells_before_and_after(self, office):
        customer = talked_and_edited(office)
        assert page(office, "an", customer)[0][0].detail == {"changes": {"city": ["Qingdao", "Ningbo"]}}

    def test_tells_the_reason_of_a_release(self, office):
        customer = office.in_pool(last="an")
        assert page(office, "xu", customer)[0][0].detail == {"reason": ReleaseReason.NO_NEED, "note": None}

    def test_turns_pages_without_loss_while_more_happens(self, office):
        customer = office.enter("an")
        for number in range(PAGE + 2):
            office.do(followups.add, "an", customer, NewFollowup(f"Talk {number}"))
        first, more = page(office, "an", customer)
        assert (len(first), more) == (PAGE, True)
        office.do(followups.add, "an", customer, NewFollowup("Meanwhile"))
        rest, more = page(office, "an", customer, before=first[-1].id)
        assert [entry.followup.text if entry.followup else None for entry in rest] == ["Talk 1", "Talk 0", None]
        assert more is False

    @pytest.mark.parametrize("who", ["bai", "wu"])
    def test_does_not_exist_for_those_who_do_not_see_the_customer(self, office, who):
        with pytest.raises(NotFoundError):
            page(office, who, office.enter("an"))


class TestContents:
    @pytest.mark.parametrize("who", ["an", "li", "zhao", "qian"])
    def test_are_told_to_who_may_edit(self, office, who):
        edited, talked, _ = page(office, who, talked_and_edited(office))[0]
        assert talked.followup.text.startswith("Boss")
        assert edited.detail["changes"]

    @pytest.mark.parametrize("who", ["an", "li", "xu"])
    def test_are_hidden_in_the_pool(self, office, who):
        customer = talked_and_edited(office)
        office.release(customer)
        released, edited, talked, _ = page(office, who, customer)[0]
        assert (edited.event, talked.event) == (Event.EDITED, Event.FOLLOWED_UP)
        assert (edited.detail, talked.detail, talked.followup) == ({}, {}, None)
        assert released.detail["reason"] == ReleaseReason.NO_NEED

    def test_are_hidden_in_the_bin_from_who_deleted_it_out_of_the_pool(self, office):
        customer = office.in_bin("wu")
        assert events(office, "wu", customer) == [Event.ENTERED]

    def test_an_admin_reads_them_everywhere(self, office):
        customer = talked_and_edited(office)
        office.release(customer)
        assert page(office, "qian", customer)[0][2].followup is not None
