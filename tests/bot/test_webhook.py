"""The same conversation when Telegram pushes, and what the door does with anybody else."""

import asyncio
import itertools
import json
import socket
from contextlib import contextmanager

import httpx
import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlalchemy import func, select, text

from bot.config import Address
from bot.webhook import BODY_LIMIT, SECRET_HEADER
from domain.models import InboxUpdate
from tests.bot.conftest import looked_over
from tests.bot.office import running

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "webhook-secret_1"
_update_ids = itertools.count(900_001)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Door:
    """Where Telegram posts."""

    def __init__(self, url):
        self.url = url
        self.http = httpx.AsyncClient(trust_env=False)

    async def post(self, body, *, secret=SECRET, path="", method="POST"):
        """Post as Telegram would; returns the status."""
        headers = {SECRET_HEADER: secret} if secret is not None else {}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return (await self.http.request(method, self.url + path, content=content, headers=headers)).status_code


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pushed(module_database_url, complaints):
    address = Address("127.0.0.1", free_port())
    url = f"http://{address.host}:{address.port}/telegram/hook"
    more = {"webhook_url": url, "listen": address, "secret_token": SecretStr(SECRET)}
    async with running(module_database_url, **more) as office:
        door = Door(url)
        yield office, door
        await door.http.aclose()


@pytest_asyncio.fixture(loop_scope="module")
async def office(pushed, complaints):
    async with looked_over(pushed[0], complaints):
        yield pushed[0]


@pytest.fixture
def door(pushed):
    return pushed[1]


def typed(phone, words):
    """An update as Telegram would push it."""
    person = {"id": phone.user_id, "is_bot": False, "first_name": "李华"}
    chat = {"id": phone.user_id, "type": "private", "first_name": "李华"}
    message = {"message_id": 77, "from": person, "chat": chat, "date": 1, "text": words}
    return {"update_id": next(_update_ids), "message": message}


def kept(office):
    return office.look(select(func.count()).select_from(InboxUpdate))[0]


@contextmanager
def inbox_away(office):
    """A database that cannot keep an update."""
    with office.work() as session:
        session.execute(text("ALTER TABLE inbox RENAME TO inbox_away"))
    try:
        yield
    finally:
        with office.work() as session:
            session.execute(text("ALTER TABLE inbox_away RENAME TO inbox"))


class TestConversation:
    async def test_a_claim_goes_all_the_way(self, office):
        customer = office.customer(last="chenjie")
        lihua, liu = office.phones("lihua", "liu")
        await lihua.ask(customer.name)
        await lihua.press(customer.name)
        assert "⏳ 1 个已提交审核" in await lihua.press("分配给我")
        await liu.press_on(await liu.wait_for("领取申请"), "同意")
        assert customer.name in await lihua.wait_for("已同意")
        assert office.owner(customer) == "lihua"

    async def test_many_people_at_once_are_all_answered(self, office):
        customer = office.customer()
        phones = office.phones("lihua", "wangwei", "chenjie", "sunli", "heping")
        screens = await asyncio.gather(*(phone.ask(customer.name) for phone in phones))
        assert all("共 1 个" in screen for screen in screens)

    async def test_an_update_that_comes_twice_is_done_once(self, office, door):
        lihua = office.phone("lihua")
        update = typed(lihua, "/menu")
        assert await asyncio.gather(door.post(update), door.post(update)) == [200, 200]
        assert await door.post(update) == 200
        await office.quiet()
        assert len(await lihua.screens()) == 1


class TestDoor:
    @pytest.mark.parametrize("secret", [None, "", "webhook-secret_2", SECRET + "x", "密"])
    async def test_opens_to_nobody_without_the_secret(self, office, door, secret):
        before = kept(office)
        given = secret.encode() if secret else secret
        assert await door.post(typed(office.phone("lihua"), "/menu"), secret=given) == 403
        assert kept(office) == before

    async def test_takes_no_body_beyond_its_bound(self, office, door):
        before = kept(office)
        assert await door.post(b" " * (BODY_LIMIT + 1)) == 413
        assert kept(office) == before

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"\xff\xfe",
            [],
            {},
            "x",
            7,
            {"update_id": None},
            {"update_id": "x"},
            {"update_id": True},
            {"update_id": 2**63},
        ],
    )
    async def test_takes_nothing_that_is_no_update(self, office, door, body):
        before = kept(office)
        assert await door.post(body) == 400
        assert kept(office) == before

    async def test_is_where_the_settings_say_and_for_posts_alone(self, office, door):
        assert await door.post({}, path="/x") == 404
        assert await door.post({}, method="GET") == 405

    async def test_keeps_but_does_not_answer_what_the_bot_has_no_use_for(self, office, door):
        assert await door.post({"update_id": next(_update_ids), "something_new": {"id": "1"}}) == 200


class TestDatabaseDown:
    async def test_telegram_is_told_to_come_again_and_nothing_is_lost(self, office, door, complaints):
        lihua = office.phone("lihua")
        update = typed(lihua, "/menu")
        with inbox_away(office):
            assert await door.post(update) == 503
            assert any("update_not_kept" in line for line in complaints.lines)
            await lihua.send("/my")
        await lihua.wait_for("我的客户", timeout=30)
        assert await door.post(update) == 200
        await office.quiet()
        assert len(await lihua.screens()) == 2
        complaints.lines.clear()
