"""Changing a sent message; an edit that names no keyboard takes the keyboard away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.entities import caption, message_text
from bot.demo.telegram.errors import NOT_MODIFIED, bad_request
from bot.demo.telegram.groups import Group
from bot.demo.telegram.keyboards import check_for_group, inline_markup
from bot.demo.telegram.methods.messages import preview
from bot.demo.telegram.methods.registry import method

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Json, Parameters
    from bot.demo.telegram.rooms import Room

_COMPARED = ("text", "entities", "caption", "caption_entities", "reply_markup")
_MEDIA = ("document", "photo", "voice")


@method("editMessageText")
def edit_message_text(telegram: Telegram, parameters: Parameters) -> Json:
    """New text and keyboard for a text message."""
    content = message_text(parameters).fields("text", "entities") | preview(parameters)
    markup = inline_markup(parameters)
    chat, message = _editable(telegram, parameters)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _changed(telegram, chat, message, content, markup)


@method("editMessageCaption")
def edit_message_caption(telegram: Telegram, parameters: Parameters) -> Json:
    """New caption and keyboard for a message with a file."""
    content = caption(parameters).fields("caption", "caption_entities")
    markup = inline_markup(parameters)
    chat, message = _editable(telegram, parameters)
    if not any(kind in message for kind in _MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return _changed(telegram, chat, message, content, markup)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(telegram: Telegram, parameters: Parameters) -> Json:
    """New keyboard, everything else stays."""
    markup = inline_markup(parameters)
    chat, message = _editable(telegram, parameters)
    return _changed(telegram, chat, message, None, markup)


def _editable(telegram: Telegram, parameters: Parameters) -> tuple[Room, Json]:
    if parameters.given("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = telegram.writable_chat(parameters)
    message_id = parameters.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = chat.find(message_id, "edit")
    if message["from"] is not telegram.bot or message_id in chat.uneditable:
        raise bad_request("message can't be edited")
    return chat, message


def _changed(telegram: Telegram, chat: Room, old: Json, content: Json | None, markup: Json | None) -> Json:
    """The edit done; without content the old content stays."""
    dropped = ("reply_markup",) if content is None else (*_COMPARED, "link_preview_options")
    new = {name: value for name, value in old.items() if name not in dropped} | (content or {})
    if markup:
        if isinstance(chat, Group):
            check_for_group(markup)
        new["reply_markup"] = markup
    if all(new.get(name) == old.get(name) for name in _COMPARED):
        raise bad_request(NOT_MODIFIED)
    telegram.rates.spend(chat.id)
    return telegram.replace(chat, new)
