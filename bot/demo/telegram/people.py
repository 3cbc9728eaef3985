"""The people's side: what somebody does with a phone in the hand."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.entities import TEXT_LIMIT, typed
from bot.demo.telegram.files import image_size

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Json, Upload

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
_FOREVER = 0
_ORNAMENT = re.compile(r"[\W\d_]+")


class PhoneError(Exception):
    """Something that no phone would let a person do; the text says what and why."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.status = status


class People:
    """The persons who have phones; every deed becomes an update for the bot."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def add(
        self,
        user_id: int,
        first_name: str,
        *,
        note: str = "",
        color: str = "",
        started: bool = False,
        **details: str | None,
    ) -> Chat:
        """A person, new or renamed; details are last_name, username, language_code; `started` skips the Start button."""
        person: Json = {"id": user_id, "is_bot": False, "first_name": first_name}
        person |= {name: value for name, value in details.items() if value}
        before = self.telegram.chats.get(user_id)
        chat = replace(before or Chat(person), person=person, note=note, color=color)
        chat.opened |= started
        self.telegram.chats[user_id] = chat
        return chat

    def chat(self, user_id: int) -> Chat:
        """A person's chat with the bot; PhoneError 404 for nobody."""
        chat = self.telegram.chats.get(user_id)
        if chat is None:
            raise PhoneError(f"there is no person {user_id}", 404)
        return chat

    def send(self, user_id: int, text: str, *, reply_to: int | None = None) -> Json:
        """Type a message."""
        content = typed(text).fields("text", "entities")
        if not content or len(content["text"]) > TEXT_LIMIT:
            raise PhoneError("a message has 1 to 4096 characters")
        return self._say(user_id, content, reply_to)

    def start(self, user_id: int, payload: str = "") -> Json:
        """Press Start, or open a link with a payload; lifts a block."""
        if not _PAYLOAD.fullmatch(payload):
            raise PhoneError("a link carries at most 64 of A-Z a-z 0-9 _ -")
        if self.chat(user_id).blocked:
            self.unblock(user_id)
        return self.send(user_id, f"/start {payload}".strip())

    def contact(self, user_id: int, phone_number: str, first_name: str, last_name: str | None = None) -> Json:
        """Share a contact; one with the person's own name counts as the person's own."""
        card: Json = {"phone_number": phone_number, "first_name": first_name}
        if last_name:
            card["last_name"] = last_name
        if first_name == self.chat(user_id).person["first_name"]:
            card["user_id"] = user_id
        return self._say(user_id, {"contact": card})

    def location(self, user_id: int, latitude: float, longitude: float) -> Json:
        """Share a place."""
        return self._say(user_id, {"location": {"latitude": latitude, "longitude": longitude}})

    def file(self, user_id: int, kind: str, upload: Upload, caption: str = "") -> Json:
        """Send a photo, a document or a voice message."""
        if kind not in ("photo", "document", "voice"):
            raise PhoneError(f"a file is sent as photo, document or voice, not as {kind!r}")
        if kind == "photo" and image_size(upload.content) is None:
            raise PhoneError("this file is no picture")
        stored = self.telegram.files.keep(kind, upload)
        words = typed(caption).fields("caption", "caption_entities")
        return self._say(user_id, stored.attachment(duration=1) | words)

    def edit(self, user_id: int, message_id: int, text: str) -> Json:
        """Change an own text message."""
        chat, message = self._own(user_id, message_id)
        if "text" not in message:
            raise PhoneError("only text can be edited")
        kept = {name: value for name, value in message.items() if name not in ("text", "entities")}
        edited = self.telegram.replace(chat, kept | typed(text).fields("text", "entities"))
        self.telegram.updates.publish("edited_message", edited, ("chat", chat.id))
        return edited

    def delete(self, user_id: int, message_id: int) -> None:
        """Delete a message on both sides; a bot hears nothing of it."""
        chat = self.chat(user_id)
        if message_id not in chat.messages:
            raise PhoneError("this message is gone already", 404)
        self.telegram.remove(chat, message_id)

    def read(self, user_id: int) -> None:
        """Look at the chat: nothing is unread any more."""
        self.telegram.leave_unread(self.chat(user_id), 0)

    def block(self, user_id: int) -> None:
        """Stop the bot."""
        self._turn(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        """Let the bot speak again."""
        self._turn(user_id, blocked=False)

    def tap(self, user_id: int, message_id: int, data: str) -> str:
        """Send a callback query, forged data and deleted messages included; answers its id."""
        telegram, chat = self.telegram, self.chat(user_id)
        query = telegram.queries.ask(user_id, message_id, data)
        gone: Json = {"chat": chat.card, "message_id": message_id, "date": 0}
        payload = {
            "id": query.id,
            "from": chat.person,
            "message": chat.messages.get(message_id, gone),
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        telegram.updates.publish("callback_query", payload, ("user", user_id))
        return query.id

    def tap_label(self, user_id: int, message_id: int, label: str) -> str:
        """Tap the button with this label: the very label first, else the one that contains it."""
        return self._press(user_id, message_id, button_labelled(label, self._keyboard(user_id, message_id)))

    def tap_place(self, user_id: int, message_id: int, row: int, column: int) -> str:
        """Tap by place, counted from 0."""
        try:
            button = self._keyboard(user_id, message_id)[row][column]
        except IndexError:
            raise PhoneError(f"no button in row {row}, column {column}") from None
        return self._press(user_id, message_id, button)

    def _keyboard(self, user_id: int, message_id: int) -> list[list[Json]]:
        message = self.chat(user_id).messages.get(message_id)
        if message is None:
            raise PhoneError(f"message {message_id} is not on the screen", 404)
        rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    def _press(self, user_id: int, message_id: int, button: Json) -> str:
        if "callback_data" not in button:
            raise PhoneError(f"the button {button['text']!r} asks the bot nothing")
        return self.tap(user_id, message_id, button["callback_data"])

    def _say(self, user_id: int, content: Json, reply_to: int | None = None) -> Json:
        telegram, chat = self.telegram, self.chat(user_id)
        if chat.blocked:
            raise PhoneError("the bot is blocked: unblock it first")
        chat.opened = True
        replied = chat.messages.get(reply_to or 0)
        reply = {"reply_to_message": replied} if replied else {}
        message = telegram.compose(chat, chat.person, content | reply)
        chat.add(message)
        self._use_up_keyboard(chat)
        telegram.events.publish(chat.id, "message", message)
        telegram.updates.publish("message", message, ("chat", chat.id))
        return message

    def _use_up_keyboard(self, chat: Chat) -> None:
        keyboard = chat.reply_keyboard
        if keyboard and (keyboard.get("one_time_keyboard") or keyboard.get("force_reply")):
            chat.reply_keyboard = None
            self.telegram.events.publish(chat.id, "reply_keyboard", {"chat_id": chat.id, "markup": None})

    def _own(self, user_id: int, message_id: int) -> tuple[Chat, Json]:
        chat = self.chat(user_id)
        message = chat.messages.get(message_id)
        if message is None or message["from"]["id"] != user_id:
            raise PhoneError("only own messages can be changed", 404 if message is None else 400)
        return chat, message

    def _turn(self, user_id: int, *, blocked: bool) -> None:
        telegram, chat = self.telegram, self.chat(user_id)
        if chat.blocked is blocked:
            return
        chat.blocked = blocked
        change = {
            "chat": chat.card,
            "from": chat.person,
            "date": telegram.clock.stamp(),
            "old_chat_member": _membership(telegram.bot, blocked=not blocked),
            "new_chat_member": _membership(telegram.bot, blocked=blocked),
        }
        telegram.updates.publish("my_chat_member", change, ("chat", chat.id))


def button_labelled(label: str, rows: list[list[Json]]) -> Json:
    """The one button meant by a label; PhoneError lists what there is when none or several are."""
    buttons = [button for row in rows for button in row]
    for meant in (
        [button for button in buttons if button["text"] == label],
        [button for button in buttons if _bare(button["text"]) == label],
        [button for button in buttons if label in button["text"]],
    ):
        if len(meant) == 1:
            return meant[0]
        if meant:
            break
    labels = ", ".join(repr(button["text"]) for button in buttons) or "none"
    raise PhoneError(f"{'several buttons say' if meant else 'no button says'} {label!r}; there are: {labels}")


def _bare(label: str) -> str:
    """The words of a label without emoji, counts and punctuation."""
    return _ORNAMENT.sub(" ", label).strip()


def _membership(bot: Json, *, blocked: bool) -> Json:
    return {"status": "kicked", "user": bot, "until_date": _FOREVER} if blocked else {"status": "member", "user": bot}
