"""Buttons of follow-ups: completing one that was just logged, and looking at one."""

from bot.callbacks import ShowCustomer
from bot.payloads.followups import LeaveFollowup, OpenAttachment, SetFollowupKind, SetNextDay
from bot.payloads.history import ShowTimeline
from bot.screens import Button, Row
from bot.turn import Turn
from domain.days import read_day
from domain.followups import FollowupKind, FollowupLine

NEXT_DAYS = (("tomorrow", "tomorrow"), ("three-days", "3 days"), ("monday", "next monday"))
"""The days offered for the next follow-up: the text that names each, and how it is read."""


def leave(turn: Turn, customer: int, view: int | None) -> list[Row]:
    """Nothing to log after all."""
    return [[Button("✖ " + turn.texts.plain("cancel"), LeaveFollowup(customer, view))]]


def completing(turn: Turn, line: FollowupLine, view: int | None) -> list[Row]:
    """The kind, the next date, and on to the card; what is chosen is ticked."""
    kinds = [
        Button(_ticked(turn.words.label(kind), chosen=line.kind is kind), SetFollowupKind(line.id, view, kind))
        for kind in FollowupKind
    ]
    today = turn.now.today
    days = [
        Button(
            _ticked(turn.texts.plain(f"followup-{name}"), chosen=line.next_on == read_day(words, today)),
            SetNextDay(line.id, view, number),
        )
        for number, (name, words) in enumerate(NEXT_DAYS)
    ]
    return [kinds, days, [Button("🔍 " + turn.texts.plain("view"), ShowCustomer(line.customer_id, view))]]


def looking(turn: Turn, line: FollowupLine, view: int | None, before: int | None) -> list[Row]:
    """What came with it, and back to the timeline."""
    rows: list[Row] = [[Button("‹ " + turn.texts.plain("back"), ShowTimeline(line.customer_id, view, before))]]
    if line.attachment is None:
        return rows
    what = turn.texts.plain(f"attached-{line.attachment['kind']}")
    return [[Button("📎 " + turn.texts.plain("followup-open", what=what), OpenAttachment(line.id))], *rows]


def _ticked(label: str, *, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label
