"""The daily digest on the phones: who hears what, what can be done about it in place, and who hears it instead."""

from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.callbacks import unpack
from bot.payloads.digest import Beside, DecideInDigest, OpenBeside, TurnDigest
from domain import absences, approvals, departures, followups, pool, signing
from domain.followups import NewFollowup
from domain.models import OutboxMessage, OutboxStatus
from domain.outbox import Kind
from domain.stages import ReleaseReason
from domain.timetable import at, wall_time

pytestmark = pytest.mark.asyncio(loop_scope="module")
ENGINES = ("sqlite",)  # what it says is gathered in tests/domain/test_digests.py, on both databases


@pytest_asyncio.fixture(loop_scope="module")
async def morning(office):
    """Goes to the next day's digest time, whenever it is called, and lets the bot look at the clock."""

    async def come():
        day = office.now.today + timedelta(days=1)
        office.later(seconds=(at(wall_time("08:31"), day, office.now.zone) - office.now.utc).total_seconds())
        await office.tick()

    return come


def digests(office, *statuses):
    return office.look(select(OutboxMessage.status).where(OutboxMessage.kind == Kind.DIGEST, *statuses))


class TestASalesperson:
    async def test_hears_his_own_deadlines_once(self, office, morning):
        mine = office.customer(owner="lihua", left=4)
        office.customer(owner="chenjie", left=4)
        lihua = office.phone("lihua")
        await morning()
        digest = await lihua.wait_for("到期：3 天内 1")
        day = office.now.today + timedelta(days=3)
        assert f"剩 3 天 · {day:%m-%d}\n• {mine.name} · 签单" in digest
        await office.tick()
        await office.quiet()
        assert sum("到期：" in screen for screen in await lihua.screens()) == 1

    async def test_opens_a_card_below_it_and_the_digest_stays(self, office, morning):
        mine = office.customer(owner="lihua", left=2)
        lihua = office.phone("lihua")
        await morning()
        digest = await lihua.wait_for("明天 1")
        card = await lihua.press_on(digest, f"🔍 {mine.name}")
        assert card.id != digest.id
        assert mine.name in card
        assert mine.name in await lihua.shown(digest.id)

    async def test_opens_the_whole_list_below_it(self, office, morning):
        mine = office.customer(owner="lihua", left=4)
        lihua = office.phone("lihua")
        await morning()
        digest = await lihua.wait_for("3 天内 1")
        assert digest.rows[-1] == ["👤 我的客户"]
        listed = await lihua.press_on(digest, "我的客户")
        assert listed.id != digest.id
        assert "到期：" in await lihua.shown(digest.id)
        assert any(mine.name in label for label in listed.labels)

    async def test_logs_a_follow_up_from_it(self, office, morning):
        mine = office.customer(owner="lihua", left=60)
        tomorrow = office.now.today + timedelta(days=1)
        office.do(followups.add, "lihua", mine.id, NewFollowup("先报价", next_on=tomorrow))
        lihua = office.phone("lihua")
        await morning()
        digest = await lihua.wait_for("今日跟进 1")
        await lihua.press_on(digest, "记跟进")
        assert "已记录" in await lihua.ask("报价已发")

    async def test_hears_nothing_when_there_is_nothing(self, office, morning):
        office.customer(owner="lihua", left=60)
        await morning()
        await office.quiet()
        assert digests(office, OutboxMessage.created_at > office.now.utc - timedelta(minutes=5)) == []

    async def test_in_english(self, office, morning):
        office.english("lihua")
        mine = office.customer(owner="lihua", left=1)
        await morning()
        digest = await office.phone("lihua").wait_for("Due: today 1")
        assert any("Follow up" in label for label in digest.labels)
        assert f"🔴 Due today\n• {mine.name} · to sign" in digest.text


