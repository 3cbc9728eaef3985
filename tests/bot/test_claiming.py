"""From a claim to its end: at once, or through the lead of the team that had the customer last."""

import asyncio

import pytest

from domain import pool

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def claim(phone, customer):
    """Find the customer and claim it; returns the card under its notice."""
    await phone.ask(customer.name)
    await phone.press(customer.name)
    return await phone.press("分配给我")


class TestClaimAtOnce:
    async def test_a_customer_that_nobody_ever_owned_is_mine_with_one_tap(self, office):
        customer = office.customer()
        lihua = office.phone("lihua")
        await lihua.ask("/pool")
        await lihua.press(customer.name)
        card = await lihua.press("分配给我")
        assert "✅ 已领取 1 个客户" in card
        assert "负责人：李华" in card
        assert "剩 90 天" in card
        assert office.owner(customer) == "lihua"

    async def test_so_is_one_that_my_own_team_had_last(self, office):
        customer = office.customer(last="wangwei")
        assert "✅ 已领取 1 个客户" in await claim(office.phone("lihua"), customer)
        assert office.owner(customer) == "lihua"

    async def test_who_stands_above_the_last_team_asks_nobody(self, office):
        customer = office.customer(last="chenjie")
        assert "✅ 已领取 1 个客户" in await claim(office.phone("zhou"), customer)
        assert office.owner(customer) == "zhou"

    async def test_the_slower_one_is_told_who_has_it_since_when(self, office):
        customer = office.customer()
        lihua, chenjie = office.phones("lihua", "chenjie")
        for phone in (lihua, chenjie):
            await phone.ask(customer.name)
            await phone.press(customer.name)
        office.do(pool.claim, "lihua", [customer.id])
        refused = await chenjie.press("分配给我")
        assert "⚠️ 手慢了：李华 已于" in refused
        assert office.owner(customer) == "lihua"

    async def test_of_two_who_tap_together_one_wins_and_the_other_is_told(self, office):
        customer = office.customer()
        phones = office.phones("lihua", "chenjie")
        for phone in phones:
            await phone.ask(customer.name)
            await phone.press(customer.name)
        screens = await asyncio.gather(*(phone.press("分配给我") for phone in phones))
        assert sorted("已领取 1 个客户" in screen for screen in screens) == [False, True]
        loser = next(screen for screen in screens if "已领取" not in screen)
        assert f"手慢了：{office.names[office.owner(customer)]} 已于" in loser

    async def test_a_double_tap_takes_it_once_and_says_so(self, office):
        customer = office.customer()
        lihua = office.phone("lihua")
        await lihua.ask(customer.name)
        card = await lihua.press(customer.name)
        claiming = card.data("分配给我")
        await lihua.forge(card, claiming)
        assert "这个客户已由 李华 负责" in await lihua.forge(card, claiming)

    async def test_in_english(self, office):
        office.english("lihua")
        customer = office.customer()
        lihua = office.phone("lihua")
        await lihua.ask(customer.name)
        await lihua.press(customer.name)
        card = await lihua.press("Claim")
        assert "✅ Claimed: the customer is yours now." in card
        assert "90 days left" in card


