"""待办事项: what waits, and what was decided of late, for whoever asked and for whoever decided."""

import pytest

from domain import approvals
from tests.bot.desk import Desk


@pytest.fixture
def desk(database):
    return Desk(database)


class TestToDo:
    def test_shows_both_sides_what_was_decided_of_late(self, desk):
        customer = desk.people.in_pool("Whale Glass", last="an")
        request = desk.people.waiting("xu", customer)
        desk.people.do(approvals.approve, "li", [request])
        for who in ("li", "xu"):
            shown = desk.say(who, "/todo")
            assert any("✓" in label and "Whale Glass" in label for label in shown.labels)
            assert "✅" in desk.press(who, shown, "Whale Glass")
        assert not any("Whale Glass" in label for label in desk.say("wu", "/todo").labels)

    def test_no_longer_than_a_week(self, desk):
        request = desk.people.waiting("xu", desk.people.in_pool("Whale Glass", last="an"))
        desk.people.do(approvals.reject, "li", [request])
        desk.people.later(days=8)
        assert not any("Whale Glass" in label for label in desk.say("xu", "/todo").labels)
