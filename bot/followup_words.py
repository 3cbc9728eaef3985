"""Follow-ups in the reader's words: in one line, in a few, or whole."""

from bot.screens import clip, escape
from bot.turn import Turn
from domain.followups import FollowupLine

ON_CARD = 36
IN_TIMELINE = 60
_MARKS = {"photo": "📷", "document": "📄", "voice": "🎤", "video": "🎬", "location": "📍"}


def brief(turn: Turn, line: FollowupLine, limit: int) -> str:
    """The kind, the next date, what came with it, the text cut short: one line (HTML)."""
    next_on = turn.texts.plain("followup-next", day=turn.words.day(line.next_on)) if line.next_on else ""
    parts = (turn.words.label(line.kind) if line.kind else "", next_on, attached(turn, line), clip(line.text, limit))
    return escape(" · ".join(part for part in parts if part))


def lines(turn: Turn, line: FollowupLine) -> list[str]:
    """What was logged, as the answer to it shows it (HTML)."""
    parts = (attached(turn, line), escape(clip(line.text, 200)), _facts(turn, line))
    return [part for part in parts if part]


def whole(turn: Turn, line: FollowupLine) -> str:
    """All of a follow-up (HTML)."""
    head = f"<b>{turn.words.instant(line.at)}</b> {escape(line.author)}"
    parts = (head, _facts(turn, line), attached(turn, line), escape(line.text))
    return "\n".join(part for part in parts if part)


def attached(turn: Turn, line: FollowupLine) -> str:
    """What came with it, in a word."""
    if line.attachment is None:
        return ""
    kind = line.attachment["kind"]
    return f"{_MARKS[kind]} {turn.texts.plain(f'attached-{kind}')}"


def _facts(turn: Turn, line: FollowupLine) -> str:
    facts = [turn.words.label(line.kind)] if line.kind else []
    if line.next_on:
        day = turn.texts.plain("day-with-weekday", day=turn.words.day(line.next_on), weekday=turn.words.weekday(line.next_on))
        facts.append(turn.texts.plain("followup-next", day=day))
    return " · ".join(facts)
