import pytest
import telegram as ptb

from tests.bot.demo.telegram.conftest import ANNA, BEN, buttons
from tests.bot.demo.telegram.groups import BOT, GROUP, SUPERGROUP
from tests.phones import PhoneRefusedError

CUI = 9
UPGRADED = "Bad Request: group chat was upgraded to a supergroup chat"


@pytest.fixture
async def both(town, telegram):
    """A group and a supergroup, with Cui in neither."""
    telegram.people.add(CUI, "Cui")
    await town.make([ANNA, BEN])
    await town.make([ANNA, BEN], group_id=SUPERGROUP)


class TestRefusals:
    @pytest.mark.parametrize(
        ("chat_id", "status", "words"),
        [
            (GROUP, "kicked", "Forbidden: bot was kicked from the group chat"),
            (GROUP, "left", "Forbidden: bot is not a member of the group chat"),
            (SUPERGROUP, "kicked", "Forbidden: bot was kicked from the supergroup chat"),
            (SUPERGROUP, "left", "Forbidden: bot is not a member of the supergroup chat"),
        ],
    )
    async def test_a_bot_that_is_out_says_and_changes_nothing(self, town, both, chat_id, status, words):
        sent = await town.say(chat_id=chat_id)
        await town.turn(chat_id, status)
        target = {"chat_id": chat_id, "message_id": sent["message_id"]}
        assert await town.refused("sendMessage", chat_id=chat_id, text="x") == words
        assert await town.refused("sendChatAction", chat_id=chat_id, action="typing") == words
        assert await town.refused("editMessageText", **target, text="x") == words
        assert await town.refused("deleteMessage", **target) == words
        assert await town.refused("leaveChat", chat_id=chat_id) == words

    async def test_a_group_that_was_left_can_be_looked_at_and_a_supergroup_cannot(self, town, both):
        for chat_id in (GROUP, SUPERGROUP):
            await town.turn(chat_id, "kicked")
        assert (await town.done("getChat", chat_id=GROUP))["title"] == "Sea team"
        assert await town.refused("getChat", chat_id=SUPERGROUP) == "Forbidden: bot was kicked from the supergroup chat"

    async def test_who_is_taken_back_may_speak_again(self, town, both):
        await town.turn(GROUP, "kicked")
        await town.turn(GROUP, "member")
        assert await town.say()
        statuses = [each.my_chat_member for each in await town.updates() if each.my_chat_member]
        assert [(each.old_chat_member.status, each.new_chat_member.status) for each in statuses] == [
            ("member", "kicked"),
            ("kicked", "member"),
        ]

    async def test_a_group_that_the_bot_was_never_in_is_unknown(self, town, both):
        await town.make([ANNA], group_id=-600, bot="left")
        assert await town.refused("sendMessage", chat_id=-600, text="x") == "Bad Request: chat not found"
        await town.phone(ANNA, -600).send("/nobody hears this")
        assert await town.updates() == []

    async def test_a_deleted_group_says_so(self, town, both):
        for chat_id, words in (
            (GROUP, "Forbidden: the group chat was deleted"),
            (SUPERGROUP, "Forbidden: bot was kicked from the supergroup chat"),
        ):
            async with town.client.delete(f"/control/groups/{chat_id}") as reply:
                assert reply.status == 200
            assert await town.refused("sendMessage", chat_id=chat_id, text="x") == words
            with pytest.raises(PhoneRefusedError, match="deleted"):
                await town.phone(ANNA, chat_id).send("x")
        assert [each["chat"]["id"] for each in await town.phone(ANNA).chats()] == [ANNA]


