"""Cells as people type them, made into values: dates in many forms, numbers kept as texts, words in any case and both languages.

A cell is refused with a problem (a word of the locales); under which heading it stands is for whoever reads the row to say.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, NamedTuple

from domain.clock import Moment
from domain.spreadsheets.layout import Cell, Column
from domain.spreadsheets.reading import Raw
from domain.spreadsheets.vocabulary import Vocabulary, folded

FREE_WORDS = frozenset({"services"})
"""Columns of words whose other words stand for themselves."""

PAST = frozenset({"at", "since", "until", "created_at", "owned_since", "ordered_on"})
"""Columns whose day, typed without its year, was the last such day; in the others it is the next one."""

_REMEMBERED = 1_000
"""So many texts of a column are remembered with what they mean: most say the same few things over and over."""

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 — a workbook's cells know no zone
_SERIALS = range(20_000, 80_000)
_DAY = re.compile(r"(?:(?P<year>\d{4})\D)?(?P<month>\d{1,2})\D(?P<day>\d{1,2})\D?", re.ASCII)
_RUN = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)", re.ASCII)
_HOURS = re.compile(r"(?P<hour>\d{1,2})\D(?P<minute>\d{1,2})(?:\D(?P<second>\d{1,2})(?:\.\d+)?)?\D?", re.ASCII)
_NUMBER = re.compile(r"(?P<number>[-+]?(?:\d+(?:\.\d*)?|\.\d+))\s*(?P<percent>%?)\s*(?P<unit>[^\d\s.,%].*)?", re.ASCII)
_BETWEEN = re.compile(r"[,，、;；|\n]+")
_ARROW = re.compile(r"\s*(?:→|⇒|->|—>|=>|>)\s*")
_LOOSE_ARROW = re.compile(r"\s*(?:--|-|—|~)\s*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_YES = frozenset({"1", "y", "yes", "true", "√", "✓", "✔", "☑"})
_NO = frozenset({"0", "n", "no", "false", "×", "✗", "✘", "☐"})


class BadCellError(Exception):
    """What stands in a cell cannot be kept: `problem` is a word of the locales."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class Amount(NamedTuple):
    """A number with the unit that was typed behind it."""

    number: Decimal
    unit: str | None


