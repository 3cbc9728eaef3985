from datetime import timedelta

import pytest

from domain import pool
from domain.errors import (
    AlreadyInPoolError,
    AlreadyYoursError,
    NoSuchPersonError,
    NotAllowedError,
    NotFoundError,
    NotInYourTeamsError,
)
from domain.outbox import Kind
from domain.outcomes import Result
from domain.stages import Gained, Lost
from domain.timeline import Event


def assign(office, who, assignee, *customers):
    return office.do(pool.assign, who, customers, office.ids[assignee])


class TestAssignInTheTeam:
    @pytest.mark.parametrize(
        ("by", "owner", "to"),
        [
            ("li", "an", "bai"),
            ("li", "an", "li"),
            ("li", "li", "an"),
            ("zhao", "an", "xu"),
            ("zhao", "wu", "li"),
            ("qian", "zhao", "an"),
        ],
    )
    def test_it_moves_at_once(self, office, by, owner, to):
        customer = office.enter(owner)
        office.later(days=1)
        assert assign(office, by, to, customer)[0].result is Result.DONE
        assert office.owner(customer) == to
        assert [(row.lost, row.gained) for row in office.ownerships(customer)] == [
            (Lost.REASSIGNED, Gained.ENTERED),
            (None, Gained.ASSIGNED),
        ]
        assert office.events(customer)[-1] == Event.ASSIGNED

    def test_the_clocks_start_afresh(self, office):
        customer = office.enter("an")
        office.later(days=30)
        assign(office, "li", "bai", customer)
        kept = office.customer(customer)
        assert kept.signing_deadline == office.now.today + timedelta(days=90)
        assert (kept.owned_since, kept.pooled_at, kept.release_reason) == (office.now.utc, None, None)

    def test_a_cooperating_customer_keeps_its_stage_and_gets_the_other_clock(self, office):
        customer = office.enter("an")
        office.sign(customer)
        assign(office, "li", "bai", customer)
        kept = office.customer(customer)
        assert (kept.stage, kept.signing_deadline) == ("cooperating", None)
        assert kept.dormancy_deadline == office.now.today + timedelta(days=180)

    def test_both_owners_are_told(self, office):
        customers = [office.enter("an"), office.enter("an")]
        assign(office, "li", "bai", *customers)
        (gained,), (lost,) = office.told("bai", Kind.ASSIGNED), office.told("an", Kind.RELEASED)
        assert gained.body == {"customer_ids": customers, "by": office.ids["li"]}
        assert (lost.body["customer_ids"], lost.body["lost"]) == (customers, Lost.REASSIGNED)

    def test_whoever_gives_his_own_is_not_told(self, office):
        assign(office, "li", "an", office.enter("li"))
        assert office.told("li", Kind.RELEASED) == []


class TestAssignRefused:
    def test_a_salesperson_may_not_even_his_own(self, office):
        customer = office.enter("an")
        with pytest.raises(NotAllowedError):
            assign(office, "an", "bai", customer)

    @pytest.mark.parametrize("stranger", ["xu", "zhao"])
    def test_the_new_owner_stands_in_ones_own_teams(self, office, stranger):
        with pytest.raises(NotInYourTeamsError):
            assign(office, "li", stranger, office.enter("an"))

    @pytest.mark.parametrize("nobody", ["bai", "qian"])
    def test_the_new_owner_is_active_and_no_admin(self, office, nobody):
        office.set("bai", active=False)
        with pytest.raises(NoSuchPersonError):
            assign(office, "zhao", nobody, office.enter("an"))

    def test_another_teams_customer_does_not_exist(self, office):
        customer = office.enter("xu")
        assert isinstance(assign(office, "li", "an", customer)[0].error, NotFoundError)
        assert office.owner(customer) == "xu"

    def test_it_is_his_already(self, office):
        error = assign(office, "li", "an", office.enter("an"))[0].error
        assert isinstance(error, AlreadyYoursError)
        assert error.owner == "An"

    def test_what_lies_in_the_pool_has_nobody_to_be_taken_from(self, office):
        assert isinstance(assign(office, "li", "an", office.in_pool())[0].error, AlreadyInPoolError)

    def test_one_refusal_does_not_stop_the_others(self, office):
        ours, theirs, free = office.enter("an"), office.enter("xu"), office.in_pool()
        outcomes = assign(office, "li", "bai", theirs, ours, free)
        assert [outcome.result for outcome in outcomes] == [Result.REFUSED, Result.DONE, Result.REFUSED]
