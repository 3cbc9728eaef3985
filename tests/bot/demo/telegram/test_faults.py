import aiohttp
import pytest

from bot.demo.telegram.faults import Fault
from tests.bot.demo.telegram.conftest import ANNA
from tests.bot.demo.telegram.wire import BOT, call, post, say


class TestFaults:
    async def test_a_flood_says_how_long_to_wait(self, client):
        await post(client, "/control/faults", kind="429", retry_after=30)
        status, answer = await say(client)
        assert (status, answer["parameters"]) == (429, {"retry_after": 30})
        assert (await say(client))[0] == 200

    async def test_a_server_error_is_json_and_a_bad_gateway_is_html(self, client):
        await post(client, "/control/faults", kind="500")
        assert (await say(client))[1]["error_code"] == 500
        await post(client, "/control/faults", kind="502")
        async with client.post(f"{BOT}/getMe") as reply:
            assert (reply.status, reply.content_type) == (502, "text/html")

    async def test_a_reset_comes_before_anything_is_done(self, client, telegram):
        await post(client, "/control/faults", kind="reset")
        with pytest.raises(aiohttp.ClientOSError):
            await say(client)
        assert telegram.chats[ANNA].messages == {}

    async def test_a_lost_reply_is_cut_after_everything_is_done(self, client, telegram):
        await post(client, "/control/faults", kind="lost_reply")
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await say(client)
        assert telegram.chats[ANNA].messages[1]["text"] == "hello"

    async def test_a_slow_call_is_done_in_the_end(self, client):
        await post(client, "/control/faults", kind="slow", seconds=0.01)
        assert (await say(client))[0] == 200

    async def test_a_slow_delivery_comes_late_and_whole(self, client, anna):
        await post(client, "/control/faults", kind="slow", method="getUpdates", seconds=0.01)
        await anna.send("hello")
        _, answer = await call(client, "getUpdates")
        assert [each["message"]["text"] for each in answer["result"]] == ["hello"]

    async def test_an_update_comes_twice_under_one_id_and_then_no_more(self, client, anna):
        await post(client, "/control/faults", kind="duplicate")
        await anna.send("hello")
        (first,) = (await call(client, "getUpdates"))[1]["result"]
        confirming = {"params": {"offset": first["update_id"] + 1}}
        assert (await call(client, "getUpdates", **confirming))[1]["result"] == [first]
        assert (await call(client, "getUpdates", **confirming))[1]["result"] == []

    async def test_a_fault_can_be_for_one_group(self, client, telegram):
        group = telegram.groups.make("Sea team", [ANNA])
        await post(client, "/control/faults", kind="429", chat_id=group.id)
        assert (await say(client))[0] == 200
        assert (await call(client, "sendMessage", json={"chat_id": group.id, "text": "x"}))[0] == 429

    async def test_conditions_choose_the_calls(self, client, telegram):
        telegram.strike(Fault("500", times=9, method="sendmessage", chat_id=ANNA, contains="bad"))
        assert (await say(client, "good"))[0] == 200
        assert (await say(client, "very bad"))[0] == 500
        assert (await call(client, "getMe"))[0] == 200

    async def test_they_end_after_their_times_or_when_cleared(self, client):
        await post(client, "/control/faults", kind="500", times=2)
        assert [(await say(client))[0] for _ in range(3)] == [500, 500, 200]
        await post(client, "/control/faults", kind="500", times=9)
        async with client.delete("/control/faults"):
            pass
        assert (await say(client))[0] == 200

    async def test_an_unknown_kind_is_refused(self, client):
        async with client.post("/control/faults", json={"kind": "meteor"}) as reply:
            assert reply.status == 400