class Reader:
    """Reads cells in the words of all `vocabularies`; days without a year and times of day are the organisation's."""

    def __init__(self, vocabularies: Sequence[Vocabulary], now: Moment) -> None:
        self._vocabularies, self._now = vocabularies, now
        self._codes: dict[str, Mapping[str, str]] = {}
        self._seen: dict[str, dict[str, Any]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: what was remembered is not taken along."""
        return Reader, (self._vocabularies, self._now)

    def value(self, column: Column, raw: Raw) -> Any:  # noqa: ANN401 — a value of the column's kind
        """What the cell means: None for an empty one, tuples for lists. Raises BadCellError."""
        if column.cell is Cell.TEXT:
            return text_of(raw) or None
        if not isinstance(raw, str):
            return self._read(column, raw)
        seen = self._seen.setdefault(column.key, {})
        if raw not in seen:
            if len(seen) >= _REMEMBERED:
                seen.clear()
            seen[raw] = self._read(column, raw)
        return seen[raw]

    def _read(self, column: Column, raw: Raw) -> Any:  # noqa: ANN401 — as above
        text = text_of(raw)
        return self._readers[column.cell](column, raw, text) if text else None

    @cached_property
    def _readers(self) -> Mapping[Cell, Callable[[Column, Raw, str], Any]]:
        return {
            Cell.DATE: lambda column, raw, text: self._day(raw, text, past=column.key in PAST),
            Cell.INSTANT: lambda column, raw, text: self._instant(raw, text, past=column.key in PAST),
            Cell.NUMBER: lambda _, __, text: _amount(text),
            Cell.WORD: lambda column, _, text: self._word(column, text),
            Cell.WORDS: lambda column, _, text: tuple(dict.fromkeys(self._word(column, word) for word in _several(text))),
            Cell.LANES: lambda _, __, text: _lanes(text),
            Cell.YES_NO: lambda _, raw, text: self._yes_no(raw, text),
        }

    def _word(self, column: Column, text: str) -> str:
        if column.key not in self._codes:
            self._codes[column.key] = self._known(column)
        code = self._codes[column.key].get(folded(text))
        if code is not None:
            return code
        if column.key in FREE_WORDS:
            return text
        raise BadCellError("not_offered")

    def _known(self, column: Column) -> Mapping[str, str]:
        words = {word: code for each in self._vocabularies for word, code in each.codes.get(column.key, {}).items()}
        return words | {folded(code): code for code in column.words}

    def _yes_no(self, raw: Raw, text: str) -> bool:
        if isinstance(raw, bool):
            return raw
        word = folded(text)
        if word in _YES or word in {folded(each.yes) for each in self._vocabularies}:
            return True
        if word in _NO or word in {folded(each.no) for each in self._vocabularies}:
            return False
        raise BadCellError("yes_or_no")

    def _day(self, raw: Raw, text: str, *, past: bool) -> date:
        found = _dated(raw)
        if found is not None:
            return found.date() if isinstance(found, datetime) else found
        return self._typed_day(_plain(text).partition(" ")[0] if _HOURS.search(_plain(text)) else _plain(text), past=past)

    def _instant(self, raw: Raw, text: str, *, past: bool) -> datetime:
        found = _dated(raw)
        if found is None:
            day, _, hours = _plain(text).replace("T", " ").partition(" ")
            found = datetime.combine(self._typed_day(day, past=past), _hours(hours) if hours else time.min)
        elif not isinstance(found, datetime):
            found = datetime.combine(found, time.min)
        return found.replace(tzinfo=self._now.zone).astimezone(UTC)

    def _typed_day(self, text: str, *, past: bool) -> date:
        found = _DAY.fullmatch(text) or _RUN.fullmatch(text)
        if found is None:
            raise BadCellError("not_a_date")
        year, month, day = (int(part) if part else None for part in (found["year"], found["month"], found["day"]))
        today = self._now.today
        step = -1 if past else 1
        for wanted in [year] if year else [today.year, today.year + step]:
            try:
                read = date(wanted, month or 0, day or 0)
            except ValueError:
                continue
            if year or (read <= today if past else read >= today):
                return read
        raise BadCellError("not_a_date")


def text_of(raw: Raw) -> str:
    """The text that stands in a cell: a number as people see it, without a trailing .0; lines are kept, controls are not."""
    if isinstance(raw, str) and raw.isprintable():
        return raw.strip()
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, float):
        return f"{raw:.15g}" if abs(raw) < 1e15 and not raw.is_integer() else f"{raw:.0f}"  # noqa: PLR2004 — exact so far
    if isinstance(raw, date):
        return raw.isoformat(" ") if isinstance(raw, datetime) else raw.isoformat()
    return _CONTROLS.sub("", str(raw)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _dated(raw: Raw) -> date | datetime | None:
    """The date of a date cell, or of the number behind one that was never shown as a date."""
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool) and int(raw) in _SERIALS:
        return _EPOCH + timedelta(seconds=round(raw * 86_400))
    return None


def _hours(text: str) -> time:
    found = _HOURS.fullmatch(text.replace(" ", ""))
    try:
        if found is None:
            return time.fromisoformat(text)
        return time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        raise BadCellError("not_a_date") from None


def _amount(text: str) -> Amount:
    found = _NUMBER.fullmatch(_plain(text).replace(",", ""))
    if found is None:
        raise BadCellError("not_a_number")
    try:
        number = Decimal(found["number"])
    except InvalidOperation:
        raise BadCellError("not_a_number") from None
    return Amount(number / 100 if found["percent"] else number, found["unit"])


def _several(text: str) -> list[str]:
    return [word.strip() for word in _BETWEEN.split(text) if word.strip()]


def _lanes(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(_lane(lane) for lane in _several(text))


def _lane(text: str) -> tuple[str, str]:
    for arrow in (_ARROW, _LOOSE_ARROW):
        ports = arrow.split(text, maxsplit=1)
        if len(ports) == 2 and all(port.strip() for port in ports):  # noqa: PLR2004 — from and to
            return ports[0].strip(), ports[1].strip()
    raise BadCellError("from_to")
