"""Follow-ups in the reader's words: in one line, in a few, or whole."""

from datetime import date

from bot.screens import clip, escape
from bot.turn import Turn
from domain.followups import FollowupLine

SHORT = 60
_MARKS = {"photo": "📷", "document": "📄", "voice": "🎤", "video": "🎬", "location": "📍"}


def brief(turn: Turn, line: FollowupLine, limit: int = SHORT) -> str:
    """The kind, what came with it, the text cut short, the next date: one line (HTML)."""
    parts = [turn.words.label(line.kind)] if line.kind else []
    parts += [part for part in (attached(turn, line), clip(line.text, limit)) if part]
    if line.next_on:
        parts.append(turn.texts.plain("followup-next", day=turn.words.day(line.next_on)))
    return escape(" · ".join(parts))


def lines(turn: Turn, line: FollowupLine) -> list[str]:
    """What was logged, as the answer to it shows it (HTML)."""
    said = [part for part in (attached(turn, line), escape(clip(line.text, 200))) if part]
    facts = [turn.words.label(line.kind)] if line.kind else []
    if line.next_on:
        facts.append(turn.texts.plain("followup-next", day=_with_weekday(turn, line.next_on)))
    return [*said, *([escape(" · ".join(facts))] if facts else [])]


def whole(turn: Turn, line: FollowupLine) -> str:
    """All of a follow-up (HTML)."""
    head = f"<b>{turn.words.instant(line.at)}</b> {escape(line.author)}"
    facts = [turn.words.label(line.kind)] if line.kind else []
    if line.next_on:
        facts.append(turn.texts.plain("followup-next", day=_with_weekday(turn, line.next_on)))
    parts = [head, escape(" · ".join(facts)), attached(turn, line), escape(line.text)]
    return "\n".join(part for part in parts if part)


def attached(turn: Turn, line: FollowupLine) -> str:
    """What came with it, in a word."""
    if line.attachment is None:
        return ""
    kind = line.attachment["kind"]
    return f"{_MARKS[kind]} {turn.texts.plain(f'attached-{kind}')}"


def _with_weekday(turn: Turn, day: date) -> str:
    return turn.texts.plain("day-with-weekday", day=turn.words.day(day), weekday=turn.words.weekday(day))
