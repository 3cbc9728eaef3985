import pytest

from domain import departures, extending, pool, recycle_bin, signing, undo
from domain.errors import AlreadyWaitingError, ChangedSinceError, DuplicateCustomerError, NotFoundError, UndoExpiredError
from domain.models import Partner
from domain.outbox import Kind
from domain.outcomes import Result
from domain.permissions import Act
from domain.stages import ReleaseReason, Stage
from domain.timeline import Event

ACTS = {
    "release": (Act.RELEASE, lambda office, ids: office.do(pool.release, "li", ids, ReleaseReason.PRICE)),
    "assign": (Act.ASSIGN, lambda office, ids: office.do(pool.assign, "li", ids, office.ids["bai"])),
    "delete": (Act.DELETE, lambda office, ids: office.do(recycle_bin.delete, "li", ids)),
    "extend": (Act.EXTEND, lambda office, ids: office.do(extending.extend, "li", ids, 30)),
}


def done(office, act, *ids):
    """Do it as li, remembered as the chat remembers it; returns the id of the undo."""
    kind, work = ACTS[act]
    before = office.do(lambda session, _actor, wanted: undo.standing(session, wanted), "li", ids)
    outcomes = work(office, ids)
    return office.do(lambda session, actor, *, now: undo.keep(session, actor, kind, before, outcomes, now=now), "li")


def take_back(office, who, undo_id):
    return office.do(undo.undo, who, undo_id)


def place(office, customer):
    kept = office.customer(customer)
    return kept.owner_id, kept.stage, kept.partner_id, kept.due_on, kept.owned_since, kept.deleted_at, kept.last_lead_id


class TestUndo:
    @pytest.mark.parametrize("act", ACTS)
    def test_within_ten_minutes_everything_is_as_it_was(self, office, act):
        customer = office.enter("an", stage=Stage.QUOTING)
        before = place(office, customer)
        undo_id = done(office, act, customer)
        assert place(office, customer) != before
        office.later(minutes=10)
        assert take_back(office, "li", undo_id)[0].result is Result.DONE
        assert place(office, customer) == before

    @pytest.mark.parametrize("act", ACTS)
    def test_the_present_owner_has_the_one_open_ownership(self, office, act):
        customer = office.enter("an")
        take_back(office, "li", done(office, act, customer))
        assert [span.owner_id for span in office.ownerships(customer) if span.until is None] == [office.ids["an"]]

    def test_it_is_itself_in_the_timeline(self, office):
        customer = office.enter("an")
        take_back(office, "li", done(office, "release", customer))
        entry = office.timeline(customer)[-1]
        assert (entry.event, entry.detail) == (Event.UNDONE, {"act": "release"})

    def test_the_owner_who_lost_it_is_told_that_it_is_back(self, office):
        customer = office.enter("an")
        take_back(office, "li", done(office, "release", customer))
        assert [notice.kind for notice in office.told("an")][-2:] == [Kind.RELEASED, Kind.ASSIGNED]

    def test_the_owner_is_told_again_when_it_is_released_again(self, office):
        customer = office.enter("an")
        take_back(office, "li", done(office, "release", customer))
        office.later(minutes=1)
        done(office, "release", customer)
        assert len(office.told("an", Kind.RELEASED)) == 2

    def test_a_deleted_cooperating_customer_gets_its_partner_back(self, office):
        customer = office.enter("an")
        partner = office.do(signing.sign, "an", customer)
        take_back(office, "li", done(office, "delete", customer))
        kept = office.customer(customer)
        with office.work() as session:
            assert (kept.stage, kept.partner_id, session.get_one(Partner, partner).valid) == (Stage.COOPERATING, partner, True)


class TestRefusals:
    def test_after_the_minutes(self, office):
        undo_id = done(office, "release", office.enter("an"))
        office.later(minutes=10, seconds=1)
        with pytest.raises(UndoExpiredError):
            take_back(office, "li", undo_id)

    def test_a_second_time(self, office):
        undo_id = done(office, "release", office.enter("an"))
        take_back(office, "li", undo_id)
        with pytest.raises(UndoExpiredError):
            take_back(office, "li", undo_id)

    @pytest.mark.parametrize("who", ["an", "zhao", "qian"])
    def test_by_somebody_else(self, office, who):
        undo_id = done(office, "release", office.enter("an"))
        with pytest.raises(NotFoundError):
            take_back(office, who, undo_id)

    def test_what_somebody_claimed_since_stays_his_and_the_rest_goes_back(self, office):
        taken, still = office.enter("an"), office.enter("an")
        undo_id = done(office, "release", taken, still)
        office.do(pool.claim, "bai", [taken])
        outcomes = take_back(office, "li", undo_id)
        assert [outcome.result for outcome in outcomes] == [Result.REFUSED, Result.DONE]
        assert isinstance(outcomes[0].error, ChangedSinceError)
        assert office.owner(taken) == "bai"

    def test_what_somebody_waits_for_stays_in_the_pool(self, office):
        customer = office.enter("an")
        undo_id = done(office, "release", customer)
        office.waiting("xu", customer)
        assert isinstance(take_back(office, "li", undo_id)[0].error, AlreadyWaitingError)

    def test_nothing_goes_back_to_somebody_who_left(self, office):
        customer = office.enter("an")
        undo_id = done(office, "release", customer)
        office.do(departures.deactivate, "qian", office.ids["an"])
        assert isinstance(take_back(office, "li", undo_id)[0].error, ChangedSinceError)

    def test_a_deleted_one_does_not_come_back_past_a_live_duplicate(self, office):
        customer = office.enter("an", "Blue Anchor")
        undo_id = done(office, "delete", customer)
        office.enter("xu", "Blue Anchor")
        assert isinstance(take_back(office, "li", undo_id)[0].error, DuplicateCustomerError)
