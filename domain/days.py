"""Days as people name them: tomorrow, 3 days, Friday, 12-05, in Chinese and English. Pure; today is an argument."""

import re
import unicodedata
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_LEAP = 8
"""After so many years at most there is a 29 February again."""
_NAMED = {
    **dict.fromkeys(("今天", "今日", "today"), 0),
    **dict.fromkeys(("明天", "明日", "tomorrow"), 1),
    **dict.fromkeys(("后天", "day after tomorrow"), 2),
    "大后天": 3,
}
_NUMBER = r"(?P<number>\d{1,3}|[一二两三四五六七八九十])"
_SPANS = (
    (re.compile(rf"{_NUMBER} ?(?:天|日)(?:之|以)?后"), 1),
    (re.compile(rf"{_NUMBER} ?个?(?:周|星期|礼拜)(?:之|以)?后"), 7),
    (re.compile(r"(?:in )?(?P<number>\d{1,3}) ?(?:days?|d)"), 1),
    (re.compile(r"(?:in )?(?P<number>\d{1,3}) ?(?:weeks?|w)"), 7),
)
_WEEKDAY = (
    re.compile(r"(?P<next>下)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"),
    re.compile(rf"(?P<next>next )?(?P<day>{'|'.join(_WEEKDAYS)})(?:day|s|sday|nesday|r|rs|rsday|urday)?"),
)
_DATES = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"),
    re.compile(r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"),
    re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)})[a-z]*(?: (?P<year>\d{{4}}))?"),
    re.compile(rf"(?P<month>{'|'.join(_MONTHS)})[a-z]* (?P<day>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?"),
)


def read_day(typed: str, today: date) -> date | None:
    """The day that the words name, or None when they name none.

    A weekday is the next one after today, 下周五 and "next Friday" the one of the coming week; a day without its year is the next
    such day.
    """
    words = " ".join(unicodedata.normalize("NFKC", typed).casefold().split())
    if words in _NAMED:
        return today + timedelta(days=_NAMED[words])
    return _span(words, today) or _weekday(words, today) or _dated(words, today)


def _span(words: str, today: date) -> date | None:
    for pattern, days in _SPANS:
        if found := pattern.fullmatch(words):
            number = found["number"]
            return today + timedelta(days=days * (_DIGITS.get(number) or int(number)))
    return None


def _weekday(words: str, today: date) -> date | None:
    for pattern in _WEEKDAY:
        if found := pattern.fullmatch(words):
            day = _WEEKDAYS.index(found["day"]) if found["day"] in _WEEKDAYS else _DIGITS.get(found["day"], 7) - 1
            if found["next"]:
                return today + timedelta(days=7 - today.weekday() + day)
            return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)
    return None


def _dated(words: str, today: date) -> date | None:
    found = next((found for pattern in _DATES if (found := pattern.fullmatch(words))), None)
    if found is None:
        return None
    parts = found.groupdict()
    month = _MONTHS.index(parts["month"]) + 1 if parts["month"] in _MONTHS else int(parts["month"])
    if parts.get("year"):
        return _day(int(parts["year"]), month, int(parts["day"]))
    coming = (_day(today.year + years, month, int(parts["day"])) for years in range(_LEAP + 1))
    return next((day for day in coming if day is not None and day >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
