"""停用: whose customers go where, with the numbers, confirmed in place (SPEC 2). 恢复启用: the way back."""

from bot.handlers import users as cards
from bot.keyboards import users as keyboard
from bot.payloads.users import ChooseSuccessor, ConfirmLeave, LeaveUser, ListSuccessors, ReturnUser
from bot.screens import Screen
from bot.turn import Turn
from domain import access, departures, staff
from domain.errors import NoSuchPersonError, StaleError
from domain.permissions import Act, Role
from domain.staff import PersonCard


def start(turn: Turn, tap: LeaveUser) -> Screen:
    """What would be left behind, and what can become of it."""
    card = cards.editable(turn, tap.user)
    question = "leave-lead" if card.role is Role.LEAD else "leave-whither" if card.customers else "leave-nothing"
    return Screen(_about(turn, card, turn.texts.html(question)), tuple(keyboard.leaving(turn, card, tap.view)))


def list_successors(turn: Turn, tap: ListSuccessors) -> Screen:
    """Who takes over."""
    card = cards.editable(turn, tap.user)
    people = departures.successors(turn.session, turn.actor, card.id)
    text = _about(turn, card, turn.texts.html("leave-to-whom"))
    return Screen(text, tuple(keyboard.successors(turn, card.id, people, tap.page, tap.view)))


def choose_successor(turn: Turn, tap: ChooseSuccessor) -> Screen:
    """It is known who gets what: ask once more."""
    card = cards.editable(turn, tap.user)
    if tap.successor == 0 and card.role is Role.LEAD:
        raise StaleError
    question = turn.texts.html("leave-sure-release", count=card.customers)
    if tap.successor:
        question = turn.texts.html("leave-sure-hand-over", heir=_heir(turn, tap))
    return Screen(_about(turn, card, question), tuple(keyboard.confirm_leave(turn, card.id, tap.successor, tap.view)))


def confirm(turn: Turn, tap: ConfirmLeave) -> Screen:
    """Close the access; a second tap finds it closed."""
    card = cards.editable(turn, tap.user)
    heir = tap.successor or None
    moved = departures.deactivate(turn.session, turn.actor, card.id, successor_id=heir, **turn.rules)
    names = access.names_of(turn.session, [heir])
    done = turn.texts.html("leave-done", name=card.name, count=moved, heir=names[heir] if heir else "none")
    return cards.shown(turn, card.id, tap.view, "✅ " + done)


def come_back(turn: Turn, tap: ReturnUser) -> Screen:
    """Open the access again; the card offers the invitation that is needed."""
    access.require(turn.actor, Act.MANAGE_USERS)
    card = staff.card(turn.session, turn.actor, tap.user, now=turn.now)
    if card.active:
        raise StaleError
    kept = departures.reactivate(turn.session, turn.actor, card.id, now=turn.now)
    lines = ["✅ " + turn.texts.html("return-done", name=card.name)]
    if not kept:
        lines.append(turn.texts.html("return-no-superior", superior=card.superior or ""))
    return cards.shown(turn, card.id, tap.view, "\n".join(lines))


def _heir(turn: Turn, tap: ChooseSuccessor) -> str:
    people = departures.successors(turn.session, turn.actor, tap.user)
    name = next((person.name for person in people if person.id == tap.successor), None)
    if name is None:
        raise NoSuchPersonError(access.names_of(turn.session, [tap.successor]).get(tap.successor, str(tap.successor)))
    return name


def _about(turn: Turn, card: PersonCard, question: str) -> str:
    """Who would leave what behind, and what is asked about it (HTML)."""
    burden = staff.burden_of(turn.session, turn.actor, card.id)
    numbers = [turn.texts.html(f"leave-{name.replace('_', '-')}", count=n) for name, n in burden._asdict().items() if n]
    return "\n".join([turn.texts.html("leave-title", name=card.name), *(f"• {line}" for line in numbers), "", question])
