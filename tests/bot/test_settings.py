"""The settings in the chat: an admin looks, taps or types, sees what a shorter rule does before it holds, and takes it back.

On SQLite alone: what is said does not differ, and what the rules do is tried on both databases in tests/domain.
"""

import pytest
import pytest_asyncio
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.app import office_of
from bot.payloads.settings import ConfirmRule
from domain import settings
from domain.db import Database
from domain.models import Customer, OutboxMessage
from domain.outbox import Kind
from domain.permissions import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("sqlite",)


@pytest_asyncio.fixture(loop_scope="module")
async def guan(office):
    return office.phone("guan")


async def at_rule(phone, group, rule):
    """From the command to one rule."""
    await phone.ask("/settings")
    await phone.press(group)
    return await phone.press(rule)


def policy(office):
    with office.work() as session:
        return office.house.rules(session).policy


def timetable(office):
    with office.work() as session:
        return office.house.rules(session).timetable


class TestLook:
    async def test_an_admin_sees_every_rule_from_the_menu(self, guan):
        await guan.ask("/menu")
        shown = await guan.press("设置")
        for line in (
            "签单期限：90 天",
            "沉睡期限：180 天",
            "每日领取：不限",
            "隐藏联系方式：是",
            "摘要时间：08:30",
            "免打扰时段：关闭",
        ):
            assert line in shown
        assert "✏️" not in shown

    async def test_in_english(self, office, guan):
        office.english("guan")
        shown = await guan.ask("/settings")
        assert "Signing: 90 days" in shown
        assert "Claims a day: no limit" in shown
        await guan.press("Deadlines")
        rule = await guan.press("Signing · 90 days")
        assert "Days that an owner has to sign a customer." in rule
        assert "1 to 3650. Tap, or type a number." in rule
        asked = await guan.press("30 days")
        assert "No customer would be past due by it." in asked
        assert "Saving releases nobody" in asked
        assert "✅ Signing: 90 days → 30 days" in await guan.press("Confirm")
        assert "Please send a whole number 1 to 3650." in await self.typed(guan, "Signing · 30 days", "soon")

    async def typed(self, phone, rule, words):
        await phone.press(rule)
        return await phone.ask(words)

    @pytest.mark.parametrize("login", ["lihua", "liu", "zhou"])
    async def test_nobody_else_does(self, office, login):
        phone = office.phone(login)
        assert not any("设置" in label for label in (await phone.ask("/menu")).labels)
        assert "您没有这个权限" in await phone.ask("/settings")
        assert "/settings" not in await phone.ask("/help")

    async def test_a_rule_tells_what_it_is_and_what_it_may_be(self, guan):
        rule = await at_rule(guan, "领取限制", "每日领取")
        assert "每人每天最多领取的客户数。" in rule
        assert "现行：不限" in rule
        assert "配置文件：不限" in rule
        assert "可填 0 到 10000，0 为关闭" in rule
        assert "不限" not in rule.labels


