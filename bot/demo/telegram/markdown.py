"""Telegram's MarkdownV2: the markers, the escapes, and the refusal of reserved characters."""

import re
from typing import NamedTuple

from bot.demo.telegram.errors import ApiError, bad_request
from bot.demo.telegram.links import normal_url
from bot.demo.telegram.parameters import Json
from bot.demo.telegram.utf16 import units

_TOKEN = re.compile(
    r"\\(?P<escaped>[\x01-\x7e])"
    r"|```(?:(?P<language>[^\s`]*)\n)?(?P<pre>(?:\\.|[^`\\])*)```"
    r"|`(?P<code>(?:\\.|[^`\\])*)`"
    r"|(?P<link>\]\((?P<address>(?:\\.|[^)\\])*)\))"
    r"|(?P<marker>\|\||__|[*_~\[])"
    r"|(?P<reserved>[\]()`>\#+\-=|{}.!])"
    r"|(?P<plain>[^\\*_~\[\]()`>\#+\-=|{}.!]+|\\)",
    re.DOTALL,
)
_TYPES = {
    "*": ("bold", "Bold"),
    "_": ("italic", "Italic"),
    "__": ("underline", "Underline"),
    "~": ("strikethrough", "Strikethrough"),
    "||": ("spoiler", "Spoiler"),
    "[": ("text_link", "TextUrl"),
}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class _Open(NamedTuple):
    marker: str
    offset: int
    at: int


class _Parser:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.parts: list[str] = []
        self.offset = 0
        self.stack: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        for match in _TOKEN.finditer(self.raw):
            self._take(match)
        if self.stack:
            last = self.stack[-1]
            raise self._at(f"Can't find end of {_TYPES[last.marker][1]} entity", last.at)
        return "".join(self.parts), self.entities

    def _take(self, match: re.Match[str]) -> None:
        if match["marker"]:
            self._mark(match["marker"], match.start())
        elif match["link"]:
            self._link(match)
        elif match["pre"] is not None or match["code"] is not None:
            self._verbatim(match)
        elif match["reserved"]:
            raise self._reserved(match["reserved"])
        else:
            self._write(match["escaped"] or match["plain"])

    def _mark(self, marker: str, at: int) -> None:
        if marker == "[" or all(each.marker != marker for each in self.stack):
            self.stack.append(_Open(marker, self.offset, at))
        elif self.stack[-1].marker == marker:
            self._close(self.stack.pop(), {})
        else:
            last = self.stack[-1]
            raise self._at(f"Can't find end of {_TYPES[last.marker][1]} entity", last.at)

    def _link(self, match: re.Match[str]) -> None:
        if not self.stack or self.stack[-1].marker != "[":
            raise self._reserved("]")
        opened = self.stack.pop()
        url = normal_url(_ESCAPE.sub(r"\1", match["address"]))
        if url:
            self._close(opened, {"url": url})

    def _verbatim(self, match: re.Match[str]) -> None:
        opened = _Open("", self.offset, match.start())
        kind = "code" if match["pre"] is None else "pre"
        self._write(_ESCAPE.sub(r"\1", match[kind]))
        details: Json = {"language": match["language"]} if match["language"] else {}
        self._close(opened, {"type": kind} | details)

    def _close(self, opened: _Open, details: Json) -> None:
        if self.offset > opened.offset:
            kind = _TYPES[opened.marker][0] if opened.marker else ""
            place: Json = {"type": kind, "offset": opened.offset, "length": self.offset - opened.offset}
            self.entities.append(place | details)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.offset += units(text)

    def _reserved(self, character: str) -> ApiError:
        return bad_request(
            f"can't parse entities: Character '{character}' is reserved and must be escaped with the preceding '\\'"
        )

    def _at(self, words: str, at: int) -> ApiError:
        offset = len(self.raw[:at].encode(errors="replace"))
        return bad_request(f"can't parse entities: {words} at byte offset {offset}")


def parse_markdown(raw: str) -> tuple[str, list[Json]]:
    """The text without its markers, and its entities; raises Telegram's refusal. Quotes and custom emoji are not read."""
    return _Parser(raw).parse()
