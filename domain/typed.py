"""What people type for a rule: a number, a time of day, the hours between two, yes or no, in Chinese and English. Pure.

Full-width figures and colons are as good as plain ones; whatever is no such thing is None.
"""

import re
import unicodedata
from datetime import time

_NUMBER = re.compile(r"(\d{1,9}) ?(?:天|日|个|次|位|分钟|days?|d|minutes?|min|times?|customers?)?")
_CLOCK = (
    re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"),
    re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})"),
    re.compile(r"(?P<hour>\d{1,2}) ?[点时](?:(?P<half>半)|(?P<minute>\d{1,2})分?)?"),
)
_BEFORE = re.compile(r"(?P<part>早上|上午|凌晨|中午|下午|晚上|傍晚) ?")
_AFTER = re.compile(r" ?(?P<part>am|pm)")
_LATER = frozenset({"下午", "晚上", "傍晚", "pm"})
_BETWEEN = re.compile(r" ?(?:-|~|–|—|到|至|to|until) ?")
_NOON = 12
_ON = frozenset({"1", "on", "yes", "true", "y", "开", "开启", "是"})
_OFF = frozenset({"0", "off", "no", "none", "false", "n", "关", "关闭", "否", "无", "不要"})


def number(typed: str) -> int | None:
    """60, 60 天, ６０."""
    found = _NUMBER.fullmatch(_plain(typed))
    return int(found[1]) if found else None


def time_of_day(typed: str) -> str | None:
    """The time as HH:MM: 8:30, 0830, 8点半, 下午3点, 5pm."""
    return _clock(_plain(typed))


def hours(typed: str) -> str | None:
    """The hours as HH:MM-HH:MM; off is the same time twice."""
    words = _plain(typed)
    if words in _OFF:
        return "00:00-00:00"
    ends = [_clock(part) for part in _BETWEEN.split(words)]
    return f"{ends[0]}-{ends[1]}" if len(ends) == 2 and all(ends) else None  # noqa: PLR2004 — from and to


def switch(typed: str) -> bool | None:
    """On or off: 是, 否, 开, 关, yes, no."""
    words = _plain(typed)
    return words in _ON if words in _ON | _OFF else None


def _plain(typed: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", typed).casefold().split())


def _clock(words: str) -> str | None:
    part = _BEFORE.match(words)
    words = words[part.end() :] if part else words
    if after := _AFTER.search(words):
        part, words = after, words[: after.start()] + ("" if ":" in words else ":00")
    found = next((found for pattern in _CLOCK if (found := pattern.fullmatch(words))), None)
    if found is None:
        return None
    parts = found.groupdict()
    hour, minute = int(parts["hour"]), 30 if parts.get("half") else int(parts.get("minute") or 0)
    if part is not None and hour < _NOON and part["part"] in _LATER:
        hour += _NOON
    try:
        return f"{time(hour, minute):%H:%M}"
    except ValueError:
        return None
