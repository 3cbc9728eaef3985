"""编辑: pick a field of a customer, type or choose what is to stand in it, or empty it (SPEC 4); all in place of the card."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot import field_words
from bot.callbacks import ShowCustomer
from bot.handlers import customers as cards
from bot.handlers.menu import menu
from bot.keyboards import editing as keyboard
from bot.locales import LANGUAGES, texts_for
from bot.payloads.editing import AskChange, ChooseChange, EmptyField, KeepMarks, ListChanges, MarkChange
from bot.screens import Screen, Shows, clip
from bot.turn import Turn
from domain import drafts, edit_form
from domain.edit_form import CHOICES, FIELDS, GROUPS, Values
from domain.errors import DuplicateCustomerError, GonghaiError, InvalidFieldError, StaleError

KIND = "edit"
SHOWN = 120


def list_changes(turn: Turn, tap: ListChanges) -> Screen:
    """The fields of a group, with what stands in them."""
    if not 0 <= tap.group < len(GROUPS):
        raise StaleError
    drafts.drop(turn.session, turn.actor.id)
    return _fields(turn, tap.customer, tap.view, tap.group)


def ask(turn: Turn, tap: AskChange) -> Screen:
    """A field's question."""
    return _ask(turn, tap.customer, tap.view, tap.field)


def mark(turn: Turn, tap: MarkChange) -> Screen:
    """One of several choices ticked, or no more."""
    if _field(tap.field) not in keyboard.SEVERAL:
        raise StaleError
    return _ask(turn, tap.customer, tap.view, tap.field, max(tap.marks, 0))


def keep_marks(turn: Turn, tap: KeepMarks) -> Screen:
    """Exactly the choices that are ticked."""
    field = _field(tap.field)
    if field not in keyboard.SEVERAL:
        raise StaleError
    kept = edit_form.values(turn.session, turn.actor, tap.customer)
    return _change(turn, tap, keyboard.marked(turn, field, kept, max(tap.marks, 0)))


def choose(turn: Turn, tap: ChooseChange) -> Screen:
    """A choice taken."""
    field = _field(tap.field)
    offered = keyboard.choices(turn, field)
    if field in keyboard.SEVERAL or not 0 <= tap.choice < len(offered):
        raise StaleError
    return _change(turn, tap, offered[tap.choice][0])


def empty(turn: Turn, tap: EmptyField) -> Screen:
    """Nothing stands in the field any more."""
    _field(tap.field)
    return _change(turn, tap, None)


def typed(turn: Turn, state: dict[str, Any]) -> Screen:
    """What was typed for a field; refused, the field is asked for again with the reason. A customer gone ends it."""
    asked = AskChange(state["customer"], state["view"], state["field"])
    try:
        with turn.session.begin_nested():
            return _change(turn, asked, _as_codes(turn, _field(asked.field), turn.text))
    except (InvalidFieldError, DuplicateCustomerError) as refusal:
        return ask(turn, asked).with_notice(turn.words.refusal(refusal))
    except GonghaiError as gone:
        return menu(turn).with_notice(turn.words.refusal(gone))


def card(turn: Turn, tap: ListChanges) -> Screen:
    """The card on which it began."""
    return cards.show(turn, ShowCustomer(tap.customer, tap.view))


def home(turn: Turn, tap: AskChange | ChooseChange | MarkChange | KeepMarks | EmptyField) -> Screen:
    """The fields among which a refused change began."""
    _field(tap.field)
    return _fields(turn, tap.customer, tap.view, keyboard.group_of(tap.field))


def _change(turn: Turn, tap: AskChange | ChooseChange | KeepMarks | EmptyField, wanted: str | Sequence[str] | None) -> Screen:
    field = _field(tap.field)
    changed = edit_form.change(turn.session, turn.actor, tap.customer, field, wanted, **turn.rules)
    drafts.drop(turn.session, turn.actor.id)
    word = field_words.label(turn.texts, field)
    notice = "✅ " + turn.texts.html("edit-done", field=word) if changed else turn.texts.html("edit-same", field=word)
    return home(turn, tap).with_notice(notice)


def _field(place: int) -> str:
    if not 0 <= place < len(FIELDS):
        raise StaleError
    return FIELDS[place]


def _fields(turn: Turn, customer: int, view: int | None, group: int) -> Screen:
    kept = edit_form.values(turn.session, turn.actor, customer)
    offered = edit_form.offered(group, kept)
    filled = [_line(turn, field, kept) for field in offered if kept[field]]
    lines = [turn.texts.html("edit-head", name=kept["name"]), *(filled or [turn.texts.html("edit-nothing")])]
    rows = keyboard.fields(turn, customer, view, group, offered)
    return Screen("\n".join(lines), tuple(rows), shows=Shows.customer(customer, kept["hands"]))


def _line(turn: Turn, field: str, kept: Values) -> str:
    return turn.texts.html("entry-line", field=field_words.label(turn.texts, field), value=_shown(turn, field, kept))


def _shown(turn: Turn, field: str, kept: Values) -> str:
    return clip(field_words.value(turn.texts, field, kept[field]), SHOWN)


def _ask(turn: Turn, customer: int, view: int | None, place: int, marks: int | None = None) -> Screen:
    field = _field(place)
    kept = edit_form.values(turn.session, turn.actor, customer)
    if field not in edit_form.offered(keyboard.group_of(place), kept):
        raise InvalidFieldError(field, "not_free")
    if marks is None:
        marks = keyboard.marks_of(turn, field, kept) if field in keyboard.SEVERAL else 0
    drafts.expect(turn.session, turn.actor.id, KIND, {"customer": customer, "view": view, "field": place}, now=turn.now)
    rows = keyboard.asking(turn, customer, view, place, kept, marks)
    return Screen("\n".join(_question(turn, field, kept)), tuple(rows), shows=Shows.customer(customer, kept["hands"]))


def _question(turn: Turn, field: str, kept: Values) -> list[str]:
    lines = [turn.texts.html("edit-head", name=kept["name"])]
    if kept[field]:
        lines.append(turn.texts.html("edit-present", value=_shown(turn, field, kept)))
    how = "choose-several" if field in keyboard.SEVERAL else "choose" if field in CHOICES else "type"
    if how == "type" and keyboard.choices(turn, field):
        how = "choose-or-type"
    lines += ["", turn.texts.html(f"edit-{how}", field=field_words.label(turn.texts, field))]
    hints = (f"{noun}-hint-{field.replace('_', '-')}" for noun in _HINTED.get(field, ()))
    return [*lines, *(f"<i>{turn.texts.html(hint)}</i>" for hint in hints)]


_HINTED = {"volume": ("edit",), "lanes": ("entry",), "credit_code": ("entry",)}
"""Fields whose question needs a word more, and whose words those are."""


def _as_codes(turn: Turn, field: str, typed: str) -> str:
    """A closed field's values as people write them, in either language, as their codes."""
    if field not in CHOICES or field in ("level", "incoterms"):
        return typed
    read = (keyboard.choices(replace(turn, texts=texts_for(language)), field) for language in LANGUAGES)
    codes = {label.casefold(): code for pairs in read for code, label in pairs}
    if field != "services":
        return codes.get(typed.strip().casefold(), typed)
    words = (word.strip() for word in typed.replace("、", ",").replace("，", ",").split(","))
    return ",".join(codes.get(word.casefold(), word) for word in words)
