"""Buttons of the entry of a new customer: choices, the way back and on, review and save."""

from collections.abc import Sequence

from bot import field_words
from bot.callbacks import Begin, OpenMenu
from bot.keyboards.people import labelled, paged
from bot.payloads.entry import (
    AskField,
    ChooseOwner,
    ChooseValue,
    LeaveEntry,
    ListFields,
    ListOwners,
    ReviewEntry,
    SaveEntry,
    ShowTemplate,
    StartEntry,
)
from bot.screens import Button, Row, chunks
from bot.turn import Turn
from domain import entry
from domain.models import User
from domain.permissions import Act
from domain.stages import Level

CLOSED = frozenset({"level", "services"})


def how(turn: Turn, field: str) -> str:
    """How a field is filled in: `choose`, `choose-or-type` or `ask`."""
    if field in CLOSED:
        return "choose"
    return "choose-or-type" if choices(turn, field) else "ask"


def choices(turn: Turn, field: str) -> list[tuple[str, str]]:
    """What a field offers to tap: pairs of (value, label)."""
    if field == "level":
        return [(level.value, turn.texts.plain("card-level", level=level.value)) for level in Level]
    if field == "services":
        return [(service, turn.texts.plain(f"service-{service}")) for service in entry.SERVICES]
    key = f"choices-{field}"
    offered = turn.texts.plain(key).split("|") if turn.texts.has(key) else []
    return [(value, value) for value in offered]


def asking(turn: Turn, view: int, field: str, filled: entry.Entry) -> list[Row]:
    """The choices of a field, one step back or on, and the review once nothing required is missing."""
    place = entry.FIELDS.index(field)
    chosen = filled.get(field) or []
    buttons = [
        Button(f"☑ {label}" if isinstance(chosen, list) and value in chosen else label, ChooseValue(view, place, number))
        for number, (value, label) in enumerate(choices(turn, field))
    ]
    rows = chunks(buttons, 4 if field == "level" else 3)
    steps = []
    if place > 0:
        steps.append(Button("‹ " + turn.texts.plain("step-back"), AskField(view, place - 1)))
    if field not in entry.REQUIRED or filled.get(field):
        on = AskField(view, place + 1) if place + 1 < len(entry.FIELDS) else ReviewEntry(view)
        steps.append(Button(turn.texts.plain("step-on" if filled.get(field) else "step-skip") + " ›", on))
    rows.append(steps)
    if not entry.missing(filled):
        rows.append([Button("✅ " + turn.texts.plain("entry-review"), ReviewEntry(view), style="primary")])
    if place == 0:
        rows.append([Button("📋 " + turn.texts.plain("entry-template"), ShowTemplate(view))])
    return [*rows, _leave(turn, view)]


def review(turn: Turn, view: int) -> list[Row]:
    """Save, change a field, choose the owner."""
    rows: list[Row] = [[Button("✅ " + turn.texts.plain("entry-save"), SaveEntry(view), style="success")]]
    second = [Button("✏️ " + turn.texts.plain("entry-change"), ListFields(view))]
    if turn.actor.may_ever(Act.ENTER_FOR_MEMBER):
        second.append(Button("👤 " + turn.texts.plain("entry-owner"), ListOwners(view, 0)))
    return [*rows, second, _leave(turn, view)]


def fields(turn: Turn, view: int) -> list[Row]:
    """Every field, to change one."""
    buttons = [Button(field_words.short_label(turn.texts, name), AskField(view, i)) for i, name in enumerate(entry.FIELDS)]
    return [*chunks(buttons, 3), back_to_review(turn, view)]


def owners(turn: Turn, view: int, people: Sequence[User], page: int) -> list[Row]:
    """The pool for an admin, then everybody whom the actor may give it to."""
    buttons = [Button("🌊 " + turn.texts.plain("public-pool"), ChooseOwner(view, 0))] if turn.actor.is_admin else []
    buttons += [Button(label, ChooseOwner(view, person)) for person, label in labelled(people)]
    return [*paged(buttons, page, lambda number: ListOwners(view, number)), back_to_review(turn, view)]


def back_to_review(turn: Turn, view: int) -> Row:
    """The way back to the whole entry."""
    return [Button("‹ " + turn.texts.plain("back"), ReviewEntry(view))]


def unfinished(turn: Turn, view: int) -> list[Row]:
    """Go on with a draft, or start afresh."""
    go_on = Button("▶️ " + turn.texts.plain("entry-go-on"), ReviewEntry(view), style="primary")
    return [[go_on], [Button(turn.texts.plain("entry-afresh"), StartEntry()), Button(turn.texts.plain("menu"), OpenMenu())]]


def claim_instead(turn: Turn, customer: int) -> list[Row]:
    """The duplicate lies in the pool: take it from there."""
    return [[Button(turn.texts.plain("act-claim"), Begin(Act.CLAIM, customer, None), style="primary")]]


def _leave(turn: Turn, view: int) -> Row:
    return [Button("✖ " + turn.texts.plain("cancel"), LeaveEntry(view))]
