"""Buttons of 用户管理: the list, a person's card, the choices of an edit, joining and leaving."""

from collections.abc import Sequence

from bot.callbacks import OpenMenu, Payload
from bot.keyboards.paging import pager
from bot.keyboards.people import labelled, paged
from bot.payloads.away import OpenAway
from bot.payloads.users import (
    AskHire,
    AskProfile,
    ChooseHireRole,
    ChooseHireSuperior,
    ChooseSuccessor,
    ConfirmLeave,
    InviteUser,
    LeaveUser,
    ListSuccessors,
    OpenUsers,
    ReturnUser,
    SaveHire,
    SearchUsers,
    SetProfile,
    ShowUser,
    StartHire,
    TurnUsers,
)
from bot.screens import Button, Row, Style, chunks, clip
from bot.turn import Turn
from domain.models import User
from domain.permissions import Role
from domain.profiles import ProfileField
from domain.staff import PersonCard, StaffLine, StaffPage

NOT_JOINED, AWAY, GONE = "⏳", "🌙", "🚫"


def listed(turn: Turn, view: int, found: StaffPage, *, filtered: bool) -> list[Row]:
    """One wide button a person, the pages, and the ways to search and to add."""
    rows: list[Row] = [[Button(_label(turn, line), ShowUser(line.id, view))] for line in found.lines]
    rows.append(pager(found.page, found.pages, lambda number: TurnUsers(view, number)))
    acts = [
        Button("🔍 " + turn.texts.plain("users-search"), SearchUsers(view)),
        Button("➕ " + turn.texts.plain("users-add"), StartHire()),
    ]
    last = [Button(turn.texts.plain("users-all"), OpenUsers())] if filtered else []
    return [*rows, acts, [*last, Button(turn.texts.plain("menu"), OpenMenu())]]


def mark(line: StaffLine) -> str:
    """What one should know of a person at a glance."""
    if not line.active:
        return GONE
    return NOT_JOINED if not line.bound else AWAY if line.away else ""


def _label(turn: Turn, line: StaffLine) -> str:
    facts = [clip(line.name, 18), turn.words.label(line.role), line.department or ""]
    return clip(" ".join(part for part in (mark(line), " · ".join(fact for fact in facts if fact)) if part))


def searching(turn: Turn, view: int, page: int) -> list[Row]:
    """The way back with nothing typed."""
    return [[_cancel(turn, TurnUsers(view, page))]]


def card(turn: Turn, card: PersonCard, view: int | None, page: int | None) -> list[Row]:
    """Everything that can be changed of a person; one who has left can only come back."""
    back = Button("‹ " + turn.texts.plain("back"), OpenUsers() if view is None or page is None else TurnUsers(view, page))
    if not card.active:
        return [[Button("↩️ " + turn.texts.plain("users-return"), ReturnUser(card.id, view)), back]]
    fields = [Button(field_label(turn, field), AskProfile(card.id, field, 0, view)) for field in ProfileField]
    fields.append(Button(turn.texts.plain("away"), OpenAway(card.id)))
    style: Style | None = None if card.telegram_id else "primary"
    doors = [Button("🔗 " + turn.texts.plain("users-invite"), InviteUser(card.id, view), style=style)]
    if card.id != turn.actor.id:
        doors.append(Button(turn.texts.plain("users-leave"), LeaveUser(card.id, view), style="danger"))
    return [*chunks(fields, 2), doors, [back]]


def field_label(turn: Turn, field: ProfileField) -> str:
    """A field in the spec's words."""
    return turn.texts.plain(f"profile-{field.value.replace('_', '-')}")


def choices(
    turn: Turn, user: int, field: ProfileField, offered: Sequence[tuple[str, str]], page: int, view: int | None
) -> list[Row]:
    """The values to choose from, and the way back."""
    buttons = [Button(clip(label, 24), SetProfile(user, field, value, view)) for value, label in offered]
    rows = paged(buttons, page, lambda number: AskProfile(user, field, number, view))
    return [*rows, [_cancel(turn, ShowUser(user, view))]]


def leaving(turn: Turn, card: PersonCard, view: int | None) -> list[Row]:
    """To whom the customers go; whoever has none and no team just leaves."""
    texts, cancel = turn.texts, [_cancel(turn, ShowUser(card.id, view))]
    if card.role is Role.LEAD:
        return [[Button("👤 " + texts.plain("leave-successor"), ListSuccessors(card.id, 0, view))], cancel]
    if card.customers == 0:
        return [[Button(texts.plain("users-leave"), ConfirmLeave(card.id, 0, view), style="danger"), *cancel]]
    return [
        [Button("👤 " + texts.plain("leave-hand-over"), ListSuccessors(card.id, 0, view))],
        [Button("🌊 " + texts.plain("leave-release"), ChooseSuccessor(card.id, 0, view))],
        cancel,
    ]


def successors(turn: Turn, user: int, people: Sequence[User], page: int, view: int | None) -> list[Row]:
    """Who takes over."""
    buttons = [Button(label, ChooseSuccessor(user, person, view)) for person, label in labelled(people)]
    rows = paged(buttons, page, lambda number: ListSuccessors(user, number, view))
    return [*rows, [_cancel(turn, ShowUser(user, view))]]


def confirm_leave(turn: Turn, user: int, successor: int, view: int | None) -> list[Row]:
    """Yes or no."""
    yes = Button(turn.texts.plain("confirm"), ConfirmLeave(user, successor, view), style="danger")
    return [[yes, _cancel(turn, ShowUser(user, view))]]


def hire_typed(turn: Turn, view: int, step: int) -> list[Row]:
    """A question whose answer is typed."""
    return [_hire_end(turn, view, step)]


def hire_roles(turn: Turn, view: int, step: int) -> list[Row]:
    """The roles there are."""
    roles = [Button(turn.words.label(role), ChooseHireRole(view, role)) for role in Role]
    return [*chunks(roles, 2), _hire_end(turn, view, step)]


def hire_superiors(turn: Turn, view: int, step: int, people: Sequence[User], page: int) -> list[Row]:
    """Who leads; or nobody."""
    buttons = [Button(label, ChooseHireSuperior(view, person)) for person, label in labelled(people)]
    buttons.insert(0, Button(turn.texts.plain("profile-none"), ChooseHireSuperior(view, 0)))
    return [*paged(buttons, page, lambda number: AskHire(view, step, number)), _hire_end(turn, view, step)]


def hire_review(turn: Turn, view: int, step: int) -> list[Row]:
    """Add, or go back."""
    return [[Button("✅ " + turn.texts.plain("confirm"), SaveHire(view), style="success")], _hire_end(turn, view, step)]


def _hire_end(turn: Turn, view: int, step: int) -> Row:
    back = [Button("‹ " + turn.texts.plain("step-back"), AskHire(view, step - 1, 0))] if step else []
    return [*back, _cancel(turn, OpenUsers())]


def _cancel(turn: Turn, payload: Payload) -> Button:
    return Button("✖ " + turn.texts.plain("cancel"), payload)
