"""The keyboard of a list: stage tabs, a button a customer, pages, and the batch acts that this person may do."""

from collections.abc import Collection, Sequence

from bot import labels
from bot.callbacks import BeginBatch, ChooseTab, OpenMenu, Select, SelectMany, ShowCustomer, TurnTo
from bot.keyboards.acts import BATCH_ACTS, act_button
from bot.keyboards.paging import pager
from bot.keyboards.workbooks import export_button
from bot.payloads.errands import SelectAll
from bot.payloads.filters import OpenFilters
from bot.screens import Button, Row, chunks
from bot.turn import Turn
from domain.lists import Counts, Line, Scope
from domain.permissions import Act
from domain.stages import Stage

TABS_A_ROW, LONG_TABS_A_ROW = 3, 2
LONG_TAB = 11


def tabs(turn: Turn, view: int, counts: Counts, chosen: Stage | None) -> list[Row]:
    """A tab for all and one for each stage, with counts."""
    words = turn.words
    total = _counted(sum(counts.stages.values()), more=bool(counts.more))
    buttons = [Button(_tab(turn.texts.plain("tab-all"), total, chosen=chosen is None), ChooseTab(view, None))]
    for stage, number in counts.stages.items():
        label = _tab(words.label(stage), _counted(number, more=stage in counts.more), chosen=stage is chosen)
        buttons.append(Button(label, ChooseTab(view, stage)))
    long = max(len(button.label) for button in buttons) > LONG_TAB
    return chunks(buttons, LONG_TABS_A_ROW if long else TABS_A_ROW)


def _counted(number: int, *, more: bool) -> str:
    return f"{number}+" if more else str(number)


def _tab(label: str, count: str, *, chosen: bool) -> str:
    return f"• {label} {count}" if chosen else f"{label} {count}"


def customers(turn: Turn, scope: Scope, view: int, lines: Sequence[Line]) -> list[Row]:
    """One wide button a customer: a tap opens its card."""
    return [[Button(line_label(turn, scope, line), ShowCustomer(line.id, view))] for line in lines]


def choices(turn: Turn, scope: Scope, view: int, lines: Sequence[Line], selected: Collection[int]) -> list[Row]:
    """One wide button a customer: a tap puts it into the selection or takes it out."""
    return [
        [
            Button(
                f"{'☑' if line.id in selected else '☐'} {line_label(turn, scope, line)}",
                Select(view, line.id, line.id not in selected),
            )
        ]
        for line in lines
    ]


def line_label(turn: Turn, scope: Scope, line: Line) -> str:
    """A customer in one line: mark, name, and what matters in this list."""
    words = turn.words
    facts: list[str] = []
    if scope is Scope.BIN:
        facts = [line.owner or turn.texts.plain("in-pool"), words.day(turn.now.local(line.at).date()) if line.at else ""]
    elif scope is Scope.POOL:
        facts.append(line.city)
        if line.waiting:
            facts.append(turn.texts.plain("mark-waiting"))
    else:
        if scope is not Scope.MY:
            facts.append(line.owner or turn.texts.plain("in-pool"))
        facts.append(words.due(line.due_on))
    return labels.line(line.name, facts, words.due_mark(line.due_on))


def nothing(turn: Turn, view: int, *, narrowed: bool) -> list[Row]:
    """Below an empty list: another filter where one is in use, and the way out."""
    menu = Button(turn.texts.plain("menu"), OpenMenu())
    return [[_filter(turn, view), menu] if narrowed else [menu]]


def foot(turn: Turn, scope: Scope, view: int, *, page: int, pages: int, more: bool, selecting: bool, selected: int) -> list[Row]:
    """Pages, then the batch acts on the selection or the way to select."""
    rows: list[Row] = [pager(page, pages, lambda number: TurnTo(view, number), more=more)]
    if not selecting:
        buttons = [_filter(turn, view), Button(turn.texts.plain("menu"), OpenMenu())]
        if _batch_acts(turn, scope):
            buttons.insert(0, Button("☑ " + turn.texts.plain("select-many"), SelectMany(view, on=True)))
        return [*rows, export_button(turn, scope, view), buttons]
    if selected:
        acts = [act_button(turn.texts, act, BeginBatch(act, view), count=selected) for act in _batch_acts(turn, scope)]
        rows += chunks([*acts, *export_button(turn, scope, view, selected=selected)], 2)
    all_found = Button(turn.texts.plain("select-all"), SelectAll(view))
    return [*rows, [all_found, Button("✖ " + turn.texts.plain("select-end"), SelectMany(view, on=False))]]


def _filter(turn: Turn, view: int) -> Button:
    return Button("🔎 " + turn.texts.plain("filter"), OpenFilters(view))


def _batch_acts(turn: Turn, scope: Scope) -> list[Act]:
    return [act for act in BATCH_ACTS[scope] if turn.actor.may_ever(act)]
