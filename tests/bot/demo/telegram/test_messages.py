import pytest

from tests.bot.demo.telegram.conftest import ANNA, BEN, buttons


class TestWhoMayBeWrittenTo:
    @pytest.mark.parametrize(
        ("chat_id", "words"),
        [
            ("", "Bad Request: chat_id is empty"),
            (99, "Bad Request: chat not found"),
            ("@nobody", "Bad Request: chat not found"),
            (BEN, "Forbidden: bot can't initiate conversation with a user"),
            (1_000_000_001, "Forbidden: the bot can't send messages to the bot"),
        ],
    )
    async def test_nobody_else_than_who_pressed_start(self, api, chat_id, words):
        assert await api.refused("sendMessage", chat_id=chat_id, text="x") == words

    async def test_after_start_the_bot_may_write(self, api, telegram):
        telegram.people.start(BEN)
        assert (await api("sendMessage", chat_id=BEN, text="x"))["chat"]["id"] == BEN

    async def test_who_blocks_the_bot_is_out_of_reach_until_start_is_pressed_again(self, api, telegram):
        telegram.people.block(ANNA)
        assert await api.refused("sendMessage", chat_id=ANNA, text="x") == "Forbidden: bot was blocked by the user"
        telegram.people.start(ANNA)
        assert await api.say()

    async def test_a_refused_message_takes_no_place_in_the_chat(self, api, telegram):
        await api.refused("sendMessage", chat_id=ANNA, text="<b>", parse_mode="HTML")
        assert (await api.say())["message_id"] == 1


class TestReplies:
    async def test_a_reply_carries_its_original_without_the_one_before(self, api):
        first = await api.say("one")
        second = await api.say("two", reply_parameters={"message_id": first["message_id"]})
        third = await api.say("three", reply_to_message_id=second["message_id"])
        assert third["reply_to_message"]["text"] == "two"
        assert "reply_to_message" not in third["reply_to_message"]

    async def test_a_reply_to_nothing_is_refused(self, api):
        words = await api.refused("sendMessage", chat_id=ANNA, text="x", reply_parameters={"message_id": 9})
        assert words == "Bad Request: message to be replied not found"

    async def test_unless_it_may_go_without(self, api):
        message = await api.say(reply_parameters={"message_id": 9, "allow_sending_without_reply": True})
        assert "reply_to_message" not in message


class TestReplyKeyboards:
    async def test_they_are_on_the_phone_and_never_in_the_message(self, api, telegram):
        message = await api.say(reply_markup={"keyboard": [["a"]]})
        assert "reply_markup" not in message
        assert telegram.chats[ANNA].reply_keyboard == {"keyboard": [[{"text": "a"}]]}

    async def test_they_stay_until_they_are_taken_away(self, api, telegram):
        await api.say(reply_markup={"keyboard": [["a"]]})
        await api.say(reply_markup=buttons("b"))
        assert telegram.chats[ANNA].reply_keyboard
        await api.say(reply_markup={"remove_keyboard": True})
        assert telegram.chats[ANNA].reply_keyboard is None

    async def test_one_for_one_time_goes_with_the_next_message(self, api, telegram):
        await api.say(reply_markup={"keyboard": [["a"]], "one_time_keyboard": True})
        telegram.people.send(ANNA, "a")
        assert telegram.chats[ANNA].reply_keyboard is None


async def edit(api, text, **values):
    return await api("editMessageText", chat_id=ANNA, message_id=1, text=text, **values)


class TestEditing:
    async def test_text_entities_and_keyboard_are_replaced(self, api):
        await api.say(reply_markup=buttons("a"))
        edited = await edit(api, "<b>new</b>", parse_mode="HTML", reply_markup=buttons("b"))
        assert (edited["text"], edited["entities"][0]["type"], edited["reply_markup"]) == ("new", "bold", buttons("b"))
        assert edited["edit_date"]

    async def test_an_edit_without_a_keyboard_takes_the_keyboard_away(self, api):
        await api.say(reply_markup=buttons("a"))
        assert "reply_markup" not in await api("editMessageText", chat_id=ANNA, message_id=1, text="new")

    async def test_an_edit_that_changes_nothing_is_refused_in_telegrams_words(self, api):
        await api.say("<b>same</b>", parse_mode="HTML", reply_markup=buttons("a"))
        words = await api.refused(
            "editMessageText",
            chat_id=ANNA,
            message_id=1,
            text="<strong>same</strong>",
            parse_mode="HTML",
            reply_markup=buttons("a"),
        )
        assert words == (
            "Bad Request: message is not modified: specified new message content and reply markup "
            "are exactly the same as a current content and reply markup of the message"
        )

    async def test_a_keyboard_can_be_changed_alone(self, api):
        await api.say(reply_markup=buttons("a"))
        edited = await api("editMessageReplyMarkup", chat_id=ANNA, message_id=1, reply_markup=buttons("b"))
        assert (edited["text"], edited["reply_markup"]) == ("hello", buttons("b"))

    async def test_taking_away_no_keyboard_changes_nothing(self, api):
        await api.say()
        assert "not modified" in await api.refused("editMessageReplyMarkup", chat_id=ANNA, message_id=1)

    async def test_what_is_not_there_cannot_be_edited(self, api):
        words = await api.refused("editMessageText", chat_id=ANNA, message_id=5, text="x")
        assert words == "Bad Request: message to edit not found"

    async def test_a_message_must_be_named(self, api):
        words = await api.refused("editMessageText", chat_id=ANNA, text="x")
        assert words == "Bad Request: message identifier is not specified"

    async def test_other_peoples_messages_cannot_be_edited(self, api, telegram):
        telegram.people.send(ANNA, "mine")
        words = await api.refused("editMessageText", chat_id=ANNA, message_id=1, text="x")
        assert words == "Bad Request: message can't be edited"

    @pytest.mark.parametrize("markup", [{"keyboard": [["a"]]}, {"remove_keyboard": True}, {"force_reply": True}])
    async def test_nor_can_those_sent_with_a_reply_keyboard(self, api, markup):
        await api.say(reply_markup=markup)
        words = await api.refused("editMessageText", chat_id=ANNA, message_id=1, text="x")
        assert words == "Bad Request: message can't be edited"

    async def test_nor_forwarded_ones(self, api):
        await api.say()
        await api("forwardMessage", chat_id=ANNA, from_chat_id=ANNA, message_id=1)
        words = await api.refused("editMessageText", chat_id=ANNA, message_id=2, text="x")
        assert words == "Bad Request: message can't be edited"

    async def test_a_location_has_neither_text_nor_caption(self, api):
        await api("sendLocation", chat_id=ANNA, latitude=31.2, longitude=121.5)
        words = await api.refused("editMessageText", chat_id=ANNA, message_id=1, text="x")
        assert words == "Bad Request: there is no text in the message to edit"
        words = await api.refused("editMessageCaption", chat_id=ANNA, message_id=1, caption="x")
        assert words == "Bad Request: there is no caption in the message to edit"


