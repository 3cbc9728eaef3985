"""The text of the daily digest: the day, what there is in numbers, and the lines of one page."""

from collections import Counter
from collections.abc import Sequence

from bot.screens import clip, escape
from bot.turn import Turn
from domain.digests import Digest, DueLine, FollowupDue, WaitingLine

NAME = 40
PERSON = 20


def text(turn: Turn, digest: Digest, shown: Sequence[WaitingLine | DueLine | FollowupDue]) -> str:
    """A page's text (HTML)."""
    texts = turn.texts
    day = f"{turn.words.day(digest.day)} {turn.words.weekday(digest.day)}"
    whose = "" if digest.person_id == turn.actor.id else texts.html("digest-for", person=clip(digest.name, PERSON))
    parts = ["\n".join([texts.html("digest-head", day=day), *([whose] if whose else []), *_numbers(turn, digest)])]
    for key, kind in (("digest-waiting", WaitingLine), ("digest-due", DueLine), ("digest-followups", FollowupDue)):
        lines = [_line(turn, digest, item) for item in shown if isinstance(item, kind)]
        if lines:
            parts.append("\n".join([f"<b>{texts.html(key)}</b>", *lines]))
    return "\n\n".join(parts)


def _numbers(turn: Turn, digest: Digest) -> list[str]:
    """What there is, a line for each kind that is not empty."""
    texts = turn.texts
    left = Counter(max(0, (line.due_on - digest.day).days) for line in digest.due)
    due = [texts.plain("digest-due-in", days=days, count=count) for days, count in sorted(left.items())]
    found = [("⏰ " + texts.html("digest-due-count", list=" · ".join(due))) if due else ""]
    if digest.waiting:
        found.append("📝 " + texts.html("digest-waiting-count", count=len(digest.waiting)))
    if digest.followups or digest.team_followups:
        found.append("📞 " + texts.html("digest-followup-count", own=len(digest.followups), team=digest.team_followups))
    if digest.entered or digest.left:
        found.append("🌊 " + texts.html("digest-traffic", entered=digest.entered, left=digest.left))
    if digest.untouched:
        found.append("💤 " + texts.html("digest-untouched", count=digest.untouched))
    return [line for line in found if line]


def _line(turn: Turn, digest: Digest, item: WaitingLine | DueLine | FollowupDue) -> str:
    words = turn.words
    if isinstance(item, WaitingLine):
        return f"• {escape(clip(item.customer, NAME))} · {escape(clip(item.requester, PERSON))} · {words.instant(item.since)}"
    if isinstance(item, FollowupDue):
        late = turn.texts.html("digest-late", day=words.day(item.next_on)) if item.next_on < digest.day else ""
        return " · ".join(part for part in (f"• {escape(clip(item.name, NAME))}", late) if part)
    owner = f" · {escape(clip(item.owner, PERSON))}" if digest.lead else ""
    clock = turn.texts.html(f"digest-clock-{item.clock.replace('_', '-')}")
    return f"• {words.due_mark(item.due_on)}{escape(clip(item.name, NAME))}{owner} · {clock} {words.due(item.due_on)}"
