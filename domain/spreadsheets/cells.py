"""Values as cells: text that can never act as a formula, dates as dates, instants on the organisation's clock, codes in words.

A text that a spreadsheet might take for a formula is marked as text (with Excel's own quote prefix): nothing is added to it,
so that it reads back exactly as it was.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from domain.spreadsheets.layout import Cell, Column
from domain.spreadsheets.vocabulary import Vocabulary

LONGEST = 32_767
BETWEEN, ARROW = "; ", " → "
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "#")
"""What begins a formula, or an error such as #N/A, in one spreadsheet or another."""

_PLAIN = re.compile(r"[\w(（《“\"'&/.·]")
Value = Any
Convert = Callable[[Value], Value]


class Quoted(NamedTuple):
    """A text that must be marked as one."""

    text: str


def text(value: str) -> str | Quoted | None:
    """A text as a cell takes it: without what XML forbids, and no longer than a cell may be."""
    if _PLAIN.match(value) and value.isprintable() and len(value) <= LONGEST:
        return value
    kept = _ILLEGAL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
    if not kept:
        return None
    begins = unicodedata.normalize("NFKC", kept).lstrip()
    return Quoted(kept) if begins.startswith(_FORMULA) or kept[0].isspace() else kept


def converter(column: Column, words: Vocabulary, zone: ZoneInfo) -> Convert | None:
    """What makes a column's values into cells; None: they are cells already."""
    return _CONVERTERS[column.cell](column, words, zone)


def _text(_column: Column, _words: Vocabulary, _zone: ZoneInfo) -> Convert:
    return text


def _number(_column: Column, _words: Vocabulary, _zone: ZoneInfo) -> None:
    return None


def _date(_column: Column, _words: Vocabulary, zone: ZoneInfo) -> Convert:
    """A day; of an instant, the organisation's."""
    return lambda day: day.astimezone(zone).date() if isinstance(day, datetime) else day


def _instant(_column: Column, _words: Vocabulary, zone: ZoneInfo) -> Convert:
    def local(instant: datetime) -> datetime:
        return instant.astimezone(zone).replace(tzinfo=None, microsecond=0)

    return local


def _word(column: Column, words: Vocabulary, _zone: ZoneInfo) -> Convert:
    known = _worded(column, words)
    return lambda code: known.get(code) or text(code)


def _several(column: Column, words: Vocabulary, _zone: ZoneInfo) -> Convert:
    known = _worded(column, words)
    return lambda codes: text(BETWEEN.join(known.get(code, code) for code in codes))


def _worded(column: Column, words: Vocabulary) -> Mapping[str, str]:
    return {str(code): words.word(column, code) for code in column.words}


def _lanes(_column: Column, _words: Vocabulary, _zone: ZoneInfo) -> Convert:
    def joined(lanes: Sequence[Sequence[str]]) -> str | Quoted | None:
        return text(BETWEEN.join(ARROW.join(lane) for lane in lanes))

    return joined


def _yes_no(_column: Column, words: Vocabulary, _zone: ZoneInfo) -> Convert:
    return lambda yes: words.yes if yes else words.no


_CONVERTERS: Mapping[Cell, Callable[[Column, Vocabulary, ZoneInfo], Convert | None]] = {
    Cell.TEXT: _text,
    Cell.DATE: _date,
    Cell.INSTANT: _instant,
    Cell.NUMBER: _number,
    Cell.WORD: _word,
    Cell.WORDS: _several,
    Cell.LANES: _lanes,
    Cell.YES_NO: _yes_no,
}