class TestDeleting:
    async def test_a_message_goes_once(self, api, telegram):
        await api.say()
        assert await api("deleteMessage", chat_id=ANNA, message_id=1) is True
        words = await api.refused("deleteMessage", chat_id=ANNA, message_id=1)
        assert words == "Bad Request: message to delete not found"

    async def test_after_two_days_it_stays(self, api, telegram):
        await api.say()
        telegram.clock.advance(48 * 3600 + 1)
        words = await api.refused("deleteMessage", chat_id=ANNA, message_id=1)
        assert words == "Bad Request: message can't be deleted for everyone"

    async def test_many_go_at_once_and_missing_ones_are_passed_over(self, api, telegram):
        await api.say()
        await api.say()
        assert await api("deleteMessages", chat_id=ANNA, message_ids=[1, 2, 9])
        assert telegram.chats[ANNA].messages == {}

    async def test_ids_are_never_used_again(self, api):
        await api.say()
        await api("deleteMessage", chat_id=ANNA, message_id=1)
        assert (await api.say())["message_id"] == 2


class TestForwardingAndCopying:
    async def test_a_forward_names_its_origin_and_loses_its_keyboard(self, api):
        await api.say(reply_markup=buttons("a"))
        forwarded = await api("forwardMessage", chat_id=ANNA, from_chat_id=ANNA, message_id=1)
        assert forwarded["forward_origin"]["sender_user"]["username"] == "test_bot"
        assert "reply_markup" not in forwarded

    async def test_a_copy_is_a_message_of_its_own(self, api, telegram):
        await api.say()
        assert await api("copyMessage", chat_id=ANNA, from_chat_id=ANNA, message_id=1) == {"message_id": 2}
        assert telegram.chats[ANNA].messages[2]["text"] == "hello"

    @pytest.mark.parametrize(("method", "deed"), [("forwardMessage", "forward"), ("copyMessage", "copy")])
    async def test_neither_works_on_nothing(self, api, method, deed):
        words = await api.refused(method, chat_id=ANNA, from_chat_id=ANNA, message_id=9)
        assert words == f"Bad Request: message to {deed} not found"

    async def test_nor_on_protected_content(self, api):
        await api.say(protect_content=True)
        words = await api.refused("forwardMessage", chat_id=ANNA, from_chat_id=ANNA, message_id=1)
        assert words == "Bad Request: message can't be forwarded"


class TestPinning:
    async def test_a_pinned_message_is_shown_with_the_chat(self, api):
        await api.say()
        await api("pinChatMessage", chat_id=ANNA, message_id=1)
        assert (await api("getChat", chat_id=ANNA))["pinned_message"]["text"] == "hello"
        await api("unpinChatMessage", chat_id=ANNA)
        assert "pinned_message" not in await api("getChat", chat_id=ANNA)

    async def test_nothing_cannot_be_pinned(self, api):
        words = await api.refused("pinChatMessage", chat_id=ANNA, message_id=1)
        assert words == "Bad Request: message to pin not found"


class TestChatActions:
    async def test_an_unknown_one_is_refused(self, api):
        assert await api("sendChatAction", chat_id=ANNA, action="upload_document")
        words = await api.refused("sendChatAction", chat_id=ANNA, action="dancing")
        assert words == "Bad Request: wrong parameter action in request"


class TestRates:
    async def test_a_flooded_chat_waits_and_others_do_not(self, api, telegram):
        telegram.people.start(BEN)
        telegram.rates.enabled = True
        for _ in range(5):
            await api.say()
        first = await api.refused("sendMessage", chat_id=ANNA, text="x")
        second = await api.refused("sendMessage", chat_id=ANNA, text="x")
        assert (first, second) == ("Too Many Requests: retry after 1", "Too Many Requests: retry after 2")
        assert await api("sendMessage", chat_id=BEN, text="x")
        telegram.clock.advance(2)
        assert await api.say()

    async def test_they_are_off_until_switched_on(self, api):
        for _ in range(40):
            await api.say()
