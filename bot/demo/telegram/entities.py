"""Message text: HTML, MarkdownV2 or explicit entities into plain text with entities counted in UTF-16 units."""

import re
from typing import NamedTuple

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.html import parse_html
from bot.demo.telegram.markdown import parse_markdown
from bot.demo.telegram.parameters import Json, Parameters
from bot.demo.telegram.utf16 import measure_for, units

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_RAW_BYTES = 32_768
_MOST_ENTITIES = 100
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_OPAQUE = {"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"}
_FOUND = re.compile(
    r"(?P<url>(?:https?|tg)://[^\s<>\"]*[^\s<>\".,:;!?)\]}'，。；！？）】」])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/<])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/@])"
    r"|(?<![\w])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})\b"
    r"|(?<![\w+])(?P<phone_number>\+\d{8,15})(?!\d)"
    r"|(?<!\w)(?P<hashtag>\#(?=\w*[^\W\d])\w+)"
)


class Formatted(NamedTuple):
    """Text as people see it, and its entities as Bot API objects."""

    text: str
    entities: list[Json]

    def fields(self, text_name: str, entities_name: str) -> Json:
        """The two as fields of a Message."""
        if not self.text:
            return {}
        return {text_name: self.text} | ({entities_name: self.entities} if self.entities else {})


def message_text(parameters: Parameters) -> Formatted:
    """The text of sendMessage and editMessageText, refused when empty or too long."""
    raw = parameters.text("text")
    if not raw:
        raise bad_request("message text is empty")
    formatted = _formatted(parameters, raw, "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return formatted


def caption(parameters: Parameters) -> Formatted:
    """The caption of a media message; may be empty."""
    formatted = _formatted(parameters, parameters.text("caption"), "caption_entities")
    if len(formatted.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return formatted


def typed(text: str) -> Formatted:
    """What a person typed: no markup, but links, commands and mentions are found."""
    return _polished(text, [])


def _formatted(parameters: Parameters, raw: str, entities_name: str) -> Formatted:
    if len(raw) * 4 > _RAW_BYTES and len(raw.encode(errors="replace")) > _RAW_BYTES:
        raise bad_request("text is too long")
    mode = parameters.text("parse_mode").lower()
    if mode == "html":
        return _polished(*parse_html(raw))
    if mode == "markdownv2":
        return _polished(*parse_markdown(raw))
    if mode and mode != "none":
        raise bad_request("unsupported parse_mode")
    return _polished(raw, _explicit(parameters, entities_name))


def _explicit(parameters: Parameters, name: str) -> list[Json]:
    given = parameters.json(name, "MessageEntity")
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise bad_request("can't parse entities: expected an Array of MessageEntity objects")
    for each in given:
        if not isinstance(each.get("offset"), int) or not isinstance(each.get("length"), int):
            raise bad_request("can't parse MessageEntity: Can't find field \"offset\"")
    return [dict(each) for each in given if each["length"] > 0]


def _polished(text: str, entities: list[Json]) -> Formatted:
    """Control characters out, edges trimmed, what the server finds by itself added, in Telegram's order."""
    if _CONTROL.search(text):
        text = _CONTROL.sub(lambda found: "" if found[0] == "\r" and not entities else " ", text)
    trimmed = text.rstrip()
    kept = trimmed.lstrip()
    if len(kept) != len(text) and entities:
        entities = _shifted(entities, len(trimmed) - len(kept), units(kept))
    entities += _found(kept, entities)
    if len(entities) > 1:
        entities.sort(key=lambda each: (each["offset"], -each["length"]))
    return Formatted(kept, entities[:_MOST_ENTITIES])


def _shifted(entities: list[Json], cut: int, length: int) -> list[Json]:
    moved = []
    for each in entities:
        start = max(each["offset"] - cut, 0)
        end = min(each["offset"] + each["length"] - cut, length)
        if end > start:
            moved.append(each | {"offset": start, "length": end - start})
    return moved


def _found(text: str, entities: list[Json]) -> list[Json]:
    if not any(sign in text for sign in "/@#+"):
        return []
    taken = [(each["offset"], each["offset"] + each["length"]) for each in entities if each["type"] in _OPAQUE]
    found = []
    measure = measure_for(text)
    for match in _FOUND.finditer(text):
        start, length = measure(text[: match.start()]), measure(match[0])
        if not any(low < start + length and start < high for low, high in taken):
            found.append({"type": match.lastgroup, "offset": start, "length": length})
    return found
