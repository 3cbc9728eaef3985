"""Forged buttons of the filters: each list narrows for its own reader alone, by what was offered."""

from collections.abc import Callable

from bot.callbacks import Payload
from bot.payloads.filters import BackToList, ClearFilters, OpenFilter, OpenFilters, SetFilter
from domain.filters import FilterField
from tests.bot.forgeries import HUGE, STALE, Case, Scene

FILTERS: dict[type[Payload], Callable[[Scene], list[Case]]] = {
    OpenFilters: lambda s: [
        ("lihua", OpenFilters(s.list_), STALE),
        ("liu", OpenFilters(s.errand), STALE),
        ("liu", OpenFilters(HUGE), STALE),
    ],
    OpenFilter: lambda s: [
        ("lihua", OpenFilter(s.list_, FilterField.CITY), STALE),
        ("liu", OpenFilter(s.errand, FilterField.CITY), STALE),
        ("liu", f"1:{OpenFilter.code}:{s.list_}:phone", STALE),
    ],
    SetFilter: lambda s: [
        ("lihua", SetFilter(s.list_, FilterField.CITY, 0), STALE),
        ("liu", SetFilter(s.errand, FilterField.CITY, 0), STALE),
        ("liu", SetFilter(s.list_, FilterField.CITY, 99), STALE),
        ("liu", SetFilter(s.list_, FilterField.CITY, -2), STALE),
        ("liu", f"1:{SetFilter.code}:{s.list_}:phone:0", STALE),
    ],
    ClearFilters: lambda s: [("lihua", ClearFilters(s.list_), STALE), ("liu", ClearFilters(s.errand), STALE)],
    BackToList: lambda s: [("lihua", BackToList(s.list_), STALE), ("liu", BackToList(s.errand), STALE)],
}
