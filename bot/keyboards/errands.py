"""Choosing a person or a reason, or leaving it."""

from collections.abc import Sequence

from bot.callbacks import DropErrand, OpenMenu, PickPerson, PickReason, TurnPeople
from bot.keyboards.people import labelled, paged
from bot.payloads.errands import ConfirmErrand, PickDays, Undo
from bot.screens import Button, Row, chunks
from bot.turn import Turn
from domain.models import User
from domain.stages import CHOSEN_REASONS

DAYS = (7, 15, 30)


def people(turn: Turn, errand: int, everybody: Sequence[User], page: int) -> list[Row]:
    """Everybody who may get them, the actor himself first."""
    ordered = sorted(everybody, key=lambda person: person.id != turn.actor.id)
    buttons = [Button(_called(turn, person, label), PickPerson(errand, person)) for person, label in labelled(ordered)]
    return [*paged(buttons, page, lambda number: TurnPeople(errand, number)), *only_cancel(turn, errand)]


def _called(turn: Turn, person: int, label: str) -> str:
    return turn.texts.plain("myself", name=label) if person == turn.actor.id else label


def reasons(turn: Turn, errand: int) -> list[Row]:
    """Why customers are released: the choice confirms as well."""
    buttons = [Button(turn.words.label(reason), PickReason(errand, reason)) for reason in CHOSEN_REASONS]
    return [*chunks(buttons, 2), *only_cancel(turn, errand)]


def days(turn: Turn, errand: int) -> list[Row]:
    """By how many days: a tap confirms as well."""
    buttons = [Button(f"+{number}", PickDays(errand, number)) for number in DAYS]
    return [[*buttons, Button(turn.texts.plain("extend-other"), PickDays(errand, 0))], *only_cancel(turn, errand)]


def confirm(turn: Turn, errand: int) -> list[Row]:
    """Yes or no."""
    return [[Button(turn.texts.plain("confirm"), ConfirmErrand(errand), style="danger")], *only_cancel(turn, errand)]


def undo(turn: Turn, undo_id: int, view: int | None) -> Row:
    """The way back for some minutes."""
    return [Button("↩️ " + turn.texts.plain("undo", minutes=turn.policy.undo_minutes), Undo(undo_id, view))]


def only_cancel(turn: Turn, errand: int) -> list[Row]:
    """The way back with nothing done."""
    return [[Button("✖ " + turn.texts.plain("cancel"), DropErrand(errand))]]


def only_menu(turn: Turn) -> list[Row]:
    """The way to where everything starts."""
    return [[Button(turn.texts.plain("menu"), OpenMenu())]]
