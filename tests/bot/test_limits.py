"""The limits of claiming as people meet them: each allowed and refused, with the limit, the count and when it opens again.

On SQLite alone: the counting runs on both databases in the domain's tests.
"""

from datetime import datetime, time, timedelta

import pytest

from domain import pool
from tests.bot.office import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("sqlite",)
MASKED = "138••••5678"


@pytest.fixture
def office(office):
    """At noon, so that no midnight falls into a test by itself."""
    today = office.now.today
    noons = [datetime.combine(today + timedelta(days=n), time(12), office.now.zone) for n in (0, 1)]
    office.later(seconds=next(noon - office.now.utc for noon in noons if noon > office.now.utc).total_seconds())
    return office


def opens(office, days):
    """The day `days` from now, as people read it."""
    return f"{office.now.today + timedelta(days=days):%m-%d}"


async def look(phone, customer):
    await phone.ask(customer.name)
    return await phone.press(customer.name)


async def claim(phone, customer, label="分配给我"):
    await look(phone, customer)
    return await phone.press(label)


async def tick(phone, *customers, select="多选"):
    """These customers of the pool, ticked one after the other."""
    await phone.ask("/pool")
    await phone.press(select)
    for customer in customers:
        ticked = await phone.press(customer.name)
    return ticked


class TestClaimsADay:
    async def test_the_last_one_is_mine_and_the_next_comes_tomorrow(self, office):
        office.set_rule("claims_per_day", 2)
        first, second, third = office.customers(3)
        lihua = office.phone("lihua")
        assert "今日已领 0/2" in await lihua.ask("/pool")
        for customer in (first, second):
            assert "✅ 已领取 1 个客户" in await claim(lihua, customer)
        refused = await claim(lihua, third)
        assert "⚠️ 今日已领 2/2，明日 00:00 恢复" in refused
        assert "分配给我" in "".join(refused.labels)
        assert "今日已领 2/2" in await lihua.ask("/pool")
        office.later(days=1)
        assert "今日已领 0/2" in await lihua.ask("/pool")
        assert "✅ 已领取 1 个客户" in await claim(lihua, third)

    async def test_a_selection_is_claimed_in_the_order_of_the_ticks(self, office):
        office.set_rule("claims_per_day", 2)
        first, second, third = office.customers(3)
        lihua = office.phone("lihua")
        await tick(lihua, third, first, second)
        done = await lihua.press("分配给我 (3)")
        assert "✅ 已领取 2 个客户" in done
        assert f"{second.name}：今日已领 2/2，明日 00:00 恢复" in done
        assert [office.owner(each) for each in (third, first, second)] == ["lihua", "lihua", None]

    async def test_one_ticked_again_stands_last(self, office):
        office.set_rule("claims_per_day", 1)
        first, second = office.customers(2)
        lihua = office.phone("lihua")
        await tick(lihua, first, second, first, first)
        await lihua.press("分配给我 (2)")
        assert [office.owner(each) for each in (first, second)] == [None, "lihua"]

    async def test_in_english(self, office):
        office.english("lihua")
        office.set_rule("claims_per_day", 1)
        first, second = office.customers(2)
        lihua = office.phone("lihua")
        assert "Claimed: the customer is yours now." in await claim(lihua, first, "Claim")
        assert "Claimed today: 1/1. You may claim again tomorrow from 00:00." in await claim(lihua, second, "Claim")
        assert "claimed 1/1" in await lihua.ask("/pool")
        third = office.customer()
        await tick(lihua, second, third, select="Select")
        refused = f"• {second.name}, {third.name}: Claimed today: 1/1."
        assert refused in await lihua.press("Claim (2)")

    async def test_without_a_limit_nothing_is_said_of_it(self, office):
        office.customer()
        assert "今日已领" not in await office.phone("lihua").ask("/pool")


class TestHeld:
    async def test_with_full_hands_nothing_more_is_claimed_until_one_is_signed(self, office):
        office.set_rule("held_limit", 1)
        mine, wanted = office.customer(owner="lihua"), office.customer()
        lihua = office.phone("lihua")
        assert "在手 1/1" in await lihua.ask("/pool")
        assert "⚠️ 在手 1/1，签单或转出后恢复" in await claim(lihua, wanted)
        await look(lihua, mine)
        await lihua.press("签单")
        await lihua.press("确认")
        assert "✅ 已领取 1 个客户" in await claim(lihua, wanted)

    async def test_nor_entered_and_the_draft_stays(self, office):
        office.set_rule("held_limit", 1)
        office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await lihua.ask("/new")
        await lihua.ask("名称: 新海货运\n来源: 展会\n城市: 青岛\n联系人: 王芳\n电话: 13812345678")
        assert "⚠️ 在手 1/1" in await lihua.press("保存")
        office.set_rule("held_limit", 2)
        assert "新海货运" in await lihua.ask("/new")

    async def test_a_lead_reads_whose_hands_are_full(self, office):
        office.set_rule("held_limit", 1)
        office.customer(owner="lihua")
        wanted = office.customer()
        zhang = office.phone("zhang")
        await look(zhang, wanted)
        await zhang.press("分配")
        assert "⚠️ 李华 在手 1/1" in await zhang.press("李华")
        await zhang.press("分配")
        assert "✅ 已分配 1 个客户" in await zhang.press("王伟")

    async def test_an_approval_past_the_limit_is_refused_and_the_request_waits_on(self, office):
        wanted = office.customer(last="chenjie")
        lihua, liu = office.phones("lihua", "liu")
        await claim(lihua, wanted)
        office.customer(owner="lihua")
        office.set_rule("held_limit", 1)
        card = await liu.wait_for("领取申请")
        refused = await liu.press_on(card, "同意")
        assert "⚠️ 李华 在手 1/1" in refused
        assert "⏳ 申请继续等待" in refused
        assert "✅ 同意" in refused.labels
        assert office.statuses(wanted) == ["waiting"]
        office.set_rule("held_limit", 2)
        assert "已同意 · 刘组长" in await liu.press_on(refused, "同意")

    async def test_in_english(self, office):
        office.english("lihua", "liu")
        wanted, free = office.customer(last="chenjie"), office.customer()
        office.do(pool.claim, "lihua", [wanted.id])
        office.customer(owner="lihua")
        office.set_rule("held_limit", 1)
        lihua, liu = office.phones("lihua", "liu")
        assert "You hold 2/1 customers, waiting claims included." in await claim(lihua, free, "Claim")
        refused = await liu.press_on(await liu.wait_for("Claim request"), "Approve")
        assert "李华 holds 1/1 customers" in refused
        assert "The request waits on" in refused


