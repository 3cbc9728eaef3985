import json

import aiohttp
import pytest

from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.parameters import Parameters
from bot.demo.telegram.server import serve
from tests.bot.demo.telegram.groups import Town
from tests.bot.demo.telegram.wire import ANNA
from tests.phones import Phone

BEN = 8


class Api:
    """The bot's side, without HTTP."""

    def __init__(self, telegram):
        self.telegram = telegram

    async def __call__(self, method, **values):
        answer = await self._answer(method, values)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method, **values):
        answer = await self._answer(method, values)
        assert not answer["ok"], answer
        return answer["description"]

    async def say(self, text="hello", **values):
        return await self("sendMessage", chat_id=ANNA, text=text, **values)

    async def updates(self, **values):
        return await self("getUpdates", **values)

    async def _answer(self, method, values):
        return json.loads((await self.telegram.answer(method, Parameters(values))).body)


def buttons(*labels):
    return {"inline_keyboard": [[{"text": label, "callback_data": label[:8]} for label in labels]]}


@pytest.fixture
def telegram():
    telegram = Telegram(username="test_bot", name="Test")
    telegram.people.add(ANNA, "Anna", language_code="en", started=True)
    telegram.people.add(BEN, "Ben", language_code="zh-hans")
    return telegram


@pytest.fixture
def api(telegram):
    return Api(telegram)


@pytest.fixture
async def base_url(telegram):
    async with serve(telegram) as url:
        yield url


@pytest.fixture
async def client(base_url):
    async with aiohttp.ClientSession(base_url) as session:
        yield session


@pytest.fixture
async def anna(base_url):
    async with Phone(base_url, ANNA) as phone:
        yield phone


@pytest.fixture
async def town(client, base_url):
    town = Town(client, base_url)
    yield town
    await town.close()
