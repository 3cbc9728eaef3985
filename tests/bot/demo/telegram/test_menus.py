import pytest

from tests.bot.demo.telegram.conftest import ANNA, BEN


def command(name, description="x"):
    return {"command": name, "description": description}


class TestScopes:
    async def test_the_narrowest_scope_wins_and_in_it_the_language(self, api, telegram):
        seen = []
        for name, scope, language in [
            ("default", None, ""),
            ("default_zh", None, "zh"),
            ("private", {"type": "all_private_chats"}, ""),
            ("private_zh", {"type": "all_private_chats"}, "zh"),
            ("chat", {"type": "chat", "chat_id": BEN}, ""),
            ("chat_zh", {"type": "chat", "chat_id": BEN}, "zh"),
        ]:
            await api("setMyCommands", commands=[command(name)], scope=scope, language_code=language)
            seen.append(telegram.menus.seen_by(telegram.chats[BEN].person)[0]["command"])
        assert seen == ["default", "default_zh", "private", "private_zh", "chat", "chat_zh"]
        assert telegram.menus.seen_by(telegram.chats[ANNA].person)[0]["command"] == "private"

    async def test_deleting_a_list_uncovers_the_wider_one(self, api, telegram):
        await api("setMyCommands", commands=[command("wide")])
        await api("setMyCommands", commands=[command("narrow")], scope={"type": "chat", "chat_id": ANNA})
        await api("deleteMyCommands", scope={"type": "chat", "chat_id": ANNA})
        assert telegram.menus.seen_by(telegram.chats[ANNA].person) == [command("wide")]

    async def test_a_list_is_read_back_exactly(self, api):
        await api("setMyCommands", commands=[command("a")], language_code="zh")
        assert await api("getMyCommands", language_code="zh") == [command("a")]
        assert await api("getMyCommands") == []

    async def test_a_chat_must_be_known(self, api):
        words = await api.refused("setMyCommands", commands=[], scope={"type": "chat", "chat_id": 99})
        assert words == "Bad Request: chat not found"


class TestRefusals:
    @pytest.mark.parametrize(
        ("commands", "words"),
        [
            ("x", "can't parse commands JSON object"),
            ([command("Upper")], "BOT_COMMAND_INVALID"),
            ([command("x" * 33)], "BOT_COMMAND_INVALID"),
            ([command("a", "")], "BOT_COMMAND_DESCRIPTION_INVALID"),
            ([command("a")] * 101, "BOT_COMMANDS_TOO_MUCH"),
        ],
    )
    async def test_malformed_lists_are_refused(self, api, commands, words):
        assert await api.refused("setMyCommands", commands=commands) == f"Bad Request: {words}"

    async def test_a_language_has_two_letters(self, api):
        words = await api.refused("setMyCommands", commands=[], language_code="zh-hans")
        assert words == "Bad Request: invalid language code specified"


class TestMenuButton:
    async def test_a_chat_may_have_its_own(self, api):
        await api("setChatMenuButton", chat_id=ANNA, menu_button={"type": "default"})
        assert await api("getChatMenuButton", chat_id=ANNA) == {"type": "default"}
        assert await api("getChatMenuButton") == {"type": "commands"}

    async def test_an_unknown_type_is_refused(self, api):
        assert "Unallowed MenuButton" in await api.refused("setChatMenuButton", menu_button={"type": "x"})


class TestProfile:
    @pytest.mark.parametrize(
        ("what", "field", "limit"),
        [("Name", "name", 64), ("Description", "description", 512), ("ShortDescription", "short_description", 120)],
    )
    async def test_names_and_descriptions_are_kept_by_language(self, api, what, field, limit):
        await api(f"setMy{what}", **{field: "all"})
        await api(f"setMy{what}", **{field: "中文", "language_code": "zh"})
        assert await api(f"getMy{what}", language_code="zh") == {field: "中文"}
        assert await api(f"getMy{what}", language_code="de") == {field: "all"}
        assert "is too long" in await api.refused(f"setMy{what}", **{field: "x" * (limit + 1)})

    async def test_members_of_a_private_chat_are_its_person_and_the_bot(self, api):
        assert (await api("getChatMember", chat_id=ANNA, user_id=ANNA))["user"]["first_name"] == "Anna"
        assert (await api("getChatMember", chat_id=ANNA, user_id=1_000_000_001))["user"]["is_bot"]
        assert await api.refused("getChatMember", chat_id=ANNA, user_id=BEN) == "Bad Request: member not found"
