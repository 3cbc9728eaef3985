"""Who has something to hear in the morning, and what."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from domain import absences, approvals, departures, digests, followups, pool, signing, undo
from domain.errors import NotFoundError
from domain.followups import NewFollowup
from domain.models import ClaimRequest, OutboxMessage
from domain.outbox import Kind
from domain.permissions import Act
from domain.stages import ReleaseReason


def send(office):
    with office.work() as session:
        return dict(digests.send(session, office.now.today, now=office.now).counts)


def told(office):
    """For whom a digest was queued, and who hears it."""
    people = {user_id: login for login, user_id in office.ids.items()}
    with office.work() as session:
        rows = session.execute(select(OutboxMessage.body, OutboxMessage.user_id).where(OutboxMessage.kind == Kind.DIGEST))
        return sorted((people[body["person"]], people[user_id]) for body, user_id in rows)


def undone(office, act, use_case, ids, *args):
    """Something that Li did and took back."""

    def there_and_back(session, actor, *, policy, now):
        work = partial(use_case, session, actor, ids, *args, policy=policy, now=now)
        _, kept = undo.undoable(session, actor, act, ids, work, now=now)
        later = now.after(timedelta(minutes=1))
        undo.undo(session, actor, kept, policy=policy, now=later)

    office.do(there_and_back, "li")


def read(office, who, whose=None):
    return office.do(digests.of, who, office.ids[whose or who], office.now.today)


class TestWhoHears:
    def test_owners_with_deadlines_and_their_leads(self, office):
        office.enter("an")
        office.enter("ye")
        office.later(days=83)
        assert send(office) == {"warnings": 2, "digests": 4}
        assert told(office) == [("an", "an"), ("li", "li"), ("wu", "wu"), ("ye", "ye")]

    def test_once_a_day(self, office):
        office.enter("an")
        office.later(days=83)
        send(office)
        send(office)
        assert len(told(office)) == 2

    def test_nobody_on_a_day_without_anything(self, office):
        office.enter("an")
        office.later(days=50)
        assert send(office) == {"warnings": 0, "digests": 0}

    def test_a_lead_with_a_request_to_decide(self, office):
        office.do(pool.claim, "xu", [office.in_pool(last="an")])
        office.later(days=2)
        send(office)
        assert told(office) == [("li", "li")]

    def test_a_lead_who_is_back_from_an_absence_in_which_another_was_asked(self, office):
        office.send_away("li", "wu", days=1)
        office.waiting("xu", office.in_pool(last="an"))
        office.later(days=2)
        send(office)
        assert told(office) == [("li", "li")]

    def test_whoever_was_asked_where_the_team_has_no_lead_to_ask(self, office):
        office.set("li", active=False)
        office.waiting("xu", office.in_pool(last="an"))
        office.later(days=2)
        send(office)
        assert told(office) == [("zhao", "zhao")]
        assert [line.requester for line in read(office, "zhao").waiting] == ["Xu"]

    def test_a_salesperson_with_a_follow_up_to_make(self, office):
        customer = office.enter("an")
        office.do(followups.add, "an", customer, NewFollowup("call again", next_on=office.now.today + timedelta(days=3)))
        office.later(days=2)
        assert send(office) == {"warnings": 0, "digests": 0}
        office.later(days=1)
        send(office)
        assert told(office) == [("an", "an"), ("li", "li")]

    def test_not_of_a_follow_up_that_was_made_meanwhile(self, office):
        customer = office.enter("an")
        office.do(followups.add, "an", customer, NewFollowup("call again", next_on=office.now.today + timedelta(days=3)))
        office.later(days=1)
        office.do(followups.add, "an", customer, NewFollowup("called"))
        office.later(days=2)
        assert send(office) == {"warnings": 0, "digests": 0}

    def test_the_admins_of_requests_that_no_lead_is_there_to_decide(self, office):
        for login in ("li", "zhao"):
            office.set(login, active=False)
        office.waiting("xu", office.in_pool(last="an"))
        office.later(days=2)
        send(office)
        assert told(office) == [("qian", "qian")]
        assert [line.requester for line in read(office, "qian").waiting] == ["Xu"]

    def test_not_the_admins_of_what_a_lead_decides(self, office):
        office.waiting("xu", office.in_pool(last="an"))
        office.later(days=2)
        send(office)
        assert read(office, "qian").waiting == []


class TestWhoHearsItInstead:
    @pytest.fixture
    def due(self, office):
        office.enter("an")
        office.later(days=83)

    def test_the_stand_in(self, office, due):
        office.send_away("an", "bai")
        send(office)
        assert ("an", "bai") in told(office)

    def test_the_lead_for_one_who_blocked_the_bot_or_never_joined(self, office, due):
        office.block("an")
        send(office)
        assert told(office) == [("an", "li"), ("li", "li")]

    def test_the_next_above_for_a_lead_who_cannot_be_reached(self, office, due):
        office.block("li")
        send(office)
        assert ("li", "zhao") in told(office)

    def test_the_admin_when_nobody_above_can_be_reached(self, office, due):
        for login in ("an", "li", "zhao"):
            office.block(login)
        send(office)
        assert told(office) == [("an", "qian"), ("li", "qian")]

    def test_the_next_one_when_it_could_not_be_delivered(self, office, due):
        send(office)
        office.block("an")
        body = {"person": office.ids["an"], "day": office.now.today.isoformat()}
        with office.work() as session:
            digests.undeliverable(session, body, office.ids["an"], now=office.now)
        assert ("an", "li") in told(office)

    @pytest.mark.parametrize("late", [False, True], ids=["after it left", "after the day"])
    def test_nobody_when_he_has_left_or_the_day_is_over(self, office, due, late):
        send(office)
        before, body = told(office), {"person": office.ids["an"], "day": office.now.today.isoformat()}
        office.set("an", active=late)
        office.block("an")
        office.later(days=int(late))
        with office.work() as session:
            digests.undeliverable(session, body, office.ids["an"], now=office.now)
        assert told(office) == before


class TestAsOfAnotherDay:
    @pytest.mark.parametrize(("ahead", "outdated"), [(0, True), (3, False)], ids=["the daily one is not", "asked for: it is"])
    def test_whether_it_is_sent_after_its_day(self, office, ahead, outdated):
        office.enter("an")
        office.later(days=83)
        with office.work() as session:
            digests.send(session, office.now.today + timedelta(days=ahead), now=office.now)
        office.later(days=1)
        [told] = office.told("an", Kind.DIGEST)
        assert digests.outdated(told.body, office.now) is outdated


class TestWhatIsHeard:
    def test_a_salespersons_own_soonest_first(self, office):
        late = office.enter("an")
        office.later(days=3)
        later = office.enter("an")
        office.enter("bai")
        office.later(days=83)
        send(office)
        shown = read(office, "an")
        assert [(line.customer_id, line.clock) for line in shown.due] == [(late, "signing"), (later, "signing")]
        assert [(line.due_on - shown.day).days for line in shown.due] == [4, 7]
        assert not shown.lead

    def test_a_leads_whole_team_but_not_another_teams(self, office):
        mine, theirs = office.enter("bai"), office.enter("xu")
        own = office.enter("li")
        office.later(days=83)
        send(office)
        assert [line.customer_id for line in read(office, "li").due] == [mine, own]
        assert [line.customer_id for line in read(office, "wu").due] == [theirs]
        assert [line.customer_id for line in read(office, "zhao", "zhao").due] == []

    def test_no_longer_what_was_signed_or_released_since(self, office):
        signed, left, kept = office.enter("an"), office.enter("an"), office.enter("an")
        office.later(days=83)
        send(office)
        office.do(signing.sign, "an", signed)
        office.release(left)
        assert [line.customer_id for line in read(office, "an").due] == [kept]

    def test_no_longer_what_was_decided_since(self, office):
        customer = office.in_pool(last="an")
        office.do(pool.claim, "xu", [customer])
        office.later(days=1)
        send(office)
        [line] = read(office, "li").waiting
        assert (line.customer_id, line.requester) == (customer, "Xu")
        with office.work() as session:
            request = session.scalars(select(ClaimRequest.id)).one()
        office.do(approvals.reject, "li", [request])
        assert read(office, "li").empty or not read(office, "li").waiting

    def test_what_went_into_the_pool_and_out_of_it_the_day_before(self, office):
        gone, taken = office.enter("an"), office.in_pool(last="bai")
        office.later(days=1)
        office.release(gone, reason=ReleaseReason.PRICE)
        office.do(pool.claim, "bai", [taken])
        office.later(days=1)
        shown = read(office, "li")
        assert (shown.entered, shown.left) == (1, 1)
        office.later(days=1)
        assert (read(office, "li").entered, read(office, "li").left) == (0, 0)

    def test_the_successor_of_a_lead_hears_of_the_team_as_it_was_before(self, office):
        gone = office.enter("an")
        office.later(days=1)
        office.release(gone, reason=ReleaseReason.PRICE)
        office.do(departures.deactivate, "qian", office.ids["li"], successor_id=office.ids["wu"])
        office.later(days=1)
        assert read(office, "wu").entered == 1

    def test_taken_by_a_lead_for_the_team_but_not_moved_within_it_or_taken_back(self, office):
        moved, back, gone = office.enter("an"), office.enter("an"), office.enter("an")
        fresh, old = office.in_pool(), office.in_pool(last="bai")
        office.later(days=1)
        office.do(pool.assign, "li", [moved], office.ids["bai"])
        undone(office, Act.ASSIGN, pool.assign, [back], office.ids["bai"])
        undone(office, Act.RELEASE, pool.release, [gone], ReleaseReason.PRICE)
        office.do(pool.claim, "an", [fresh])
        office.do(pool.pool_assign, "li", [old], office.ids["an"])
        office.later(days=1)
        assert (read(office, "li").entered, read(office, "li").left) == (0, 2)

    def test_what_nobody_has_spoken_to_since_it_was_claimed(self, office):
        first, _ = office.enter("an"), office.enter("bai")
        assert (read(office, "an").untouched, read(office, "li").untouched) == (1, 2)
        office.later(hours=1)
        office.do(followups.add, "an", first, NewFollowup("called"))
        assert (read(office, "an").untouched, read(office, "li").untouched) == (0, 1)


class TestAStandIn:
    @pytest.fixture
    def asked(self, office):
        """Xu asks for a customer of the team of Li, who is away and has named Xu's colleague."""
        office.send_away("li", "ye")
        return office.waiting("xu", office.in_pool(last="an"))

    def test_hears_what_the_lead_would_decide_and_may_decide_it(self, office, asked):
        send(office)
        assert told(office) == [("li", "ye")]
        assert [line.request_id for line in read(office, "ye", "li").waiting] == [asked]
        assert office.do(approvals.approve, "ye", [asked])[0].error is None
        assert read(office, "ye", "li").empty

    def test_does_not_hear_of_his_own_request(self, office):
        office.send_away("li", "xu")
        office.waiting("xu", office.in_pool(last="an"))
        assert read(office, "xu", "li").waiting == []
        assert len(read(office, "li", "li").waiting) == 1


class TestWhoReadsIt:
    @pytest.mark.parametrize("who", ["an", "li", "zhao", "qian"])
    def test_the_person_the_leads_above_and_admins(self, office, who):
        assert read(office, who, "an").name == "An"

    @pytest.mark.parametrize("who", ["bai", "wu", "xu"])
    def test_nobody_else(self, office, who):
        with pytest.raises(NotFoundError):
            read(office, who, "an")

    def test_a_stand_in_while_he_stands_in(self, office):
        office.do(absences.go_away, "li", office.ids["li"], office.now.today, office.ids["bai"])
        assert read(office, "bai", "li").lead
        office.later(days=1)
        with pytest.raises(NotFoundError):
            read(office, "bai", "li")
