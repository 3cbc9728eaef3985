import pytest

from tests.bot.demo.telegram.conftest import ANNA, BEN
from tests.bot.demo.telegram.groups import GROUP


@pytest.fixture
async def menu(town):
    """Sets a list of one command for a scope."""
    await town.make([ANNA, BEN])

    async def put(name, scope, language=""):
        commands = [{"command": name, "description": "x"}]
        return await town.done("setMyCommands", commands=commands, scope=scope, language_code=language)

    return put


async def seen(town, user_id):
    return list(await town.phone(user_id).commands())


class TestPrecedence:
    async def test_a_plain_member_sees_the_narrowest_list_for_all(self, town, menu):
        lists = []
        for name, scope, language in [
            ("default", {"type": "default"}, ""),
            ("admins", {"type": "all_chat_administrators"}, ""),
            ("groups", {"type": "all_group_chats"}, ""),
            ("groups_zh", {"type": "all_group_chats"}, "zh"),
            ("leaders", {"type": "chat_administrators", "chat_id": GROUP}, ""),
            ("here", {"type": "chat", "chat_id": GROUP}, ""),
            ("anna", {"type": "chat_member", "chat_id": GROUP, "user_id": ANNA}, ""),
            ("ben", {"type": "chat_member", "chat_id": GROUP, "user_id": BEN}, ""),
        ]:
            await menu(name, scope, language)
            lists += await seen(town, BEN)
        assert lists == ["default", "default", "groups", "groups_zh", "groups_zh", "here", "here", "ben"]

    async def test_an_administrator_has_lists_of_his_own_before_them(self, town, menu):
        lists = []
        for name, scope in [
            ("default", {"type": "default"}),
            ("groups", {"type": "all_group_chats"}),
            ("admins", {"type": "all_chat_administrators"}),
            ("here", {"type": "chat", "chat_id": GROUP}),
            ("leaders", {"type": "chat_administrators", "chat_id": GROUP}),
            ("anna", {"type": "chat_member", "chat_id": GROUP, "user_id": ANNA}),
        ]:
            await menu(name, scope)
            lists += await seen(town, ANNA)
        assert lists == ["default", "groups", "admins", "here", "leaders", "anna"]

    async def test_private_chats_and_groups_do_not_see_each_others_lists(self, town, menu, anna):
        await menu("private", {"type": "all_private_chats"})
        assert await seen(town, ANNA) == []
        await menu("groups", {"type": "all_group_chats"})
        assert (await seen(town, ANNA), list(await anna.commands())) == (["groups"], ["private"])

    async def test_a_promotion_shows_other_commands(self, town, menu):
        await menu("here", {"type": "chat", "chat_id": GROUP})
        await menu("leaders", {"type": "chat_administrators", "chat_id": GROUP})
        before = await seen(town, BEN)
        await town.turn(GROUP, "administrator", BEN)
        assert (before, await seen(town, BEN)) == (["here"], ["leaders"])


class TestRefusals:
    @pytest.mark.parametrize(
        ("scope", "words"),
        [
            ({"type": "chat", "chat_id": -77}, "chat not found"),
            ({"type": "chat", "chat_id": "team"}, "chat not found"),
            ({"type": "chat"}, "can't parse BotCommandScope: Can't find field \"chat_id\""),
            ({"type": "chat_member", "chat_id": GROUP}, "can't parse BotCommandScope: Can't find field \"user_id\""),
            ({"type": "chat_member", "chat_id": GROUP, "user_id": 0}, "can't parse BotCommandScope: Invalid user_id specified"),
            ({"type": "chat_member", "chat_id": GROUP, "user_id": "x"}, "can't parse BotCommandScope: Invalid user_id specified"),
            ({"type": "chat_administrators", "chat_id": ANNA}, "can't use specified scope in private chats"),
            ({"type": "team"}, "can't parse BotCommandScope: Unsupported type specified"),
            (7, "can't parse BotCommandScope: expected an Object"),
        ],
    )
    async def test_a_scope_must_be_one(self, town, menu, scope, words):
        assert await town.refused("setMyCommands", commands=[], scope=scope) == f"Bad Request: {words}"

    async def test_a_group_that_threw_the_bot_out_takes_no_commands(self, town, menu):
        new = (await town.control(f"groups/{GROUP}/upgrade"))["id"]
        await town.turn(new, "kicked")
        words = await town.refused("setMyCommands", commands=[], scope={"type": "chat", "chat_id": new})
        assert words == "Forbidden: bot was kicked from the supergroup chat"
