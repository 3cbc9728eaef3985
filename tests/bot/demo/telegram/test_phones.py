import asyncio

import pytest

from tests.bot.demo.telegram.conftest import ANNA, buttons
from tests.phones import PhoneRefusedError


class TestWaiting:
    async def test_a_message_that_comes_later_is_seen(self, api, anna):
        waiting = asyncio.create_task(anna.wait_for("later"))
        await asyncio.sleep(0.03)
        await api.say("it comes later", reply_markup=buttons("a", "b"))
        screen = await waiting
        assert (screen.id, screen.labels, screen.rows) == (1, ["a", "b"], [["a", "b"]])

    async def test_an_edited_message_is_seen_too(self, api, anna):
        await api.say("before")
        await api.say("another")
        await api("editMessageText", chat_id=ANNA, message_id=1, text="after")
        assert (await anna.wait_for("after")).id == 1

    async def test_a_condition_can_be_waited_for(self, api, anna):
        await api.say("x", reply_markup=buttons("Approve"))
        assert await anna.wait_for(lambda screen: "Approve" in screen.labels)

    async def test_in_vain_the_chat_is_shown_as_a_person_sees_it(self, api, anna):
        await anna.send("hello")
        await api.say("no such thing", reply_markup=buttons("Back"))
        with pytest.raises(AssertionError) as caught:
            await anna.wait_for("customer", timeout=0)
        assert "#1 Anna: hello\n\n#2 bot: no such thing\n    [Back]" in str(caught.value)


class TestTapping:
    async def test_the_newest_message_with_the_label_is_tapped(self, api, telegram, anna):
        await api.say("old", reply_markup=buttons("✅ Approve"))
        await api.say("new", reply_markup=buttons("✅ Approve"))
        await api.say("newest", reply_markup=buttons("Other"))
        await anna.tap("Approve")
        assert (await api.updates())[0]["callback_query"]["message"]["text"] == "new"

    async def test_a_key_of_the_reply_keyboard_types_its_text(self, api, anna):
        await api.say("menu", reply_markup={"keyboard": [["🏊 Public pool"]]})
        assert await anna.reply_labels() == ["🏊 Public pool"]
        await anna.tap("Public pool")
        assert (await api.updates())[0]["message"]["text"] == "🏊 Public pool"

    async def test_without_such_a_button_the_chat_is_shown(self, api, anna):
        await api.say("x", reply_markup=buttons("Other"))
        with pytest.raises(PhoneRefusedError, match=r"\[Other\]"):
            await anna.tap("Approve")

    async def test_the_answer_to_a_tap_can_be_read(self, api, anna):
        await api.say("x", reply_markup=buttons("Approve"))
        tapped = await anna.tap("Approve")
        await api("answerCallbackQuery", callback_query_id=tapped, text="done", show_alert=True)
        assert (await anna.wait_for_answer(tapped))["text"] == "done"


class TestTheRest:
    async def test_everything_a_phone_does(self, api, telegram, anna):
        await anna.start("code")
        sent = await anna.send("helo")
        await anna.edit(sent["message_id"], "hello")
        await anna.share_contact("+8613800000000", "Anna")
        await anna.share_location(31.2, 121.5)
        await anna.send_file("a.txt", b"abc", caption="list")
        await anna.tap_data(1, "forged")
        await anna.delete(1)
        await anna.block()
        await anna.unblock()
        kinds = [next(name for name in update if name != "update_id") for update in await api.updates()]
        assert kinds.count("message") == 5
        assert kinds[-3:] == ["callback_query", "my_chat_member", "my_chat_member"]
        assert "<document> list" in await anna.transcript()

    async def test_the_menu_shows_the_commands(self, api, anna):
        await api("setMyCommands", commands=[{"command": "pool", "description": "Public pool"}])
        assert await anna.commands() == {"pool": "Public pool"}

    async def test_an_empty_chat_has_no_screen(self, anna):
        with pytest.raises(PhoneRefusedError, match="said nothing"):
            await anna.screen()
