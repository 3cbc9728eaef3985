"""Giving customers to somebody: in the team, from the pool, directly; and letting them go.

On SQLite alone: the rules of the pool run on both databases in the domain's tests, a claim's whole way in test_claiming.
"""

import asyncio

import pytest

from domain import pool

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("sqlite",)


async def open_card(phone, customer):
    """The card of a customer, found by its name."""
    await phone.ask(customer.name)
    return await phone.press(customer.name)


class TestAssignInTheTeam:
    async def test_moves_at_once_and_tells_both(self, office):
        customer = office.customer(owner="lihua")
        zhang, lihua, wangwei = office.phones("zhang", "lihua", "wangwei")
        choice = await zhang.press_on(await open_card(zhang, customer), "分配")
        assert "分配 1 个客户给谁？" in choice
        assert customer.name in choice
        assert {"张组长（我）", "李华", "王伟"} <= set(choice.labels)
        assert "陈洁" not in choice.labels
        done = await zhang.press_on(choice, "王伟")
        assert "✅ 已分配 1 个客户" in done
        assert "负责人：王伟" in done
        assert office.owner(customer) == "wangwei"
        told = await wangwei.wait_for("张组长 分配给您 1 个客户")
        assert customer.name in await wangwei.press_on(told, "查看")
        assert customer.name in await lihua.wait_for("张组长 已将您的 1 个客户转给同事")

    async def test_several_of_a_list_go_together_and_are_told_once(self, office):
        customers = office.customers(2, owner="lihua")
        zhang = office.phone("zhang")
        await zhang.ask("/team")
        await zhang.press("多选")
        for customer in customers:
            await zhang.press(customer.name)
        choice = await zhang.press("分配 (2)")
        assert all(customer.name in choice for customer in customers)
        assert "✅ 已分配 2 个客户" in await zhang.press_on(choice, "王伟")
        told = await office.phone("wangwei").wait_for("分配给您 2 个客户")
        assert all(customer.name in told for customer in customers)

    async def test_undone_leaves_a_card_that_opens_and_tells_of_it(self, office):
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        choice = await zhang.press_on(await open_card(zhang, customer), "分配")
        await zhang.press_on(choice, "王伟")
        assert "✅ 已撤销，1 个客户恢复原状" in await zhang.press("撤销")
        again = await open_card(zhang, customer)
        assert "负责人：李华" in again
        assert again.text.partition("历任负责人")[2].endswith("· 撤销")

    async def test_the_one_above_assigns_across_his_teams(self, office):
        customer = office.customer(owner="lihua")
        zhou = office.phone("zhou")
        await zhou.press_on(await open_card(zhou, customer), "分配")
        await zhou.press("陈洁")
        assert office.owner(customer) == "chenjie"

    async def test_to_whom_he_has_it_already_is_refused(self, office):
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        await zhang.press_on(await open_card(zhang, customer), "分配")
        assert "⚠️ 这个客户已由 李华 负责" in await zhang.press("李华")

    async def test_leaving_the_choice_changes_nothing(self, office):
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        card = await open_card(zhang, customer)
        before = office.everything()
        choice = await zhang.press_on(card, "分配")
        back = await zhang.press_on(choice, "取消")
        assert back.rows == card.rows
        assert office.everything()["customers"] == before["customers"]

    async def test_a_double_tap_does_it_once(self, office):
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        choice = await zhang.press_on(await open_card(zhang, customer), "分配")
        data = choice.data("王伟")
        first, second = await asyncio.gather(zhang.forge(choice, data), zhang.forge(choice, data))
        assert any("⚠️ 这个按钮已失效" in screen for screen in (first, second))
        await office.quiet()
        told = [screen for screen in await office.phone("wangwei").screens() if "分配给您" in screen]
        assert len(told) == 1


class TestAssignFromThePool:
    async def test_what_nobody_owned_goes_to_a_member_at_once(self, office):
        customer = office.customer()
        zhang = office.phone("zhang")
        await zhang.press_on(await open_card(zhang, customer), "分配")
        assert "✅ 已分配 1 个客户" in await zhang.press("李华")
        assert office.owner(customer) == "lihua"
        await office.phone("lihua").wait_for("张组长 分配给您 1 个客户")

    async def test_what_another_team_had_is_asked_of_its_lead_and_both_are_told(self, office):
        customer = office.customer(last="chenjie")
        zhang, liu, lihua = office.phones("zhang", "liu", "lihua")
        await zhang.press_on(await open_card(zhang, customer), "分配")
        assert "⏳ 1 个已提交审核" in await zhang.press("李华")
        card = await liu.wait_for("分配申请")
        assert "张组长 申请分配给 李华" in card
        await liu.press_on(card, "同意")
        assert office.owner(customer) == "lihua"
        assert customer.name in await zhang.wait_for("已同意")
        assert customer.name in await lihua.wait_for("分配给您 1 个客户")


