"""A phone for tests: what a person sees and does in the chat with the bot, over the imitation's HTTP side."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

Json = dict[str, Any]
_PAUSE = 0.02


@dataclass(frozen=True)
class Screen:
    """A message of the bot as a person sees it."""

    id: int
    text: str
    rows: list[list[str]]
    message: Json

    @classmethod
    def of(cls, message: Json) -> Self:
        keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
        rows = [[button["text"] for button in row] for row in keyboard]
        return cls(message["message_id"], message.get("text") or message.get("caption") or "", rows, message)

    @property
    def labels(self) -> list[str]:
        return [label for row in self.rows for label in row]

    def data(self, label: str) -> str:
        """The callback data behind the first button whose text contains the label."""
        keyboard = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return next(button["callback_data"] for row in keyboard for button in row if label in button["text"])

    def __contains__(self, words: str) -> bool:
        return words in self.text


class PhoneRefusedError(AssertionError):
    """The phone cannot do that: no such button, an empty message, …"""


class Phone:
    """One person's phone in the private chat, or with `chat_id` in a group.

    Use it as an async context manager, or `await phone.close()` at the end.
    """

    def __init__(self, base_url: str, user_id: int, chat_id: int | None = None) -> None:
        self.user_id = user_id
        self._http = httpx.AsyncClient(base_url=base_url, timeout=30, trust_env=False)
        self._chat = f"/user/{user_id}/chat/{user_id if chat_id is None else chat_id}"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def send(self, text: str, *, reply_to: int | None = None) -> Json:
        """Type a message."""
        return await self._do("send", {"text": text, "reply_to": reply_to})

    async def start(self, payload: str | None = None) -> Json:
        """Press Start, or open an invitation's link."""
        return await self._do("start", {"payload": payload})

    async def tap(self, label: str) -> str:
        """Tap the newest button with this label; a button of the reply keyboard types its text instead."""
        chat = await self.chat()
        for message in reversed(chat["messages"]):
            if any(label in shown for shown in Screen.of(message).labels):
                return await self._tap({"message_id": message["message_id"], "label": label})
        for shown in _reply_labels(chat["reply_keyboard"]):
            if label in shown:
                await self.send(shown)
                return ""
        raise PhoneRefusedError(f"no button says {label!r}\n\n{await self.transcript()}")

    async def tap_on(self, message_id: int, label: str) -> str:
        """Tap a button of one message, by label."""
        return await self._tap({"message_id": message_id, "label": label})

    async def tap_place(self, message_id: int, row: int, column: int) -> str:
        """Tap a button by its place, counted from 0."""
        return await self._tap({"message_id": message_id, "row": row, "column": column})

    async def tap_data(self, message_id: int, data: str) -> str:
        """Send a callback query as a forged or very old client would."""
        return await self._tap({"message_id": message_id, "data": data})

    async def share_contact(self, phone_number: str, first_name: str) -> Json:
        return await self._do("contact", {"phone_number": phone_number, "first_name": first_name})

    async def share_location(self, latitude: float, longitude: float) -> Json:
        return await self._do("location", {"latitude": latitude, "longitude": longitude})

    async def send_file(self, name: str, content: bytes, *, kind: str = "document", caption: str = "") -> Json:
        """Send a document, or with `kind` a photo or a voice message."""
        reply = await self._http.post(
            f"{self._chat}/file", data={"as": kind, "caption": caption}, files={"file": (name, content)}
        )
        return await self._read(reply)

    async def edit(self, message_id: int, text: str) -> Json:
        return await self._do("edit", {"message_id": message_id, "text": text})

    async def delete(self, message_id: int) -> None:
        await self._do("delete", {"message_id": message_id})

    async def block(self) -> None:
        await self._do("block", {})

    async def unblock(self) -> None:
        await self._do("unblock", {})

    async def chat(self) -> Json:
        """Everything the chat shows: messages, commands, reply keyboard, unread, started, blocked."""
        return await self._read(await self._http.get(self._chat))

    async def chats(self) -> list[Json]:
        """Every chat on the phone, the private one first: chat, unread, last."""
        return list(await self._read(await self._http.get(f"/user/{self.user_id}/chats")))

    async def read(self) -> None:
        """Look at the chat, so that nothing is unread any more."""
        await self._do("read", {})

    async def messages(self) -> list[Json]:
        """Every message in the chat, oldest first."""
        return list((await self.chat())["messages"])

    async def commands(self) -> dict[str, str]:
        """The menu of commands: name and description."""
        return {each["command"]: each["description"] for each in (await self.chat())["commands"]}

    async def reply_labels(self) -> list[str]:
        """The buttons in place of the letters."""
        return _reply_labels((await self.chat())["reply_keyboard"])

    async def screens(self) -> list[Screen]:
        """The bot's messages, oldest first."""
        return [Screen.of(each) for each in await self.messages() if each["from"]["is_bot"]]

    async def screen(self) -> Screen:
        """The bot's newest message."""
        screens = await self.screens()
        if not screens:
            raise PhoneRefusedError(f"the bot has said nothing\n\n{await self.transcript()}")
        return screens[-1]

    async def wait_for(self, wanted: str | Callable[[Screen], bool], timeout: float = 10) -> Screen:  # noqa: ASYNC109
        """The newest message of the bot, edited ones included, that contains the text or satisfies the predicate."""
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            for screen in reversed(await self.screens()):
                if wanted in screen.text if isinstance(wanted, str) else wanted(screen):
                    return screen
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"never seen: {wanted!r}\n\n{await self.transcript()}")
            await asyncio.sleep(_PAUSE)

    async def wait_for_answer(self, query_id: str, timeout: float = 10) -> Json:  # noqa: ASYNC109
        """The answer to a tap, as the bot gave it: its parameters, `text` and `show_alert` among them."""
        deadline = asyncio.get_running_loop().time() + timeout
        while asyncio.get_running_loop().time() <= deadline:
            for call in await self._read(await self._http.get("/control/calls")):
                asked = call["params"].get("callback_query_id")
                if call["method"].lower() == "answercallbackquery" and asked == query_id and call["status"] == 200:
                    return call["params"]
            await asyncio.sleep(_PAUSE)
        raise AssertionError(f"tap {query_id} was never answered\n\n{await self.transcript()}")

    async def transcript(self) -> str:
        """The chat as a person sees it."""
        chat = await self.chat()
        shown = "\n\n".join(_written(message) for message in chat["messages"]) or "(nothing)"
        keys = _reply_labels(chat["reply_keyboard"])
        return f"── chat of {self.user_id} ──\n{shown}" + (f"\n\nkeys: {' | '.join(keys)}" if keys else "")

    async def _tap(self, body: Json) -> str:
        return str((await self._do("tap", body))["callback_query_id"])

    async def _do(self, deed: str, body: Json) -> Json:
        return await self._read(await self._http.post(f"{self._chat}/{deed}", json=body))

    async def _read(self, reply: httpx.Response) -> Any:
        if reply.is_error:
            raise PhoneRefusedError(reply.json().get("error", reply.text))
        return reply.json()


def _reply_labels(markup: Json | None) -> list[str]:
    return [button["text"] for row in (markup or {}).get("keyboard", []) for button in row]


def _written(message: Json) -> str:
    who = "bot" if message["from"]["is_bot"] else message["from"]["first_name"]
    edited = ", edited" if "edit_date" in message else ""
    words = message.get("text") or message.get("caption") or ""
    attached = next((kind for kind in ("document", "photo", "voice", "contact", "location") if kind in message), "")
    lines = [f"#{message['message_id']} {who}{edited}: " + (f"<{attached}> " if attached else "") + words]
    lines += ["    " + " ".join(f"[{label}]" for label in row) for row in Screen.of(message).rows]
    return "\n".join(lines)
