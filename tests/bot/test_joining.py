"""Who may come in, by which link, and what everybody else hears.

On SQLite alone: the rules of joining and leaving run on both databases in the domain's tests.
"""

import pytest

from domain import departures, pool
from domain.permissions import Role
from domain.stages import ReleaseReason

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("sqlite",)

STRANGER = "这是公司内部的客户管理机器人"


class TestInvitation:
    async def test_opens_the_door_to_the_menu_of_the_role(self, office):
        office.add("fresh1", "方远", superior="zhang")
        office.add("fresh2", "程组长", Role.LEAD)
        sales, lead = office.stranger("方远"), office.stranger("程组长")
        welcome = await sales.open_link(office.invite("fresh1"))
        assert "🎉 欢迎加入，方远！" in welcome
        assert "销售" in welcome
        assert {"👤 我的客户", "🌊 客户公海", "📝 待办事项", "🌐 语言"} <= set(welcome.labels)
        assert "👥 本组客户" not in welcome.labels
        assert "👥 本组客户" in (await lead.open_link(office.invite("fresh2"))).labels

    async def test_greets_in_the_language_of_the_record(self, office):
        office.add("fresh3", "Ann", language="en")
        phone = office.stranger("Ann")
        assert "🎉 Welcome, Ann!" in await phone.open_link(office.invite("fresh3"))

    async def test_admits_once(self, office):
        office.add("fresh4", "丁一")
        code = office.invite("fresh4")
        first, second = office.stranger(), office.stranger()
        await first.open_link(code)
        assert "这个邀请链接已于" in await second.open_link(code)
        assert STRANGER in await second.ask("/my")

    async def test_expires_after_its_days(self, office):
        office.add("fresh5", "丁二")
        code = office.invite("fresh5")
        office.later(days=7, seconds=1)
        phone = office.stranger()
        assert "这个邀请链接已过期" in await phone.open_link(code)
        assert STRANGER in await phone.ask("/my")

    async def test_a_newer_one_ends_the_older(self, office):
        office.add("fresh6", "丁三")
        old, new = office.invite("fresh6"), office.invite("fresh6")
        phone = office.stranger()
        assert "已过期" in await phone.open_link(old)
        assert "欢迎加入" in await phone.open_link(new)

    async def test_for_somebody_else_does_not_take_over_an_account_in_use(self, office):
        office.add("fresh7", "丁四")
        lihua = office.phone("lihua")
        assert "已绑定 李华" in await lihua.open_link(office.invite("fresh7"))
        assert "李华" in await lihua.ask("/menu")


class TestGuessing:
    async def test_an_unknown_code_is_refused_and_five_of_them_lock_the_account_for_an_hour(self, office):
        office.add("fresh8", "丁五")
        code = office.invite("fresh8")
        phone = office.stranger()
        for guess in range(5):
            assert "邀请链接无效" in await phone.open_link(f"guess-{guess}")
        assert "尝试次数过多，请在" in await phone.open_link("guess-6")
        assert "尝试次数过多" in await phone.open_link(code)
        office.later(hours=1, seconds=1)
        assert "欢迎加入" in await phone.open_link(code)

    async def test_one_who_guesses_does_not_lock_out_another(self, office):
        office.add("fresh9", "丁六")
        guesser, invited = office.stranger(), office.stranger()
        for guess in range(6):
            await guesser.open_link(f"guess-{guess}")
        assert "欢迎加入" in await invited.open_link(office.invite("fresh9"))


class TestMoving:
    async def test_the_new_account_is_in_and_the_old_one_is_told_and_locked_out(self, office):
        old = await office.hire("mover1", "莫一", superior="zhang")
        menu = await old.ask("/menu")
        new = await office.join("mover1")
        assert "莫一" in await new.ask("/menu")
        assert (await old.wait_for("您的账号已绑定到另一个 Telegram")).rows == []
        assert STRANGER in await old.ask("/my")
        assert STRANGER in await old.press_on(menu, "客户公海")

    async def test_what_waited_for_the_old_one_waits_for_the_new(self, office):
        await office.hire("mover2", "莫组长", Role.LEAD, "zhou")
        await office.hire("mover3", "莫三", superior="mover2")
        customer = office.customer(last="mover3")
        office.do(pool.claim, "lihua", [customer.id])
        await office.phone("mover2").wait_for("领取申请")
        new = await office.join("mover2")
        card = await new.wait_for("领取申请")
        assert "已同意 · 莫组长" in await new.press_on(card, "同意")


