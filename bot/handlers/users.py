"""用户管理: admins look people up and open their cards (SPEC 2). A list is a view."""

from typing import Any

from bot.handlers.menu import menu
from bot.keyboards import users as keyboard
from bot.locales import LANGUAGES, texts_for
from bot.payloads.users import (
    AskProfile,
    ChooseSuccessor,
    ConfirmLeave,
    InviteUser,
    LeaveUser,
    ListSuccessors,
    OpenUsers,
    ReturnUser,
    SearchUsers,
    SetProfile,
    ShowUser,
    TurnUsers,
)
from bot.screens import Screen, escape
from bot.searching import SearchableList
from bot.turn import Turn
from domain import absences, access, drafts, staff
from domain.errors import StaleError
from domain.models import View
from domain.outbox import Kind, Notice, Priority, tell
from domain.permissions import Act, Role
from domain.profiles import ProfileField
from domain.staff import PersonCard, StaffPage, Word

TEXT = "users_text"
_LIST = SearchableList("users", TEXT, Act.MANAGE_USERS)


def open_(turn: Turn, _tap: OpenUsers | None = None) -> Screen:
    """/users, with the words to look for when some were typed."""
    return _show(turn, _LIST.open(turn, turn.text), 0)


def typed(turn: Turn, _state: dict[str, Any]) -> Screen:
    """The words to look for."""
    return _show(turn, _LIST.open(turn, turn.text), 0)


def search(turn: Turn, tap: SearchUsers) -> Screen:
    """Ask for the words to look for."""
    page = _LIST.await_words(turn, tap.view)
    return Screen(turn.texts.html("users-ask"), tuple(keyboard.searching(turn, tap.view, page)))


def turn_to(turn: Turn, tap: TurnUsers) -> Screen:
    """A page of the list."""
    drafts.drop(turn.session, turn.actor.id)
    return _show(turn, _LIST.view(turn, tap.view), tap.page)


def show(turn: Turn, tap: ShowUser) -> Screen:
    """A person's card."""
    access.require(turn.actor, Act.MANAGE_USERS)
    drafts.drop(turn.session, turn.actor.id)
    card = staff.card(turn.session, turn.actor, tap.user, now=turn.now)
    return Screen(text_of(turn, card), tuple(keyboard.card(turn, card, tap.view, _LIST.page_of(turn, tap.view))))


def home(
    turn: Turn,
    tap: AskProfile | SetProfile | InviteUser | LeaveUser | ListSuccessors | ChooseSuccessor | ConfirmLeave | ReturnUser,
) -> Screen:
    """The card on which a refused tap began."""
    return show(turn, ShowUser(tap.user, tap.view))


def shown(turn: Turn, user_id: int, view: int | None, notice: str) -> Screen:
    """The card after a change. Whoever has changed himself is seen as he is now: who is no admin any more finds the menu."""
    if user_id == turn.actor.id:
        turn = turn.again(texts_for(access.actor_by_id(turn.session, user_id).language))
    screen = show(turn, ShowUser(user_id, view)) if turn.actor.may_ever(Act.MANAGE_USERS) else menu(turn)
    return screen.with_notice(notice)


def invite(turn: Turn, tap: InviteUser) -> Screen:
    """邀请: the link follows as a message of its own, to be forwarded. It is made when it is sent: only its hash is kept."""
    card = editable(turn, tap.user)
    key = f"invitation:{card.id}:{turn.update_id}"
    notice = Notice(key, Kind.INVITATION, turn.actor.id, {"user_id": card.id}, Priority.REPLY)
    tell(turn.session, [notice], now=turn.now)
    return shown(turn, card.id, tap.view, "🔗 " + turn.texts.html("users-invited", name=card.name))


def editable(turn: Turn, user_id: int) -> PersonCard:
    """Somebody active, for an admin to change. Raises StaleError for one who has left."""
    access.require(turn.actor, Act.MANAGE_USERS)
    card = staff.card(turn.session, turn.actor, user_id, now=turn.now)
    if not card.active:
        raise StaleError
    return card


def text_of(turn: Turn, card: PersonCard) -> str:
    """Everything about a person (HTML)."""
    texts = turn.texts
    lines = [f"<b>{escape(card.name)}</b> · <code>{escape(card.login)}</code>"]
    lines += [_line(turn, keyboard.field_label(turn, field), value_of(turn, card, field)) for field in _ON_CARD]
    lines.append(
        _line(turn, texts.plain("users-account"), texts.plain("users-joined" if card.telegram_id else "users-not-joined"))
    )
    if not card.active:
        return "\n".join([*lines, f"{keyboard.GONE} {texts.html('users-gone')}"])
    if card.away_until is not None:
        day = turn.words.day(absences.last_day_of(card.away_until, turn.now))
        lines.append("🌙 " + texts.html("away-until", day=day, stand_in=card.stand_in or ""))
    numbers = [texts.html("users-customers", count=card.customers)]
    if card.members:
        numbers.append(texts.html("users-members", count=card.members))
    return "\n".join([*lines, "", " · ".join(numbers)])


_ON_CARD = [field for field in ProfileField if field is not ProfileField.NAME]


def value_of(turn: Turn, card: PersonCard, field: ProfileField) -> str:
    """A field's value in the reader's words."""
    if field is ProfileField.ROLE:
        return turn.words.label(card.role)
    if field is ProfileField.DIRECT_ASSIGN:
        return turn.texts.plain("profile-yes" if card.direct_assign else "profile-no")
    if field is ProfileField.LANGUAGE:
        return texts_for(card.language).plain("language-name")
    return str(getattr(card, field) or turn.texts.plain("profile-none"))


def _line(turn: Turn, name: str, value: str) -> str:
    return turn.texts.html("users-line", name=name, value=value)


def _show(turn: Turn, view: View, page: int) -> Screen:
    text = view.state["text"]
    found = staff.search(turn.session, turn.actor, [_word(word) for word in text.split()], page=page, now=turn.now)
    view.state = {"text": text, "page": found.page}
    title = turn.texts.html("users-found", text=text) if text else turn.texts.html("users-list")
    body = turn.texts.html("users-total", count=found.total) if found.total else turn.texts.html("users-nobody")
    lines = [title, body, *_legend(turn, found)]
    return Screen("\n".join(lines), tuple(keyboard.listed(turn, view.id, found, filtered=bool(text))))


def _legend(turn: Turn, found: StaffPage) -> list[str]:
    """What the marks on this page mean."""
    names = {keyboard.NOT_JOINED: "users-not-joined", keyboard.AWAY: "users-away", keyboard.GONE: "users-gone"}
    seen = {keyboard.mark(line) for line in found.lines}
    words = [f"{sign} {turn.texts.html(name)}" for sign, name in names.items() if sign in seen]
    return [f"<i>{' · '.join(words)}</i>"] if words else []


def _word(text: str) -> Word:
    """A word of a search with the roles that it names, in either language; a whole name before a part of one."""
    names = {(texts_for(code).plain(f"role-{role}").casefold(), role) for code in LANGUAGES for role in Role}
    text = text.casefold()
    whole = {role for name, role in names if name == text}
    return Word(text, tuple(sorted(whole or {role for name, role in names if text in name})))
