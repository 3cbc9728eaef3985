"""What an import would do or has done, in words, for the terminal and the chat."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.locales import Texts
from bot.screens import clip
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.scratch import Fate

_KEPT = (Fate.DONE, Fate.NEW, Fate.RESTORED)
_LEFT_OUT = (Fate.REFUSED, Fate.DUPLICATE, Fate.IN_BIN)
_EXPLAINED = 3
_LONGEST = 300


def lines(texts: Texts, summary: Mapping[str, Any]) -> Iterator[str]:
    """A summary, a line for each fate, with the first reasons of what is left out."""
    counts = summary["counts"]
    yield texts.plain("import-summary", kind=texts.plain(f"sheet-{summary['kind']}"), rows=summary["rows"])
    for fate in (*_KEPT, *_LEFT_OUT):
        if counts[fate]:
            yield from _of_fate(texts, fate, counts[fate], summary["reasons"].get(fate, ()))
    if summary["wrong_details"]:
        yield texts.plain("import-details", count=summary["wrong_details"])
    if not any(counts[fate] for fate in _KEPT):
        yield texts.plain("import-nothing")
    if summary["kind"] == SheetName.USERS and counts[Fate.DONE]:
        yield texts.plain("import-how-to-invite")


def _of_fate(texts: Texts, fate: Fate, count: int, reasons: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    yield texts.plain(f"import-{fate.replace('_', '-')}", count=count)
    shown = list(reasons)[:_EXPLAINED]
    for each in shown:
        yield "• " + texts.plain("import-row", row=each["row"], reason=clip(each["reason"].replace("\n", "; "), _LONGEST))
    if shown and count > len(shown):
        yield "• " + texts.plain("import-more")