class TestChange:
    async def test_a_limit_holds_at_once_with_one_tap(self, office, guan):
        await at_rule(guan, "领取限制", "每日领取")
        told = await guan.press("5")
        assert "✅ 每日领取：不限 → 5" in told
        assert any("✏️ 每日领取 · 5" in label for label in told.labels)
        assert policy(office).claims_per_day == 5

    @pytest.mark.parametrize("typed", ["120", "１２０", "120 天", "120days"])
    async def test_a_longer_rule_may_be_typed_and_holds_at_once(self, office, guan, typed):
        await at_rule(guan, "期限", "签单期限")
        assert "✅ 签单期限：90 天 → 120 天" in await guan.ask(typed)
        assert policy(office).signing_days == 120

    @pytest.mark.parametrize("typed", ["8:05", "０８：０５", "0805", "8点05", "早上8点5分", "8.05"])
    async def test_a_time_as_people_write_it(self, office, guan, typed):
        await at_rule(guan, "消息时间", "摘要时间")
        assert "08:30 → 08:05" in await guan.ask(typed)
        assert f"{timetable(office).digest_time:%H:%M}" == "08:05"

    @pytest.mark.parametrize(
        "typed", ["22:00-7:00", "２２：００～７：００", "22点到7点", "晚上10点至早上7点", "2200 - 0700", "10pm to 7am"]
    )
    async def test_hours_as_people_write_them(self, office, guan, typed):
        await at_rule(guan, "消息时间", "免打扰时段")
        assert "关闭 → 22:00–07:00" in await guan.ask(typed)
        assert str(timetable(office).quiet_hours) == "22:00-07:00"

    async def test_quiet_hours_can_be_off(self, office, guan):
        office.set_rule("quiet_hours", "00:00-23:59")
        await at_rule(guan, "消息时间", "免打扰时段")
        assert "→ 关闭" in await guan.press("关闭")
        assert not timetable(office).quiet(office.now)

    @pytest.mark.parametrize(
        ("group", "rule", "typed", "why"),
        [
            ("期限", "签单期限", "soon", "⚠️ 请输入 1 到 3650 的整数。"),
            ("期限", "签单期限", "0", "⚠️ 请输入 1 到 3650 的整数。"),
            ("期限", "A 级签单", "4000", "⚠️ 请输入 0 到 3650 的整数，0 为同通用天数。"),
            ("领取限制", "持有上限", "-3", "⚠️ 请输入 0 到 100000 的整数，0 为关闭。"),
            ("消息时间", "摘要时间", "25:00", "⚠️ 看不懂这个时间，请写成 8:30。"),
            ("消息时间", "免打扰时段", "21:00", "⚠️ 看不懂这个时段"),
            ("公海", "隐藏联系方式", "也许", "⚠️ 请选择“是”或“否”。"),
        ],
    )
    async def test_a_wrong_one_is_asked_for_again(self, office, guan, group, rule, typed, why):
        before = policy(office), timetable(office)
        await at_rule(guan, group, rule)
        asked = await guan.ask(typed)
        assert why in asked
        assert "现行：" in asked
        assert (policy(office), timetable(office)) == before

    async def test_after_a_change_plain_text_is_a_search_again(self, office, guan):
        await at_rule(guan, "领取限制", "每日领取")
        await guan.press("5")
        await guan.ask("7")
        assert policy(office).claims_per_day == 5

    async def test_the_default_comes_back(self, office, guan):
        await at_rule(guan, "领取限制", "每日领取")
        await guan.press("5")
        rule = await guan.press("每日领取 · 5")
        assert "上次改动：关管理" in rule
        assert "✅ 每日领取：5 → 不限" in await guan.press("恢复默认（不限）")
        assert policy(office).claims_per_day == 0

    async def test_other_admins_are_told_and_the_changes_listed(self, office, guan):
        other = await office.hire("yuguan", "于管理", Role.ADMIN)
        office.set_rule("quiet_hours", "00:00-00:00")
        await at_rule(guan, "领取限制", "每日领取")
        await guan.press("5")
        told = await other.wait_for("关管理 更改了规则")
        assert "每日领取：不限 → 5" in told
        assert "现行：5" in await other.press_on(told, "查看")
        await guan.ask("/settings")
        listed = await guan.press("改动记录")
        assert "关管理" in listed
        assert "每日领取：不限 → 5" in listed
        office.change("yuguan", active=False)


