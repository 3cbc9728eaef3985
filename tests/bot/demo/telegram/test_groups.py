import pytest

from tests.bot.demo.telegram.conftest import ANNA, BEN, buttons
from tests.bot.demo.telegram.groups import BOT, GROUP, SUPERGROUP
from tests.phones import PhoneRefusedError

CUI = 9


@pytest.fixture
async def group(town, telegram):
    telegram.people.add(CUI, "Cui")
    return await town.make([ANNA, BEN])


@pytest.fixture
async def supergroup(town, telegram):
    telegram.people.add(CUI, "Cui")
    return await town.make([ANNA, BEN], group_id=SUPERGROUP)


class TestMaking:
    async def test_the_first_member_owns_it_and_the_bot_hears_that_it_was_added(self, town):
        made = await town.control("groups", {"title": "Sea team", "members": [ANNA, BEN]})
        added, message = await town.updates()
        assert (made["type"], made["id"] < 0, [each["status"] for each in made["members"]]) == (
            "group",
            True,
            ["creator", "member", "member"],
        )
        assert (added.my_chat_member.old_chat_member.status, added.my_chat_member.new_chat_member.status) == ("left", "member")
        assert (added.my_chat_member.chat.title, added.my_chat_member.from_user.id) == ("Sea team", ANNA)
        assert [user.id for user in message.message.new_chat_members] == [BOT]

    async def test_a_supergroup_has_an_id_that_says_so(self, town):
        made = await town.control("groups", {"title": "Big", "members": [ANNA], "supergroup": True})
        assert (made["type"], str(made["id"])[:4]) == ("supergroup", "-100")

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            ({"members": []}, "at least one member"),
            ({"members": [99]}, "no person 99"),
            ({"members": [ANNA], "id": -5, "supergroup": True}, "begins with -100"),
            ({"members": [ANNA], "id": SUPERGROUP}, "begins with -100"),
            ({"members": [ANNA], "id": 5}, "less than 0"),
            ({"members": [ANNA], "bot": "restricted"}, "nobody can be 'restricted'"),
        ],
    )
    async def test_what_is_no_group_is_not_made(self, town, body, words):
        assert words in await town.control_refused("groups", {"title": "x", **body})

    async def test_an_id_is_given_once(self, town, group):
        assert "of its own" in await town.control_refused("groups", {"title": "x", "members": [ANNA], "id": GROUP})

    async def test_a_new_title_is_announced(self, town, group):
        await town.control(f"groups/{GROUP}", {"title": "Air team"})
        (update,) = await town.updates()
        assert (update.message.new_chat_title, update.message.chat.title) == ("Air team", "Air team")


