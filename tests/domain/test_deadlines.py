from datetime import date, timedelta

import pytest

from domain.deadlines import STOPPED, Deadlines, on_becoming_owner, on_followup, on_new_level, on_signing
from domain.policy import Policy
from domain.stages import Level, Stage

TODAY = date(2026, 3, 2)
PLAIN = Policy()
BY_LEVEL = Policy(signing_days_by_level={"A": 30}, dormancy_days_by_level={"A": 60})
ALL_CLOCKS = Policy(first_followup_days=3, followup_days=14)


def day(number):
    return TODAY + timedelta(days=number)


class TestBecomingOwner:
    @pytest.mark.parametrize("stage", [Stage.POTENTIAL, Stage.INTERESTED, Stage.QUOTING])
    def test_of_a_non_cooperating_customer_sets_the_signing_deadline(self, stage):
        assert on_becoming_owner(PLAIN, stage=stage, level=None, today=TODAY) == Deadlines(signing=day(90))

    @pytest.mark.parametrize("stage", [Stage.COOPERATING, Stage.DORMANT])
    def test_of_any_other_sets_the_dormancy_deadline(self, stage):
        assert on_becoming_owner(PLAIN, stage=stage, level=None, today=TODAY) == Deadlines(dormancy=day(180))

    @pytest.mark.parametrize(("level", "days"), [(Level.A, 30), (Level.B, 90), (None, 90)])
    def test_the_days_may_differ_by_level(self, level, days):
        assert on_becoming_owner(BY_LEVEL, stage=Stage.QUOTING, level=level, today=TODAY).signing == day(days)

    @pytest.mark.parametrize(("level", "days"), [(Level.A, 60), (Level.D, 180)])
    def test_for_dormancy_too(self, level, days):
        assert on_becoming_owner(BY_LEVEL, stage=Stage.COOPERATING, level=level, today=TODAY).dormancy == day(days)

    def test_the_followup_clocks_run_only_when_switched_on(self):
        clocks = on_becoming_owner(ALL_CLOCKS, stage=Stage.POTENTIAL, level=None, today=TODAY)
        assert clocks == Deadlines(day(90), None, day(3), day(14))


class TestSigning:
    def test_it_ends_the_signing_clock_and_starts_the_dormancy_clock(self):
        before = Deadlines(signing=day(5), followup=day(2))
        assert on_signing(PLAIN, before, level=None, today=TODAY) == Deadlines(dormancy=day(180), followup=day(2))

    def test_an_order_restarts_it(self):
        before = Deadlines(dormancy=day(1))
        assert on_signing(BY_LEVEL, before, level=Level.A, today=TODAY).dormancy == day(60)


class TestFollowup:
    def test_it_ends_the_first_clock_and_pushes_the_other(self):
        before = Deadlines(signing=day(80), first_followup=day(1), followup=day(1))
        assert on_followup(ALL_CLOCKS, before, today=TODAY) == Deadlines(signing=day(80), followup=day(14))

    def test_a_clock_switched_off_stops_with_the_next_one(self):
        assert on_followup(PLAIN, Deadlines(followup=day(1)), today=TODAY) == STOPPED


class TestNewLevel:
    @pytest.mark.parametrize(
        ("before", "after", "days"), [(None, Level.A, -60), (Level.A, Level.B, 60), (Level.B, Level.C, 0), (Level.A, None, 60)]
    )
    def test_the_signing_clock_moves_by_what_the_levels_differ(self, before, after, days):
        clocks = Deadlines(signing=day(70), followup=day(9))
        assert on_new_level(BY_LEVEL, clocks, before=before, after=after) == Deadlines(signing=day(70 + days), followup=day(9))

    def test_so_does_the_dormancy_clock(self):
        assert on_new_level(BY_LEVEL, Deadlines(dormancy=day(170)), before=None, after=Level.A) == Deadlines(dormancy=day(50))

    def test_nothing_starts_where_no_clock_runs(self):
        assert on_new_level(BY_LEVEL, STOPPED, before=None, after=Level.A) == STOPPED


class TestDue:
    @pytest.mark.parametrize(
        ("clocks", "due"),
        [
            (STOPPED, None),
            (Deadlines(signing=day(3)), day(3)),
            (Deadlines(signing=day(3), followup=day(2)), day(2)),
            (Deadlines(dormancy=day(9), first_followup=day(1), followup=day(4)), day(1)),
        ],
    )
    def test_it_is_the_soonest_of_the_running_clocks(self, clocks, due):
        assert clocks.due == due
