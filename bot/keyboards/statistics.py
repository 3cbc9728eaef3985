"""The buttons of the statistics: which days, and pages of people."""

from bot.callbacks import OpenMenu
from bot.keyboards.paging import pager
from bot.payloads.statistics import OpenStatistics
from bot.screens import Button, Row
from bot.turn import Turn
from domain.statistics import Period, Statistics


def periods(turn: Turn, shown: Statistics) -> list[Row]:
    """Today, a week, thirty days, this month."""
    return [
        [Button(_label(turn, period, chosen=period is shown.period), OpenStatistics(period, 0)) for period in Period],
        pager(shown.page, shown.pages, lambda number: OpenStatistics(shown.period, number)),
        [Button(turn.texts.plain("menu"), OpenMenu())],
    ]


def _label(turn: Turn, period: Period, *, chosen: bool) -> str:
    label = turn.texts.plain(f"period-{period}")
    return f"• {label}" if chosen else label
