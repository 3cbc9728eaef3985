"""Telegram's HTML: one scan, and the refusals of its parser."""

import re
from typing import NamedTuple

from bot.demo.telegram.errors import ApiError, bad_request
from bot.demo.telegram.links import normal_url
from bot.demo.telegram.parameters import Json
from bot.demo.telegram.utf16 import measure_for, units

_TOKEN = re.compile(
    r"(?P<plain>[^<&]+)"
    r"|&(?P<character>\#x[0-9A-Fa-f]+|\#[0-9]+|lt|gt|amp|quot)(?:;|(?![0-9A-Za-z]))"
    r"|</(?P<end>[^\s>]*)\s*>"
    r"|<(?!/)(?P<start>[^\s>]*)(?P<attributes>\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*)?>"
    r"|(?P<broken><)"
    r"|(?P<ampersand>&)"
)
_ATTRIBUTE = re.compile(r"([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_REFERENCE = re.compile(r"&(\#x[0-9A-Fa-f]+|\#[0-9]+|lt|gt|amp|quot);?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_HIGHEST = 0x10FFFF
_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


class _Open(NamedTuple):
    tag: str
    attributes: dict[str, str]
    offset: int
    characters: int


class _Parser:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.measure = measure_for(raw)
        self.parts: list[str] = []
        self.offset = 0
        self.stack: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        for match in _TOKEN.finditer(self.raw):
            kind = match.lastgroup
            if kind == "plain":
                text = match[0]
                self.parts.append(text)
                self.offset += self.measure(text)
            elif kind == "end":
                self._close(match["end"].lower(), match.start())
            elif kind in ("start", "attributes"):
                self._open(match["start"].lower(), match["attributes"] or "", match.start())
            elif kind == "broken":
                raise self._broken(match.start())
            else:
                self._write(_character(match["character"]) if kind == "character" else "&")
        if self.stack:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return "".join(self.parts), self.entities

    def _write(self, character: str) -> None:
        self.parts.append(character)
        self.offset += units(character)

    def _open(self, tag: str, attributes: str, at: int) -> None:
        if tag not in _TYPES:
            raise self._at(f'Unsupported start tag "{tag}"', at)
        known = _attributes(attributes) if attributes else {}
        if tag == "span" and known.get("class") != "tg-spoiler":
            raise self._at('Tag "span" must have class "tg-spoiler"', at)
        if tag == "tg-emoji" and not known.get("emoji-id", "").isdecimal():
            raise self._at("Invalid custom emoji identifier specified", at)
        if tag == "tg-time" and not _valid_time(known):
            raise self._at('Invalid date specified in the tag "tg-time"', at)
        self.stack.append(_Open(tag, known, self.offset, len(self.parts)))

    def _close(self, tag: str, at: int) -> None:
        if not self.stack:
            raise self._at("Unexpected end tag", at)
        opened = self.stack.pop()
        if tag and tag != opened.tag:
            raise _refusal(f'Unmatched end tag at byte offset {self._bytes(at)}, expected "</{opened.tag}>", found "</{tag}>"')
        if self.offset > opened.offset:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        entity: Json = {
            "type": _TYPES[opened.tag],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        details = self._details(opened)
        if details is None:
            return
        self.entities.append(entity | details)

    def _details(self, opened: _Open) -> Json | None:
        """What the entity carries beside its place; None when Telegram would drop it without a word."""
        known = opened.attributes
        if opened.tag == "a":
            url = normal_url(known.get("href") or "".join(self.parts[opened.characters :]))
            return {"url": url} if url else None
        if opened.tag == "tg-emoji":
            return {"custom_emoji_id": known["emoji-id"]}
        if opened.tag == "tg-time":
            return {"unix_time": int(known["unix"])} | _time_format(known)
        if opened.tag == "blockquote" and "expandable" in known:
            return {"type": "expandable_blockquote"}
        if opened.tag == "code" and known.get("class", "").startswith("language-"):
            return {"language": known["class"].removeprefix("language-")} if self._within_pre() else {}
        return self._language(opened) if opened.tag == "pre" else {}

    def _within_pre(self) -> bool:
        return bool(self.stack) and self.stack[-1].tag == "pre"

    def _language(self, opened: _Open) -> Json:
        """`<pre><code class="language-x">` is one entity: the inner one gives its language to the outer."""
        last = self.entities[-1] if self.entities else {}
        if last.get("type") != "code" or last["offset"] != opened.offset:
            return {}
        inner = self.entities.pop()
        return {"language": inner["language"]} if "language" in inner else {}

    def _broken(self, at: int) -> ApiError:
        rest = self.raw[at + 1 :]
        if rest.startswith("/"):
            return self._at("Unclosed end tag", at)
        tag = re.split(r"[\s>]", rest, maxsplit=1)[0]
        if tag == rest or tag.lower() in _TYPES:
            return self._at("Unclosed start tag", at)
        return self._at(f'Unsupported start tag "{tag.lower()}"', at)

    def _at(self, words: str, at: int) -> ApiError:
        return _refusal(f"{words} at byte offset {self._bytes(at)}")

    def _bytes(self, at: int) -> int:
        return len(self.raw[:at].encode(errors="replace"))


def parse_html(raw: str) -> tuple[str, list[Json]]:
    """The text without its tags, and its entities; raises Telegram's refusal."""
    if "<" not in raw and "&" not in raw:
        return raw, []
    return _Parser(raw).parse()


def _refusal(words: str) -> ApiError:
    return bad_request(f"can't parse entities: {words}")


def _character(reference: str) -> str:
    if not reference.startswith("#"):
        return _NAMED[reference]
    code = int(f"0{reference[1:]}", base=16) if reference[1] == "x" else int(reference[1:])
    return chr(code) if 0 < code <= _HIGHEST else "&" + reference


def _attributes(source: str) -> dict[str, str]:
    return {
        name.lower(): _REFERENCE.sub(lambda found: _character(found[1]), double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(source)
    }


def _time_format(known: dict[str, str]) -> Json:
    return {"date_time_format": known["format"]} if known.get("format") else {}


def _valid_time(known: dict[str, str]) -> bool:
    return known.get("unix", "").isdecimal() and bool(_TIME_FORMAT.fullmatch(known.get("format", "")))