class TestALead:
    async def test_hears_of_the_team_with_buttons_to_extend(self, office, morning):
        theirs = office.customer(owner="chenjie", left=8)
        liu = office.phone("liu")
        await morning()
        digest = await liu.wait_for("到期：7 天内 1")
        assert "陈洁" in digest
        asked = await liu.press_on(digest, "延长期限")
        assert asked.id != digest.id
        assert "✅" in await liu.press_on(asked, "+7")
        assert theirs.name in await liu.shown(digest.id)

    @pytest.mark.parametrize(("label", "title"), [("待办事项", "待办事项"), ("本组客户", "本组客户")])
    async def test_opens_the_whole_lists_below_it(self, office, morning, label, title):
        office.customer(owner="chenjie", left=4)
        liu = office.phone("liu")
        await morning()
        digest = await liu.wait_for("3 天内 1")
        listed = await liu.press_on(digest, label)
        assert listed.id != digest.id
        assert title in listed
        assert "到期：" in await liu.shown(digest.id)

    async def test_in_english(self, office, morning):
        office.english("liu")
        due, asked = office.customer(owner="chenjie", left=8), office.customer(last="sunli")
        office.do(pool.claim, "lihua", [asked.id])
        liu = office.phone("liu")
        await morning()
        digest = await liu.wait_for("Due: in 7 days 1")
        assert "1 request waits for you" in digest
        assert digest.rows[0] == [f"🔍 {asked.name}", "✅ Approve", "✖ Reject"]
        assert digest.rows[1] == [f"🔍 {due.name}", "⏳ Extend"]
        assert digest.rows[-1] == ["📝 To-do", "👥 Team customers"]
        after = await liu.press_on(digest, "Approve")
        assert after.id == digest.id
        assert "request" not in after
        assert office.owner(asked) == "lihua"

    async def test_keeps_to_one_message_whatever_the_names_are(self, office, morning):
        name = "<b>&" + "海" * 190
        office.customers(7, names=[f"{name}{i}" for i in range(7)], owner="chenjie", left=4)
        office.change("chenjie", name="<i>" + "洁" * 500)
        liu = office.phone("liu")
        await morning()
        digest = await liu.wait_for("3 天内 7")
        assert len(digest.text) < 1024
        assert len(digest.rows) == 8
        assert "<b>&海" in digest
        office.change("chenjie", name=office.names["chenjie"])

    async def test_names_a_customer_once_that_is_due_and_to_be_called(self, office, morning):
        mine = office.customer(owner="liu", left=4)
        office.do(followups.add, "liu", mine.id, NewFollowup("先报价", next_on=office.now.today + timedelta(days=1)))
        liu = office.phone("liu")
        await morning()
        digest = await liu.wait_for("今日跟进 1")
        assert digest.text.count(mine.name) == 1
        assert f"📞 {mine.name}" in digest
        assert digest.rows[0] == [f"🔍 {mine.name}", "⏳ 延长期限", "📝 记跟进"]

    async def test_decides_in_place(self, office, morning):
        first, second = office.customers(2, last="chenjie")
        office.do(pool.claim, "lihua", [first.id, second.id])
        liu = office.phone("liu")
        await liu.wait_for("领取申请")
        await morning()
        digest = await liu.wait_for("待审核 2")
        after = await liu.press_place(digest, 0, 1)
        assert after.id == digest.id
        assert "待审核 1" in after
        assert "✅" in after
        assert office.owner(first) == "lihua"
        assert "待审核" not in await liu.press_on(after, "拒绝")
        assert office.statuses(second) == ["rejected"]

    async def test_is_told_when_somebody_decided_before_him(self, office, morning):
        asked = office.customer(last="chenjie")
        office.do(pool.claim, "lihua", [asked.id])
        liu = office.phone("liu")
        await morning()
        digest = await liu.wait_for("待审核 1")
        office.do(approvals.reject, "zhou", [office.request_of(asked)[0]])
        assert "周总" in await liu.press_on(digest, "同意")
        assert office.statuses(asked) == ["rejected"]

    async def test_turns_pages_of_a_long_one(self, office, morning):
        office.customers(14, owner="chenjie", left=4)
        liu = office.phone("liu")
        await morning()
        digest = await liu.wait_for("3 天内 14")
        assert any("1/3" in label for label in digest.labels)
        second = await liu.press_on(digest, "›")
        assert any("2/3" in label for label in second.labels)
        assert second.id == digest.id

    async def test_hears_what_went_into_the_pool_and_out_of_it_yesterday(self, office, morning):
        first, second = office.customers(2, owner="chenjie")
        office.do(pool.release, "liu", [first.id, second.id], ReleaseReason.PRICE)
        office.do(pool.claim, "sunli", [second.id])
        await morning()
        assert "进公海 2，领出 1" in await office.phone("liu").wait_for("昨日：")


