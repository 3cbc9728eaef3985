"""What an import would do or has done, in words: for the terminal, the chat and programs."""

from collections.abc import Iterator
from typing import Any

from bot.locales import Texts
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.plans import Summary
from domain.spreadsheets.scratch import Fate

_LEFT_OUT = (Fate.REFUSED, Fate.DUPLICATE, Fate.IN_BIN)
_EXPLAINED = 3


def phase(texts: Texts, name: str) -> str:
    """What is going on."""
    return texts.plain(f"import-{name}")


def lines(texts: Texts, summary: Summary) -> Iterator[str]:
    """A summary, a line for each fate, with the first reasons of what is left out."""
    yield texts.plain("import-summary", file=summary.name, kind=texts.plain(f"sheet-{summary.kind}"), rows=summary.rows)
    for fate in (Fate.DONE, Fate.NEW, Fate.RESTORED, *_LEFT_OUT):
        if summary.counts.get(fate):
            yield from _of_fate(texts, summary, fate)
    if summary.wrong_details:
        yield texts.plain("import-details", count=summary.wrong_details)
    if not summary.counts.get(Fate.DONE) and not summary.coming:
        yield texts.plain("import-nothing")
    if summary.counts.get(Fate.IN_BIN):
        yield texts.plain("import-in-bin-how")
    if summary.kind is SheetName.USERS and summary.counts.get(Fate.DONE):
        yield texts.plain("import-how-to-invite")


def _of_fate(texts: Texts, summary: Summary, fate: Fate) -> Iterator[str]:
    yield texts.plain(f"import-{fate.replace('_', '-')}", count=summary.counts[fate])
    examples = summary.examples.get(fate, ())[:_EXPLAINED]
    for example in examples:
        yield "  " + texts.plain("import-row", row=example.row, reason=example.reason.replace("\n", "; "))
    if examples and summary.counts[fate] > len(examples):
        yield "  " + texts.plain("import-more")


def plain(summary: Summary) -> dict[str, Any]:
    """The same for programs."""
    counts = {str(fate): summary.counts.get(fate, 0) for fate in Fate}
    examples = {str(fate): [each._asdict() for each in found] for fate, found in summary.examples.items() if found}
    kept = {"kind": str(summary.kind), "file": summary.name, "rows": summary.rows}
    return {**kept, "counts": counts, "wrong_details": summary.wrong_details, "reasons": examples}
