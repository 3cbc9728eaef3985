"""Lists: who sees what, in which order, page by page, ticked across pages, found by a word.

On SQLite alone: the lists' queries run on both databases in the domain's tests.
"""

import pytest

from domain import pool
from domain.stages import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("sqlite",)


def rows(screen):
    """The customers' buttons of a list."""
    return [label for label in screen.labels if "海兴货运" in label]


def names(screen):
    """The customers on a list, in order."""
    return [label[label.index("海兴货运") :].split(" · ")[0] for label in rows(screen)]


class TestMine:
    async def test_shows_my_own_due_soonest_first_with_a_mark_under_three_days(self, office):
        later = office.customer(owner="lihua", left=40)
        soon = office.customer(owner="lihua", left=2)
        almost = office.customer(owner="lihua", left=3)
        office.customer(owner="wangwei")
        office.customer()
        mine = await office.phone("lihua").ask("/my")
        assert "我的客户" in mine
        assert "共 3 个" in mine
        assert names(mine) == [soon.name, almost.name, later.name]
        assert [label.split(" · ")[-1] for label in rows(mine)] == ["剩 2 天", "剩 3 天", "剩 40 天"]
        assert [label.startswith("🔴") for label in rows(mine)] == [True, False, False]

    async def test_has_a_tab_for_each_stage_with_its_count(self, office):
        office.customers(2, owner="lihua")
        quoting = office.customer(owner="lihua", stage=Stage.QUOTING)
        signed = office.customer(owner="lihua", stage=Stage.COOPERATING)
        lihua = office.phone("lihua")
        mine = await lihua.ask("/my")
        tabs = ["• 全部 4", "潜在阶段 2", "意向阶段 0", "报价阶段 1", "合作阶段 1", "沉睡阶段 0"]
        assert mine.labels[:6] == tabs
        chosen = await lihua.press_on(mine, "报价阶段 1")
        assert chosen.id == mine.id
        assert names(chosen) == [quoting.name]
        assert "• 报价阶段 1" in chosen.labels
        assert names(await lihua.press_on(chosen, "合作阶段")) == [signed.name]
        assert "这里还没有客户" in await lihua.press_on(chosen, "沉睡阶段")
        assert len(names(await lihua.press_on(chosen, "全部 4"))) == 4

    async def test_says_so_when_there_is_nothing(self, office):
        empty = await office.phone("lihua").ask("/my")
        assert "这里还没有客户" in empty
        assert empty.rows == [["主菜单"]]

    async def test_in_english(self, office):
        office.english("lihua")
        office.customer(owner="lihua", left=1)
        mine = await office.phone("lihua").ask("/my")
        assert "My customers" in mine
        assert "1 customer" in mine
        assert "• All 1" in mine.labels
        assert rows(mine)[0].endswith("1 day left")


class TestTeam:
    async def test_a_lead_sees_the_team_the_one_above_all_teams(self, office):
        first, second = office.customer(owner="lihua"), office.customer(owner="chenjie")
        office.customer()
        assert names(await office.phone("zhang").ask("/team")) == [first.name]
        assert names(await office.phone("liu").ask("/team")) == [second.name]
        for login in ("zhou", "guan"):
            everything = await office.phone(login).ask("/team")
            assert names(everything) == [first.name, second.name]
            assert "李华" in rows(everything)[0]

    async def test_is_not_for_salespeople(self, office):
        assert "您没有这个权限" in await office.phone("lihua").ask("/team")


class TestPages:
    async def test_hold_eight_rows_and_turn_both_ways(self, office):
        customers = office.customers(19)
        newest_first = [customer.name for customer in reversed(customers)]
        lihua = office.phone("lihua")
        first = await lihua.ask("/pool")
        assert "共 19 个" in first
        assert names(first) == newest_first[:8]
        assert {"1/3", "›"} <= set(first.labels)
        assert "‹" not in first.labels
        second = await lihua.press_on(first, "›")
        assert second.id == first.id
        assert names(second) == newest_first[8:16]
        third = await lihua.press_on(second, "›")
        assert names(third) == newest_first[16:]
        assert "›" not in third.labels
        assert names(await lihua.press_on(third, "‹")) == newest_first[8:16]
        assert names(await lihua.press_on(third, "‹")) == newest_first[:8]

    async def test_stay_stable_while_others_claim_and_new_ones_come(self, office):
        customers = office.customers(20)
        newest_first = [customer.name for customer in reversed(customers)]
        lihua = office.phone("lihua")
        first = await lihua.ask("/pool")
        taken = [customers[19], customers[15], customers[3]]
        office.do(pool.claim, "chenjie", [customer.id for customer in taken])
        office.customers(2)
        gone = {customer.name for customer in taken}
        second = await lihua.press_on(first, "›")
        third = await lihua.press_on(second, "›")
        seen = names(first) + names(second) + names(third)
        assert len(seen) == len(set(seen))
        assert names(second) == [name for name in newest_first[8:] if name not in gone][:8]
        assert set(newest_first) - gone <= set(seen)

    async def test_the_last_one_emptied_shows_the_one_before(self, office):
        customers = office.customers(9)
        lihua = office.phone("lihua")
        second = await lihua.press_on(await lihua.ask("/pool"), "›")
        office.do(pool.claim, "chenjie", [customers[0].id])
        await lihua.press_on(second, "2/2")
        assert len(names(await lihua.screen())) == 8

    async def test_a_card_leads_back_to_the_page_that_it_was_on(self, office):
        customers = office.customers(10)
        lihua = office.phone("lihua")
        await lihua.press_on(await lihua.ask("/pool"), "›")
        card = await lihua.press(customers[0].name)
        assert names(await lihua.press_on(card, "返回")) == [customers[1].name, customers[0].name]