class TestAShorterRule:
    async def test_shows_first_whom_it_concerns(self, office, guan):
        office.customers(3, owner="lihua", left=10)
        office.customers(1, owner="chenjie", left=8)
        office.customers(2, owner="chenjie", left=25)
        office.customers(5, owner="chenjie", left=80)
        await at_rule(guan, "期限", "签单期限")
        asked = await guan.ask("70")
        assert "⚠️ 签单期限：90 天 → 70 天" in asked
        assert "会有 4 位客户到期，属 2 位负责人。" in asked
        assert "另有 2 位在 7 天内到期。" in asked
        assert "先提醒负责人" in asked
        assert policy(office).signing_days == 90
        saved = await guan.press("确认")
        assert "✅ 签单期限：90 天 → 70 天" in saved
        assert "11 位客户的期限随之调整。" in saved
        assert policy(office).signing_days == 70

    async def test_can_be_left(self, office, guan):
        await at_rule(guan, "期限", "签单期限")
        await guan.press("30 天")
        assert "现行：90 天" in await guan.press("取消")
        assert policy(office).signing_days == 90

    async def test_back_to_a_shorter_default_asks_too(self, office, guan):
        await at_rule(guan, "期限", "签单期限")
        await guan.press("120 天")
        office.customers(1, owner="lihua", left=90)
        await guan.press("签单期限")
        asked = await guan.press("恢复默认（90 天）")
        assert "签单期限：120 天 → 90 天" in asked
        assert "120 天 → 90 天" in await guan.press("确认")
        assert policy(office).signing_days == 90

    async def test_is_not_saved_over_another_admins_change(self, office, guan):
        await at_rule(guan, "期限", "签单期限")
        await guan.press("30 天")
        office.set_rule("signing_days", 60)
        told = await guan.press("确认")
        assert "⚠️ 关管理 刚刚改动了这条规则" in told
        assert any("签单期限 · 60 天" in label for label in told.labels)
        assert policy(office).signing_days == 60

    async def test_confirming_twice_moves_once(self, office, guan):
        customer = office.customer(owner="lihua", left=90)
        await at_rule(guan, "期限", "签单期限")
        asked = await guan.press("60 天")
        await guan.press("确认")
        await guan.forge(asked, ConfirmRule("signing_days", 60, 90).pack())
        [due] = office.look(select(Customer.due_on).where(Customer.id == customer.id))
        assert (due - office.now.today).days == 60

    async def test_warns_first_and_takes_the_night_after(self, office, guan):
        customer = office.customer(owner="lihua", left=10)
        lihua = office.phone("lihua")
        await self.clock(office, hour=9)
        await at_rule(guan, "期限", "签单期限")
        await guan.press("60 天")
        await guan.press("确认")
        await self.clock(office, hour=0.2)
        assert office.owner(customer) == "lihua"
        await self.clock(office, hour=9)
        assert customer.name in await lihua.wait_for("☀️")
        assert office.owner(customer) == "lihua"
        await self.clock(office, hour=0.2)
        assert office.owner(customer) is None

    async def clock(self, office, *, hour):
        """Go on to the next time that the organisation's clock shows this hour, and let the bot look."""
        local = office.now.local(office.now.utc)
        ahead = (hour - local.hour - local.minute / 60) % 24
        office.later(hours=ahead)
        await office.tick()


class TestTheDigestsTime:
    def digests(self, office):
        return len(
            office.look(
                select(OutboxMessage.id).where(OutboxMessage.kind == Kind.DIGEST, OutboxMessage.user_id == office.ids["lihua"])
            )
        )

    async def at(self, office, hour):
        local = office.now.local(office.now.utc)
        office.later(hours=(hour - local.hour - local.minute / 60) % 24)
        await office.tick()

    async def test_changed_after_it_ran_is_not_run_twice(self, office):
        office.customer(owner="lihua", left=5)
        before = self.digests(office)
        await self.at(office, 8.6)
        assert self.digests(office) == before + 1
        office.do(settings.change, "guan", "digest_time", "10:00", given=office.house.given)
        await self.at(office, 10.5)
        assert self.digests(office) == before + 1

    async def test_changed_before_it_ran_is_kept_to(self, office):
        await self.at(office, 7)
        office.customer(owner="lihua", left=5)
        before = self.digests(office)
        office.do(settings.change, "guan", "digest_time", "10:00", given=office.house.given)
        await self.at(office, 9)
        assert self.digests(office) == before
        await self.at(office, 10.1)
        assert self.digests(office) == before + 1


class TestReplicas:
    async def test_another_one_goes_by_the_change_from_its_next_transaction_on(self, office, guan):
        replica = Database(office.settings.database.url)
        with replica.unit_of_work() as session:
            assert office_of(office.settings).rules(session).policy.claims_per_day == 0
        await at_rule(guan, "领取限制", "每日领取")
        await guan.press("5")
        with replica.unit_of_work() as session:
            assert office_of(office.settings).rules(session).policy.claims_per_day == 5
        replica.dispose()


class TestWhatCannotHold:
    async def test_stops_nobody_and_is_logged_once(self, office, guan):
        wrong = office.settings.database.url.partition(":")[0]
        office.set_rule("signing_days", wrong)
        with capture_logs() as heard:
            assert "签单期限：90 天" in await guan.ask("/settings")
            assert "客户公海" in str((await guan.ask("/menu")).labels)
            ignored = [line["rules"] for line in heard if line["event"] == "rules_ignored"]
        assert ignored == [(f'signing_days = "{wrong}"',)]
        await at_rule(guan, "期限", "签单期限")
        assert "✅ 签单期限：90 天 → 120 天" in await guan.press("120 天")
        assert policy(office).signing_days == 120