class TestRequest:
    async def test_the_card_arrives_at_the_lead_of_the_last_team(self, office):
        customer = office.customer(last="chenjie")
        mine = await claim(office.phone("lihua"), customer)
        assert "⏳ 1 个已提交审核" in mine
        assert "待审核：李华 于" in mine
        card = await office.phone("liu").wait_for("领取申请")
        assert "申请人：李华" in card
        assert customer.name in card
        assert "原负责人：陈洁" in card
        assert card.rows == [["✅ 同意", "✖ 拒绝"], ["🔍 查看"], ["‹ 待办事项"]]
        assert office.owner(customer) is None

    async def test_approved_it_changes_both_chats_and_the_requester_is_told(self, office):
        customer = office.customer(last="chenjie")
        lihua, liu = office.phones("lihua", "liu")
        await claim(lihua, customer)
        card = await liu.wait_for("领取申请")
        decided = await liu.press_on(card, "同意")
        assert decided.id == card.id
        assert "已同意 · 刘组长" in decided
        assert "同意" not in "".join(decided.labels)
        told = await lihua.wait_for("您申请的 1 个客户已同意")
        assert f"{customer.name}\n审核人：刘组长 " in told
        assert office.owner(customer) == "lihua"
        assert "负责人：李华" in await lihua.press_on(told, "查看")

    async def test_rejected_it_stays_in_the_pool_and_a_typed_reason_reaches_the_requester(self, office):
        customer = office.customer(last="chenjie")
        lihua, liu = office.phones("lihua", "liu")
        await claim(lihua, customer)
        await liu.press_on(await liu.wait_for("领取申请"), "拒绝")
        assert customer.name in await lihua.wait_for("您申请的 1 个客户未获同意")
        assert "请发送拒绝的原因" in await liu.press("补充原因")
        explained = await liu.ask("还在谈 <价格> & 账期")
        assert "还在谈 <价格> & 账期" in explained
        assert "补充原因" not in "".join(explained.labels)
        await office.quiet()
        assert "原因：还在谈 <价格> & 账期" in await lihua.wait_for("还在谈")
        assert office.owner(customer) is None
        assert office.statuses(customer) == ["rejected"]

    async def test_a_reason_too_long_is_asked_for_again(self, office):
        customer = office.customer(last="chenjie")
        await claim(office.phone("lihua"), customer)
        liu = office.phone("liu")
        await liu.press_on(await liu.wait_for("领取申请"), "拒绝")
        await liu.press("补充原因")
        assert "太长了" in await liu.ask("长" * 201)
        assert "原因：行" in await liu.ask("行")

    async def test_a_look_at_the_customer_leads_back_to_the_card(self, office):
        customer = office.customer(last="chenjie")
        await claim(office.phone("lihua"), customer)
        liu = office.phone("liu")
        card = await liu.wait_for("领取申请")
        look = await liu.press_on(card, "查看")
        assert "从未有人负责" not in look
        assert "历任负责人" in look
        back = await liu.press_on(look, "返回")
        assert back.rows == card.rows

    async def test_a_second_claimer_is_told_who_waits(self, office):
        customer = office.customer(last="chenjie")
        lihua, wangwei = office.phones("lihua", "wangwei")
        await wangwei.ask(customer.name)
        await wangwei.press(customer.name)
        await claim(lihua, customer)
        refused = await wangwei.press("分配给我")
        assert "⚠️ 待审核：李华 已于" in refused
        assert "分配给我" not in refused.labels
        assert office.statuses(customer) == ["waiting"]

    async def test_the_requester_takes_it_back_and_the_lead_sees_it(self, office):
        customer = office.customer(last="chenjie")
        lihua, liu = office.phones("lihua", "liu")
        await claim(lihua, customer)
        card = await liu.wait_for("领取申请")
        assert "您提交的、正在等待：1 个" in await lihua.ask("/todo")
        await lihua.press("⏳")
        cancelled = await lihua.press("取消申请")
        assert "已取消 · 李华" in cancelled
        assert "已取消 · 李华" in await liu.wait_on(card, "已取消")
        assert office.statuses(customer) == ["cancelled"]
        assert "已由 李华 于" in await liu.forge(card, card.data("同意"))

    async def test_in_english_the_card_and_the_answer_are_english(self, office):
        office.english("lihua", "liu")
        customer = office.customer(last="chenjie")
        lihua, liu = office.phones("lihua", "liu")
        await lihua.ask(customer.name)
        await lihua.press(customer.name)
        assert "1 request sent" in await lihua.press("Claim")
        card = await liu.wait_for("Claim request")
        assert "From 李华" in card
        assert "Approved · 刘组长" in await liu.press_on(card, "Approve")
        assert customer.name in await lihua.wait_for("Your request was approved")


