import dataclasses

import pytest

from domain.policy import LEVELS, Policy, PolicyError, Violation, allowed


class TestDefaults:
    def test_deadlines_are_those_of_the_specification(self):
        policy = Policy()
        assert (policy.signing_days, policy.dormancy_days) == (90, 180)

    @pytest.mark.parametrize(
        "limit",
        [
            "first_followup_days",
            "followup_days",
            "claims_per_day",
            "held_limit",
            "reclaim_cooldown_days",
            "old_team_days",
            "pool_views_per_day",
        ],
    )
    def test_every_limit_is_off(self, limit):
        assert getattr(Policy(), limit) == 0
        assert allowed(limit).endswith("(0: off)")

    def test_contacts_in_the_pool_are_masked_and_dormant_customers_released(self):
        assert Policy().mask_pool_contacts
        assert Policy().dormant_releases


class TestDaysByLevel:
    def test_a_level_of_its_own_days_uses_them(self):
        policy = Policy(signing_days_by_level={"A": 30}, dormancy_days_by_level={"D": 365})
        assert (policy.signing_days_for("A"), policy.dormancy_days_for("D")) == (30, 365)

    @pytest.mark.parametrize("level", ["B", None])
    def test_any_other_uses_the_common_ones(self, level):
        policy = Policy(signing_days_by_level={"A": 30}, dormancy_days_by_level={"D": 365})
        assert (policy.signing_days_for(level), policy.dormancy_days_for(level)) == (90, 180)

    def test_all_levels_may_differ(self):
        days = dict.fromkeys(LEVELS, 10)
        assert Policy(signing_days_by_level=days).signing_days_by_level == days


class TestAcceptedValues:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("signing_days", 1),
            ("signing_days", 3650),
            ("claims_per_day", 0),
            ("undo_minutes", 1440),
            ("batch_limit", 500),
            ("dormant_releases", False),
        ],
    )
    def test_the_edge_of_a_range_is_accepted(self, name, value):
        assert getattr(Policy(**{name: value}), name) == value

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("signing_days", 0),
            ("signing_days", 3651),
            ("signing_days", True),
            ("signing_days", "90"),
            ("dormancy_days", 0),
            ("claims_per_day", -1),
            ("undo_minutes", 0),
            ("batch_limit", 501),
            ("dormant_releases", 1),
            ("signing_days_by_level", 30),
        ],
    )
    def test_beyond_it_is_refused_with_name_value_and_range(self, name, value):
        with pytest.raises(PolicyError) as refused:
            Policy(**{name: value})
        assert refused.value.violations == (Violation(name, value, allowed(name)),)

    @pytest.mark.parametrize(
        ("days", "name", "words"),
        [
            ({"E": 30}, "signing_days_by_level.E", "a level of A, B, C, D"),
            ({"A": 0}, "signing_days_by_level.A", "a whole number 1..3650"),
        ],
    )
    def test_a_wrong_level_or_wrong_days_are_refused_by_level(self, days, name, words):
        with pytest.raises(PolicyError) as refused:
            Policy(signing_days_by_level=days)
        assert [(v.name, v.allowed) for v in refused.value.violations] == [(name, words)]

    def test_all_refusals_are_told_at_once(self):
        with pytest.raises(PolicyError) as refused:
            Policy(signing_days=0, batch_limit=0)
        assert [v.name for v in refused.value.violations] == ["signing_days", "batch_limit"]


class TestValue:
    def test_a_policy_cannot_be_changed(self):
        with pytest.raises(dataclasses.FrozenInstanceError):
            Policy().signing_days = 1

    def test_a_changed_copy_is_checked_again(self):
        assert dataclasses.replace(Policy(), signing_days=30).signing_days == 30
        with pytest.raises(PolicyError):
            dataclasses.replace(Policy(), signing_days=0)

    def test_equal_policies_are_interchangeable(self):
        assert {Policy(), Policy()} == {Policy()}
