"""The phones: what each shows, heard as it happens, and what its owner taps and types."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp

from benchmarks.weather.staff import Member

Message = dict[str, Any]
Wanted = Callable[[Message], bool]


class RefusedError(Exception):
    """The phone cannot do that: the button is gone, or never was."""


class Phone:
    """One person's chat with the bot. `first` holds each message as it came, `shown` as it stands."""

    def __init__(self, http: aiohttp.ClientSession, member: Member) -> None:
        self.member, self.lock = member, asyncio.Lock()
        self.shown: dict[int, Message] = {}
        self.first: dict[int, Message] = {}
        self.deeds = 0
        self._http = http
        self._chat = f"/user/{member.telegram_id}/chat/{member.telegram_id}"
        self._waiting: list[tuple[Wanted, asyncio.Future[Message]]] = []

    async def listen(self, ready: asyncio.Event) -> None:
        """Follow the chat until cancelled."""
        address = f"/user/{self.member.telegram_id}/events"
        async with self._http.get(address, timeout=aiohttp.ClientTimeout(total=None)) as stream:
            name = ""
            async for line in stream.content:
                ready.set()
                if line.startswith(b"event: "):
                    name = line[7:].strip().decode()
                elif line.startswith(b"data: ") and name in ("message", "edited"):
                    self._heard(json.loads(line[6:]))

    def _heard(self, message: Message) -> None:
        self.shown[message["message_id"]] = message
        self.first.setdefault(message["message_id"], message)
        if not message["from"]["is_bot"]:
            return
        for wanted, future in self._waiting:
            if not future.done() and wanted(message):
                future.set_result(message)
        self._waiting = [each for each in self._waiting if not each[1].done()]

    def expect(self, wanted: Wanted) -> "asyncio.Future[Message]":
        """The next message of the bot, new or edited, that is as wanted."""
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._waiting.append((wanted, future))
        return future

    def find(self, wanted: Wanted) -> Message | None:
        """What is wanted and stands there already, the newest first."""
        return next((each for each in reversed(self.shown.values()) if each["from"]["is_bot"] and wanted(each)), None)

    async def tap(self, message_id: int, label: str) -> None:
        await self._do("tap", {"message_id": message_id, "label": label})

    async def send(self, text: str) -> None:
        await self._do("send", {"text": text})

    async def _do(self, deed: str, body: Message) -> None:
        async with self._http.post(f"{self._chat}/{deed}", json=body) as reply:
            if not reply.ok:
                raise RefusedError(await reply.text())
        self.deeds += 1


def labels(message: Message) -> list[str]:
    """What its buttons say."""
    keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in keyboard for button in row]


def offers(message: Message, word: str) -> bool:
    """Whether a button says this."""
    return any(word in label for label in labels(message))
