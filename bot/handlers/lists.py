"""Lists of customers: one message each, edited in place; filters, page and selection live in a view (SPEC 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from bot.callbacks import BeginBatch, ChooseTab, OpenList, Select, SelectMany, TurnTo
from bot.keyboards import lists as keyboard
from bot.payloads.errands import SelectAll
from bot.payloads.workbooks import ExportList
from bot.screens import Screen, escape
from bot.turn import Turn
from domain import access, drafts, limits, lists
from domain.errors import BatchTooLargeError, StaleError
from domain.filters import Filter, FilterField
from domain.lists import PAGE, Counts, Page, Scope
from domain.models import View
from domain.stages import Stage

KIND = "list"


_COLUMNS: dict[str, str] = {FilterField.OWNER: "owner_id", FilterField.DUE: "due_within"}


@dataclass(frozen=True)
class ListState:
    """What a list remembers: `cursors[n]` is the key after which page n begins; pages are found by key, not by counting.

    `offered` holds, for each field that was opened, the values to narrow by in the order of their buttons, `selected` the
    customers in the order of their ticks.
    """

    scope: Scope
    stage: Stage | None = None
    text: str | None = None
    page: int = 0
    cursors: tuple[list[Any] | None, ...] = (None,)
    selecting: bool = False
    selected: tuple[int, ...] = ()
    narrowed: Mapping[str, Any] = field(default_factory=dict)
    offered: Mapping[str, list[Any]] = field(default_factory=dict)

    def filter_on(self, today: date) -> Filter:
        """What narrows the list, on this day."""
        columns = {_COLUMNS.get(name, name): value for name, value in self.narrowed.items()}
        return Filter(stage=self.stage, text=self.text, today=today, **columns)

    def first_page(self, **changes: Any) -> Self:  # noqa: ANN401 — fields of the state
        """The state after a change of what is listed."""
        return replace(self, page=0, cursors=(None,), **changes)

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            **self.__dict__,
            "cursors": list(self.cursors),
            "narrowed": dict(self.narrowed),
            "offered": dict(self.offered),
            "selected": list(self.selected),
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """As it was kept."""
        return cls(
            scope=Scope(kept["scope"]),
            stage=Stage(kept["stage"]) if kept["stage"] else None,
            text=kept["text"],
            page=kept["page"],
            cursors=tuple(kept["cursors"]),
            selecting=kept["selecting"],
            selected=tuple(kept["selected"]),
            narrowed=kept.get("narrowed", {}),
            offered=kept.get("offered", {}),
        )


def my(turn: Turn) -> Screen:
    """我的客户."""
    return open_(turn, OpenList(Scope.MY))


def team(turn: Turn) -> Screen:
    """本组客户."""
    return open_(turn, OpenList(Scope.TEAM))


def pool(turn: Turn) -> Screen:
    """客户公海."""
    return open_(turn, OpenList(Scope.POOL))


def recycle_bin(turn: Turn) -> Screen:
    """客户回收站."""
    return open_(turn, OpenList(Scope.BIN))


def search(turn: Turn) -> Screen:
    """查询: everything that the person may see and that holds the text."""
    if not turn.text:
        return Screen(turn.texts.html("search-how"))
    return _opened(turn, ListState(Scope.FOUND, text=turn.text[:100]))


def open_(turn: Turn, tap: OpenList) -> Screen:
    """A list from its top."""
    return _opened(turn, ListState(tap.scope))


def _opened(turn: Turn, state: ListState) -> Screen:
    view = drafts.open_view(turn.session, turn.actor.id, KIND, state.to_json(), now=turn.now)
    return show(turn, view.id)


def turn_to(turn: Turn, tap: TurnTo) -> Screen:
    """Another page: one that was reached before, or the next."""
    state = state_of(turn, tap.view)
    return show(turn, tap.view, replace(state, page=max(0, min(tap.page, len(state.cursors) - 1))))


def choose_tab(turn: Turn, tap: ChooseTab) -> Screen:
    """Another stage; the selection stays."""
    return show(turn, tap.view, state_of(turn, tap.view).first_page(stage=tap.stage))


def select_many(turn: Turn, tap: SelectMany) -> Screen:
    """Multi-select on, or off with the selection dropped."""
    return show(turn, tap.view, replace(state_of(turn, tap.view), selecting=tap.on, selected=()))


def select(turn: Turn, tap: Select) -> Screen:
    """A customer into the selection or out of it, across pages."""
    state = state_of(turn, tap.view)
    others = tuple(customer for customer in state.selected if customer != tap.customer)
    selected = (*others, tap.customer) if tap.on else others
    if len(selected) > turn.policy.batch_limit:
        raise BatchTooLargeError(turn.policy.batch_limit, len(selected))
    return show(turn, tap.view, replace(state, selecting=True, selected=selected))


def select_all(turn: Turn, tap: SelectAll) -> Screen:
    """Everything that the filter finds; more than a batch holds is refused with the numbers."""
    state = state_of(turn, tap.view)
    limit = turn.policy.batch_limit
    found = lists.all_ids(turn.session, turn.actor, state.scope, state.filter_on(turn.now.today), limit=limit + 1)
    if len(found) > limit:
        total = lists.count(turn.session, turn.actor, state.scope, state.filter_on(turn.now.today))
        raise BatchTooLargeError(limit, total)
    selected = tuple(dict.fromkeys([*state.selected, *found]))
    return show(turn, tap.view, replace(state, selecting=True, selected=selected))


def home(turn: Turn, tap: TurnTo | ChooseTab | SelectMany | Select | BeginBatch | SelectAll | ExportList) -> Screen:
    """The list that a refused tap was on."""
    return show(turn, tap.view)


def state_of(turn: Turn, view_id: int) -> ListState:
    """What the list remembers. Raises StaleError."""
    return ListState.from_json(_view(turn, view_id).state)


def _view(turn: Turn, view_id: int) -> View:
    """The list's own memory: an errand's is none."""
    view = drafts.view(turn.session, turn.actor.id, view_id, now=turn.now)
    if view.kind != KIND:
        raise StaleError
    return view


def keep(turn: Turn, view_id: int, state: ListState) -> None:
    """Remember this state of the list."""
    _view(turn, view_id).state = state.to_json()


def leave_selection(turn: Turn, view_id: int) -> None:
    """After a batch act: nothing is selected any more, and the pages are found anew."""
    view = _view(turn, view_id)
    view.state = ListState.from_json(view.state).first_page(selecting=False, selected=()).to_json()


def show(turn: Turn, view_id: int, state: ListState | None = None) -> Screen:
    """The list as it is now, in the state given or kept."""
    view = _view(turn, view_id)
    state = state or ListState.from_json(view.state)
    state, page = _fetch(turn, state)
    counts = lists.tabs(turn.session, turn.actor, state.scope, state.filter_on(turn.now.today))
    view.state = state.to_json()
    return _screen(turn, view_id, state, page, counts)


def _fetch(turn: Turn, state: ListState) -> tuple[ListState, Page]:
    page = lists.page(turn.session, turn.actor, state.scope, state.filter_on(turn.now.today), after=state.cursors[state.page])
    if not page.lines and state.page > 0:
        return _fetch(turn, replace(state, page=state.page - 1))
    known = state.cursors[: state.page + 1]
    return replace(state, cursors=(*known, page.after) if page.after else known), page


def _screen(turn: Turn, view_id: int, state: ListState, page: Page, counts: Counts) -> Screen:
    total = counts.stages[state.stage] if state.stage else sum(counts.stages.values())
    more = state.stage in counts.more if state.stage else bool(counts.more)
    pages = max(-(-total // PAGE), state.page + 1)
    title = turn.texts.html(f"list-{state.scope}", text=state.text or "")
    known = turn.texts.html("list-total-more" if more else "list-total", count=total)
    facts = [known, *_narrowing(turn, state), *_claimed(turn, state)]
    if state.selecting:
        facts.append(turn.texts.html("list-selected", count=len(state.selected)))
    hint = turn.texts.html("list-hint-selecting" if state.selecting else "list-hint")
    body = f"{' · '.join(facts)}\n<i>{hint}</i>" if page.lines else turn.texts.html(f"list-{state.scope}-empty")
    elsewhere = _elsewhere(turn, state) if state.scope is Scope.FOUND and state.page == 0 else []
    if elsewhere:
        held = "\n".join([turn.texts.html("list-found-elsewhere"), *elsewhere])
        body = f"{body}\n\n{held}" if page.lines else held
    if state.selecting:
        rows = keyboard.choices(turn, state.scope, view_id, page.lines, state.selected)
    else:
        rows = keyboard.customers(turn, state.scope, view_id, page.lines)
    if not page.lines and not any(counts.stages.values()):
        return Screen(f"{title}\n{body}", tuple(keyboard.nothing(turn, view_id, narrowed=bool(state.narrowed))))
    foot = keyboard.foot(
        turn,
        state.scope,
        view_id,
        page=state.page,
        pages=pages,
        more=more,
        selecting=state.selecting,
        selected=len(state.selected),
    )
    tabs = [] if state.scope is Scope.BIN else keyboard.tabs(turn, view_id, counts, state.stage)
    return Screen(f"{title}\n{body}", (*tabs, *rows, *foot))


def _elsewhere(turn: Turn, state: ListState) -> list[str]:
    """What the search finds in others' hands, masked (HTML)."""
    found = lists.held_elsewhere(turn.session, turn.actor, state.text or "")
    return [turn.texts.html("found-elsewhere", name=one.name, owner=one.owner) + _due(turn, one.due_on) for one in found]


def _due(turn: Turn, day: date | None) -> str:
    return f" · {turn.words.due(day)}" if day else ""


def _claimed(turn: Turn, state: ListState) -> list[str]:
    """At the pool, how much of what one may take is used up (HTML)."""
    if state.scope is not Scope.POOL:
        return []
    used = limits.so_far(turn.session, turn.actor, **turn.rules)
    quotas = {"list-claimed": used.claims, "list-held": used.held}
    return [turn.texts.html(key, count=each.count, limit=each.limit) for key, each in quotas.items() if each.limit]


def _narrowing(turn: Turn, state: ListState) -> list[str]:
    """What the list is narrowed by, in words (HTML)."""
    owner_id = state.narrowed.get(FilterField.OWNER)
    owners = access.names_of(turn.session, [owner_id])
    shown = []
    for name, value in state.narrowed.items():
        if name == FilterField.OWNER:
            shown.append(owners.get(value, ""))
        elif name == FilterField.DUE:
            shown.append(turn.texts.plain("filter-due-within", days=value))
        elif name == FilterField.UNTOUCHED:
            shown.append(turn.texts.plain("filter-untouched-only"))
        else:
            shown.append(turn.words.value(name, value))
    return [f"<b>{escape(word)}</b>" for word in shown]
