import asyncio

import pytest
import telegram as ptb

from bot.demo.telegram.faults import Fault
from bot.demo.telegram.parameters import Upload
from tests.bot.demo.telegram.conftest import ANNA, buttons

OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def texts(updates):
    return [update["message"]["text"] for update in updates]


@pytest.fixture
def three(telegram):
    for text in ("one", "two", "three"):
        telegram.people.send(ANNA, text)


class TestPolling:
    async def test_ids_increase_and_unconfirmed_updates_come_again(self, api, three):
        first, again = await api.updates(), await api.updates()
        assert first == again
        ids = [update["update_id"] for update in first]
        assert ids == sorted(set(ids))

    async def test_an_offset_confirms_what_lies_below(self, api, three):
        newest = (await api.updates())[-1]["update_id"]
        assert texts(await api.updates(offset=newest)) == ["three"]
        assert texts(await api.updates()) == ["three"]

    async def test_a_negative_offset_keeps_the_newest(self, api, three):
        assert texts(await api.updates(offset=-1)) == ["three"]
        assert texts(await api.updates()) == ["three"]

    @pytest.mark.parametrize(("limit", "count"), [(2, 2), (0, 1), (1000, 3)])
    async def test_the_limit_is_between_one_and_a_hundred(self, api, three, limit, count):
        assert len(await api.updates(limit=limit)) == count

    async def test_a_poll_waits_for_the_next_update(self, api, telegram):
        poll = asyncio.create_task(api.updates(timeout=30))
        await asyncio.sleep(0)
        telegram.people.send(ANNA, "now")
        assert texts(await poll) == ["now"]

    async def test_a_second_poll_ends_the_first(self, api, telegram):
        first = asyncio.create_task(api.refused("getUpdates", timeout=30))
        await asyncio.sleep(0)
        second = asyncio.create_task(api.updates(timeout=30))
        assert await first == OTHER
        telegram.people.send(ANNA, "now")
        assert texts(await second) == ["now"]


class TestKinds:
    async def test_what_the_bot_does_not_want_is_never_queued(self, api, telegram):
        await api.updates(allowed_updates=["message"])
        telegram.people.tap(ANNA, 1, "x")
        telegram.people.send(ANNA, "wanted")
        assert texts(await api.updates()) == ["wanted"]

    async def test_the_choice_is_remembered_until_it_changes(self, api, telegram):
        await api.updates(allowed_updates='["callback_query"]')
        await api.updates()
        telegram.people.send(ANNA, "unwanted")
        assert await api.updates(allowed_updates=[]) == []
        telegram.people.send(ANNA, "wanted")
        assert texts(await api.updates()) == ["wanted"]


class TestExpiry:
    async def test_taps_live_150_seconds_and_messages_a_day(self, api, telegram):
        telegram.people.tap(ANNA, 1, "x")
        telegram.people.send(ANNA, "text")
        telegram.clock.advance(151)
        assert texts(await api.updates()) == ["text"]
        telegram.clock.advance(24 * 3600)
        assert await api.updates() == []


class TestDuplicates:
    async def test_a_confirmed_update_can_be_made_to_come_once_more(self, api, telegram, three):
        telegram.strike(Fault("duplicate"))
        first = (await api.updates())[0]["update_id"]
        assert texts(await api.updates(offset=first + 1)) == ["one", "two", "three"]
        assert texts(await api.updates(offset=first + 1)) == ["two", "three"]


class TestPythonTelegramBotReadsThem:
    async def test_every_kind(self, api, telegram):
        people = telegram.people
        await api.say(
            '<b>x</b> <a href="https://a.example">y</a> <tg-time unix="1700000000" format="r">z</tg-time>',
            parse_mode="HTML",
            reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "a", "style": "danger"}]]},
        )
        people.start(ANNA, "invitation")
        people.tap(ANNA, 1, "a")
        people.tap(ANNA, 99, "a")
        people.contact(ANNA, "+8613800000000", "Anna")
        people.location(ANNA, 31.2, 121.5)
        people.file(ANNA, "document", Upload("a.txt", "text/plain", b"x"), "caption")
        people.edit(ANNA, 2, "edited")
        people.block(ANNA)
        people.unblock(ANNA)
        updates = [ptb.Update.de_json(each, None) for each in await api.updates()]
        assert not any(each.api_kwargs for each in updates)
        start, tap, stale, contact, location, document, edited, blocked, unblocked = updates
        assert start.message.entities[0].type == "bot_command"
        assert tap.callback_query.message.reply_markup.inline_keyboard[0][0].style == "danger"
        assert not stale.callback_query.message.is_accessible
        assert contact.message.contact.user_id == ANNA
        assert location.message.location.latitude == 31.2
        assert (document.message.document.file_name, document.message.caption) == ("a.txt", "caption")
        assert edited.edited_message.text == "edited"
        assert blocked.my_chat_member.new_chat_member.status == "kicked"
        assert unblocked.my_chat_member.new_chat_member.status == "member"


class TestTapsAndMessages:
    async def test_a_pending_tap_counts_as_unanswered_even_when_unwanted(self, api, telegram):
        await api.updates(allowed_updates=["message"])
        await api.say(reply_markup=buttons("a"))
        telegram.people.tap(ANNA, 1, "a")
        assert len(telegram.queries.unanswered()) == 1
