"""Sending, forwarding, deleting and pinning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.access import Access
from bot.demo.telegram.entities import caption, message_text
from bot.demo.telegram.errors import ApiError, bad_request
from bot.demo.telegram.gatherings import SERVICE
from bot.demo.telegram.groups import Group
from bot.demo.telegram.keyboards import reply_markup
from bot.demo.telegram.methods.registry import method

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Json, Parameters
    from bot.demo.telegram.rooms import Room

_TWO_DAYS = 48 * 3600
_MOST = 100
_UPLOADS = ("photo", "video", "voice", "audio", "document", "video_note")
_RECORDS = ("video", "voice", "audio", "video_note")
_ACTIONS = frozenset(
    ["typing", "choose_sticker", "find_location"]
    + [f"upload_{what}" for what in _UPLOADS]
    + [f"record_{what}" for what in _RECORDS]
)
_NOT_COPIED = frozenset({"message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message"})


@method("sendMessage")
def send_message(telegram: Telegram, parameters: Parameters) -> Json:
    """Text with a keyboard."""
    content = message_text(parameters).fields("text", "entities")
    markup = reply_markup(parameters)
    chat = telegram.writable_chat(parameters)
    return telegram.say(chat, content | preview(parameters), parameters, markup)


def preview(parameters: Parameters) -> Json:
    """The link preview options of a text, as its Message carries them."""
    options = parameters.json("link_preview_options", "link preview options")
    return {"link_preview_options": options} if options else {}


@method("sendLocation")
def send_location(telegram: Telegram, parameters: Parameters) -> Json:
    """A point on the map."""
    latitude, longitude = parameters.number("latitude"), parameters.number("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004 - degrees
        raise bad_request("wrong latitude or longitude specified" if latitude is not None else "latitude is empty")
    markup = reply_markup(parameters)
    chat = telegram.writable_chat(parameters)
    return telegram.say(chat, {"location": {"latitude": latitude, "longitude": longitude}}, parameters, markup)


@method("sendChatAction")
def send_chat_action(telegram: Telegram, parameters: Parameters) -> bool:
    """A hint that the bot is busy."""
    action = parameters.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = telegram.writable_chat(parameters)
    telegram.tell(chat, "action", {"chat_id": chat.id, "action": action})
    return True


@method("forwardMessage")
def forward_message(telegram: Telegram, parameters: Parameters) -> Json:
    """A message as it is, with its origin; it can never be edited."""
    original = _original(telegram, parameters, "forward")
    chat = telegram.writable_chat(parameters)
    origin = {"type": "user", "date": original["date"], "sender_user": original["from"]}
    copied = telegram.say(chat, _content(original) | {"forward_origin": origin}, parameters)
    chat.uneditable.add(copied["message_id"])
    return copied


@method("copyMessage")
def copy_message(telegram: Telegram, parameters: Parameters) -> Json:
    """A message's content anew, with a caption and a keyboard of its own."""
    original = _original(telegram, parameters, "copy")
    content = _content(original)
    if parameters.given("caption") and "text" not in content:
        content.pop("caption_entities", None)
        content["caption"] = ""
        content |= caption(parameters).fields("caption", "caption_entities")
    chat = telegram.writable_chat(parameters)
    message = telegram.say(chat, content, parameters, reply_markup(parameters))
    return {"message_id": message["message_id"]}


@method("deleteMessage")
def delete_message(telegram: Telegram, parameters: Parameters) -> bool:
    """Take one message away from both sides."""
    chat = telegram.chat_of(parameters, access=Access.EDIT)
    _delete(telegram, chat, _message_id(parameters))
    return True


@method("deleteMessages")
def delete_messages(telegram: Telegram, parameters: Parameters) -> bool:
    """Take many messages away; those that are not there are passed over."""
    chat = telegram.chat_of(parameters, access=Access.EDIT)
    given = parameters.json("message_ids", "message identifiers")
    if not isinstance(given, list) or not given:
        raise bad_request("message identifiers are not specified")
    if len(given) > _MOST:
        raise bad_request("too many message identifiers specified")
    for message_id in given:
        if isinstance(message_id, int) and message_id in chat.messages:
            _delete(telegram, chat, message_id)
    return True


@method("pinChatMessage")
def pin_chat_message(telegram: Telegram, parameters: Parameters) -> bool:
    """Keep a message on top."""
    chat = telegram.writable_chat(parameters)
    _check_pinning(chat)
    telegram.pin(chat, chat.find(_message_id(parameters), "pin"))
    return True


@method("unpinChatMessage")
def unpin_chat_message(telegram: Telegram, parameters: Parameters) -> bool:
    """Take the pinned message off the top."""
    chat = telegram.chat_of(parameters, access=Access.EDIT)
    _check_pinning(chat)
    if parameters.given("message_id"):
        chat.find(_message_id(parameters), "unpin")
    telegram.pin(chat, None)
    return True


def _message_id(parameters: Parameters) -> int:
    message_id = parameters.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    return message_id


def _check_pinning(chat: Room) -> None:
    if isinstance(chat, Group) and not chat.bot.may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def _delete(telegram: Telegram, chat: Room, message_id: int) -> None:
    message = chat.find(message_id, "delete")
    foreign = message["from"] is not telegram.bot
    if foreign and isinstance(chat, Group) and not chat.bot.may("can_delete_messages"):
        raise bad_request("message can't be deleted")
    if telegram.clock.stamp() - message["date"] > _TWO_DAYS:
        raise bad_request("message can't be deleted for everyone")
    telegram.remove(chat, message_id)


def _original(telegram: Telegram, parameters: Parameters, deed: str) -> Json:
    source = telegram.chat_of(parameters, "from_chat_id")
    original = source.find(_message_id(parameters), deed)
    if original.get("has_protected_content") or SERVICE & original.keys():
        raise _protected(deed)
    return original


def _protected(deed: str) -> ApiError:
    return bad_request(f"message can't be {'copied' if deed == 'copy' else 'forwarded'}")


def _content(message: Json) -> Json:
    return {name: value for name, value in message.items() if name not in _NOT_COPIED}
