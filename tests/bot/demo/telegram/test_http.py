import asyncio
import json

import aiohttp
import pytest
import telegram as ptb

from bot.demo.telegram.parameters import Upload
from bot.demo.telegram.server import serve
from tests.bot.demo.telegram.conftest import ANNA
from tests.bot.demo.telegram.wire import BOT, call, post, say


class TestEnvelope:
    @pytest.mark.parametrize(
        "options",
        [
            {"json": {"chat_id": ANNA, "text": "公海", "reply_markup": {"force_reply": True}}},
            {"data": {"chat_id": "7", "text": "公海", "reply_markup": '{"force_reply":true}'}},
            {"params": {"chat_id": "7", "text": "公海", "reply_markup": '{"force_reply":true}'}},
        ],
    )
    async def test_json_forms_and_queries_say_the_same(self, client, telegram, options):
        status, answer = await call(client, "sendmessage", **options)
        assert (status, answer["result"]["text"]) == (200, "公海")
        assert telegram.chats[ANNA].reply_keyboard == {"force_reply": True}

    async def test_multipart_carries_files(self, client):
        form = aiohttp.FormData({"chat_id": "7", "document": "attach://f"}, quote_fields=False)
        form.add_field("f", b"abc", filename="客户.txt", content_type="text/plain")
        _, answer = await call(client, "sendDocument", data=form)
        assert answer["result"]["document"]["file_name"] == "客户.txt"

    async def test_get_works_too(self, client):
        async with client.get(f"{BOT}/getMe") as reply:
            assert (await reply.json())["result"]["username"] == "test_bot"

    @pytest.mark.parametrize(
        ("path", "status", "words"),
        [
            (f"{BOT}/noSuchMethod", 404, "Not Found: method not found"),
            (f"{BOT}/a/b", 404, "Not Found"),
            ("/bot2:other/getMe", 401, "Unauthorized"),
            (f"/file{BOT}/documents/none", 404, "Not Found"),
            ("/file/bot2:other/documents/none", 401, "Unauthorized"),
        ],
    )
    async def test_wrong_addresses_are_told_apart(self, client, path, status, words):
        async with client.get(path) as reply:
            assert (reply.status, await reply.json()) == (
                status,
                {"ok": False, "error_code": status, "description": words},
            )

    @pytest.mark.parametrize(
        ("kind", "body", "words"),
        [
            ("application/x-www-form-urlencoded", b"text=%ff", "strings must be encoded in UTF-8"),
            ("application/json", b"\xff", "strings must be encoded in UTF-8"),
            ("application/json", b"{", "can't parse JSON object"),
            ("application/json", b"[]", "object expected as request body"),
        ],
    )
    async def test_unreadable_bodies_are_refused(self, client, kind, body, words):
        status, answer = await call(client, "sendMessage", data=body, headers={"Content-Type": kind})
        assert (status, answer["description"]) == (400, f"Bad Request: {words}")

    async def test_files_are_downloaded_by_their_path(self, client, anna):
        sent = await anna.send_file("a.txt", b"abc")
        _, answer = await call(client, "getFile", json={"file_id": sent["document"]["file_id"]})
        async with client.get(f"/file{BOT}/{answer['result']['file_path']}") as reply:
            assert await reply.read() == b"abc"


