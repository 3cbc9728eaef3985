import asyncio

import pytest
from aiohttp import web

from bot.demo.telegram.faults import Fault
from tests.bot.demo.telegram.conftest import ANNA, BEN

ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Receiver:
    """A bot's webhook that answers as it is told."""

    def __init__(self):
        self.bodies = []
        self.secrets = []
        self.answers = []
        self.reply = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.arrived = asyncio.Condition()

    async def take(self, request):
        async with self.arrived:
            self.bodies.append(await request.json())
            self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
            self.arrived.notify_all()
        await self.gate.wait()
        status = self.answers.pop(0) if self.answers else 200
        return web.json_response(self.reply, status=status)

    async def count(self, number):
        async with asyncio.timeout(5), self.arrived:
            await self.arrived.wait_for(lambda: len(self.bodies) >= number)

    @property
    def ids(self):
        return [body["update_id"] for body in self.bodies]


@pytest.fixture
async def receiver():
    receiver = Receiver()
    application = web.Application()
    application.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    receiver.gate.set()
    await runner.cleanup()


@pytest.fixture
async def hooked(api, telegram, receiver):
    telegram.webhook.first_pause = 0.01
    await api("setWebhook", url=receiver.url, secret_token="abc_-1", max_connections=2)
    yield receiver
    await telegram.close()


async def eventually(condition):
    for _ in range(1000):
        if await condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never came to that")


async def settled(telegram):
    async def nothing_pending():
        return not telegram.updates.pending

    await eventually(nothing_pending)


class TestDelivery:
    async def test_updates_come_with_the_secret_and_are_done_with(self, api, telegram, hooked):
        telegram.people.send(ANNA, "x")
        await settled(telegram)
        assert hooked.secrets == ["abc_-1"]
        assert (await api("getWebhookInfo"))["pending_update_count"] == 0

    async def test_what_was_pending_comes_first(self, api, telegram, receiver):
        telegram.people.send(ANNA, "before")
        await api("setWebhook", url=receiver.url)
        telegram.people.send(ANNA, "after")
        await settled(telegram)
        await telegram.close()
        assert [body["message"]["text"] for body in receiver.bodies] == ["before", "after"]

    async def test_a_failed_one_comes_again_under_its_id_and_holds_up_its_chat(self, api, telegram, hooked):
        hooked.answers = [500, 502]
        telegram.people.send(ANNA, "first")
        telegram.people.send(ANNA, "second")
        await settled(telegram)
        first, second = sorted(set(hooked.ids))
        assert hooked.ids == [first, first, first, second]
        assert "502" in (await api("getWebhookInfo"))["last_error_message"]

    async def test_a_chat_is_served_in_order_and_others_do_not_wait(self, telegram, hooked):
        telegram.people.start(BEN)
        await settled(telegram)
        hooked.gate.clear()
        telegram.people.send(ANNA, "a1")
        telegram.people.send(ANNA, "a2")
        telegram.people.send(BEN, "b1")
        await hooked.count(3)
        assert [body["message"]["text"] for body in hooked.bodies[1:]] == ["a1", "b1"]

    async def test_a_group_is_served_in_order_whoever_writes(self, telegram, hooked):
        group = telegram.groups.make("Sea team", [ANNA, BEN])
        await settled(telegram)
        before = len(hooked.bodies)
        hooked.gate.clear()
        telegram.people.in_chat(ANNA, group.id).send("/a1")
        telegram.people.in_chat(BEN, group.id).send("/b1")
        await hooked.count(before + 1)
        await asyncio.sleep(0.03)
        assert [body["message"]["text"] for body in hooked.bodies[before:]] == ["/a1"]

    async def test_taps_in_a_group_are_in_order_for_each_person_and_do_not_wait_for_others(self, telegram, hooked):
        group = telegram.groups.make("Sea team", [ANNA, BEN])
        await settled(telegram)
        before = len(hooked.bodies)
        hooked.gate.clear()
        for user_id, data in ((ANNA, "a1"), (ANNA, "a2"), (BEN, "b1")):
            telegram.people.in_chat(user_id, group.id).tap(1, data)
        await hooked.count(before + 2)
        await asyncio.sleep(0.03)
        assert [body["callback_query"]["data"] for body in hooked.bodies[before:]] == ["a1", "b1"]

    async def test_no_more_than_the_agreed_connections_are_open(self, telegram, hooked):
        hooked.gate.clear()
        telegram.people.send(ANNA, "message")
        telegram.people.tap(ANNA, 1, "tap")
        telegram.people.send(BEN, "third")
        await hooked.count(2)
        await asyncio.sleep(0.03)
        assert len(hooked.bodies) == 2

    async def test_a_method_in_the_reply_is_called(self, telegram, hooked):
        hooked.reply = {"method": "sendMessage", "chat_id": ANNA, "text": "at once"}
        telegram.people.send(ANNA, "x")
        await settled(telegram)
        assert telegram.chats[ANNA].last()["text"] == "at once"

    async def test_an_update_can_be_made_to_come_twice(self, telegram, hooked):
        telegram.strike(Fault("duplicate"))
        telegram.people.send(ANNA, "x")
        await settled(telegram)
        assert len(hooked.ids) == 2
        assert len(set(hooked.ids)) == 1

    async def test_an_unreachable_bot_loses_nothing(self, api, telegram):
        await api("setWebhook", url="http://127.0.0.1:9/hook")
        telegram.people.send(ANNA, "x")

        async def failed():
            return "last_error_message" in await api("getWebhookInfo")

        await eventually(failed)
        assert (await api("getWebhookInfo"))["pending_update_count"] == 1
        await api("deleteWebhook")
        assert len(await api.updates()) == 1


class TestSettings:
    async def test_polling_and_webhook_exclude_each_other(self, api, hooked):
        assert await api.refused("getUpdates") == ACTIVE
        await api("deleteWebhook")
        assert await api.updates() == []

    async def test_a_poll_that_waits_ends_when_a_webhook_is_set(self, api, telegram, receiver):
        poll = asyncio.create_task(api.refused("getUpdates", timeout=30))
        await asyncio.sleep(0)
        await api("setWebhook", url=receiver.url)
        assert (await poll).startswith("Conflict: terminated by")
        await telegram.close()

    async def test_pending_updates_can_be_dropped(self, api, telegram):
        telegram.people.send(ANNA, "x")
        await api("deleteWebhook", drop_pending_updates=True)
        assert await api.updates() == []

    async def test_an_empty_address_takes_the_webhook_away(self, api, hooked):
        await api("setWebhook", url="")
        assert (await api("getWebhookInfo"))["url"] == ""

    @pytest.mark.parametrize(
        ("url", "secret", "words"),
        [
            ("http://a.example/hook", "", "bad webhook: An HTTPS URL must be provided for webhook"),
            ("https://a.example:9000/", "", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
            ("https://a.example/", "a b", "secret token contains unallowed characters"),
            ("https://a.example/", "x" * 257, "secret token is too long"),
        ],
    )
    async def test_addresses_and_secrets_are_checked(self, api, url, secret, words):
        assert await api.refused("setWebhook", url=url, secret_token=secret) == f"Bad Request: {words}"
