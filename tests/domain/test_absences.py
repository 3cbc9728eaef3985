from datetime import timedelta

import pytest

from domain import absences, approvals
from domain.errors import InvalidFieldError, NoSuchPersonError, NotAllowedError
from domain.models import TimelineEntry
from domain.outbox import Kind
from domain.outcomes import Result
from domain.timeline import Event


def go_away(office, who, stand_in, *, days=7, by=None):
    last_day = office.now.today + timedelta(days=days)
    return office.do(absences.go_away, by or who, office.ids[who], last_day, office.ids[stand_in])


def come_back(office, who, by=None):
    return office.do(absences.come_back, by or who, office.ids[who])


def absence(office, who):
    with office.work() as session:
        return absences.absence_of(session, office.ids[who], now=office.now)


def changes(office, who):
    with office.work() as session:
        about = session.query(TimelineEntry).filter_by(user_id=office.ids[who], event=Event.USER_CHANGED)
        return [entry.detail for entry in about.order_by(TimelineEntry.id)]


def asked(office, who):
    return [message.body["batch_id"] for message in office.told(who, Kind.REQUEST)]


class TestGoAway:
    def test_it_lasts_until_the_end_of_the_day_in_the_organisations_zone(self, office):
        go_away(office, "an", "bai", days=1)
        assert office.now.local(office.person("an").away_until).isoformat() == "2026-03-04T00:00:00+08:00"
        assert absence(office, "an").last_day == office.now.today + timedelta(days=1)
        office.later(days=1, hours=14)
        assert absence(office, "an").stand_in == "Bai"
        office.later(hours=1)
        assert absence(office, "an") is None

    @pytest.mark.parametrize("days", [0, 90])
    def test_today_and_ninety_days_ahead_are_allowed(self, office, days):
        go_away(office, "an", "bai", days=days)
        assert absence(office, "an").last_day == office.now.today + timedelta(days=days)

    @pytest.mark.parametrize(("days", "problem"), [(-1, "past"), (91, "out_of_range")])
    def test_yesterday_and_a_day_further_are_refused(self, office, days, problem):
        with pytest.raises(InvalidFieldError) as refused:
            go_away(office, "an", "bai", days=days)
        assert refused.value.problem == problem
        assert absence(office, "an") is None

    def test_nobody_stands_in_for_himself(self, office):
        with pytest.raises(NoSuchPersonError):
            go_away(office, "an", "an")

    def test_the_stand_in_is_active_and_has_joined(self, office):
        office.hire("feng", joined=False)
        office.set("bai", active=False)
        for login in ("feng", "bai"):
            with pytest.raises(NoSuchPersonError):
                go_away(office, "an", login)
        with pytest.raises(NoSuchPersonError):
            office.do(absences.go_away, "an", office.ids["an"], office.now.today, 999_999)

    def test_it_is_ones_own_to_say_or_an_admins(self, office):
        for who in ("bai", "li", "zhao"):
            with pytest.raises(NotAllowedError):
                go_away(office, "an", "bai", by=who)
        go_away(office, "an", "bai", by="qian")
        assert absence(office, "an").stand_in == "Bai"

    def test_it_is_in_the_timeline(self, office):
        go_away(office, "an", "bai", days=1)
        come_back(office, "an")
        there, back = changes(office, "an")
        assert there == {"away_until": [None, "2026-03-03"], "stand_in_id": [None, office.ids["bai"]]}
        assert back == {"away_until": ["2026-03-03", None], "stand_in_id": [office.ids["bai"], None]}

    def test_the_stand_in_is_told_every_time(self, office):
        go_away(office, "an", "bai", days=1)
        office.later(minutes=1)
        go_away(office, "an", "bai", days=2)
        assert [message.body for message in office.told("bai", Kind.STAND_IN)] == [{"user_id": office.ids["an"]}] * 2


class TestApprovals:
    def test_what_waits_goes_to_the_stand_in_at_once(self, office):
        request = office.waiting("an", office.in_pool(last="xu"))
        go_away(office, "wu", "ye")
        assert asked(office, "ye") == [office.batch_of(request)]
        assert office.do(approvals.approve, "ye", [request])[0].result is Result.DONE

    def test_and_so_does_what_comes_later(self, office):
        go_away(office, "wu", "ye")
        request = office.waiting("an", office.in_pool(last="xu"))
        assert (asked(office, "ye"), asked(office, "wu")) == ([office.batch_of(request)], [])

    def test_it_goes_to_the_stand_in_of_the_superior_who_was_asked(self, office):
        office.set("wu", telegram_id=None)
        request = office.waiting("an", office.in_pool(last="xu"))
        assert asked(office, "zhao") == [office.batch_of(request)]
        go_away(office, "zhao", "li")
        assert asked(office, "li") == [office.batch_of(request)]

    def test_a_salesperson_decides_nothing_any_more_when_the_lead_is_back(self, office):
        request = office.waiting("an", office.in_pool(last="xu"))
        go_away(office, "wu", "ye")
        come_back(office, "wu")
        assert isinstance(office.do(approvals.approve, "ye", [request])[0].error, NotAllowedError)
        assert office.do(approvals.approve, "wu", [request])[0].result is Result.DONE
        assert asked(office, "wu") == [office.batch_of(request)]


class TestComeBack:
    def test_it_is_ones_own_to_say_or_an_admins(self, office):
        for by in ("an", "qian"):
            go_away(office, "an", "bai")
            with pytest.raises(NotAllowedError):
                come_back(office, "an", by="li")
            come_back(office, "an", by=by)
            assert absence(office, "an") is None

    def test_whoever_is_here_stays_here(self, office):
        come_back(office, "an")
        assert changes(office, "an") == []


class TestWhenItIsOver:
    @pytest.fixture
    def asked(self, office):
        office.do(absences.go_away, "li", office.ids["li"], office.now.today, office.ids["wu"])
        return office.waiting("xu", office.in_pool(last="an"))

    def end(self, office):
        with office.work() as session:
            return absences.end_passed(session, now=office.now)

    def test_the_cards_of_what_waits_go_to_the_lead_once(self, office, asked):
        assert office.told("li", Kind.REQUEST) == []
        office.later(days=1)
        assert (self.end(office), self.end(office)) == (1, 0)
        assert [row.body["batch_id"] for row in office.told("li", Kind.REQUEST)] == [office.batch_of(asked)]

    def test_not_before(self, office, asked):
        assert self.end(office) == 0
        assert office.told("li", Kind.REQUEST) == []

    def test_not_of_what_was_decided_meanwhile(self, office, asked):
        office.do(approvals.reject, "wu", [asked])
        office.later(days=1)
        assert self.end(office) == 1
        assert office.told("li", Kind.REQUEST) == []
