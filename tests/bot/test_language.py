"""中文 or English: what a person chooses holds for screens, messages and the Telegram menu.

On SQLite alone: the database keeps two letters, and nothing else about languages.
"""

import pytest

from bot.menus import commands_of
from domain import pool
from domain.permissions import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("sqlite",)


class TestChoosing:
    async def test_each_language_is_offered_in_its_own_words(self, office):
        offered = await office.phone("lihua").ask("/lang")
        assert {"中文", "English"} <= set(offered.labels)

    async def test_switches_the_screen_under_the_finger_and_all_that_follow(self, office):
        lihua = office.phone("lihua")
        chosen = await lihua.press_on(await lihua.ask("/lang"), "English")
        assert "✅ The language is now English." in chosen
        assert "👤 My customers" in chosen.labels
        assert "Sales" in chosen
        assert "No customers here yet" in await lihua.ask("/my")
        back = await lihua.press_on(await lihua.ask("/lang"), "中文")
        assert "✅ 语言已设为中文" in back
        assert "👤 我的客户" in back.labels

    async def test_an_old_message_answers_in_the_new_language(self, office):
        lihua = office.phone("lihua")
        menu = await lihua.ask("/menu")
        await lihua.press_on(await lihua.ask("/lang"), "English")
        assert "Public pool" in await lihua.press_on(menu, "客户公海")

    async def test_is_everybodys_own(self, office):
        office.english("liu")
        customer = office.customer(last="chenjie")
        office.do(pool.claim, "lihua", [customer.id])
        lihua, liu, zhou = office.phones("lihua", "liu", "zhou")
        await zhou.ask("/todo")
        at_zhou = await zhou.press("李华")
        assert "领取申请" in at_zhou
        at_liu = await liu.wait_for("Claim request")
        await liu.press_on(at_liu, "Reject")
        assert "Rejected · 刘组长" in await liu.wait_on(at_liu, "Rejected")
        assert "已拒绝 · 刘组长" in await zhou.wait_on(at_zhou, "已拒绝")
        assert "未获同意" in await lihua.wait_for(customer.name)

    async def test_a_notice_comes_in_the_language_chosen_last(self, office):
        customer = office.customer()
        wangwei, zhang = office.phones("wangwei", "zhang")
        await wangwei.press_on(await wangwei.ask("/lang"), "English")
        await zhang.ask(customer.name)
        await zhang.press(customer.name)
        await zhang.press("分配")
        await zhang.press("王伟")
        assert customer.name in await wangwei.wait_for("张组长 assigned you 1 customer")


class TestTelegramMenu:
    @pytest.mark.parametrize(("login", "role"), [("lihua", Role.SALES), ("liu", Role.LEAD), ("guan", Role.ADMIN)])
    async def test_has_the_commands_of_the_role_in_order(self, office, login, role):
        phone = office.phone(login)
        assert tuple(await phone.commands()) == commands_of(role)

    async def test_a_lead_finds_the_team_there_and_a_salesperson_does_not(self, office):
        assert "team" in await office.phone("liu").commands()
        assert "team" not in await office.phone("lihua").commands()

    async def test_follows_the_language(self, office):
        sunli = office.phone("sunli")
        assert (await sunli.commands())["my"] == "我的客户"
        await sunli.press_on(await sunli.ask("/lang"), "English")
        await office.quiet()
        assert (await sunli.commands())["my"] == "My customers"
        await sunli.press_on(await sunli.ask("/lang"), "中文")
        await office.quiet()
        assert (await sunli.commands())["my"] == "我的客户"

    async def test_is_kept_for_that_chat_alone(self, office):
        lihua = office.phone("lihua")
        scopes = {
            str(call.parameters["scope"])
            for call in office.telegram.calls.after(0)
            if call.method == "setMyCommands" and "scope" in call.parameters
        }
        assert any(str(lihua.user_id) in scope and "chat" in scope for scope in scopes)
        assert list(await office.stranger().commands()) == ["start"]

    async def test_every_command_of_it_is_answered(self, office):
        zhou = office.phone("zhou")
        for command in await zhou.commands():
            assert "没有 /" not in await zhou.ask(f"/{command}")

    async def test_help_names_them_all(self, office):
        liu = office.phone("liu")
        told = await liu.ask("/help")
        assert all(f"/{command} — {text}" in told for command, text in (await liu.commands()).items())
