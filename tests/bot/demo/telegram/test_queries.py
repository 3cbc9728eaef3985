import pytest

from tests.bot.demo.telegram.conftest import ANNA, buttons

OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def tapped(api, telegram):
    await api.say(reply_markup=buttons("Approve"))
    return telegram.people.tap(ANNA, 1, "Approve")


class TestAnswering:
    async def test_a_tap_is_answered_once(self, api, tapped):
        assert await api("answerCallbackQuery", callback_query_id=tapped, text="done") is True
        assert await api.refused("answerCallbackQuery", callback_query_id=tapped) == OLD

    async def test_an_unknown_tap_cannot_be_answered(self, api):
        assert await api.refused("answerCallbackQuery", callback_query_id="1") == OLD

    async def test_a_tap_waits_fifteen_seconds(self, api, telegram, tapped):
        telegram.clock.advance(16)
        assert await api.refused("answerCallbackQuery", callback_query_id=tapped) == OLD

    async def test_a_long_text_is_refused_and_the_tap_still_waits(self, api, tapped):
        words = await api.refused("answerCallbackQuery", callback_query_id=tapped, text="x" * 201)
        assert words == "Bad Request: MESSAGE_TOO_LONG"
        assert await api("answerCallbackQuery", callback_query_id=tapped, text="x" * 200)

    async def test_only_links_to_the_bot_itself_may_be_opened(self, api, tapped):
        words = await api.refused("answerCallbackQuery", callback_query_id=tapped, url="https://a.example")
        assert words == "Bad Request: URL_INVALID"
        url = "https://t.me/test_bot?start=x"
        assert await api("answerCallbackQuery", callback_query_id=tapped, url=url)

    async def test_what_nobody_answered_is_known(self, api, telegram, tapped):
        assert [query.data for query in telegram.queries.unanswered()] == ["Approve"]
        await api("answerCallbackQuery", callback_query_id=tapped)
        assert telegram.queries.unanswered() == []


class TestTaps:
    async def test_a_tap_brings_the_message_as_it_was_then(self, api, tapped):
        await api("editMessageText", chat_id=ANNA, message_id=1, text="edited meanwhile")
        query = (await api.updates())[0]["callback_query"]
        assert (query["message"]["text"], query["data"], query["from"]["id"]) == ("hello", "Approve", ANNA)

    async def test_a_tap_on_a_deleted_message_brings_an_inaccessible_one(self, api, telegram):
        await api.say(reply_markup=buttons("Approve"))
        await api("deleteMessage", chat_id=ANNA, message_id=1)
        telegram.people.tap(ANNA, 1, "Approve")
        message = (await api.updates())[0]["callback_query"]["message"]
        assert message == {"chat": telegram.chats[ANNA].card, "message_id": 1, "date": 0}

    async def test_data_may_be_forged(self, api, telegram):
        telegram.people.tap(ANNA, 77, "no such thing")
        assert (await api.updates())[0]["callback_query"]["data"] == "no such thing"
