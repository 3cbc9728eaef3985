"""Requests that nobody decides: a reminder after a day, the next above after two, each once."""

from sqlalchemy import select

from domain import approvals, pool, undecided
from domain.models import ClaimRequest, OutboxMessage
from domain.outbox import Kind


def ask(office, who="xu"):
    customer = office.in_pool(last="an")
    office.do(pool.claim, who, [customer])
    with office.work() as session:
        return session.scalars(select(ClaimRequest.id).where(ClaimRequest.customer_id == customer)).one()


def remind(office):
    with office.work() as session:
        return dict(undecided.remind(session, now=office.now).counts)


def told(office, kind):
    people = {user_id: login for login, user_id in office.ids.items()}
    with office.work() as session:
        return [people[user_id] for user_id in session.scalars(select(OutboxMessage.user_id).where(OutboxMessage.kind == kind))]


def hand_on(office, kind):
    """A reminder came back from whoever is unreachable by now."""
    with office.work() as session:
        [batch] = session.scalars(select(ClaimRequest.batch_id))
        undecided.undeliverable(session, kind, batch, now=office.now)


class TestAfterADay:
    def test_not_a_second_earlier(self, office):
        ask(office)
        office.later(hours=24, seconds=-1)
        assert remind(office) == {"reminded": 0, "escalated": 0}
        office.later(seconds=1)
        assert remind(office) == {"reminded": 1, "escalated": 0}
        assert told(office, Kind.UNDECIDED) == ["li"]

    def test_once(self, office):
        ask(office)
        office.later(hours=24)
        remind(office)
        office.later(hours=1)
        assert remind(office) == {"reminded": 0, "escalated": 0}

    def test_not_of_what_was_decided(self, office):
        request = ask(office)
        office.later(hours=23)
        office.do(approvals.reject, "li", [request])
        office.later(hours=30)
        assert remind(office) == {"reminded": 0, "escalated": 0}

    def test_every_admin_where_the_request_went_to_them(self, office):
        office.set("li", active=False)
        office.set("zhao", active=False)
        ask(office)
        office.later(hours=24)
        remind(office)
        assert told(office, Kind.UNDECIDED) == ["qian"]


class TestAfterTwoDays:
    def test_it_goes_to_the_next_above_once(self, office):
        ask(office)
        office.later(hours=48, seconds=-1)
        remind(office)
        assert told(office, Kind.ESCALATED) == []
        office.later(seconds=1)
        assert remind(office) == {"reminded": 0, "escalated": 1}
        assert told(office, Kind.ESCALATED) == ["zhao"]
        office.later(hours=24)
        assert remind(office) == {"reminded": 0, "escalated": 0}

    def test_who_asked_is_passed_over(self, office):
        customer = office.in_pool(last="an")
        office.set("zhao", superior_id=None)
        office.do(pool.claim, "wu", [customer])
        office.later(hours=48)
        remind(office)
        assert told(office, Kind.ESCALATED) == ["zhao"]

    def test_the_admins_where_nobody_stands_above(self, office):
        office.set("li", superior_id=None)
        ask(office)
        office.later(hours=48)
        remind(office)
        assert told(office, Kind.ESCALATED) == ["qian"]

    def test_whoever_it_reaches_may_decide(self, office):
        request = ask(office)
        office.later(hours=48)
        remind(office)
        assert office.do(approvals.approve, "zhao", [request])[0].error is None

    def test_it_reaches_the_next_one_when_the_approver_could_not_be_reminded(self, office):
        ask(office)
        office.later(hours=24)
        remind(office)
        office.block("li")
        hand_on(office, Kind.UNDECIDED)
        assert told(office, Kind.UNDECIDED) == ["li", "zhao"]
        office.later(hours=24)
        remind(office)
        assert told(office, Kind.ESCALATED) == ["qian"]

    def test_it_comes_back_to_the_lead_when_the_stand_in_could_not_be_reminded(self, office):
        office.send_away("li", "ye")
        ask(office)
        office.later(hours=24)
        remind(office)
        office.block("ye")
        hand_on(office, Kind.UNDECIDED)
        assert told(office, Kind.UNDECIDED) == ["ye", "li"]

    def test_one_who_cannot_be_reached_hands_it_on(self, office):
        ask(office)
        office.later(hours=48)
        remind(office)
        office.block("zhao")
        hand_on(office, Kind.ESCALATED)
        assert told(office, Kind.ESCALATED) == ["zhao", "qian"]