class TestUnbound:
    @pytest.mark.parametrize(
        ("language", "line"),
        [("zh-hans", STRANGER), ("en", "This is a company's internal customer bot."), ("fr", STRANGER)],
    )
    async def test_gets_one_polite_line_for_anything(self, office, language, line):
        phone = office.stranger(language=language)
        said = [
            await phone.ask("海兴"),
            await phone.ask("/pool"),
            await phone.open_link(),
            await phone.share("13800000000", "路人"),
        ]
        assert all(line in screen and screen.rows == [] for screen in said)
        assert len({screen.text for screen in said}) == 1
        assert line in await phone.forge(said[-1], "1:l:pool")
        assert len(await phone.screens()) == 4

    async def test_finds_only_start_in_the_menu(self, office):
        assert await office.stranger(language="zh-hans").commands() == {"start": "开始使用"}
        assert await office.stranger(language="en").commands() == {"start": "Start"}


class TestDeactivated:
    async def test_loses_access_with_the_next_tap_and_old_buttons_change_nothing(self, office):
        leaver = await office.hire("leaver1", "李去", superior="zhang")
        customer = office.customer()
        await leaver.ask(customer.name)
        card = await leaver.press(customer.name)
        office.do(departures.deactivate, None, office.ids["leaver1"])
        before = office.everything()
        refused = await leaver.press_on(card, "分配给我")
        assert STRANGER in refused
        assert refused.rows == []
        assert STRANGER in await leaver.ask("/my")
        assert office.everything() == before

    async def test_his_invitation_admits_nobody_any_more(self, office):
        office.add("leaver2", "李走")
        code = office.invite("leaver2")
        office.do(departures.deactivate, None, office.ids["leaver2"])
        assert "已过期" in await office.stranger().open_link(code)

    async def test_a_lead_who_left_decides_nothing(self, office):
        lead = await office.hire("leaver3", "李组长", Role.LEAD, "zhou")
        await office.hire("leaver4", "李五", superior="leaver3")
        customer = office.customer(last="leaver4")
        office.do(pool.claim, "lihua", [customer.id])
        card = await lead.wait_for("领取申请")
        office.do(departures.deactivate, None, office.ids["leaver3"], successor_id=office.ids["liu"])
        assert STRANGER in await lead.press_on(card, "同意")
        assert office.statuses(customer) == ["waiting"]
        liu = office.phone("liu")
        await liu.press_on(await liu.wait_for("领取申请"), "同意")
        assert office.owner(customer) == "lihua"


class TestBlocking:
    async def test_who_blocked_the_bot_is_passed_over_and_asked_again_when_back(self, office):
        liu, zhou = office.phones("liu", "zhou")
        first, second = office.customer(last="chenjie"), office.customer(last="chenjie")
        await liu.block()
        await office.quiet()
        office.do(pool.claim, "lihua", [first.id])
        assert first.name in await zhou.wait_for("领取申请")
        await liu.unblock()
        await office.quiet()
        office.do(pool.claim, "lihua", [second.id])
        assert second.name in await liu.wait_for("领取申请")

    async def test_a_card_that_finds_the_door_closed_goes_to_the_next(self, office):
        liu, zhou = office.phones("liu", "zhou")
        customer = office.customer(last="chenjie")
        office.telegram.chats[liu.user_id].blocked = True
        office.may_lose(1)
        office.do(pool.claim, "lihua", [customer.id])
        assert customer.name in await zhou.wait_for("领取申请")
        office.telegram.chats[liu.user_id].blocked = False
        assert "等待您审核：1 个" in await liu.ask("/todo")

    async def test_a_notice_to_a_closed_door_is_lost_and_the_person_goes_on_when_back(self, office):
        lihua = office.phone("lihua")
        customer = office.customer(owner="lihua")
        office.telegram.chats[lihua.user_id].blocked = True
        office.may_lose(1)
        office.do(pool.release, "zhang", [customer.id], ReleaseReason.PRICE)
        await office.quiet()
        office.telegram.chats[lihua.user_id].blocked = False
        assert "这里还没有客户" in await lihua.ask("/my")
