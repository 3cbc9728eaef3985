import pytest

from domain import pool, users
from domain.errors import AlreadyInPoolError, InvalidFieldError, NotAllowedError, NotFoundError
from domain.outbox import Kind
from domain.outcomes import Result
from domain.stages import CHOSEN_REASONS, Lost, ReleaseReason
from domain.timeline import Event


def release(office, who, *customers, reason=ReleaseReason.PRICE, note=None):
    return office.do(pool.release, who, customers, reason, note=note)


class TestRelease:
    @pytest.mark.parametrize("by", ["li", "zhao", "qian"])
    def test_a_lead_puts_a_members_customer_into_the_pool(self, office, by):
        customer = office.enter("an")
        office.later(hours=3)
        assert release(office, by, customer)[0].result is Result.DONE
        kept = office.customer(customer)
        assert (kept.owner_id, kept.owned_since, kept.due_on, kept.signing_deadline) == (None, None, None, None)
        assert kept.pooled_at == office.now.utc

    def test_a_lead_may_release_his_own(self, office):
        customer = office.enter("li")
        assert release(office, "li", customer)[0].result is Result.DONE

    def test_the_last_team_is_remembered(self, office):
        customer = office.enter("an")
        release(office, "li", customer)
        kept = office.customer(customer)
        assert (kept.last_owner_id, kept.last_lead_id) == (office.ids["an"], office.ids["li"])

    def test_the_last_team_is_the_one_of_the_owner_when_he_lost_it(self, office):
        customer = office.enter("an")
        office.do(users.set_superior, "qian", office.ids["an"], office.ids["wu"])
        release(office, "wu", customer)
        assert office.customer(customer).last_lead_id == office.ids["wu"]

    def test_history_and_timeline_say_why(self, office):
        customer = office.enter("an")
        office.later(hours=1)
        release(office, "li", customer, reason=ReleaseReason.COMPETITOR, note="Now with Blue Anchor")
        ended = office.ownerships(customer)[-1]
        assert (ended.until, ended.lost, ended.reason, ended.ended_by) == (
            office.now.utc,
            Lost.RELEASED,
            ReleaseReason.COMPETITOR,
            office.ids["li"],
        )
        entry = office.timeline(customer)[-1]
        assert (entry.event, entry.detail) == (Event.RELEASED, {"reason": "competitor", "note": "Now with Blue Anchor"})


class TestReason:
    @pytest.mark.parametrize("reason", [reason for reason in CHOSEN_REASONS if reason is not ReleaseReason.OTHER])
    def test_the_next_claimer_sees_it(self, office, reason):
        customer = office.enter("an")
        release(office, "li", customer, reason=reason)
        assert office.customer(customer).release_reason == reason

    def test_other_comes_with_a_note(self, office):
        customer = office.enter("an")
        release(office, "li", customer, reason=ReleaseReason.OTHER, note="  moved to Vietnam ")
        assert office.customer(customer).release_note == "moved to Vietnam"

    @pytest.mark.parametrize("note", [None, "", "   "])
    def test_other_without_a_note_is_refused(self, office, note):
        customer = office.enter("an")
        with pytest.raises(InvalidFieldError) as refused:
            release(office, "li", customer, reason=ReleaseReason.OTHER, note=note)
        assert refused.value.problem == "empty"
        assert office.owner(customer) == "an"

    def test_a_note_has_200_characters_at_most(self, office):
        customer = office.enter("an")
        with pytest.raises(InvalidFieldError):
            release(office, "li", customer, note="x" * 201)
        assert release(office, "li", customer, note="x" * 200)[0].result is Result.DONE

    @pytest.mark.parametrize("reason", [ReleaseReason.LEFT, ReleaseReason.OVERDUE, ReleaseReason.DORMANT])
    def test_the_systems_own_reasons_are_not_for_people(self, office, reason):
        with pytest.raises(InvalidFieldError):
            release(office, "li", office.enter("an"), reason=reason)


class TestReleaseRefused:
    @pytest.mark.parametrize("who", ["an", "xu"])
    def test_a_salesperson_may_not_even_his_own(self, office, who):
        customer = office.enter("an")
        with pytest.raises(NotAllowedError):
            release(office, who, customer)
        assert office.owner(customer) == "an"

    def test_another_teams_customer_does_not_exist_for_a_lead(self, office):
        customer = office.enter("xu", "Secret Shipping")
        outcome = release(office, "li", customer)[0]
        assert isinstance(outcome.error, NotFoundError)
        assert outcome.name == ""
        assert office.owner(customer) == "xu"

    def test_the_lead_above_is_not_of_ones_own_team(self, office):
        assert isinstance(release(office, "li", office.enter("zhao"))[0].error, NotFoundError)

    def test_what_lies_in_the_pool_has_been_there_since(self, office):
        since = office.now.utc
        customer = office.in_pool()
        office.later(days=1)
        error = release(office, "li", customer)[0].error
        assert isinstance(error, AlreadyInPoolError)
        assert error.since == since


class TestReleaseIsTold:
    def test_to_each_owner_once(self, office):
        first, second, third = office.enter("an"), office.enter("an"), office.enter("bai")
        release(office, "li", first, second, third)
        assert [m.body["customer_ids"] for m in office.told("an", Kind.RELEASED)] == [[first, second]]
        assert [m.body["customer_ids"] for m in office.told("bai", Kind.RELEASED)] == [[third]]
        assert office.told("an", Kind.RELEASED)[0].body["reason"] == ReleaseReason.PRICE

    def test_not_to_whoever_did_it(self, office):
        release(office, "li", office.enter("li"))
        assert office.told("li", Kind.RELEASED) == []

    def test_each_time_anew(self, office):
        customer = office.enter("an")
        for _ in range(2):
            release(office, "li", customer)
            office.do(pool.claim, "an", [customer])
        assert len(office.told("an", Kind.RELEASED)) == 2

    def test_also_where_another_of_the_batch_was_his_before(self, office):
        kept, lost_before = office.enter("an"), office.enter("an")
        release(office, "li", lost_before)
        office.do(pool.claim, "bai", [lost_before])
        release(office, "li", kept, lost_before)
        assert [m.body["customer_ids"] for m in office.told("an", Kind.RELEASED)] == [[lost_before], [kept]]