class TestFormerOwner:
    async def test_waits_for_the_day_that_he_is_told(self, office):
        office.set_rule("reclaim_cooldown_days", 3)
        customer = office.customer(owner="lihua")
        office.do(pool.release, "zhang", [customer.id], "price")
        lihua = office.phone("lihua")
        refused = await claim(lihua, customer)
        assert f"⚠️ 您曾是负责人，3 天内不能再领（已过 0 天），{opens(office, 3)} 恢复" in refused
        office.later(days=2)
        assert f"（已过 2 天），{opens(office, 1)} 恢复" in await lihua.press("分配给我")
        office.later(days=1)
        assert "✅ 已领取 1 个客户" in await lihua.press("分配给我")

    async def test_a_colleague_need_not_wait(self, office):
        office.set_rule("reclaim_cooldown_days", 3)
        assert "✅ 已领取 1 个客户" in await claim(office.phone("wangwei"), office.customer(last="lihua"))

    async def test_in_english(self, office):
        office.english("lihua")
        office.set_rule("reclaim_cooldown_days", 3)
        customer = office.customer(owner="lihua")
        office.do(pool.release, "zhang", [customer.id], "price")
        told = f"It was yours: 0/3 days have passed. You may claim it again from {opens(office, 3)}."
        assert told in await claim(office.phone("lihua"), customer, "Claim")


class TestOldTeam:
    async def test_comes_first_and_the_others_are_told_whose_and_until_when(self, office):
        office.set_rule("old_team_days", 2)
        customer = office.customer(owner="chenjie")
        office.do(pool.release, "liu", [customer.id], "price")
        lihua = office.phone("lihua")
        refused = await claim(lihua, customer)
        assert f"⚠️ 进入公海 2 天内只有 刘组长 的组可领（已过 0 天），{opens(office, 2)} 开放" in refused
        office.later(days=2)
        assert "⏳ 1 个已提交审核" in await lihua.press("分配给我")

    async def test_its_own_people_claim_at_once(self, office):
        office.set_rule("old_team_days", 2)
        assert "✅ 已领取 1 个客户" in await claim(office.phone("sunli"), office.customer(last="chenjie"))

    async def test_in_english(self, office):
        office.english("lihua")
        office.set_rule("old_team_days", 2)
        customer = office.customer(owner="chenjie")
        office.do(pool.release, "liu", [customer.id], "price")
        told = f"For 2 days only the team of 刘组长 may claim it (0 have passed). Open to all from {opens(office, 2)}."
        assert told in await claim(office.phone("lihua"), customer, "Claim")


class TestContactDetails:
    async def test_so_many_are_opened_and_the_next_card_is_masked(self, office):
        office.set_rule("mask_pool_contacts", value=False)
        office.set_rule("pool_views_per_day", 1)
        first, second = office.customers(2)
        lihua = office.phone("lihua")
        assert PHONE in await look(lihua, first)
        masked = await look(lihua, second)
        assert MASKED in masked
        assert "今日已查看 1/1 个联系方式，明日 00:00 恢复" in masked
        assert PHONE in await look(lihua, first)
        office.later(days=1)
        assert PHONE in await look(lihua, second)

    async def test_a_claim_opens_them_all_the_same(self, office):
        office.set_rule("mask_pool_contacts", value=False)
        office.set_rule("pool_views_per_day", 1)
        first, second = office.customers(2)
        lihua = office.phone("lihua")
        await look(lihua, first)
        assert PHONE in await claim(lihua, second)

    async def test_an_admin_sees_in_the_timeline_who_opened_them(self, office):
        office.set_rule("mask_pool_contacts", value=False)
        office.set_rule("pool_views_per_day", 1)
        customer = office.customer()
        lihua, guan = office.phones("lihua", "guan")
        await look(lihua, customer)
        assert "在公海查看联系方式" not in await lihua.press("时间线")
        await look(guan, customer)
        assert "李华 · 在公海查看联系方式" in await guan.press("时间线")

    async def test_in_english(self, office):
        office.english("lihua")
        office.set_rule("mask_pool_contacts", value=False)
        office.set_rule("pool_views_per_day", 1)
        first, second = office.customers(2)
        lihua = office.phone("lihua")
        await look(lihua, first)
        assert "Contact details opened today: 1/1. More tomorrow from 00:00" in await look(lihua, second)
