"""What somebody does in one chat, private or group, with a phone in the hand; every deed becomes an update for the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.demo.telegram.entities import TEXT_LIMIT, typed
from bot.demo.telegram.errors import PhoneError
from bot.demo.telegram.files import image_size
from bot.demo.telegram.groups import Group
from bot.demo.telegram.labels import button_labelled

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Json, Upload
    from bot.demo.telegram.rooms import Room


@dataclass(frozen=True)
class Hands:
    """A person in a chat."""

    telegram: Telegram
    person: Json
    room: Room

    @property
    def user_id(self) -> int:
        """The person's id."""
        return int(self.person["id"])

    def send(self, text: str, reply_to: int | None = None) -> Json:
        """Type a message."""
        content = typed(text).fields("text", "entities")
        if not content or len(content["text"]) > TEXT_LIMIT:
            raise PhoneError("a message has 1 to 4096 characters")
        return self._say(content, reply_to)

    def contact(self, phone_number: str, first_name: str, last_name: str | None = None) -> Json:
        """Share a contact; one with the person's own name counts as the person's own."""
        card: Json = {"phone_number": phone_number, "first_name": first_name}
        if last_name:
            card["last_name"] = last_name
        if first_name == self.person["first_name"]:
            card["user_id"] = self.user_id
        return self._say({"contact": card})

    def location(self, latitude: float, longitude: float) -> Json:
        """Share a place."""
        return self._say({"location": {"latitude": latitude, "longitude": longitude}})

    def file(self, kind: str, upload: Upload, caption: str = "") -> Json:
        """Send a photo, a document or a voice message."""
        if kind not in ("photo", "document", "voice"):
            raise PhoneError(f"a file is sent as photo, document or voice, not as {kind!r}")
        if kind == "photo" and image_size(upload.content) is None:
            raise PhoneError("this file is no picture")
        stored = self.telegram.files.keep(kind, upload)
        words = typed(caption).fields("caption", "caption_entities")
        return self._say(stored.attachment(duration=1) | words)

    def edit(self, message_id: int, text: str) -> Json:
        """Change an own text message."""
        message = self._own(message_id)
        if "text" not in message:
            raise PhoneError("only text can be edited")
        kept = {name: value for name, value in message.items() if name not in ("text", "entities")}
        edited = self.telegram.replace(self.room, kept | typed(text).fields("text", "entities"))
        self._told("edited_message", edited)
        return edited

    def delete(self, message_id: int) -> None:
        """Delete a message on all sides, in a group only an own one; a bot hears nothing of it."""
        if message_id not in self.room.messages:
            raise PhoneError("this message is gone already", 404)
        if isinstance(self.room, Group) and not self.room.insider(self.user_id).leads:
            self._own(message_id)
        self.telegram.remove(self.room, message_id)

    def read(self) -> None:
        """Look at the chat: nothing is unread any more."""
        self.telegram.leave_unread(self.room, self.user_id, 0)

    def tap(self, message_id: int, data: str) -> str:
        """Send a callback query, forged data and deleted messages included; answers its id."""
        telegram, room = self.telegram, self.room
        if isinstance(room, Group) and not room.bot.inside:
            raise PhoneError("the bot is not in this group any more")
        query = telegram.queries.ask(self.user_id, room.id, message_id, data)
        gone: Json = {"chat": room.card, "message_id": message_id, "date": 0}
        payload = {
            "id": query.id,
            "from": self.person,
            "message": room.messages.get(message_id, gone),
            "chat_instance": str(room.id * 7919),
            "data": data,
        }
        telegram.updates.publish("callback_query", payload, ("user", self.user_id))
        return query.id

    def tap_label(self, message_id: int, label: str) -> str:
        """Tap the button with this label: the very label first, else the one that contains it."""
        return self._press(message_id, button_labelled(label, self._keyboard(message_id)))

    def tap_place(self, message_id: int, row: int, column: int) -> str:
        """Tap by place, counted from 0."""
        try:
            button = self._keyboard(message_id)[row][column]
        except IndexError:
            raise PhoneError(f"no button in row {row}, column {column}") from None
        return self._press(message_id, button)

    def _keyboard(self, message_id: int) -> list[list[Json]]:
        message = self.room.messages.get(message_id)
        if message is None:
            raise PhoneError(f"message {message_id} is not on the screen", 404)
        rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    def _press(self, message_id: int, button: Json) -> str:
        if "callback_data" not in button:
            raise PhoneError(f"the button {button['text']!r} asks the bot nothing")
        return self.tap(message_id, button["callback_data"])

    def _say(self, content: Json, reply_to: int | None = None) -> Json:
        sender = self.room.speaker(self.user_id)
        replied = self.room.messages.get(reply_to or 0)
        reply = {"reply_to_message": replied} if replied else {}
        message = self.telegram.compose(self.room, sender, content | reply)
        self._use_up_keyboard()
        self.telegram.deliver(self.room, message)
        self._told("message", message)
        return message

    def _told(self, kind: str, message: Json) -> None:
        if isinstance(self.room, Group):
            self.telegram.groups.hear(self.room, kind, message)
        else:
            self.telegram.updates.publish(kind, message, ("chat", self.room.id))

    def _use_up_keyboard(self) -> None:
        keyboard = self.room.keyboard_of(self.user_id)
        if keyboard and (keyboard.get("one_time_keyboard") or keyboard.get("force_reply")):
            self.telegram.show_keyboard(self.room, self.user_id, None)

    def _own(self, message_id: int) -> Json:
        message = self.room.messages.get(message_id)
        if message is None or message["from"]["id"] != self.user_id:
            raise PhoneError("only own messages can be changed", 404 if message is None else 400)
        return message
