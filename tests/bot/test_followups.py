"""记跟进: one message, completed by a tap or a typed day, and shown on the card."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.payloads.followups import LogFollowup, OpenAttachment, SetFollowupKind, SetNextDay, ShowFollowup
from domain import followups, pool
from domain.followups import FollowupKind, NewFollowup
from domain.models import Followup
from tests.bot.forgeries import FORBIDDEN, HUGE, STALE, UNSEEN

pytestmark = pytest.mark.asyncio(loop_scope="module")

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


async def begin(phone, customer):
    """From the customer's name to the question of 记跟进."""
    await phone.ask(customer.name)
    return await phone.press_on(await phone.press(customer.name), "记跟进")


async def answered(phone, message):
    """The answer to what was sent."""
    return await phone._answer(message)


def attachment(office):
    [newest] = office.look(select(Followup.attachment).order_by(Followup.id.desc()).limit(1))
    return newest


class TestOneMessage:
    async def test_the_next_text_is_the_follow_up(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        assert customer.name in await begin(lihua, customer)
        done = await lihua.ask("王经理说下月有两票 <40HQ>")
        assert "✅ 已记录" in done
        assert "王经理说下月有两票 <40HQ>" in done
        assert done.rows[:2] == [["电话", "拜访", "微信", "邮件"], ["明天", "3 天后", "下周一"]]
        card = await lihua.press_on(done, "查看")
        assert "📝 最近跟进" in card
        assert "李华 · 王经理说下月有两票 <40HQ>" in card

    @pytest.mark.parametrize("who", ["zhang", "guan"])
    async def test_leads_and_admins_may_too(self, office, who):
        customer = office.customer(owner="lihua")
        await begin(office.phone(who), customer)
        assert "✅ 已记录" in await office.phone(who).ask("已沟通")

    async def test_a_photo_with_its_caption(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        done = await answered(lihua, await lihua.send_file("shop.png", PIXEL, kind="photo", caption="门店"))
        assert "📷 照片" in done
        assert "门店" in done
        assert attachment(office)["kind"] == "photo"

    @pytest.mark.parametrize(("kind", "shown"), [("document", "📄 文件"), ("voice", "🎤 语音")])
    async def test_a_file_or_a_voice_without_a_word(self, office, kind, shown):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        assert shown in await answered(lihua, await lihua.send_file("quote.ogg", b"OggS", kind=kind))
        assert attachment(office)["kind"] == kind

    async def test_a_location(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        assert "📍 位置" in await answered(lihua, await lihua.share_location(36.07, 120.38))
        assert attachment(office) == {"kind": "location", "latitude": 36.07, "longitude": 120.38}

    async def test_one_too_long_is_asked_for_again(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        assert "⚠️ 太长了" in await lihua.ask("长" * 2001)
        assert "✅ 已记录" in await lihua.ask("短")

    async def test_cancel_leads_back_to_the_card_and_text_is_a_search_again(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        card = await lihua.press_on(await begin(lihua, customer), "取消")
        assert "负责人：李华" in card
        assert "最近跟进" not in card
        assert "查询：王经理" in await lihua.ask("王经理")

    async def test_a_customer_that_left_meanwhile_ends_it(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        office.do(pool.assign, "zhang", [customer.id], office.ids["wangwei"])
        assert UNSEEN in await lihua.ask("已沟通")
        assert "查询：已沟通" in await lihua.ask("已沟通")


class TestCompleting:
    async def test_taps_add_the_kind_and_the_next_date_in_place(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        done = await lihua.ask("已沟通")
        await lihua.press_on(done, "电话")
        both = await lihua.press_on(done, "明天")
        assert both.id == done.id
        assert "电话 · 下次跟进：" in both
        assert "✓ 电话" in both.labels
        assert "✓ 明天" in both.labels
        tomorrow = office.now.today + timedelta(days=1)
        [line] = office.do(followups.newest, "lihua", customer.id)
        assert (line.kind, line.next_on) == (FollowupKind.CALL, tomorrow)

    async def test_a_typed_day_is_the_next_date(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        await lihua.ask("已沟通")
        assert "下次跟进：" in await lihua.ask("5天后")
        [line] = office.do(followups.newest, "lihua", customer.id)
        assert line.next_on == office.now.today + timedelta(days=5)

    async def test_a_day_that_is_past_is_refused(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        await lihua.ask("已沟通")
        assert "⚠️ 日期不能早于今天" in await lihua.ask("2020-01-01")
        assert "下次跟进：" in await lihua.ask("明天")

    async def test_any_other_text_is_a_search(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        await lihua.ask("已沟通")
        assert f"查询：{customer.name}" in await lihua.ask(customer.name)
        assert len(office.do(followups.newest, "lihua", customer.id)) == 1

    async def test_another_photo_is_one_more(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        await answered(lihua, await lihua.send_file("one.png", PIXEL, kind="photo"))
        assert "✅ 已记录" in await answered(lihua, await lihua.send_file("two.png", PIXEL, kind="photo"))
        assert len(office.do(followups.newest, "lihua", customer.id)) == 2

    async def test_tomorrow_it_is_too_late(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        done = await lihua.ask("已沟通")
        office.later(days=1)
        assert STALE in await lihua.press_on(done, "电话")

    async def test_in_english(self, office):
        office.english("lihua")
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await lihua.ask(customer.name)
        await lihua.press_on(await lihua.press(customer.name), "Follow up")
        done = await lihua.ask("Spoke to Wang")
        assert "✅ Logged" in done
        assert done.rows[:2] == [["Call", "Visit", "WeChat", "E-mail"], ["Tomorrow", "In 3 days", "Next Mon"]]
        await lihua.press_on(done, "Visit")
        assert "Visit · Next: " in await lihua.ask("in 3 days")
        assert "✓ In 3 days" in (await lihua.shown((await lihua.screen()).id)).labels


class TestCard:
    async def test_shows_the_two_newest_short(self, office):
        customer = office.customer(owner="lihua")
        for text in ("第一次", "第二次", "第三次" + "长" * 100):
            office.do(followups.add, "lihua", customer.id, NewFollowup(text))
        lihua = office.phone("lihua")
        await lihua.ask(customer.name)
        card = await lihua.press(customer.name)
        assert "第一次" not in card
        assert "李华 · 第二次" in card
        assert "第三次长" in card
        assert "长" * 40 not in card

    async def test_shows_none_in_the_pool(self, office):
        customer = office.customer(owner="lihua")
        office.do(followups.add, "lihua", customer.id, NewFollowup("老板姓吴"))
        office.do(pool.release, "zhang", [customer.id], "price")
        await office.phone("wangwei").ask(customer.name)
        assert "老板姓吴" not in await office.phone("wangwei").press(customer.name)


class TestRefused:
    async def test_for_those_who_may_not(self, office):
        theirs, free = office.customer(owner="chenjie"), office.customer()
        followup = office.do(followups.add, "chenjie", theirs.id, NewFollowup("已沟通"))
        lihua = office.phone("lihua")
        menu = await lihua.ask("/menu")
        assert FORBIDDEN in await lihua.forge(menu, LogFollowup(free.id, None).pack())
        for payload in (
            LogFollowup(theirs.id, None),
            SetFollowupKind(followup, None, FollowupKind.CALL),
            SetNextDay(followup, None, 0),
            ShowFollowup(followup, None, None),
            OpenAttachment(followup),
            OpenAttachment(HUGE),
        ):
            assert UNSEEN in await lihua.forge(menu, payload.pack())

    async def test_a_day_or_an_attachment_that_there_is_not(self, office):
        followup = office.do(followups.add, "lihua", office.customer(owner="lihua").id, NewFollowup("已沟通"))
        lihua = office.phone("lihua")
        menu = await lihua.ask("/menu")
        assert STALE in await lihua.forge(menu, SetNextDay(followup, None, 3).pack())
        assert STALE in await lihua.forge(menu, OpenAttachment(followup).pack())
