"""What people type for a rule: numbers, times, hours, yes and no, as they write them."""

import pytest

from domain import typed as reading


class TestATypedValue:
    @pytest.mark.parametrize("typed", ["是", "开", "Yes", "１"])
    def test_is_a_yes(self, typed):
        assert reading.switch(typed) is True

    @pytest.mark.parametrize("typed", ["否", "关", "NO", "0"])
    def test_is_a_no(self, typed):
        assert reading.switch(typed) is False

    @pytest.mark.parametrize("typed", ["", "或许", "-5", "5.5", "1e3", "五"])
    def test_is_no_number(self, typed):
        assert reading.number(typed) is None

    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("8", None),
            ("8点", "08:00"),
            ("8点半", "08:30"),
            ("下午3点", "15:00"),
            ("12:00 pm", "12:00"),
            ("5pm", "17:00"),
            ("24:00", None),
            ("8:60", None),
            ("", None),
        ],
    )
    def test_is_a_time_of_day(self, typed, read):
        assert reading.time_of_day(typed) == read

    @pytest.mark.parametrize(("typed", "read"), [("关", "00:00-00:00"), ("9点-5点半", "09:00-05:30"), ("9-5-7", None)])
    def test_is_hours(self, typed, read):
        assert reading.hours(typed) == read
