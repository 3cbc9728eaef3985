from datetime import date, timedelta

import pytest

from domain.days import read_day

WEDNESDAY = date(2026, 11, 25)


class TestDays:
    @pytest.mark.parametrize(
        ("typed", "day"),
        [
            ("今天", date(2026, 11, 25)),
            ("明天", date(2026, 11, 26)),
            ("后天", date(2026, 11, 27)),
            ("大后天", date(2026, 11, 28)),
            ("Today", date(2026, 11, 25)),
            (" tomorrow ", date(2026, 11, 26)),
            ("day after  tomorrow", date(2026, 11, 27)),
        ],
    )
    def test_have_names(self, typed, day):
        assert read_day(typed, WEDNESDAY) == day

    @pytest.mark.parametrize(
        ("typed", "days"),
        [
            ("3天后", 3),
            ("3 天后", 3),
            ("三天后", 3),
            ("１０天以后", 10),
            ("两周后", 14),
            ("1个星期后", 7),
            ("3 days", 3),
            ("in 10 days", 10),
            ("1 day", 1),
            ("3d", 3),
            ("2 weeks", 14),
            ("in 1 week", 7),
        ],
    )
    def test_are_counted_from_today(self, typed, days):
        assert read_day(typed, WEDNESDAY) == WEDNESDAY + timedelta(days=days)

    @pytest.mark.parametrize(
        ("typed", "day"),
        [
            ("周五", date(2026, 11, 27)),
            ("星期五", date(2026, 11, 27)),
            ("Friday", date(2026, 11, 27)),
            ("fri", date(2026, 11, 27)),
            ("Thurs", date(2026, 11, 26)),
            ("周日", date(2026, 11, 29)),
            ("礼拜天", date(2026, 11, 29)),
            ("周一", date(2026, 11, 30)),
            ("周三", date(2026, 12, 2)),
            ("Wednesday", date(2026, 12, 2)),
            ("下周一", date(2026, 11, 30)),
            ("下周五", date(2026, 12, 4)),
            ("下个星期三", date(2026, 12, 2)),
            ("next Monday", date(2026, 11, 30)),
            ("next friday", date(2026, 12, 4)),
        ],
    )
    def test_of_the_week_come_after_today(self, typed, day):
        assert read_day(typed, WEDNESDAY) == day

    @pytest.mark.parametrize(
        ("typed", "day"),
        [
            ("2026-12-05", date(2026, 12, 5)),
            ("2026/12/5", date(2026, 12, 5)),
            ("2026年12月5日", date(2026, 12, 5)),
            ("12-05", date(2026, 12, 5)),
            ("12/5", date(2026, 12, 5)),
            ("12月5号", date(2026, 12, 5)),
            ("5 Dec", date(2026, 12, 5)),
            ("December 5", date(2026, 12, 5)),
            ("Dec 5, 2027", date(2027, 12, 5)),
            ("11-25", date(2026, 11, 25)),
            ("11-24", date(2027, 11, 24)),
            ("02-29", date(2028, 2, 29)),
            ("2020-01-01", date(2020, 1, 1)),
        ],
    )
    def test_without_a_year_are_the_next_such_day(self, typed, day):
        assert read_day(typed, WEDNESDAY) == day

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "海航",
            "5",
            "1205",
            "13812345678",
            "2026-02-30",
            "13-05",
            "00-00",
            "周八",
            "C000012",
            "下周",
            "in a while",
            "次日达",
        ],
    )
    def test_are_not_read_into_other_words(self, typed):
        assert read_day(typed, WEDNESDAY) is None
