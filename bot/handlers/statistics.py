"""统计: what was done in some days and what is held now, for oneself, one's teams, or everybody (SPEC 5)."""

from bot.keyboards import statistics as keyboard
from bot.payloads.statistics import OpenStatistics
from bot.screens import Screen, clip, escape
from bot.turn import Turn
from domain import drafts, statistics
from domain.statistics import Numbers, Period, PersonLine


def open_(turn: Turn, tap: OpenStatistics | None = None) -> Screen:
    """The numbers of a week, or of the days that were chosen."""
    drafts.drop(turn.session, turn.actor.id)
    period, page = (tap.period, tap.page) if tap else (Period.WEEK, 0)
    shown = statistics.seen(turn.session, turn.actor, period, page=page, now=turn.now)
    title = turn.texts.html("stats-title", period=turn.texts.plain(f"period-{period}"))
    parts = [title, _all(turn, shown.total)]
    if shown.people > 1:
        parts += [turn.texts.html("stats-people", count=shown.people), *(_person(turn, line) for line in shown.lines)]
    return Screen("\n\n".join(parts), tuple(keyboard.periods(turn, shown)))


def _all(turn: Turn, numbers: Numbers) -> str:
    values = numbers._asdict()
    return "\n".join(turn.texts.html(f"stats-{row}", **values) for row in ("came", "done", "left", "now"))


def _person(turn: Turn, line: PersonLine) -> str:
    return f"<b>{escape(clip(line.name, 20))}</b>\n{turn.texts.html('stats-person', **line.numbers._asdict())}"