class TestDirectAssign:
    async def test_is_offered_only_to_those_with_the_right(self, office):
        customer = office.customer(last="lihua")
        assert "直接分配" in (await open_card(office.phone("heping"), customer)).labels
        for login in ("chenjie", "liu", "zhou", "guan"):
            assert "直接分配" not in (await open_card(office.phone(login), customer)).labels

    async def test_goes_to_anybody_without_asking(self, office):
        customer = office.customer(last="lihua")
        heping = office.phone("heping")
        choice = await heping.press_on(await open_card(heping, customer), "直接分配")
        assert {"李华", "王伟", "陈洁", "张组长", "何平（我）"} <= set(choice.labels)
        assert "关管理" not in choice.labels
        assert "✅ 已直接分配 1 个客户" in await heping.press_on(choice, "王伟")
        assert office.owner(customer) == "wangwei"
        await office.phone("wangwei").wait_for("何平 分配给您 1 个客户")

    async def test_a_waiting_claim_lapses_and_both_sides_are_told(self, office):
        customer = office.customer(last="chenjie")
        heping, lihua, liu = office.phones("heping", "lihua", "liu")
        office.do(pool.claim, "lihua", [customer.id])
        card = await liu.wait_for("领取申请")
        await heping.press_on(await open_card(heping, customer), "直接分配")
        await heping.press("王伟")
        for phone in (lihua, liu):
            assert customer.name in await phone.wait_for("领取申请已失效")
        lapsed = await liu.wait_on(card, "已取消")
        assert "同意" not in "".join(lapsed.labels)
        assert "⚠️ 已由 何平 于" in await liu.forge(card, card.data("同意"))
        assert (office.owner(customer), office.statuses(customer)) == ("wangwei", ["cancelled"])


class TestRelease:
    async def test_a_reason_by_button_and_the_owner_is_told(self, office):
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        asked = await zhang.press_on(await open_card(zhang, customer), "释放")
        assert "原因是？" in asked
        assert ["无需求", "价格"] in asked.rows
        done = await zhang.press_on(asked, "输给同行")
        assert "✅ 已将 1 个客户释放到公海" in done
        assert "释放原因：输给同行" in done
        told = await office.phone("lihua").wait_for("张组长 已将您的 1 个客户释放到公海")
        assert "原因：输给同行" in told
        assert office.owner(customer) is None

    async def test_another_reason_is_typed_and_the_next_claimer_sees_it(self, office):
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        await zhang.press_on(await open_card(zhang, customer), "释放")
        assert "请发送释放 1 个客户的原因" in await zhang.press("其他")
        assert "✅ 已将 1 个客户释放到公海" in await zhang.ask("老板是<他>亲戚")
        seen = await open_card(office.phone("chenjie"), customer)
        assert "释放原因：其他 · 老板是<他>亲戚" in seen

    async def test_a_reason_too_long_is_asked_for_again(self, office):
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        await zhang.press_on(await open_card(zhang, customer), "释放")
        await zhang.press("其他")
        assert "太长了" in await zhang.ask("长" * 201)
        assert office.owner(customer) == "lihua"
        assert "✅" in await zhang.ask("没有回音")
        assert office.owner(customer) is None

    async def test_cancel_in_the_middle_leaves_it_where_it_is(self, office):
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        await zhang.press_on(await open_card(zhang, customer), "释放")
        await zhang.press("其他")
        assert "已取消" in await zhang.ask("/cancel")
        assert "没有找到" in await zhang.ask("没有回音")
        assert "没有需要取消的操作" in await zhang.ask("/cancel")
        assert office.owner(customer) == "lihua"

    async def test_so_does_a_tap_on_cancel(self, office):
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        await zhang.press_on(await open_card(zhang, customer), "释放")
        await zhang.press_on(await zhang.press("其他"), "取消")
        assert "没有找到" in await zhang.ask("没有回音")
        assert office.owner(customer) == "lihua"

    async def test_another_command_in_the_middle_is_obeyed_and_the_question_stays(self, office):
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        await zhang.press_on(await open_card(zhang, customer), "释放")
        await zhang.press("其他")
        assert "本组客户" in await zhang.ask("/team")
        assert "✅" in await zhang.ask("没有回音")

    async def test_somebody_elses_release_in_between_is_told(self, office):
        customer = office.customer(owner="lihua")
        zhang, zhou = office.phones("zhang", "zhou")
        asked = await zhang.press_on(await open_card(zhang, customer), "释放")
        await zhou.press_on(await open_card(zhou, customer), "释放")
        await zhou.press("价格")
        assert "⚠️ 这个客户已在公海" in await zhang.press_on(asked, "无需求")

    async def test_in_english(self, office):
        office.english("zhang", "lihua")
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        asked = await zhang.press_on(await open_card(zhang, customer), "Release")
        assert "Release 1 customer into the pool." in asked
        assert "✅ 1 customer released into the pool." in await zhang.press_on(asked, "Price")
        assert "张组长 released 1 customer of yours into the pool" in await office.phone("lihua").wait_for("released")
