"""请假/代理: say until when, and who decides meanwhile."""

from datetime import timedelta

import pytest

from domain import pool

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def go_away(phone, stand_in, day="明天"):
    """From the menu to the end of it."""
    await phone.ask("/menu")
    await phone.press("请假/代理")
    await phone.press(day)
    return await phone.press(stand_in)


def in_days(office, days):
    return f"{office.now.today + timedelta(days=days):%m-%d}"


class TestGoAway:
    @pytest.mark.parametrize(("day", "days"), [("今天", 0), ("明天", 1), ("一周", 7)])
    async def test_a_day_and_a_person_are_all_it_takes(self, office, day, days):
        lihua = office.phone("lihua")
        told = await go_away(lihua, "王伟", day)
        assert "🌙 请假到" in told
        assert f"{in_days(office, days)}（含当天），由 王伟 代理" in told
        assert any("请假中" in label for label in told.labels)

    async def test_the_day_may_be_typed(self, office):
        lihua = office.phone("lihua")
        await lihua.ask("/menu")
        await lihua.press("请假/代理")
        asked = await lihua.ask("5天后")
        assert f"请假到 {in_days(office, 5)}，由谁代理" in asked
        assert "由 张组长 代理" in await lihua.press("张组长")

    @pytest.mark.parametrize(
        ("typed", "reason"), [("等我回来", "看不懂这个日期"), ("2020-01-01", "日期不能早于今天"), ("91天后", "超出范围")]
    )
    async def test_a_day_that_will_not_do_is_asked_for_again(self, office, typed, reason):
        lihua = office.phone("lihua")
        await lihua.ask("/menu")
        await lihua.press("请假/代理")
        assert f"⚠️ {reason}" in await lihua.ask(typed)
        assert "由谁代理" in await lihua.ask("90天后")

    async def test_neither_oneself_nor_who_has_not_joined_is_offered(self, office):
        office.add("weijia", "未加")
        lihua = office.phone("lihua")
        await lihua.ask("/menu")
        await lihua.press("请假/代理")
        offered = await lihua.press("明天")
        assert "王伟" in offered.labels
        assert not {"李华", "未加"} & set(offered.labels)

    async def test_who_has_gone_meanwhile_is_refused_over_the_others(self, office):
        await office.hire("zanzhu", "暂驻", superior="zhang")
        lihua = office.phone("lihua")
        await lihua.ask("/menu")
        await lihua.press("请假/代理")
        await lihua.press("明天")
        office.change("zanzhu", active=False)
        refused = await lihua.press("暂驻")
        assert "⚠️ 找不到可选的同事：暂驻" in refused
        assert "王伟" in refused.labels

    async def test_in_english(self, office):
        office.english("lihua")
        lihua = office.phone("lihua")
        await lihua.ask("/menu")
        assert "Until which day?" in await lihua.press("Away/stand-in")
        assert "Who stands in?" in await lihua.press("Tomorrow")
        assert "王伟 stands in" in await lihua.press("王伟")


class TestStandIn:
    async def test_he_is_told_and_gets_the_cards_of_what_waits(self, office):
        customer = office.customer(last="chenjie")
        office.do(pool.claim, "lihua", [customer.id])
        await office.phone("liu").wait_for("领取申请")
        await go_away(office.phone("liu"), "孙丽")
        sunli = office.phone("sunli")
        assert "期间由您代理" in await sunli.wait_for("刘组长 请假到")
        card = await sunli.wait_for("领取申请")
        assert customer.name in card
        await sunli.press_on(card, "同意")
        assert office.owner(customer) == "lihua"

    async def test_he_gets_what_comes_later_too_until_the_lead_is_back(self, office):
        liu, sunli = office.phones("liu", "sunli")
        await go_away(liu, "孙丽")
        first, second = office.customers(2, last="chenjie")
        office.do(pool.claim, "lihua", [first.id])
        assert first.name in await sunli.wait_for("领取申请")
        await liu.ask("/menu")
        assert "由 孙丽 代理" in await liu.press("请假中")
        back = await liu.press("结束请假")
        assert "✅ 请假已结束" in back
        assert any("请假/代理" in label for label in back.labels)
        office.do(pool.claim, "lihua", [second.id])
        assert second.name in await liu.wait_for(lambda screen: "领取申请" in screen and second.name in screen)
        assert not any(second.name in screen for screen in await sunli.screens())

    async def test_he_may_not_decide_any_more_afterwards(self, office):
        liu, sunli = office.phones("liu", "sunli")
        await go_away(liu, "孙丽")
        customer = office.customer(last="chenjie")
        office.do(pool.claim, "lihua", [customer.id])
        card = await sunli.wait_for("领取申请")
        await liu.ask("/menu")
        await liu.press("请假中")
        await liu.press("结束请假")
        assert "您没有这个权限" in await sunli.press_on(card, "同意")
        assert office.owner(customer) is None

    async def test_an_absence_ends_by_itself_with_its_day(self, office):
        liu = office.phone("liu")
        await go_away(liu, "孙丽", "今天")
        office.later(days=1)
        assert any("请假/代理" in label for label in (await liu.ask("/menu")).labels)
        customer = office.customer(last="chenjie")
        office.do(pool.claim, "lihua", [customer.id])
        assert customer.name in await liu.wait_for("领取申请")


class TestAnAdmin:
    async def test_says_it_for_somebody_else(self, office):
        guan = office.phone("guan")
        await guan.ask("/users liu")
        await guan.press("刘组长")
        assert "请假/代理 · 刘组长" in await guan.press("请假/代理")
        await guan.press("一周")
        told = await guan.press("孙丽")
        assert "由 孙丽 代理" in told
        assert "角色：销售组长" in told
        await guan.press("请假/代理")
        assert "✅ 请假已结束" in await guan.press("结束请假")
