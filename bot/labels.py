"""A button's line about something, fitted to a phone: its facts are read whole, and a long name gives way."""

import unicodedata
from collections.abc import Iterable

from bot.screens import clip

ROOM = 42
NAME_ROOM = 12


def line(name: str, facts: Iterable[str], mark: str = "") -> str:
    """`mark` and name, then the facts that there are; only where even a short name leaves too little room, the end is cut."""
    tail = "".join(f" · {fact}" for fact in facts if fact)
    room = max(NAME_ROOM, ROOM - width(mark) - width(tail))
    return clip(mark + _narrowed(" ".join(name.split()), room) + tail, ROOM)


def width(text: str) -> int:
    """How much room a text takes: a Chinese character or an emoji as much as two letters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _narrowed(name: str, room: int) -> str:
    if width(name) <= room:
        return name
    while width(name) >= room:
        name = name[:-1]
    return name.rstrip() + "…"
