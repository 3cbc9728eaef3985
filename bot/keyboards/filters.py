"""Buttons that narrow a list: fields, then the values of one."""

from collections.abc import Sequence

from bot.payloads.filters import BackToList, ClearFilters, OpenFilter, SetFilter
from bot.screens import Button, Row, chunks, clip
from bot.turn import Turn
from domain.filters import FilterField
from domain.lists import Scope

_POOL = (FilterField.CITY, FilterField.INDUSTRY, FilterField.SOURCE, FilterField.LEVEL, FilterField.SERVICE)
_OWNED = (*_POOL, FilterField.DUE, FilterField.UNTOUCHED)
FIELDS = {
    Scope.MY: _OWNED,
    Scope.TEAM: (*_OWNED, FilterField.OWNER),
    Scope.POOL: _POOL,
    Scope.FOUND: _POOL,
    Scope.BIN: _POOL,
}
"""What each list may be narrowed by."""


def fields(turn: Turn, scope: Scope, view: int, chosen: frozenset[str]) -> list[Row]:
    """The fields, those in use marked."""
    buttons = [
        Button(f"{'• ' if field in chosen else ''}{turn.texts.plain(f'filter-{field}')}", OpenFilter(view, field))
        for field in FIELDS[scope]
    ]
    clear = [Button(turn.texts.plain("filter-clear"), ClearFilters(view))] if chosen else []
    return [*chunks(buttons, 3), [*clear, _back(turn, view)]]


def values(turn: Turn, view: int, field: FilterField, labels: Sequence[str]) -> list[Row]:
    """The values offered, and no matter."""
    buttons = [Button(clip(label, 24), SetFilter(view, field, place)) for place, label in enumerate(labels)]
    return [*chunks(buttons, 2), [Button(turn.texts.plain("filter-none"), SetFilter(view, field, -1)), _back(turn, view)]]


def _back(turn: Turn, view: int) -> Button:
    return Button("‹ " + turn.texts.plain("back"), BackToList(view))
