"""Rules changed in the chat: who may, what is accepted, who hears of it, and what cannot hold."""

import pytest
from sqlalchemy import select

from domain import rules, settings
from domain.errors import NotAllowedError, NotFoundError, RuleChangedSinceError, RuleRefusedError
from domain.models import Setting, TimelineEntry
from domain.outbox import Kind
from domain.permissions import Role
from domain.policy import Policy
from domain.rules import Rules
from domain.timetable import USUAL
from tests.domain.at_once import at_once
from tests.domain.ruling import GIVEN, back, due, in_force, put


def store(office, name, value):
    """A row as some other version may have left it."""
    with office.work() as session:
        session.add(Setting(name=name, value=value, changed_at=office.now.utc))


def changes(office):
    with office.work() as session:
        found = select(TimelineEntry).where(TimelineEntry.event == "rule_changed").order_by(TimelineEntry.id)
        return [(entry.actor_id, entry.detail["name"], entry.detail["change"]) for entry in session.scalars(found)]


class TestChange:
    def test_what_an_admin_says_wins_over_the_file(self, office):
        put(office, "claims_per_day", 5)
        assert in_force(office).policy.claims_per_day == 5
        assert in_force(office, Rules(policy=Policy(claims_per_day=9), timetable=USUAL)).policy.claims_per_day == 5

    def test_until_he_takes_it_back(self, office):
        put(office, "claims_per_day", 5)
        assert back(office, "claims_per_day").after == 0
        assert in_force(office) == GIVEN

    @pytest.mark.parametrize("who", ["an", "li", "zhao"])
    def test_nobody_else_may(self, office, who):
        for act, args in ((settings.change, ["signing_days", 30]), (settings.reset, ["signing_days"]), (settings.seen, [])):
            with pytest.raises(NotAllowedError):
                office.do(act, who, *args, given=GIVEN)
        with pytest.raises(NotAllowedError):
            office.do(settings.history, who)
        with pytest.raises(NotAllowedError):
            office.do(settings.preview, who, "signing_days", 30, given=GIVEN)
        assert in_force(office) == GIVEN

    @pytest.mark.parametrize(
        ("name", "value", "kept"),
        [
            ("digest_time", "07:15", "07:15"),
            ("quiet_hours", "22:00-07:00", "22:00-07:00"),
            ("mask_pool_contacts", False, False),
            ("signing_days_by_level.A", 30, 30),
            ("signing_days_by_level.A", 0, 0),
        ],
    )
    def test_of_any_kind(self, office, name, value, kept):
        put(office, name, value)
        assert rules.value_of(in_force(office), name) == kept

    @pytest.mark.parametrize(
        ("name", "value", "accepts"),
        [
            ("signing_days", 0, ("whole", 1, 3650)),
            ("signing_days", 3651, ("whole", 1, 3650)),
            ("signing_days", True, ("whole", 1, 3650)),
            ("signing_days", "30", ("whole", 1, 3650)),
            ("claims_per_day", -1, ("limit", 0, 10_000)),
            ("signing_days_by_level.B", -1, ("level", 0, 3650)),
            ("signing_days_by_level.B", False, ("level", 0, 3650)),
            ("mask_pool_contacts", 1, ("switch", 0, 0)),
            ("digest_time", "25:00", ("digest_time", 0, 0)),
            ("quiet_hours", "21:00", ("quiet_hours", 0, 0)),
        ],
    )
    def test_a_wrong_value_is_refused_with_what_is_allowed(self, office, name, value, accepts):
        with pytest.raises(RuleRefusedError) as refused:
            put(office, name, value)
        assert (refused.value.accepts, refused.value.low, refused.value.high) == accepts
        assert in_force(office) == GIVEN

    @pytest.mark.parametrize("name", ["salary", "signing_days_by_level", "signing_days_by_level.E", "signing_days.A", ""])
    def test_there_is_no_other_rule(self, office, name):
        with pytest.raises(NotFoundError):
            put(office, name, 1)

    def test_it_stands_in_the_timeline_and_the_other_admins_hear_of_it(self, office):
        office.hire("sun", Role.ADMIN)
        put(office, "claims_per_day", 5)
        put(office, "claims_per_day", 6, who="sun")
        qian, sun = office.ids["qian"], office.ids["sun"]
        assert changes(office) == [(qian, "claims_per_day", [0, 5]), (sun, "claims_per_day", [5, 6])]
        assert [past.by for past in office.do(settings.history, "qian")] == ["Sun", "Qian"]
        assert [row.body["change"] for row in office.told("sun", Kind.RULE_CHANGED)] == [[0, 5]]
        assert [row.body["change"] for row in office.told("qian", Kind.RULE_CHANGED)] == [[5, 6]]

    def test_saying_the_same_again_is_no_change(self, office):
        assert put(office, "claims_per_day", 5) is not None
        assert put(office, "claims_per_day", 5) is None
        assert len(changes(office)) == 1

    def test_a_rule_that_somebody_else_changed_meanwhile_is_not_overwritten(self, office):
        office.hire("sun", Role.ADMIN)
        put(office, "signing_days", 60, who="sun")
        with pytest.raises(RuleChangedSinceError) as refused:
            put(office, "signing_days", 30, known=90)
        assert refused.value.by == "Sun"
        assert in_force(office).policy.signing_days == 60
        assert put(office, "signing_days", 30, known=60).after == 30


class TestWhatCannotHold:
    def test_is_left_out_and_told_of(self, office):
        for name, value in (("signing_days", "soon"), ("no_such_rule", 3), ("quiet_hours", None), ("claims_per_day", 4)):
            store(office, name, value)
        found = in_force(office)
        assert found.policy == Policy(claims_per_day=4)
        assert found.ignored == ("no_such_rule = 3", "quiet_hours = null", 'signing_days = "soon"')

    def test_and_can_be_put_right(self, office):
        store(office, "signing_days", "soon")
        put(office, "signing_days", 45)
        assert in_force(office).ignored == ()


class TestAtOnce:
    def test_two_admins_come_one_after_the_other(self, own_office):
        own_office.hire("sun", Role.ADMIN)
        customer = own_office.enter("an")
        results = at_once(
            [
                lambda: own_office.do(settings.change, "qian", "signing_days", 60, given=GIVEN),
                lambda: own_office.do(settings.change, "sun", "signing_days", 40, given=GIVEN),
            ]
        )
        assert all(result.moved == 1 for result in results)
        (_, _, first), (_, _, second) = changes(own_office)
        assert first[0] == 90
        assert first[1] == second[0]
        assert due(own_office, customer) == second[1] == in_force(own_office).policy.signing_days