class TestWorkshop:
    async def test_calls_are_logged_with_their_answers(self, client):
        await say(client, "one")
        await say(client, "")
        async with client.get("/control/calls", params={"after": 0}) as reply:
            first, second = await reply.json()
        assert (first["n"], first["method"], first["params"]["text"], first["answer"]["ok"]) == (1, "sendMessage", "one", True)
        assert (second["status"], second["answer"]["ok"]) == (400, False)
        async with client.get("/control/calls", params={"after": 2}) as reply:
            assert await reply.json() == []

    async def test_people_are_made_and_taps_without_answer_are_listed(self, client):
        await post(client, "/control/people", id=20, first_name="Cui", note="lead")
        await post(client, "/user/20/chat/20/tap", message_id=1, data="x")
        async with client.get("/user/people") as reply:
            assert (await reply.json())["people"][-1]["note"] == "lead"
        async with client.get("/control/unanswered") as reply:
            assert [each["data"] for each in await reply.json()] == ["x"]

    async def test_a_clock_can_be_read_and_be_fixed(self, client, telegram):
        telegram.clock.timezone = "Asia/Shanghai"
        telegram.clock.movable = False
        async with client.get("/control/clock") as reply:
            known = await reply.json()
        assert (known["movable"], known["timezone"]) == (False, "Asia/Shanghai")
        async with client.post("/control/clock", json={"advance": 1}) as reply:
            assert reply.status == 403

    async def test_the_clock_and_the_rates_are_moved(self, client, telegram):
        before = telegram.clock.seconds()
        await post(client, "/control/clock", advance=3600)
        assert telegram.clock.seconds() >= before + 3600
        await post(client, "/control/limits", enabled=True)
        assert telegram.rates.enabled


class TestPhonesDoor:
    @pytest.mark.parametrize(
        ("path", "body", "status"),
        [
            ("/user/7/chat/8/send", {"text": "x"}, 404),
            ("/user/99/chat/99/send", {"text": "x"}, 404),
            ("/user/7/chat/7/dance", {}, 404),
            ("/user/7/chat/7/send", {}, 400),
            ("/user/7/chat/7/tap", {"message_id": 1, "label": "x"}, 404),
        ],
    )
    async def test_what_no_phone_can_do_is_refused_with_a_reason(self, client, path, body, status):
        async with client.post(path, json=body) as reply:
            assert reply.status == status
            assert (await reply.json())["error"]

    async def test_the_list_of_chats_shows_the_last_message(self, client):
        await say(client, "newest")
        async with client.get("/user/7/chats") as reply:
            (chat,) = await reply.json()
        assert (chat["unread"], chat["last"]["text"], chat["chat"]["id"]) == (1, "newest", ANNA)

    async def test_events_tell_of_everything_at_once(self, client, api, telegram):
        async with client.get("/user/7/events") as stream:
            await api.say("one", reply_markup={"keyboard": [["a"]]})
            await api.say("two")
            await api("editMessageText", chat_id=ANNA, message_id=2, text="three")
            await api("deleteMessage", chat_id=ANNA, message_id=2)
            await api("sendChatAction", chat_id=ANNA, action="typing")
            await api("setMyCommands", commands=[{"command": "pool", "description": "Pool"}])
            await api("answerCallbackQuery", callback_query_id=telegram.people.tap(ANNA, 1, "x"))
            telegram.clock.advance(60)
            events = [await next_event(stream) for _ in range(9)]
        assert [name for name, _ in events] == [
            "reply_keyboard",
            "message",
            "message",
            "edited",
            "deleted",
            "action",
            "commands",
            "answer",
            "clock",
        ]
        assert events[7][1]["text"] is None

    async def test_pinning_is_an_event_and_shown_with_the_chat(self, client, api):
        await api.say("on top")
        async with client.get("/user/7/events") as stream:
            await api("pinChatMessage", chat_id=ANNA, message_id=1)
            async with client.get("/user/7/chat/7") as reply:
                assert (await reply.json())["chat"]["pinned_message"]["text"] == "on top"
            await api("deleteMessage", chat_id=ANNA, message_id=1)
            events = [await next_event(stream) for _ in range(3)]
        assert [(name, data.get("message")) for name, data in events if name == "pinned"][-1] == ("pinned", None)

    async def test_all_badges_are_watched_at_once(self, client, api, telegram):
        await api.say()
        async with client.get("/user/events") as stream:
            first = [await next_event(stream) for _ in telegram.chats]
            await api.say()
            telegram.people.read(ANNA)
            later = [await next_event(stream) for _ in range(2)]
        assert [data["unread"] for _, data in first] == [1, 0]
        assert later == [("unread", {"user_id": ANNA, "unread": 2}), ("unread", {"user_id": ANNA, "unread": 0})]

    async def test_a_group_is_told_to_its_members_and_is_on_no_badge(self, client, api, telegram):
        group = telegram.groups.make("Sea team", [ANNA])
        async with client.get("/user/7/events") as anna, client.get("/user/8/events") as ben, client.get("/user/events") as all_:
            for _ in telegram.chats:
                await next_event(all_)
            await api("sendMessage", chat_id=group.id, text="to the group")
            await api("sendMessage", chat_id=ANNA, text="to Anna")
            telegram.clock.advance(60)
            heard = [await next_event(anna) for _ in range(2)]
            assert [data["text"] for _, data in heard] == ["to the group", "to Anna"]
            assert (await next_event(ben))[0] == "clock"
            assert await next_event(all_) == ("unread", {"user_id": ANNA, "unread": 1})

    async def test_files_are_for_those_in_whose_chat_they_are(self, client, telegram):
        upload = Upload("客户.html", "text/html", b"<b>")
        file_id = telegram.people.file(ANNA, "document", upload)["document"]["file_id"]
        async with client.get(f"/user/7/file/{file_id}") as reply:
            assert (await reply.read(), reply.content_type) == (b"<b>", "text/html")
            assert reply.content_disposition.filename == "客户.html"
        async with client.get(f"/user/8/file/{file_id}") as reply:
            assert reply.status == 404

    async def test_a_phone_that_hangs_up_is_forgotten(self, client, telegram):
        async with client.get("/user/7/events"):
            assert telegram.events.listeners(ANNA) == 1
        for _ in range(100):
            if not telegram.events.listeners(ANNA):
                return
            await asyncio.sleep(0.01)
        raise AssertionError("still listening")


