"""筛选 in the chat: a list narrowed field by field."""

import pytest

from domain import followups
from domain.followups import NewFollowup

pytestmark = pytest.mark.asyncio(loop_scope="module")
ENGINES = ("sqlite",)  # the statements run on both databases in tests/domain/test_search.py


class TestFilters:
    async def test_a_list_is_narrowed_by_two_fields_and_widened_again(self, office):
        office.customers(2, city="青岛")
        office.customers(1, city="宁波", services=("air",))
        office.customers(1, city="宁波", services=("fcl",))
        lihua = office.phone("lihua")
        assert "共 4 个" in await lihua.ask("/pool")
        await lihua.press("筛选")
        await lihua.press("城市")
        assert "共 2 个 · 宁波" in await lihua.press("宁波 2")
        await lihua.press("筛选")
        await lihua.press("服务")
        assert "共 1 个 · 宁波 · 空运" in await lihua.press("空运 1")
        await lihua.press("筛选")
        assert "共 4 个" in await lihua.press("清除筛选")

    async def test_a_lead_narrows_by_owner_and_by_deadline(self, office):
        office.customers(1, owner="chenjie", left=2)
        office.customers(2, owner="sunli", left=80)
        liu = office.phone("liu")
        await liu.ask("/team")
        await liu.press("筛选")
        await liu.press("负责人")
        assert "共 2 个 · 孙丽" in await liu.press("孙丽 2")
        await liu.press("筛选")
        await liu.press("清除筛选")
        await liu.press("筛选")
        await liu.press("期限")
        assert "共 1 个 · 3 天内到期" in await liu.press("3 天内到期")

    async def test_what_nobody_has_spoken_to_since_it_was_claimed(self, office):
        spoken, _ = office.customers(2, owner="lihua")
        office.do(followups.add, "lihua", spoken.id, NewFollowup("谈过"))
        lihua = office.phone("lihua")
        assert "共 2 个" in await lihua.ask("/my")
        await lihua.press("筛选")
        await lihua.press("未跟进")
        narrowed = await lihua.press("领取后未跟进")
        assert "共 1 个" in narrowed
        assert not any(spoken.name in label for label in narrowed.labels)

    async def test_levels_stand_in_their_own_order_and_cities_by_how_many_there_are(self, office):
        for level, city in (("C", "宁波"), ("C", "宁波"), ("A", "青岛"), ("B", "宁波")):
            office.customers(1, level=level, city=city)
        lihua = office.phone("lihua")
        await lihua.ask("/pool")
        await lihua.press("筛选")
        assert (await lihua.press("级别")).rows == [["A 级 1", "B 级 1"], ["C 级 2"], ["不限", "‹ 返回"]]
        await lihua.press("返回")
        await lihua.press("筛选")
        assert (await lihua.press("城市")).rows[0] == ["宁波 3", "青岛 1"]

    async def test_another_filter_is_at_hand_where_one_finds_nothing(self, office):
        office.customer(owner="lihua", left=60)
        lihua = office.phone("lihua")
        await lihua.ask("/my")
        await lihua.press("筛选")
        await lihua.press("期限")
        empty = await lihua.press("3 天内到期")
        assert empty.rows == [["🔎 筛选", "主菜单"]]
        await lihua.press_on(empty, "筛选")
        assert "共 1 个" in await lihua.press("清除筛选")

    async def test_back_leaves_the_list_as_it_was(self, office):
        office.customers(1)
        lihua = office.phone("lihua")
        await lihua.ask("/pool")
        await lihua.press("筛选")
        assert "共 1 个" in await lihua.press("返回")

    async def test_a_value_means_what_it_said_whatever_came_into_the_list_meanwhile(self, office):
        office.customers(2, city="青岛")
        office.customers(1, city="宁波")
        lihua = office.phone("lihua")
        await lihua.ask("/pool")
        await lihua.press("筛选")
        offered = await lihua.press("城市")
        office.customers(3, city="宁波")
        assert "共 2 个 · 青岛" in await lihua.press_on(offered, "青岛 2")
