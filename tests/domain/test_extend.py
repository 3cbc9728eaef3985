from datetime import timedelta

import pytest

from domain import extending, pool, signing
from domain.errors import AlreadyInPoolError, InvalidFieldError, NotAllowedError, NotFoundError
from domain.outcomes import Result
from domain.stages import ReleaseReason


def extend(office, who, customer, days):
    return office.do(extending.extend, who, [customer], days)[0]


class TestExtend:
    @pytest.mark.parametrize("by", ["li", "zhao", "qian"])
    def test_the_signing_deadline_moves_while_non_cooperating(self, office, by):
        customer = office.enter("an")
        before = office.customer(customer).signing_deadline
        assert extend(office, by, customer, 15).result is Result.DONE
        kept = office.customer(customer)
        assert (kept.signing_deadline, kept.due_on) == (before + timedelta(days=15), before + timedelta(days=15))

    def test_the_dormancy_deadline_moves_when_cooperating(self, office):
        customer = office.enter("an")
        office.do(signing.sign, "an", customer)
        before = office.customer(customer).dormancy_deadline
        extend(office, "li", customer, 7)
        assert office.customer(customer).dormancy_deadline == before + timedelta(days=7)

    @pytest.mark.parametrize("signed", [False, True])
    def test_a_deadline_that_passed_counts_from_today(self, office, signed):
        customer = office.enter("an")
        if signed:
            office.do(signing.sign, "an", customer)
        office.later(days=200)
        extend(office, "li", customer, 7)
        assert office.customer(customer).due_on == office.now.today + timedelta(days=7)

    @pytest.mark.parametrize("left", [1, 0])
    def test_one_that_has_not_passed_counts_from_itself(self, office, left):
        customer = office.enter("an")
        office.later(days=90 - left)
        extend(office, "li", customer, 7)
        assert office.customer(customer).due_on == office.now.today + timedelta(days=7 + left)

    def test_before_and_after_stand_in_the_timeline(self, office):
        customer = office.enter("an")
        extend(office, "li", customer, 7)
        assert office.timeline(customer)[-1].detail == {"days": 7, "due": ["2026-05-31", "2026-06-07"]}

    def test_the_owner_may_not(self, office):
        customer = office.enter("an")
        with pytest.raises(NotAllowedError):
            extend(office, "an", customer, 7)

    def test_for_another_teams_lead_it_does_not_exist(self, office):
        assert isinstance(extend(office, "wu", office.enter("an"), 7).error, NotFoundError)

    def test_in_the_pool_there_is_no_deadline(self, office):
        customer = office.enter("an")
        office.do(pool.release, "li", [customer], ReleaseReason.PRICE)
        assert isinstance(extend(office, "li", customer, 7).error, AlreadyInPoolError)

    @pytest.mark.parametrize("days", [1, 365])
    def test_one_to_365_days(self, office, days):
        assert extend(office, "li", office.enter("an"), days).result is Result.DONE

    @pytest.mark.parametrize("days", [0, -1, 366])
    def test_other_numbers_are_refused(self, office, days):
        with pytest.raises(InvalidFieldError):
            extend(office, "li", office.enter("an"), days)
