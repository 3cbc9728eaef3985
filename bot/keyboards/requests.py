"""Buttons of the to-do list and of approval cards."""

from collections.abc import Sequence

from bot.callbacks import CancelRequests, Decide, DecideAll, GiveReason, OpenMenu, OpenTodo, ShowRequested, ShowRequests
from bot.keyboards.paging import pager
from bot.screens import Button, Row, clip
from bot.turn import Turn
from domain.request_cards import RequestCard, RequestLine, Summary
from domain.stages import RequestStatus

BATCHES = 8
LINES = 6


def todo(turn: Turn, review: Sequence[Summary], mine: Sequence[Summary], decided: Sequence[Summary], page: int) -> list[Row]:
    """One button a card: those to decide, my own claims, then what was decided of late."""
    buttons = [Button("📝 " + _summary(turn, line), ShowRequests(line.batch_id)) for line in review]
    buttons += [Button("⏳ " + _summary(turn, line, own=True), ShowRequests(line.batch_id)) for line in mine]
    waiting = {line.batch_id for line in (*review, *mine)}
    buttons += [
        Button("✓ " + _summary(turn, line), ShowRequests(line.batch_id)) for line in decided if line.batch_id not in waiting
    ]
    pages = max(1, -(-len(buttons) // BATCHES))
    page = max(0, min(page, pages - 1))
    rows: list[Row] = [[button] for button in buttons[page * BATCHES : (page + 1) * BATCHES]]
    return [*rows, pager(page, pages, OpenTodo), [Button(turn.texts.plain("menu"), OpenMenu())]]


def _summary(turn: Turn, line: Summary, *, own: bool = False) -> str:
    """Who asks for what; of my own requests only what I asked for."""
    what = clip(line.customer, 18)
    if line.customers > 1:
        what = turn.texts.plain("todo-several", customer=what, count=line.customers)
    return clip(what if own else f"{line.requester} · {what}")


def card(turn: Turn, shown: RequestCard) -> list[Row]:
    """For the approver the decisions, for the requester the way out, for both a look at the customers and at all that waits."""
    return [*_card(turn, shown), [Button("‹ " + turn.texts.plain("todo"), OpenTodo(0))]]


def _card(turn: Turn, shown: RequestCard) -> list[Row]:
    if not shown.waiting:
        return [*_views(turn, shown, shown.lines[:LINES]), *_reason(turn, shown)]
    if not shown.may_decide:
        return [*_views(turn, shown, shown.waiting[:LINES]), _cancel(turn, shown)]
    if len(shown.lines) == 1:
        return [_decisions(turn, shown.lines[0]), *_views(turn, shown, shown.lines)]
    rows: list[Row] = []
    for line in shown.waiting[:LINES]:
        rows += [*_views(turn, shown, [line]), _decisions(turn, line)]
    return [*rows, _all_decisions(turn, shown)]


def _decisions(turn: Turn, line: RequestLine) -> Row:
    return [
        Button("✅ " + turn.texts.plain("approve"), Decide(line.request_id, yes=True), style="success"),
        Button("✖ " + turn.texts.plain("reject"), Decide(line.request_id, yes=False), style="danger"),
    ]


def _all_decisions(turn: Turn, shown: RequestCard) -> Row:
    count = len(shown.waiting)
    return [
        Button(turn.texts.plain("approve-all", count=count), DecideAll(shown.batch_id, yes=True), style="success"),
        Button(turn.texts.plain("reject-all", count=count), DecideAll(shown.batch_id, yes=False), style="danger"),
    ]


def _views(turn: Turn, shown: RequestCard, lines: Sequence[RequestLine]) -> list[Row]:
    view = turn.texts.plain("view")
    if len(shown.lines) == 1:
        return [[Button(f"🔍 {view}", ShowRequested(shown.batch_id, line.customer_id))] for line in lines]
    return [[Button(f"🔍 {view} · {clip(line.customer, 22)}", ShowRequested(shown.batch_id, line.customer_id))] for line in lines]


def _reason(turn: Turn, shown: RequestCard) -> list[Row]:
    if not may_explain(turn, shown):
        return []
    return [[Button("✏️ " + turn.texts.plain("give-reason"), GiveReason(shown.batch_id))]]


def may_explain(turn: Turn, shown: RequestCard) -> bool:
    """Whether the reader rejected something here without a word of why."""
    unexplained = [line.decided_by for line in shown.lines if line.status is RequestStatus.REJECTED and line.reason is None]
    return turn.actor.id in unexplained


def _cancel(turn: Turn, shown: RequestCard) -> Row:
    if turn.actor.id != shown.requester_id:
        return []
    return [Button("✖ " + turn.texts.plain("cancel-request"), CancelRequests(shown.batch_id), style="danger")]


def back_to_card(turn: Turn, batch: int) -> list[Row]:
    """The way back to the approval card."""
    return [[Button("‹ " + turn.texts.plain("back"), ShowRequests(batch))]]