class TestSomebodyElse:
    async def test_a_stand_in_hears_it_and_says_for_whom(self, office, morning):
        office.customer(owner="chenjie", left=4)
        office.do(absences.go_away, "liu", office.ids["liu"], office.now.today + timedelta(days=5), office.ids["heping"])
        await morning()
        assert "代 刘组长" in await office.phone("heping").wait_for("到期：3 天内 1")
        assert not any("到期：" in screen for screen in await office.phone("liu").screens())

    async def test_a_stand_in_decides_but_neither_opens_nor_extends_what_is_not_his(self, office, morning):
        due, asked = office.customer(owner="chenjie", left=4), office.customer(last="chenjie")
        office.send_away("liu", "wangwei")
        office.do(pool.claim, "lihua", [asked.id])
        wangwei = office.phone("wangwei")
        await morning()
        digest = await wangwei.wait_for("代 刘组长")
        assert due.name in digest
        assert digest.rows == [[f"🔍 {asked.name}", "✅ 同意", "✖ 拒绝"], ["📝 待办事项", "👤 我的客户"]]
        unseen, forbidden = "⚠️ 找不到，或者您无权查看", "⚠️ 您没有这个权限"
        for what, line in ((Beside.VIEW, unseen), (Beside.FOLLOWUP, unseen), (Beside.EXTEND, forbidden)):
            assert line in await wangwei.forge(digest, OpenBeside(due.id, what).pack())
        assert office.owner(due) == "chenjie"
        assert "待审核" not in await wangwei.press_on(digest, "同意")
        assert office.owner(asked) == "lihua"

    async def test_a_lead_above_acts_on_it_as_its_lead_would(self, office, morning):
        due = office.customer(owner="chenjie", left=4)
        office.send_away("liu", "zhou")
        zhou = office.phone("zhou")
        await morning()
        digest = await zhou.wait_for("代 刘组长")
        assert digest.rows == [[f"🔍 {due.name}", "⏳ 延长期限"], ["📝 待办事项", "👥 本组客户"]]
        assert "✅" in await zhou.press_on(await zhou.press_on(digest, "延长期限"), "+30")

    async def test_who_came_back_before_it_was_sent_hears_it_himself(self, office, morning):
        office.customer(owner="chenjie", left=4)
        office.send_away("liu", "heping")
        office.set_rule("quiet_hours", "21:00-09:00")
        await morning()
        office.do(absences.come_back, "liu", office.ids["liu"])
        office.later(minutes=30)
        digest = await office.phone("liu").wait_for("到期：3 天内 1")
        assert "代 " not in digest
        assert not any("到期：" in screen for screen in await office.phone("heping").screens())

    async def test_whoever_was_deactivated_before_it_was_sent_is_heard_for_by_the_next(self, office, morning):
        await office.hire("xiaomei", "小美", superior="zhang")
        office.customer(owner="chenjie", left=4)
        office.send_away("liu", "xiaomei")
        office.set_rule("quiet_hours", "21:00-09:00")
        await morning()
        office.do(departures.deactivate, "guan", office.ids["xiaomei"])
        office.later(minutes=30)
        assert "代 " not in await office.phone("liu").wait_for("到期：3 天内 1")
        assert not any("到期：" in screen for screen in await office.phone("xiaomei").screens())

    async def test_a_digest_of_yesterday_is_not_sent(self, office, morning):
        office.customer(owner="lihua", left=4)
        office.set_rule("quiet_hours", "21:00-09:00")
        await morning()
        assert OutboxStatus.PENDING in digests(office)
        office.later(days=1, hours=1)
        await office.quiet()
        assert not any("到期：" in screen for screen in await office.phone("lihua").screens())

    async def test_whoever_has_blocked_the_bot_is_heard_for_by_the_lead(self, office, morning):
        office.customer(owner="sunli", left=4)
        office.may_lose(1)
        office.telegram.chats[office.phone("sunli").user_id].blocked = True
        await morning()
        assert "代 孙丽" in await office.phone("liu").wait_for("代 孙丽")

    async def test_what_has_become_untrue_is_not_said(self, office, morning):
        mine = office.customer(owner="lihua", left=4)
        lihua = office.phone("lihua")
        await morning()
        digest = await lihua.wait_for("3 天内 1")
        office.do(signing.sign, "lihua", mine.id)
        data = TurnDigest(office.ids["lihua"], office.now.today.toordinal(), 0).pack()
        assert mine.name not in await lihua.forge(digest, data)

    async def test_a_stranger_to_the_team_reads_nothing_of_it(self, office, morning):
        asked = office.customer(last="chenjie")
        office.do(pool.claim, "lihua", [asked.id])
        await morning()
        await office.phone("liu").wait_for("待审核 1")
        wangwei = office.phone("wangwei")
        shown = await wangwei.ask("/menu")
        day = office.now.today.toordinal()
        request, _ = office.request_of(asked)
        for forged in (
            TurnDigest(office.ids["liu"], day, 0),
            DecideInDigest(office.ids["liu"], day, 0, request, yes=True),
            TurnDigest(office.ids["liu"], 2**62, 0),
        ):
            assert "⚠️" in await wangwei.forge(shown, forged.pack())
        assert office.statuses(asked) == ["waiting"]
        assert unpack(OpenBeside(1, Beside.VIEW).pack()) == OpenBeside(1, Beside.VIEW)