class TestMembersAndMessages:
    async def test_members_write_and_everybody_sees_it_with_ids_of_the_chat(self, town, group, anna):
        await anna.send("private")
        sent = await town.phone(ANNA).send("/pool")
        answered = await town.say("here it is")
        assert [message["message_id"] for message in (sent, answered)] == [2, 3]
        assert [each["text"] for each in (await town.phone(BEN).messages())[1:]] == ["/pool", "here it is"]
        private, update = await town.updates()
        assert (private.message.chat.id, private.message.message_id) == (ANNA, 1)
        assert (update.message.chat.id, update.message.from_user.id, update.message.chat.type) == (GROUP, ANNA, "group")

    async def test_who_is_not_in_sees_and_writes_nothing(self, town, group):
        stranger = town.phone(CUI)
        for deed in (stranger.send("hello"), stranger.chat(), stranger.tap_data(1, "x")):
            with pytest.raises(PhoneRefusedError, match="not in the group"):
                await deed
        with pytest.raises(PhoneRefusedError, match="no group -77"):
            await town.phone(ANNA, -77).send("hello")

    async def test_the_list_of_chats_names_the_groups_of_a_person(self, town, group, telegram):
        await town.say("one")
        assert [(each["chat"]["id"], each["unread"]) for each in await town.phone(BEN).chats()] == [(BEN, 0), (GROUP, 2)]
        assert [each["chat"]["id"] for each in await town.phone(CUI).chats()] == [CUI]
        await town.phone(BEN).read()
        assert [each["unread"] for each in await town.phone(BEN).chats()] == [0, 0]
        assert [each["unread"] for each in await town.phone(ANNA).chats()] == [0, 1]

    async def test_what_others_write_is_unread_and_what_one_writes_is_not(self, town, group):
        await town.phone(ANNA).send("x")
        assert (await town.phone(ANNA).chat())["unread"] == 0
        assert (await town.phone(BEN).chat())["unread"] == 2

    async def test_own_messages_are_edited_and_those_of_others_are_not(self, town, group):
        sent = await town.phone(ANNA).send("/pol")
        assert (await town.phone(ANNA).edit(sent["message_id"], "/pool"))["text"] == "/pool"
        for deed in (town.phone(BEN).edit(sent["message_id"], "x"), town.phone(BEN).delete(sent["message_id"])):
            with pytest.raises(PhoneRefusedError, match="only own"):
                await deed
        written, edited = await town.updates()
        assert (written.message.text, edited.edited_message.text) == ("/pol", "/pool")

    async def test_files_are_for_the_members(self, town, group):
        sent = await town.phone(ANNA).send_file("a.txt", b"abc")
        path = f"file/{sent['document']['file_id']}"
        for user_id, status in ((BEN, 200), (CUI, 404)):
            async with town.client.get(f"/user/{user_id}/{path}") as reply:
                assert reply.status == status

    async def test_only_the_private_chat_has_a_start_and_a_block(self, town, group):
        for deed in (town.phone(ANNA).start(), town.phone(ANNA).block()):
            with pytest.raises(PhoneRefusedError, match="private chat"):
                await deed

    async def test_a_chat_has_a_number(self, town, group):
        with pytest.raises(PhoneRefusedError, match="number"):
            await town.phone(ANNA, "team").send("x")

    async def test_a_renamed_person_is_renamed_in_the_group_too(self, town, group):
        await town.control("people", {"id": BEN, "first_name": "Benno"})
        assert (await town.phone(BEN).send("/x"))["from"]["first_name"] == "Benno"

    async def test_the_phone_shows_who_is_in(self, town, group):
        shown = await town.phone(ANNA).chat()
        assert [each["user"]["id"] for each in shown["members"]] == [ANNA, BEN, BOT]
        await town.turn(GROUP, "left", BEN)
        await town.turn(GROUP, "kicked")
        shown = await town.phone(ANNA).chat()
        assert ([each["user"]["id"] for each in shown["members"]], shown["started"]) == ([ANNA], False)


class TestPrivacy:
    async def test_a_plain_member_hears_commands_mentions_and_replies_to_it_alone(self, town, group):
        phone, own = town.phone(BEN), await town.say("a card")
        for text in ("just talk", "/pool", "/pool@test_bot", "/pool@other_bot", "see /pool", "hey @Test_Bot", "@other_bot"):
            await phone.send(text)
        await phone.send("yes", reply_to=own["message_id"])
        sent = await phone.send("talk")
        await phone.send("to each other", reply_to=sent["message_id"])
        assert await town.heard() == ["/pool", "/pool@test_bot", "hey @Test_Bot", "yes"]

    async def test_a_caption_counts_like_a_text(self, town, group):
        await town.phone(BEN).send_file("a.txt", b"x", caption="for @test_bot")
        await town.phone(BEN).send_file("a.txt", b"x", caption="for nobody")
        assert [update.message.caption for update in await town.updates()] == ["for @test_bot"]

    async def test_an_administrator_hears_everything(self, town, group):
        await town.turn(GROUP, "administrator")
        await town.updates()
        await town.phone(BEN).send("just talk")
        assert await town.heard() == ["just talk"]

    async def test_without_privacy_mode_everything_is_heard_and_getme_says_so(self, town, group):
        assert not (await town.done("getMe"))["can_read_all_group_messages"]
        await town.control("privacy", {"enabled": False})
        await town.phone(BEN).send("just talk")
        assert await town.heard() == ["just talk"]
        assert (await town.done("getMe"))["can_read_all_group_messages"]

    async def test_an_edit_is_heard_when_the_message_is(self, town, group):
        talk, command = await town.phone(BEN).send("talk"), await town.phone(BEN).send("/pool")
        await town.phone(BEN).edit(talk["message_id"], "more talk")
        await town.phone(BEN).edit(command["message_id"], "/mine")
        assert await town.heard() == ["/pool", "/mine"]

    async def test_who_comes_and_goes_is_always_heard(self, town, group):
        await town.turn(GROUP, "member", CUI)
        await town.turn(GROUP, "left", CUI, by=CUI)
        came, went = await town.updates()
        assert came.message.new_chat_members[0].id == went.message.left_chat_member.id == CUI
        assert (came.message.from_user.id, went.message.from_user.id) == (ANNA, CUI)


