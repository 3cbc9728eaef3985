"""The timeline in the reader's words: one line for each event, and before → after for what was edited."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot import field_words, followup_words
from bot.screens import clip
from bot.turn import Turn
from domain.history import Entry
from domain.stages import ReleaseReason
from domain.timeline import Event

SHORT = 60
_NONE = "none"


def entry(turn: Turn, line: Entry) -> str:
    """Who did what and when (HTML)."""
    who = turn.texts.plain("by-system") if line.actor is None else line.actor
    head = turn.texts.html("timeline-line", at=turn.words.instant(line.at), actor=who, what=what(turn, line))
    return "\n".join([head, *_more(turn, line)])


def what(turn: Turn, line: Entry) -> str:
    """The event in words."""
    return turn.texts.plain(f"event-{line.event.replace('_', '-')}", **_values(turn, line))


def _values(turn: Turn, line: Entry) -> dict[str, Any]:
    detail = line.detail
    before, after = detail.get("due") or (None, None)
    return {
        "person": _person(line),
        "reason": _reason(turn, detail),
        "days": detail.get("days", 0),
        "before": _day(turn, before),
        "after": _day(turn, after),
        "number": detail.get("number", ""),
        "file": clip(detail.get("file", ""), SHORT),
        "act": turn.texts.plain(f"act-{detail['act'].replace('_', '-')}") if "act" in detail else "",
    }


def _person(line: Entry) -> str:
    """Whom it was for; none where people asked for themselves."""
    if line.event is Event.CLAIM_REQUESTED and line.detail.get("assignee_id") == line.actor_id:
        return _NONE
    return next(iter(line.people.values()), _NONE)


def _reason(turn: Turn, detail: Mapping[str, Any]) -> str:
    reason, note = detail.get("reason"), detail.get("note")
    if reason in set(ReleaseReason):
        reason = turn.words.label(ReleaseReason(reason))
    return " · ".join(clip(part, 200) for part in (reason, note) if part) or _NONE


def _day(turn: Turn, iso: str | None) -> str:
    return turn.words.day(date.fromisoformat(iso)) if iso else turn.texts.plain("timeline-none")


def _more(turn: Turn, line: Entry) -> list[str]:
    if line.followup is not None:
        return [followup_words.brief(turn, line.followup, followup_words.IN_TIMELINE)]
    changes = line.detail.get("changes", {})
    return [_change(turn, field, before, after) for field, (before, after) in changes.items()]


def _change(turn: Turn, field: str, before: Any, after: Any) -> str:  # noqa: ANN401 — a field's values
    shown = (
        clip(field_words.value(turn.texts, field, kept), SHORT) or turn.texts.plain("timeline-none") for kept in (before, after)
    )
    was, became = shown
    return turn.texts.html("timeline-change", field=field_words.label(turn.texts, field), before=was, after=became)