class TestRights:
    async def test_where_only_administrators_write_a_plain_member_is_refused(self, town, both):
        await town.control(f"groups/{GROUP}", {"silent": True})
        words = "Bad Request: not enough rights to send text messages to the chat"
        assert await town.refused("sendMessage", chat_id=GROUP, text="x") == words
        assert not (await town.done("getChat", chat_id=GROUP))["permissions"]["can_send_messages"]
        with pytest.raises(PhoneRefusedError, match="may not write"):
            await town.phone(BEN).send("x")
        await town.turn(GROUP, "administrator")
        assert await town.say()
        assert await town.phone(ANNA).send("/the owner may")

    async def test_a_restricted_bot_sends_what_it_is_left(self, town, both):
        await town.turn(SUPERGROUP, "restricted", rights=["can_send_messages"])
        assert await town.say(chat_id=SUPERGROUP)
        sent = await town.phone(ANNA).send_file("a.txt", b"abc")
        words = await town.refused("sendDocument", chat_id=SUPERGROUP, document=sent["document"]["file_id"])
        assert words == "Bad Request: not enough rights to send documents to the chat"
        (change,) = [each.my_chat_member for each in await town.updates() if each.my_chat_member]
        assert (change.new_chat_member.status, change.new_chat_member.can_send_documents) == ("restricted", False)

    async def test_a_group_restricts_nobody(self, town, both):
        words = await town.control_refused(f"groups/{GROUP}/members", {"status": "restricted"})
        assert words == "nobody can be 'restricted' in a group"

    async def test_only_an_administrator_pins(self, town, both):
        sent = await town.say()
        target = {"chat_id": GROUP, "message_id": sent["message_id"]}
        words = "Bad Request: not enough rights to manage pinned messages in the chat"
        assert await town.refused("pinChatMessage", **target) == words
        await town.turn(GROUP, "administrator")
        assert await town.done("pinChatMessage", **target)
        assert (await town.done("getChat", chat_id=GROUP))["pinned_message"]["text"] == "hello"
        await town.turn(GROUP, "administrator", rights=["can_delete_messages"])
        assert await town.refused("unpinChatMessage", chat_id=GROUP) == words

    async def test_messages_of_others_are_deleted_by_an_administrator_only(self, town, both):
        own, foreign = await town.say(), await town.phone(BEN).send("/x")
        assert await town.done("deleteMessage", chat_id=GROUP, message_id=own["message_id"])
        target = {"chat_id": GROUP, "message_id": foreign["message_id"]}
        assert await town.refused("deleteMessage", **target) == "Bad Request: message can't be deleted"
        await town.turn(GROUP, "administrator")
        assert await town.done("deleteMessage", **target)

    async def test_what_a_service_message_says_cannot_be_sent_on(self, town, both):
        target = {"chat_id": ANNA, "from_chat_id": GROUP, "message_id": 1}
        assert await town.refused("forwardMessage", **target) == "Bad Request: message can't be forwarded"
        assert await town.refused("copyMessage", **target) == "Bad Request: message can't be copied"


class TestButtons:
    @pytest.mark.parametrize(
        ("button", "words"),
        [
            ({"request_contact": True}, "phone number can be requested in private chats only"),
            ({"request_location": True}, "location can be requested in private chats only"),
            ({"request_poll": {}}, "poll can be requested in private chats only"),
            ({"request_users": {"request_id": 1}}, "users can be requested in private chats only"),
            ({"request_chat": {"request_id": 1}}, "chats can be requested in private chats only"),
            ({"web_app": {"url": "https://a.example"}}, "web App buttons can be used in private chats only"),
        ],
    )
    async def test_what_asks_a_person_for_something_belongs_into_private_chats(self, town, both, button, words):
        markup = {"keyboard": [[{"text": "Go", **button}]]}
        assert await town.say(chat_id=ANNA, reply_markup=markup)
        assert await town.refused("sendMessage", chat_id=GROUP, text="x", reply_markup=markup) == f"Bad Request: {words}"

    async def test_a_web_app_under_a_message_too(self, town, both):
        markup = {"inline_keyboard": [[{"text": "Go", "web_app": {"url": "https://a.example"}}]]}
        assert await town.say(chat_id=ANNA, reply_markup=markup)
        assert (
            await town.refused("sendMessage", chat_id=GROUP, text="x", reply_markup=markup) == "Bad Request: BUTTON_TYPE_INVALID"
        )
        sent = await town.say(reply_markup=buttons("a"))
        target = {"chat_id": GROUP, "message_id": sent["message_id"]}
        assert await town.refused("editMessageReplyMarkup", **target, reply_markup=markup) == "Bad Request: BUTTON_TYPE_INVALID"
        assert await town.done("editMessageReplyMarkup", **target, reply_markup=buttons("b"))

    async def test_a_menu_button_belongs_to_a_private_chat(self, town, both):
        assert await town.done("setChatMenuButton", chat_id=ANNA, menu_button={"type": "commands"})
        words = await town.refused("setChatMenuButton", chat_id=GROUP, menu_button={"type": "commands"})
        assert words == "Bad Request: invalid chat_id specified"


