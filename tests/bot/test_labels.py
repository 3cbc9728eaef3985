"""A line of a list is a button: whatever the name, what is said about it can be read."""

import pytest

from bot import labels


class TestLine:
    def test_a_short_name_stands_whole(self):
        assert labels.line("海兴货运", ["李华", "剩 3 天"]) == "海兴货运 · 李华 · 剩 3 天"

    @pytest.mark.parametrize(
        "name", ["潍坊福临医疗科技股份有限责任公司青岛分公司", "Hudson Lark Apparel Corporation International Limited"]
    )
    def test_a_long_name_gives_way_to_its_facts(self, name):
        shown = labels.line(name, ["徐婷婷", "今天到期"], "🔴 ")
        assert shown.startswith(f"🔴 {name[:6]}")
        assert shown.endswith("… · 徐婷婷 · 今天到期")
        assert labels.width(shown) <= labels.ROOM

    def test_facts_beyond_all_measure_are_cut_and_the_name_can_still_be_told(self):
        shown = labels.line("海兴货运", ["李" * 80])
        assert shown.startswith("海兴货运 · 李")
        assert len(shown) <= labels.ROOM

    def test_facts_that_are_missing_leave_no_gap(self):
        assert labels.line("海兴货运", ["", "青岛"]) == "海兴货运 · 青岛"
