from datetime import timedelta

import pytest

from domain import followups, pool, statistics
from domain.followups import NewFollowup
from domain.statistics import PAGE, Numbers, Period


def seen(office, who, period=Period.TODAY, **more):
    return office.do(statistics.seen, who, period, **more)


def numbers_of(office, reader, person, period=Period.TODAY):
    return {line.name: line.numbers for line in seen(office, reader, period).lines}[person]


def talk(office, who, customer):
    office.do(followups.add, who, customer, NewFollowup("said"))


class TestWhatIsCounted:
    def test_what_a_person_did(self, office):
        first, second = office.enter("an"), office.enter("an")
        office.do(pool.claim, "an", [office.in_pool()])
        office.do(pool.assign, "li", [first], office.ids["bai"])
        for customer in (second, second):
            talk(office, "an", customer)
        office.release(second, by="li")
        numbers = numbers_of(office, "an", "An")
        assert numbers == Numbers(entered=2, claimed=1, followed_up=2, touched=1, released=1, held=1, untouched=1)
        assert numbers_of(office, "li", "Bai") == Numbers(received=1, held=1, untouched=1)

    def test_what_is_due_within_a_week(self, office):
        office.enter("an")
        office.later(days=83)
        assert numbers_of(office, "an", "An").due_soon == 1

    def test_the_total_is_everybodys(self, office):
        office.enter("an")
        office.enter("bai")
        assert seen(office, "li").total.entered == 2


class TestWhoSeesWhom:
    @pytest.mark.parametrize(
        ("who", "names"),
        [
            ("an", {"An"}),
            ("li", {"Li", "An", "Bai"}),
            ("wu", {"Wu", "Xu", "Ye"}),
        ],
    )
    def test_oneself_or_ones_team(self, office, who, names):
        assert {line.name for line in seen(office, who).lines} == names

    def test_an_admin_everybody_but_admins(self, office):
        shown = seen(office, "qian")
        assert {"An", "Xu", "Li"} <= {line.name for line in shown.lines}
        assert "Qian" not in {line.name for line in shown.lines}


class TestPeriods:
    @pytest.mark.parametrize(("period", "days"), [(Period.TODAY, 1), (Period.WEEK, 7), (Period.DAYS30, 30), (Period.MONTH, 3)])
    def test_begin_at_midnight_of_their_first_day(self, office, period, days):
        third = office.now.start_of_day(office.now.today.replace(day=1) + timedelta(days=2))
        office.later(seconds=(third - office.now.utc).total_seconds() + 32 * 86400)
        third = office.now.start_of_day(office.now.today.replace(day=3))
        office.later(seconds=(third - office.now.utc).total_seconds() + 3600)
        first = office.now.start_of_day(office.now.today - timedelta(days=days - 1))
        assert statistics.began(period, office.now) == first


class TestPages:
    def test_hold_everybody_once(self, office):
        for number in range(PAGE):
            office.hire(f"more{number}", superior="li", joined=False)
        first, second = seen(office, "li"), seen(office, "li", page=1)
        assert (first.people, first.pages, len(first.lines)) == (PAGE + 3, 2, PAGE)
        assert not {line.user_id for line in first.lines} & {line.user_id for line in second.lines}
        assert len(second.lines) == 3
