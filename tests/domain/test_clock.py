from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.clock import Moment, now_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


class TestMoment:
    @pytest.mark.parametrize(
        ("utc", "zone", "today"),
        [
            (datetime(2026, 3, 1, 15, 59, tzinfo=UTC), SHANGHAI, date(2026, 3, 1)),
            (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), SHANGHAI, date(2026, 3, 2)),
            (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), BERLIN, date(2026, 3, 1)),
        ],
    )
    def test_the_day_is_the_organisations(self, utc, zone, today):
        assert Moment(utc, zone).today == today

    def test_a_day_begins_at_the_organisations_midnight(self):
        moment = Moment(datetime(2026, 3, 2, tzinfo=UTC), SHANGHAI)
        assert moment.start_of_day(date(2026, 3, 2)) == datetime(2026, 3, 1, 16, 0, tzinfo=UTC)

    def test_also_on_the_day_the_clocks_change(self):
        moment = Moment(datetime(2026, 3, 29, 12, tzinfo=UTC), BERLIN)
        spring = moment.start_of_day(date(2026, 3, 29)), moment.start_of_day(date(2026, 3, 30))
        assert spring[1] - spring[0] == timedelta(hours=23)

    def test_the_wall_clock_shows_an_instant(self):
        moment = Moment(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), SHANGHAI)
        assert moment.local(moment.utc).hour == 9

    def test_later_is_later_in_the_same_zone(self):
        moment = Moment(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), SHANGHAI)
        assert moment.after(timedelta(hours=15)) == Moment(datetime(2026, 3, 2, 16, 0, tzinfo=UTC), SHANGHAI)

    def test_a_time_without_a_zone_is_no_moment(self):
        naive = datetime(2026, 3, 2, tzinfo=UTC).replace(tzinfo=None)
        with pytest.raises(ValueError, match="2026"):
            Moment(naive, SHANGHAI)

    def test_now_is_aware(self):
        assert now_in(SHANGHAI).utc.tzinfo is UTC