class TestReminders:
    async def test_a_request_is_reminded_of_after_a_day_and_taken_up_after_two(self, office):
        asked = office.customer(last="chenjie")
        office.do(pool.claim, "lihua", [asked.id])
        liu, zhou = office.phone("liu"), office.phone("zhou")
        await liu.wait_for("领取申请")
        office.later(hours=23, minutes=59)
        await office.tick()
        await office.quiet()
        assert not any("请审核" in screen for screen in await liu.screens())
        office.later(minutes=2)
        await office.tick()
        reminder = await liu.wait_for("已等待 24 小时")
        office.later(hours=24)
        await office.tick()
        taken_up = await zhou.wait_for("现同时转给您")
        assert "已同意" in await zhou.press_on(taken_up, "同意")
        assert "已同意" in await liu.wait_on(reminder, "已同意")
        assert office.owner(asked) == "lihua"

    async def test_the_next_one_is_reminded_when_the_approver_has_blocked_the_bot(self, office):
        asked = office.customer(last="chenjie")
        office.do(pool.claim, "lihua", [asked.id])
        liu, zhou = office.phone("liu"), office.phone("zhou")
        await liu.wait_for("领取申请")
        office.may_lose(3)  # the reminder, the day's digest, and the edit of the card that he has
        office.telegram.chats[liu.user_id].blocked = True
        office.later(hours=24)
        await office.tick()
        assert "已拒绝" in await zhou.press_on(await zhou.wait_for("已等待 24 小时"), "拒绝")
        assert office.statuses(asked) == ["rejected"]


class TestQuietHours:
    async def test_what_is_not_urgent_waits_for_their_end(self, office):
        house = office.house
        day = office.now.today + timedelta(days=1)
        assert house.timetable.quiet_hours.start == house.timetable.quiet_hours.end
        office.later(seconds=(at(wall_time("23:00"), day, house.zone) - office.now.utc).total_seconds())
        office.set_rule("quiet_hours", "21:00-08:00")
        given, asked = office.customer(), office.customer(last="chenjie")
        office.do(pool.direct_assign, "heping", [given.id], office.ids["lihua"])
        office.do(pool.claim, "lihua", [asked.id])
        await office.phone("liu").wait_for("领取申请")
        assert office.look(select(OutboxMessage.status).where(OutboxMessage.kind == Kind.ASSIGNED)) == [OutboxStatus.PENDING]
        office.later(hours=9, minutes=1)
        await office.phone("lihua").wait_for(given.name)
