"""Buttons of recording an order: what was ordered, when, a step back or on, and the end."""

from bot.payloads.orders import AskOrder, ChooseOrderDay, ChooseOrderKind, LeaveOrder, SaveOrder
from bot.screens import Button, Row, chunks
from bot.turn import Turn
from domain.entry import SERVICES

_NUMBER, _KIND, _DAY, _CHECK = range(4)


def asking(turn: Turn, order: int, step: int, *, filled: bool) -> list[Row]:
    """The choices of a question, one step back or on, and the way out; `filled`: nothing is lacking any more."""
    leave = Button("✖ " + turn.texts.plain("cancel"), LeaveOrder(order))
    back = Button("‹ " + turn.texts.plain("step-back"), AskOrder(order, step - 1))
    on = [Button(turn.texts.plain("step-on") + " ›", AskOrder(order, step + 1))] if filled else []
    if step == _NUMBER:
        return [[leave, *on]]
    if step == _KIND:
        skip = Button(turn.texts.plain("step-skip") + " ›", AskOrder(order, _DAY))
        return [*_kinds(turn, order), [back, *(on or [skip])], [leave]]
    if step == _DAY:
        return [_days(turn, order), [back, *on, leave]]
    return [[Button("✅ " + turn.texts.plain("confirm"), SaveOrder(order), style="success")], [back, leave]]


def _kinds(turn: Turn, order: int) -> list[Row]:
    buttons = [
        Button(turn.texts.plain(f"service-{service}"), ChooseOrderKind(order, place)) for place, service in enumerate(SERVICES)
    ]
    return chunks(buttons, 4)


def _days(turn: Turn, order: int) -> Row:
    words = ("order-today", "order-yesterday")
    return [Button(turn.texts.plain(word), ChooseOrderDay(order, ago)) for ago, word in enumerate(words)]
