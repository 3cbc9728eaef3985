"""Documents, photos and voices, sent new or by the id of an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.entities import caption
from bot.demo.telegram.errors import ApiError, bad_request
from bot.demo.telegram.keyboards import reply_markup
from bot.demo.telegram.methods.registry import method

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.files import StoredFile
    from bot.demo.telegram.parameters import Json, Parameters, Upload

_MEGABYTE = 1024 * 1024
_LIMITS = {"document": 50 * _MEGABYTE, "voice": 50 * _MEGABYTE, "photo": 10 * _MEGABYTE}
_ATTACHED = "attach://"


@method("sendDocument")
def send_document(telegram: Telegram, parameters: Parameters) -> Json:
    """Any file."""
    return _send(telegram, parameters, "document")


@method("sendPhoto")
def send_photo(telegram: Telegram, parameters: Parameters) -> Json:
    """A picture that can be decoded."""
    return _send(telegram, parameters, "photo")


@method("sendVoice")
def send_voice(telegram: Telegram, parameters: Parameters) -> Json:
    """A voice message."""
    return _send(telegram, parameters, "voice")


@method("getFile")
def get_file(telegram: Telegram, parameters: Parameters) -> Json:
    """Where a file can be downloaded."""
    stored = telegram.files.to_download(parameters.text("file_id"))
    return stored.card() | {"file_path": stored.path}


def _send(telegram: Telegram, parameters: Parameters, kind: str) -> Json:
    words = caption(parameters).fields("caption", "caption_entities")
    markup = reply_markup(parameters)
    chat = telegram.writable_chat(parameters)
    content = _stored(telegram, parameters, kind).attachment(parameters.integer("duration"))
    return telegram.say(chat, content | words, parameters, markup)


def _stored(telegram: Telegram, parameters: Parameters, kind: str) -> StoredFile:
    upload = _upload(parameters, kind)
    if upload is None:
        return _known(telegram, parameters.text(kind), kind)
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > _LIMITS[kind]:
        raise ApiError(413, "Request Entity Too Large") if kind == "document" else bad_request("file is too big")
    return telegram.files.keep(kind, upload)


def _upload(parameters: Parameters, kind: str) -> Upload | None:
    named = parameters.text(kind)
    attached = named.removeprefix(_ATTACHED) if named.startswith(_ATTACHED) else kind
    return parameters.uploads.get(attached)


def _known(telegram: Telegram, file_id: str, kind: str) -> StoredFile:
    if not file_id:
        raise bad_request(f"there is no {kind} in the request")
    return telegram.files.by_id(file_id, kind)
