"""时间线 on the card: newest first, in the reader's words, and closed where contents are nobody's business."""

import pytest

from bot import timeline_words
from bot.locales import LANGUAGES, texts_for
from bot.payloads.history import ShowTimeline
from bot.turn import Turn
from domain import editing, extending, followups, pool
from domain.followups import FollowupKind, NewFollowup
from domain.history import PAGE, Entry
from domain.timeline import Event
from tests.bot.forgeries import HUGE, UNSEEN
from tests.bot.test_followups import PIXEL, answered, begin

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def timeline(phone, customer, label="时间线"):
    await phone.ask(customer.name)
    return await phone.press_on(await phone.press(customer.name), label)


class TestWords:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("event", Event)
    async def test_every_event_has_words_even_when_its_contents_are_hidden(self, office, language, event):
        turn = Turn(None, None, office.now, office.house.policy, texts_for(language), 0, 0)
        told = timeline_words.entry(turn, Entry(1, office.now.utc, None, None, event, {}, {}))
        assert len(told.splitlines()) == 1
        assert "{" not in told

    async def test_an_edit_is_told_with_before_and_after(self, office):
        customer = office.customer(owner="lihua")
        office.do(editing.edit, "zhang", customer.id, {"city": "<宁波>", "stage": "quoting", "services": ["fcl", "air"]})
        office.do(editing.edit_main_contact, "zhang", customer.id, {"phone": "13900001111", "wechat": None})
        shown = await timeline(office.phone("lihua"), customer)
        assert "张组长 · 修改资料" in shown
        assert "城市：青岛 → <宁波>" in shown
        assert "客户状态：潜在阶段 → 报价阶段" in shown
        assert "服务：（空） → 整箱、空运" in shown
        assert "电话：13812345678 → 13900001111" in shown
        assert "微信：wangfang88 → （空）" in shown

    async def test_people_reasons_and_days_are_named(self, office):
        customer = office.customer(owner="lihua")
        office.do(extending.extend, "zhang", [customer.id], 7)
        office.do(pool.assign, "zhang", [customer.id], office.ids["wangwei"])
        office.do(pool.release, "zhang", [customer.id], "other", note="改做空运")
        office.do(pool.claim, "chenjie", [customer.id])
        shown = await timeline(office.phone("lihua"), customer)
        lines = [line.partition(" ")[2] for line in shown.text.splitlines()[2:6]]
        assert lines[0] == "陈洁 · 申请领取"
        assert lines[1] == "张组长 · 释放到公海：其他 · 改做空运"
        assert lines[2] == "张组长 · 分配给 王伟"
        assert lines[3].startswith("张组长 · 延长期限 7 天：")

    async def test_in_english(self, office):
        office.english("lihua")
        customer = office.customer(owner="lihua")
        office.do(followups.add, "lihua", customer.id, NewFollowup("Spoke to Wang", kind=FollowupKind.CALL))
        office.do(editing.edit, "lihua", customer.id, {"city": "Ningbo"})
        shown = await timeline(office.phone("lihua"), customer, "Timeline")
        assert "李华 · edited" in shown
        assert "City: 青岛 → Ningbo" in shown
        assert "Call · Spoke to Wang" in shown


class TestPages:
    async def test_lead_to_the_oldest_and_back(self, office):
        customer = office.customer(owner="lihua")
        for number in range(PAGE):
            office.do(followups.add, "lihua", customer.id, NewFollowup(f"第{number}次"))
        lihua = office.phone("lihua")
        newest = await timeline(lihua, customer)
        assert "第7次" in newest
        assert "录入" not in newest
        oldest = await lihua.press_on(newest, "更早")
        assert "录入" in oldest
        assert "更早" not in "".join(oldest.labels)
        assert "第7次" in await lihua.press_on(oldest, "最新")
        assert "负责人：李华" in await lihua.press_on(newest, "返回")


class TestFollowups:
    async def test_one_that_is_cut_short_opens_whole(self, office):
        customer = office.customer(owner="lihua")
        office.do(followups.add, "lihua", customer.id, NewFollowup("长" * 100))
        lihua = office.phone("lihua")
        shown = await timeline(lihua, customer)
        assert "长" * 100 not in shown
        [label] = [label for label in shown.labels if label.startswith("📝")]
        whole = await lihua.press_on(shown, label)
        assert "长" * 100 in whole
        assert "时间线" in await lihua.press_on(whole, "返回")

    async def test_what_was_attached_is_sent_back(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await begin(lihua, customer)
        await answered(lihua, await lihua.send_file("shop.png", PIXEL, kind="photo"))
        shown = await timeline(office.phone("zhang"), customer)
        [label] = [label for label in shown.labels if label.startswith("📎")]
        one = await office.phone("zhang").press_on(shown, label)
        sent = await office.phone("zhang").press_on(one, "打开照片")
        assert "photo" in sent.message

    async def test_so_is_a_place(self, office):
        customer = office.customer(owner="lihua")
        place = {"kind": "location", "latitude": 36.07, "longitude": 120.38}
        office.do(followups.add, "lihua", customer.id, NewFollowup("", attachment=place))
        lihua = office.phone("lihua")
        shown = await timeline(lihua, customer)
        one = await lihua.press_on(shown, next(label for label in shown.labels if label.startswith("📎")))
        assert (await lihua.press_on(one, "打开位置")).message["location"]["latitude"] == pytest.approx(36.07)


class TestPool:
    async def test_what_was_said_and_edited_stays_closed(self, office):
        customer = office.customer(owner="lihua")
        office.do(followups.add, "lihua", customer.id, NewFollowup("老板姓吴" * 30))
        office.do(editing.edit_main_contact, "lihua", customer.id, {"phone": "13900001111"})
        office.do(pool.release, "zhang", [customer.id], "price")
        shown = await timeline(office.phone("chenjie"), customer)
        assert "李华 · 跟进" in shown
        assert "李华 · 修改资料" in shown
        assert "张组长 · 释放到公海：价格" in shown
        assert "吴" not in shown
        assert "139" not in shown
        assert shown.rows == [["‹ 返回"]]

    async def test_an_unseen_customer_has_none(self, office):
        theirs = office.customer(owner="chenjie")
        lihua = office.phone("lihua")
        menu = await lihua.ask("/menu")
        for customer in (theirs.id, HUGE):
            assert UNSEEN in await lihua.forge(menu, ShowTimeline(customer, None, None).pack())