class TestWhoIsIn:
    async def test_each_member_has_a_status(self, town, both):
        await town.turn(GROUP, "administrator", rights=["can_pin_messages"])
        await town.turn(GROUP, "kicked", BEN)
        found = [await town.done("getChatMember", chat_id=GROUP, user_id=each) for each in (ANNA, BEN, CUI, BOT)]
        assert [each["status"] for each in found] == ["creator", "kicked", "left", "administrator"]
        assert (found[3]["can_pin_messages"], found[3]["can_delete_messages"]) == (True, False)
        assert await town.refused("getChatMember", chat_id=GROUP, user_id=99) == "Bad Request: PARTICIPANT_ID_INVALID"
        assert await town.refused("getChatMember", chat_id=GROUP) == "Bad Request: invalid user_id specified"

    async def test_administrators_are_listed_with_the_bot_if_it_is_one(self, town, both):
        assert [each["user"]["id"] for each in await town.done("getChatAdministrators", chat_id=GROUP)] == [ANNA]
        await town.turn(GROUP, "administrator")
        await town.turn(GROUP, "administrator", BEN)
        listed = await town.done("getChatAdministrators", chat_id=GROUP)
        assert [each["user"]["id"] for each in listed] == [ANNA, BEN, BOT]
        words = await town.refused("getChatAdministrators", chat_id=ANNA)
        assert words == "Bad Request: there are no administrators in the private chat"

    async def test_members_are_counted_with_the_bot(self, town, both):
        assert await town.done("getChatMemberCount", chat_id=GROUP) == 3
        await town.turn(GROUP, "left", BEN)
        assert await town.done("getChatMemberCount", chat_id=GROUP) == 2
        assert await town.done("getChatMemberCount", chat_id=ANNA) == 2

    async def test_a_bot_may_leave_a_group_and_no_private_chat(self, town, both):
        assert await town.done("leaveChat", chat_id=GROUP)
        (gone,) = await town.updates()
        assert (gone.my_chat_member.from_user.id, gone.my_chat_member.new_chat_member.status) == (BOT, "left")
        words = await town.refused("leaveChat", chat_id=ANNA)
        assert words == "Bad Request: chat member status can't be changed in private chats"

    async def test_an_administrator_that_asks_for_it_hears_of_every_change(self, town, both):
        await town.done("getUpdates", allowed_updates=["chat_member"])
        await town.turn(GROUP, "left", BEN)
        assert await town.updates() == []
        await town.turn(GROUP, "administrator")
        await town.turn(GROUP, "member", BEN, by=BEN)
        await town.turn(GROUP, "member", BEN)
        (change,) = await town.updates()
        assert (change.chat_member.from_user.id, change.chat_member.new_chat_member.status) == (BEN, "member")


class TestUpgrade:
    async def test_both_chats_say_where_the_other_is(self, town, both):
        new = (await town.control(f"groups/{GROUP}/upgrade"))["id"]
        left, entered = [update.message for update in await town.updates()]
        assert (left.chat.id, left.migrate_to_chat_id) == (GROUP, new)
        assert (entered.chat.id, entered.chat.type, entered.message_id) == (new, "supergroup", 1)
        assert entered.migrate_from_chat_id == GROUP

    async def test_the_old_id_answers_with_the_new_one(self, town, both):
        sent = await town.say()
        new = (await town.control(f"groups/{GROUP}/upgrade"))["id"]
        for method, values in (
            ("sendMessage", {"text": "x"}),
            ("editMessageText", {"text": "x", "message_id": sent["message_id"]}),
            ("deleteMessage", {"message_id": sent["message_id"]}),
            ("getChat", {}),
        ):
            answer = await town.answer(method, chat_id=GROUP, **values)
            assert (answer["error_code"], answer["description"]) == (400, UPGRADED)
            assert answer["parameters"] == {"migrate_to_chat_id": new}
        assert await town.say("here now", chat_id=new)

    async def test_python_telegram_bot_learns_the_new_id(self, town, both):
        new = (await town.control(f"groups/{GROUP}/upgrade"))["id"]
        async with ptb.Bot("1:demo-token", base_url=f"{town.base_url}/bot") as bot:
            with pytest.raises(ptb.error.ChatMigrated) as caught:
                await bot.send_message(GROUP, "x")
            assert caught.value.new_chat_id == new
            assert (await bot.get_chat(new)).title == "Sea team"
            assert [each.user.id for each in await bot.get_chat_administrators(new)] == [ANNA]

    async def test_the_members_move_along(self, town, both):
        await town.turn(GROUP, "administrator")
        new = (await town.control(f"groups/{GROUP}/upgrade"))["id"]
        assert (await town.done("getChatMember", chat_id=new, user_id=BOT))["status"] == "administrator"
        assert [each["chat"]["id"] for each in await town.phone(BEN).chats()] == [BEN, SUPERGROUP, new]
        assert await town.phone(BEN, new).send("/x")
        with pytest.raises(PhoneRefusedError, match=f"moved to {new}"):
            await town.phone(BEN).send("/x")

    async def test_it_happens_once_and_to_groups_only(self, town, both):
        await town.control(f"groups/{GROUP}/upgrade")
        for chat_id in (GROUP, SUPERGROUP):
            assert "only a group that is open" in await town.control_refused(f"groups/{chat_id}/upgrade")
        assert "no group -77" in await town.control_refused("groups/-77/upgrade")