class TestSelecting:
    async def test_goes_across_pages_and_ends(self, office):
        customers = office.customers(10)
        lihua = office.phone("lihua")
        first = await lihua.press_on(await lihua.ask("/pool"), "多选")
        assert all(label.startswith("☐") for label in rows(first))
        await lihua.press_on(first, customers[9].name)
        await lihua.press_on(first, "›")
        both = await lihua.press_on(first, customers[0].name)
        assert "已选 2 个" in both
        assert "分配给我 (2)" in both.labels
        back = await lihua.press_on(both, "‹")
        assert [label.startswith("☑") for label in rows(back)] == [True] + [False] * 7
        one = await lihua.press_on(back, customers[9].name)
        assert "已选 1 个" in one
        ended = await lihua.press_on(one, "结束多选")
        assert "☑ 多选" in ended.labels
        assert not any("☑ 海" in label or "☐" in label for label in ended.labels)

    async def test_a_double_tap_ticks_once(self, office):
        customer = office.customer()
        lihua = office.phone("lihua")
        selecting = await lihua.press_on(await lihua.ask("/pool"), "多选")
        data = selecting.data(customer.name)
        await lihua.forge(selecting, data)
        assert "已选 1 个" in await lihua.forge(selecting, data)

    async def test_nothing_ticked_offers_no_act(self, office):
        office.customer()
        lihua = office.phone("lihua")
        selecting = await lihua.press_on(await lihua.ask("/pool"), "多选")
        assert not any("分配" in label for label in selecting.labels)

    async def test_a_batch_tells_each_outcome(self, office):
        free, ours = office.customer(), office.customer(last="wangwei")
        theirs, waiting, taken = office.customer(last="chenjie"), office.customer(last="chenjie"), office.customer()
        lihua = office.phone("lihua")
        await lihua.press_on(await lihua.ask("/pool"), "多选")
        for customer in (free, ours, theirs, waiting, taken):
            await lihua.press(customer.name)
        office.do(pool.claim, "wangwei", [waiting.id])
        office.do(pool.claim, "chenjie", [taken.id])
        summary = await lihua.press("分配给我 (5)")
        assert "✅ 已领取 2 个客户" in summary
        assert "⏳ 1 个已提交审核" in summary
        assert "⚠️ 2 个未成功" in summary
        assert f"• {taken.name}：手慢了：陈洁 已于" in summary
        assert f"• {waiting.name}：待审核：王伟 已于" in summary
        assert names(summary) == [waiting.name, theirs.name]
        assert "⏳待审核" in rows(summary)[0]
        assert [office.owner(each) for each in (free, ours, theirs, taken)] == ["lihua", "lihua", None, "chenjie"]


class TestSearch:
    async def test_any_plain_text_finds_what_i_may_see(self, office):
        mine, free = office.customer("青岛远洋海兴货运甲", owner="lihua"), office.customer("青岛远洋海兴货运乙")
        office.customer("青岛远洋海兴货运丙", owner="chenjie")
        found = await office.phone("lihua").ask("远洋")
        assert "远洋" in found
        assert "共 2 个" in found
        labels = "".join(found.labels)
        assert mine.name[4:] in labels
        assert free.name[4:] in labels
        assert "丙" not in labels

    async def test_so_does_find(self, office):
        customer = office.customer()
        lihua = office.phone("lihua")
        assert names(await lihua.ask(f"/find {customer.name}")) == [customer.name]
        assert "/find 海航" in await lihua.ask("/find")

    async def test_nothing_found_says_so_and_repeats_the_word_as_it_was_typed(self, office):
        found = await office.phone("lihua").ask("<b>没有</b> & 100%_")
        assert "<b>没有</b> & 100%_" in found
        assert "没有找到" in found

    async def test_an_unknown_command_is_none(self, office):
        assert "没有 /<x> 这个命令" in await office.phone("lihua").ask("/<x>")


class TestForeignLists:
    async def test_somebody_elses_buttons_are_refused(self, office):
        office.customers(9)
        chenjie, lihua = office.phones("chenjie", "lihua")
        theirs = await chenjie.ask("/pool")
        mine = await lihua.ask("/menu")
        for label in ("›", "潜在阶段", "多选"):
            assert "⚠️ 这个按钮已失效" in await lihua.forge(mine, theirs.data(label))
        assert "已选" not in await chenjie.shown(theirs.id)