class TestSeveralAtOnce:
    async def claim_two(self, office):
        customers = office.customers(2, last="chenjie")
        office.do(pool.claim, "lihua", [customer.id for customer in customers])
        return customers, await office.phone("liu").wait_for("领取申请")

    async def test_they_come_as_one_card(self, office):
        customers, card = await self.claim_two(office)
        assert all(customer.name in card for customer in customers)
        assert card.labels.count("✅ 同意") == 2
        assert "✅ 全部同意 (2)" in card.labels
        assert "✖ 全部拒绝 (2)" in card.labels

    async def test_each_can_be_decided_alone(self, office):
        (first, second), card = await self.claim_two(office)
        liu, lihua = office.phones("liu", "lihua")
        rest = await liu.press_place(card, 1, 0)
        assert f"✅ {first.name}" in rest
        assert f"⏳ {second.name}" in rest
        done = await liu.press_on(rest, "✖ 拒绝")
        assert f"❌ {second.name}" in done
        await office.quiet()
        assert first.name in await lihua.wait_for("已同意")
        assert second.name in await lihua.wait_for("未获同意")
        assert (office.owner(first), office.owner(second)) == ("lihua", None)

    async def test_all_are_approved_together_and_told_once(self, office):
        customers, card = await self.claim_two(office)
        liu, lihua = office.phones("liu", "lihua")
        assert "审核人：刘组长" in await liu.press_on(card, "全部同意")
        told = await lihua.wait_for("您申请的 2 个客户已同意")
        assert all(customer.name in told for customer in customers)
        assert [office.owner(customer) for customer in customers] == ["lihua", "lihua"]

    async def test_all_are_rejected_together_with_one_reason_for_all(self, office):
        customers, card = await self.claim_two(office)
        liu, lihua = office.phones("liu", "lihua")
        await liu.press_on(card, "全部拒绝")
        await liu.press("补充原因")
        await liu.ask("年底前不动")
        await office.quiet()
        told = await lihua.wait_for("年底前不动")
        assert all(customer.name in told for customer in customers)

    async def test_claims_of_two_teams_go_to_two_leads(self, office):
        east, west = office.customer(last="lihua"), office.customer(last="chenjie")
        guest = await office.hire("fang", "方远", superior="zhou")
        await guest.ask("海兴")
        await guest.press("多选")
        for customer in (east, west):
            await guest.press(customer.name)
        assert "⏳ 2 个已提交审核" in await guest.press("分配给我 (2)")
        assert east.name in await office.phone("zhang").wait_for("领取申请")
        assert west.name in await office.phone("liu").wait_for("领取申请")


class TestDecidedOnce:
    async def test_a_second_tap_is_told_by_whom_and_when(self, office):
        customer = office.customer(last="chenjie")
        await claim(office.phone("lihua"), customer)
        liu = office.phone("liu")
        card = await liu.wait_for("领取申请")
        yes, no = card.data("同意"), card.data("拒绝")
        await liu.forge(card, yes)
        for again in (yes, no):
            refused = await liu.forge(card, again)
            assert "⚠️ 已由 刘组长 于" in refused
            assert "同意。" in refused
        assert office.statuses(customer) == ["approved"]

    async def test_a_card_decided_elsewhere_changes_in_every_chat(self, office):
        customer = office.customer(last="chenjie")
        lihua, liu, zhou = office.phones("lihua", "liu", "zhou")
        await claim(lihua, customer)
        at_liu = await liu.wait_for("领取申请")
        await zhou.ask("/todo")
        at_zhou = await zhou.press("📝 李华")
        await lihua.ask("/todo")
        at_lihua = await lihua.press("⏳")
        await zhou.press_on(at_zhou, "同意")
        for phone, card in ((liu, at_liu), (lihua, at_lihua)):
            changed = await phone.wait_on(card, "已同意 · 周总")
            assert "同意" not in "".join(changed.labels)
        assert "已由 周总 于" in await liu.forge(at_liu, at_liu.data("拒绝"))

    async def test_of_two_leads_who_decide_together_one_wins(self, office):
        customer = office.customer(last="chenjie")
        await claim(office.phone("lihua"), customer)
        liu, zhou = office.phones("liu", "zhou")
        card = await liu.wait_for("领取申请")
        await zhou.ask("/todo")
        at_zhou = await zhou.press("📝 李华")
        await asyncio.gather(liu.press_on(card, "同意"), zhou.press_on(at_zhou, "拒绝"))
        assert office.statuses(customer) in (["approved"], ["rejected"])
        word = "已同意" if office.statuses(customer) == ["approved"] else "已拒绝"
        await liu.wait_on(card, word)
        await zhou.wait_on(at_zhou, word)


class TestStandIn:
    async def test_while_the_lead_is_away_his_stand_in_is_asked_and_decides(self, office):
        office.send_away("liu", "chenjie")
        customer = office.customer(last="sunli")
        await claim(office.phone("lihua"), customer)
        chenjie = office.phone("chenjie")
        card = await chenjie.wait_for("领取申请")
        assert "已同意 · 陈洁" in await chenjie.press_on(card, "同意")
        assert office.owner(customer) == "lihua"
        await office.quiet()
        assert await office.phone("liu").screens() == []

    async def test_after_the_lead_is_back_the_stand_in_may_no_more(self, office):
        office.send_away("liu", "chenjie")
        customer = office.customer(last="sunli")
        await claim(office.phone("lihua"), customer)
        chenjie = office.phone("chenjie")
        card = await chenjie.wait_for("领取申请")
        office.later(days=8)
        assert "您没有这个权限" in await chenjie.press_on(card, "同意")
        assert office.statuses(customer) == ["waiting"]
