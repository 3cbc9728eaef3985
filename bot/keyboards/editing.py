"""Buttons of the editing of a customer: groups and fields, choices, emptying."""

from collections.abc import Sequence

from bot import field_words
from bot.callbacks import ShowCustomer
from bot.keyboards import entry as entry_keyboard
from bot.payloads.editing import AskChange, ChooseChange, EmptyField, KeepMarks, ListChanges, MarkChange
from bot.screens import Button, Row, chunks
from bot.turn import Turn
from domain.edit_form import CHOICES, FIELDS, GROUPS, Values, may_empty

SEVERAL = frozenset({"services", "incoterms"})
_WIDTHS = {"level": 4, "incoterms": 4, "stage": 2}


def group_of(field: int) -> int:
    """The group in which the field with this place stands."""
    return next(number for number, group in enumerate(GROUPS) if FIELDS[field] in group)


def fields(turn: Turn, customer: int, view: int | None, group: int, offered: Sequence[str]) -> list[Row]:
    """The groups, the fields of one of them, and the way back to the card."""
    tabs = [
        Button(f"· {label} ·" if number == group else label, ListChanges(customer, view, number))
        for number, label in enumerate(turn.texts.plain(f"edit-group-{number}") for number in range(len(GROUPS)))
    ]
    buttons = [
        Button(field_words.short_label(turn.texts, name), AskChange(customer, view, FIELDS.index(name))) for name in offered
    ]
    back = [Button("‹ " + turn.texts.plain("back"), ShowCustomer(customer, view))]
    return [tabs, *chunks(buttons, 3), back]


def choices(turn: Turn, field: str) -> list[tuple[str, str]]:
    """What a field offers to tap: pairs of (value, label)."""
    if field in CHOICES and field != "level":
        return [(code, field_words.value(turn.texts, field, code)) for code in CHOICES[field]]
    return entry_keyboard.choices(turn, field)


def asking(turn: Turn, customer: int, view: int | None, place: int, kept: Values, marks: int) -> list[Row]:
    """The choices of a field, emptying it, and the way back to the fields."""
    field = FIELDS[place]
    offered = choices(turn, field)
    wide = _WIDTHS.get(field, 3)
    if field in SEVERAL:
        buttons = [_mark(customer, view, place, marks, 1 << number, label) for number, (_, label) in enumerate(offered)]
        save = Button("✅ " + turn.texts.plain("edit-save"), KeepMarks(customer, view, place, marks), style="primary")
        rows = [*chunks(buttons, wide), [save]]
    else:
        rows = chunks(
            [
                Button(f"✓ {label}" if kept[field] == value else label, ChooseChange(customer, view, place, number))
                for number, (value, label) in enumerate(offered)
            ],
            wide,
        )
    last = [Button("‹ " + turn.texts.plain("back"), ListChanges(customer, view, group_of(place)))]
    if may_empty(field, kept):
        last.append(Button("🧹 " + turn.texts.plain("edit-empty"), EmptyField(customer, view, place)))
    return [*rows, last]


def marks_of(turn: Turn, field: str, kept: Values) -> int:
    """The choices that stand in the record, one bit each."""
    return sum(1 << number for number, (value, _) in enumerate(choices(turn, field)) if value in kept[field])


def marked(turn: Turn, field: str, kept: Values, marks: int) -> list[str]:
    """The values that marks mean; what stands there in other words stays."""
    codes = [value for value, _ in choices(turn, field)]
    others = [value for value in kept[field] if value not in codes]
    return [*(code for number, code in enumerate(codes) if marks >> number & 1), *others]


def _mark(customer: int, view: int | None, place: int, marks: int, bit: int, label: str) -> Button:
    return Button(f"☑ {label}" if marks & bit else label, MarkChange(customer, view, place, marks ^ bit))