class TestTaps:
    async def test_any_member_taps_and_the_bot_learns_who(self, town, group):
        card = await town.say(reply_markup=buttons("Approve"))
        await town.phone(BEN).tap("Approve")
        await town.phone(ANNA).tap_on(card["message_id"], "Approve")
        first, second = [update.callback_query for update in await town.updates()]
        assert [first.from_user.id, second.from_user.id] == [BEN, ANNA]
        assert first.chat_instance == second.chat_instance
        assert (first.message.chat.id, first.message.message_id) == (GROUP, card["message_id"])

    async def test_each_tap_is_answered_for_itself(self, town, group):
        await town.say(reply_markup=buttons("Approve"))
        ben, anna = await town.phone(BEN).tap("Approve"), await town.phone(ANNA).tap("Approve")
        assert await town.done("answerCallbackQuery", callback_query_id=ben, text="not yours", show_alert=True)
        async with town.client.get("/control/unanswered") as reply:
            (waiting,) = await reply.json()
        assert (waiting["callback_query_id"], waiting["chat_id"], waiting["user_id"]) == (anna, GROUP, ANNA)

    async def test_a_bot_that_is_gone_hears_no_taps(self, town, group):
        card = await town.say(reply_markup=buttons("Approve"))
        await town.turn(GROUP, "kicked")
        with pytest.raises(PhoneRefusedError, match="not in this group any more"):
            await town.phone(BEN).tap_on(card["message_id"], "Approve")

    async def test_a_key_for_some_is_on_their_phones_only(self, town, group):
        asked = await town.phone(BEN).send("/who")
        keyboard = {"keyboard": [["Me"]], "selective": True, "one_time_keyboard": True}
        await town.say("who?", reply_markup=keyboard, reply_parameters={"message_id": asked["message_id"]})
        assert await town.phone(ANNA).reply_labels() == []
        await town.phone(BEN).tap("Me")
        assert await town.phone(BEN).reply_labels() == []

    async def test_a_key_for_all_is_on_every_phone_until_it_is_taken_away(self, town, group):
        await town.say("x", reply_markup={"keyboard": [["Me"]]})
        assert [await town.phone(each).reply_labels() for each in (ANNA, BEN)] == [["Me"], ["Me"]]
        await town.say("x", reply_markup={"remove_keyboard": True})
        assert [await town.phone(each).reply_labels() for each in (ANNA, BEN)] == [[], []]


class TestRates:
    async def test_a_group_takes_twenty_messages_a_minute_and_then_says_how_long_to_wait(self, town, group, telegram):
        await town.control("limits", {"enabled": True})
        for number in range(20):
            await town.say(str(number))
        answer = await town.answer("sendMessage", chat_id=GROUP, text="one more")
        assert (answer["error_code"], answer["parameters"]["retry_after"]) == (429, 3)
        await town.say("others do not wait", chat_id=ANNA)
        telegram.clock.advance(4)
        await town.say("now")