async def next_event(stream):
    name = ""
    async for raw in stream.content:
        line = raw.decode().strip()
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        if line.startswith("data: "):
            return name, json.loads(line.removeprefix("data: "))
    raise AssertionError("the stream ended")


class TestPythonTelegramBot:
    async def test_it_speaks_with_the_imitation_as_with_telegram(self, base_url, anna):
        async with ptb.Bot("1:demo-token", base_url=f"{base_url}/bot", base_file_url=f"{base_url}/file/bot") as bot:
            keyboard = ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("Approve", callback_data="a")]])
            sent = await bot.send_message(ANNA, "<b>x</b>", parse_mode="HTML", reply_markup=keyboard)
            tapped = await anna.tap("Approve")
            (update,) = await bot.get_updates(timeout=1)
            assert update.callback_query.id == tapped
            await bot.answer_callback_query(tapped, "done")
            assert (await sent.edit_text("y")).reply_markup is None
            with pytest.raises(ptb.error.BadRequest, match="not modified"):
                await sent.edit_text("y")
            document = await bot.send_document(ANNA, b"abc", filename="客户.xlsx")
            assert document.document.file_name == "客户.xlsx"
            file = await bot.get_file(document.document.file_id)
            assert await file.download_as_bytearray() == b"abc"


class TestServing:
    async def test_it_goes_down_under_open_polls_and_streams(self, telegram):
        async with aiohttp.ClientSession() as session:
            async with serve(telegram) as url:
                stream = await session.get(f"{url}/user/7/events")
                poll = asyncio.create_task(session.post(f"{url}{BOT}/getUpdates", json={"timeout": 50}))
                await asyncio.sleep(0.05)
            assert await (await poll).json() == {"ok": True, "result": []}
            assert b"open" in await stream.read()

    async def test_a_composed_application_can_be_served(self, telegram):
        async def hello(scope, receive, send):
            assert scope["type"] in ("http", "lifespan")
            if scope["type"] == "http":
                await send({"type": "http.response.start", "status": 204, "headers": []})
                await send({"type": "http.response.body"})

        async with serve(telegram, app=hello) as url, aiohttp.ClientSession() as session, session.get(url) as reply:
            assert reply.status == 204
