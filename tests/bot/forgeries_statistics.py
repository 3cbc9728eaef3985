"""Forged buttons of the statistics: days that do not exist. Whose numbers they are is never in a button."""

from collections.abc import Callable

from bot.callbacks import Payload
from bot.payloads.statistics import OpenStatistics
from tests.bot.forgeries import STALE, Case, Scene

STATISTICS: dict[type[Payload], Callable[[Scene], list[Case]]] = {
    OpenStatistics: lambda _: [
        ("lihua", f"1:{OpenStatistics.code}:eternity:0", STALE),
        ("lihua", f"1:{OpenStatistics.code}:week:x", STALE),
    ],
}
