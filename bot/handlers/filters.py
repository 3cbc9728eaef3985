"""筛选: a list narrowed field by field; the values offered are those that its customers have (SPEC 5)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.handlers import lists
from bot.handlers.lists import ListState
from bot.keyboards import filters as keyboard
from bot.payloads.filters import BackToList, ClearFilters, OpenFilter, OpenFilters, SetFilter
from bot.screens import Screen
from bot.turn import Turn
from domain import lists as customers
from domain.errors import StaleError
from domain.filters import DUE_WITHIN, FilterField


def fields(turn: Turn, tap: OpenFilters) -> Screen:
    """What the list may be narrowed by."""
    state = lists.state_of(turn, tap.view)
    return Screen(turn.texts.html("filter-by"), tuple(keyboard.fields(turn, state.scope, tap.view, frozenset(state.narrowed))))


def values(turn: Turn, tap: OpenFilter) -> Screen:
    """The values of one field, with counts."""
    state = lists.state_of(turn, tap.view)
    offered = _offered(turn, _without(state, tap.field), tap.field)
    lists.keep(turn, tap.view, replace(state, offered={**state.offered, tap.field.value: [value for value, _ in offered]}))
    labels = [label for _, label in offered]
    title = turn.texts.html("filter-which", field=turn.texts.plain(f"filter-{tap.field}"))
    return Screen(title, tuple(keyboard.values(turn, tap.view, tap.field, labels)))


def choose(turn: Turn, tap: SetFilter) -> Screen:
    """Narrow by a value that was offered, or no longer by this field."""
    state = _without(lists.state_of(turn, tap.view), tap.field)
    offered = state.offered.get(tap.field, [])
    if tap.place not in range(-1, len(offered)):
        raise StaleError
    if tap.place >= 0:
        state = replace(state, narrowed={**state.narrowed, tap.field.value: offered[tap.place]})
    return lists.show(turn, tap.view, state.first_page())


def clear(turn: Turn, tap: ClearFilters) -> Screen:
    """Narrow by nothing."""
    return lists.show(turn, tap.view, lists.state_of(turn, tap.view).first_page(narrowed={}))


def back(turn: Turn, tap: BackToList | OpenFilters | OpenFilter | SetFilter | ClearFilters) -> Screen:
    """The list as it is."""
    return lists.show(turn, tap.view)


def _without(state: ListState, field: FilterField) -> ListState:
    return replace(state, narrowed={name: value for name, value in state.narrowed.items() if name != field})


def _offered(turn: Turn, state: ListState, field: FilterField) -> Sequence[tuple[Any, str]]:
    """Pairs of value and label, in the order of the buttons."""
    if field is FilterField.DUE:
        return [(days, turn.texts.plain("filter-due-within", days=days)) for days in DUE_WITHIN]
    if field is FilterField.UNTOUCHED:
        return [(True, turn.texts.plain("filter-untouched-only"))]
    found = customers.choices(turn.session, turn.actor, state.scope, state.filter_on(turn.now.today), field)
    return [(choice.value, f"{turn.words.value(field, choice.label)} {choice.customers}") for choice in found]
