"""The people: who has a phone, and what they do in the private chat with the bot."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.errors import PhoneError
from bot.demo.telegram.gatherings import renamed
from bot.demo.telegram.groups import Group
from bot.demo.telegram.hands import Hands

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Json, Upload
    from bot.demo.telegram.rooms import Room

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
_FOREVER = 0


class People:
    """The persons who have phones; `in_chat` is one of them in any chat, the rest happens in the private one."""

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
        for group in self.telegram.groups.of(user_id):
            renamed(group, person)
        return chat

    def chat(self, user_id: int) -> Chat:
        """A person's chat with the bot; PhoneError 404 for nobody."""
        chat = self.telegram.chats.get(user_id)
        if chat is None:
            raise PhoneError(f"there is no person {user_id}", 404)
        return chat

    def rooms(self, user_id: int) -> list[Room]:
        """Every chat on a person's phone, the private one first."""
        return [self.chat(user_id), *self.telegram.groups.of(user_id)]

    def in_chat(self, user_id: int, chat_id: int | None = None) -> Hands:
        """A person in a chat, the private one unless named; PhoneError for a chat that the person is not in."""
        private = self.chat(user_id)
        if chat_id is None or chat_id == user_id:
            return Hands(self.telegram, private.person, private)
        if chat_id > 0:
            raise PhoneError("a private chat's id is the user's id", 404)
        group: Group = self.telegram.groups.group(chat_id)
        return Hands(self.telegram, group.insider(user_id).user, group)

    def send(self, user_id: int, text: str, *, reply_to: int | None = None) -> Json:
        """Type a message."""
        return self.in_chat(user_id).send(text, reply_to)

    def start(self, user_id: int, payload: str = "") -> Json:
        """Press Start, or open a link with a payload; lifts a block."""
        if not _PAYLOAD.fullmatch(payload):
            raise PhoneError("a link carries at most 64 of A-Z a-z 0-9 _ -")
        if self.chat(user_id).blocked:
            self.unblock(user_id)
        return self.send(user_id, f"/start {payload}".strip())

    def contact(self, user_id: int, phone_number: str, first_name: str, last_name: str | None = None) -> Json:
        """Share a contact."""
        return self.in_chat(user_id).contact(phone_number, first_name, last_name)

    def location(self, user_id: int, latitude: float, longitude: float) -> Json:
        """Share a place."""
        return self.in_chat(user_id).location(latitude, longitude)

    def file(self, user_id: int, kind: str, upload: Upload, caption: str = "") -> Json:
        """Send a photo, a document or a voice message."""
        return self.in_chat(user_id).file(kind, upload, caption)

    def edit(self, user_id: int, message_id: int, text: str) -> Json:
        """Change an own text message."""
        return self.in_chat(user_id).edit(message_id, text)

    def delete(self, user_id: int, message_id: int) -> None:
        """Delete a message on both sides."""
        self.in_chat(user_id).delete(message_id)

    def read(self, user_id: int) -> None:
        """Look at the chat."""
        self.in_chat(user_id).read()

    def tap(self, user_id: int, message_id: int, data: str) -> str:
        """Send a callback query; answers its id."""
        return self.in_chat(user_id).tap(message_id, data)

    def tap_label(self, user_id: int, message_id: int, label: str) -> str:
        """Tap the button with this label."""
        return self.in_chat(user_id).tap_label(message_id, label)

    def tap_place(self, user_id: int, message_id: int, row: int, column: int) -> str:
        """Tap by place, counted from 0."""
        return self.in_chat(user_id).tap_place(message_id, row, column)

    def block(self, user_id: int) -> None:
        """Stop the bot."""
        self._turn(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        """Let the bot speak again."""
        self._turn(user_id, blocked=False)

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


def _membership(bot: Json, *, blocked: bool) -> Json:
    return {"status": "kicked", "user": bot, "until_date": _FOREVER} if blocked else {"status": "member", "user": bot}
