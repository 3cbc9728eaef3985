"""The text of the daily digest: the day, what there is in numbers, and the lines of one page."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate, groupby
from operator import attrgetter
from unicodedata import east_asian_width

from bot.screens import clip, escape
from bot.turn import Turn
from domain.digests import Digest, DueLine, FollowupDue, WaitingLine

CELLS = 22
"""A Chinese character is two wide: so much of a name leaves room in a line for its owner and its deadline."""
PERSON = 20


def text(turn: Turn, digest: Digest, shown: Sequence[WaitingLine | DueLine | FollowupDue]) -> str:
    """A page's text (HTML)."""
    return "\n\n".join(["\n".join([*_head(turn, digest), *_numbers(turn, digest)]), *_parts(turn, digest, shown)])


def _head(turn: Turn, digest: Digest) -> Iterator[str]:
    yield turn.texts.html("digest-head", day=f"{turn.words.day(digest.day)} {turn.words.weekday(digest.day)}")
    if digest.person_id != turn.actor.id:
        yield turn.texts.html("digest-for", person=clip(digest.name, PERSON))


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


def _parts(turn: Turn, digest: Digest, shown: Sequence[WaitingLine | DueLine | FollowupDue]) -> Iterator[str]:
    """The lines under their heads: what is due by its day."""
    waiting = [_waiting(turn, item) for item in shown if isinstance(item, WaitingLine)]
    if waiting:
        yield "\n".join([f"<b>{turn.texts.html('digest-waiting')}</b>", *waiting])
    days = groupby((item for item in shown if isinstance(item, DueLine)), key=attrgetter("due_on"))
    due = [text for day, lines in days for text in (_due_head(turn, day), *(_due(turn, digest, line) for line in lines))]
    if due:
        yield "\n".join(due)
    calls = [_call(turn, digest, item) for item in shown if isinstance(item, FollowupDue)]
    if calls:
        yield "\n".join([f"<b>{turn.texts.html('digest-followups')}</b>", *calls])


def _due_head(turn: Turn, day: date) -> str:
    left = turn.words.due(day)
    head = f"<b>{turn.words.due_mark(day)}{left[0].upper()}{left[1:]}</b>"
    return head if day == turn.now.today else f"{head} · {turn.words.day(day)}"


def _waiting(turn: Turn, line: WaitingLine) -> str:
    return f"• {_name(line.customer)} · {escape(clip(line.requester, PERSON))} · {_since(turn, line)}"


def _since(turn: Turn, line: WaitingLine) -> str:
    """Since when, short enough for the line: the hour of today, or else the day."""
    day = turn.now.local(line.since).date()
    return turn.words.instant(line.since) if day == turn.now.today else turn.words.day(day)


def _due(turn: Turn, digest: Digest, line: DueLine) -> str:
    mark = "📞" if line.customer_id in digest.to_contact else "•"
    owner = f" · {escape(clip(line.owner, PERSON))}" if digest.lead else ""
    clock = line.clock.replace("_", "-")
    return f"{mark} {_name(line.name)}{owner} · {turn.texts.html(f'digest-clock-{clock}')}"


def _call(turn: Turn, digest: Digest, line: FollowupDue) -> str:
    late = f" · {turn.texts.html('digest-late', day=turn.words.day(line.next_on))}" if line.next_on < digest.day else ""
    return f"• {_name(line.name)}{late}"


def _name(name: str) -> str:
    """The name, cut to what a phone's line has room for."""
    ends = list(accumulate(2 if east_asian_width(letter) in "WF" else 1 for letter in name))
    return escape(name if not ends or ends[-1] <= CELLS else clip(name, bisect_right(ends, CELLS)))
