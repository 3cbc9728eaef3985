import pytest

from domain import drafts
from domain.drafts import Awaited
from domain.errors import StaleError
from domain.models import View


def open_view(office, who, **state):
    with office.work() as session:
        return drafts.open_view(session, office.ids[who], "list", state, now=office.now).id


def view(office, who, view_id):
    with office.work() as session:
        return drafts.view(session, office.ids[who], view_id, now=office.now)


def expect(office, who, kind, **state):
    with office.work() as session:
        drafts.expect(session, office.ids[who], kind, state, now=office.now)


def awaited(office, who):
    with office.work() as session:
        return drafts.awaited(session, office.ids[who], now=office.now)


def forget_old(office):
    with office.work() as session:
        drafts.forget_old(session, now=office.now)


class TestView:
    def test_its_state_is_there_for_the_next_tap(self, office):
        opened = open_view(office, "an", page=2, chosen=[1, 5])
        assert view(office, "an", opened).state == {"page": 2, "chosen": [1, 5]}

    def test_a_new_state_is_kept(self, office):
        opened = open_view(office, "an", page=1)
        with office.work() as session:
            drafts.view(session, office.ids["an"], opened, now=office.now).state = {"page": 2}
        assert view(office, "an", opened).state == {"page": 2}

    def test_another_persons_is_stale(self, office):
        opened = open_view(office, "an")
        with pytest.raises(StaleError):
            view(office, "bai", opened)

    def test_one_that_never_was_is_stale(self, office):
        with pytest.raises(StaleError):
            view(office, "an", 999_999)

    def test_it_is_forgotten_two_weeks_after_the_last_tap(self, office):
        opened, left = open_view(office, "an"), open_view(office, "an")
        office.later(days=14)
        view(office, "an", opened)
        office.later(seconds=1)
        forget_old(office)
        assert view(office, "an", opened)
        with pytest.raises(StaleError):
            view(office, "an", left)

    def test_any_number_may_be_open(self, office):
        first, second = open_view(office, "an", n=1), open_view(office, "an", n=2)
        assert [view(office, "an", each).state["n"] for each in (first, second)] == [1, 2]


class TestAnswer:
    def test_what_is_asked_is_awaited(self, office):
        expect(office, "an", "reason", customer=5)
        assert awaited(office, "an") == Awaited("reason", {"customer": 5})
        assert awaited(office, "bai") is None

    def test_a_new_question_takes_the_place_of_the_old(self, office):
        expect(office, "an", "reason")
        expect(office, "an", "search", text="x")
        assert awaited(office, "an") == Awaited("search", {"text": "x"})

    def test_even_within_one_turn(self, office):
        with office.work() as session:
            for kind in ("reason", "search"):
                drafts.expect(session, office.ids["an"], kind, {}, now=office.now)
                assert drafts.awaited(session, office.ids["an"], now=office.now).kind == kind

    def test_it_is_dropped_once(self, office):
        expect(office, "an", "reason")
        with office.work() as session:
            assert drafts.drop(session, office.ids["an"])
            assert not drafts.drop(session, office.ids["an"])
            assert drafts.awaited(session, office.ids["an"], now=office.now) is None

    def test_after_a_day_nobody_waits_for_it(self, office):
        expect(office, "an", "reason")
        office.later(days=1, seconds=-1)
        assert awaited(office, "an")
        office.later(seconds=1)
        assert awaited(office, "an") is None

    def test_what_is_forgotten_is_gone_and_nothing_else(self, office):
        expect(office, "an", "reason")
        office.later(days=1, seconds=1)
        expect(office, "bai", "reason")
        forget_old(office)
        with office.work() as session:
            assert session.query(View).count() == 0
            assert not drafts.drop(session, office.ids["an"])
            assert drafts.drop(session, office.ids["bai"])
