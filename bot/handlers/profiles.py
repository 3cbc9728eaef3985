"""One field of a person, asked for and changed: from buttons, or typed (SPEC 2)."""

import re
from collections.abc import Sequence
from typing import Any

from bot import menus
from bot.handlers import users as cards
from bot.keyboards import users as keyboard
from bot.keyboards.people import labelled
from bot.locales import LANGUAGES, texts_for
from bot.payloads.users import AskProfile, SetProfile
from bot.screens import Screen
from bot.turn import Turn
from domain import drafts, profiles, staff, users
from domain.errors import InvalidFieldError, StaleError
from domain.permissions import Role
from domain.profiles import ProfileField
from domain.staff import Choice, PersonCard

KIND = "profile"
_TYPED = (ProfileField.NAME, ProfileField.COMPANY, ProfileField.DEPARTMENT)
_IN_MENU = (ProfileField.ROLE, ProfileField.LANGUAGE)
_NUMBER = re.compile(r"[0-9]{1,18}")


def ask(turn: Turn, tap: AskProfile) -> Screen:
    """What the field is, and what it may become."""
    card = cards.editable(turn, tap.user)
    if tap.field is ProfileField.DEPARTMENT and card.branch_id is None:
        raise InvalidFieldError(tap.field, "needs_company")
    offered = _offered(turn, card, tap.field)
    how = "choose" if offered else "type"
    if tap.field in _TYPED:
        drafts.expect(turn.session, turn.actor.id, KIND, {"user": tap.user, "field": tap.field, "view": tap.view}, now=turn.now)
        how = "both" if offered else how
    label, value = keyboard.field_label(turn, tap.field), cards.value_of(turn, card, tap.field)
    lines = [f"<b>{turn.texts.html('users-line', name=card.name, value=label)}</b>", turn.texts.html("profile-now", value=value)]
    lines.append(turn.texts.html(f"profile-{how}"))
    return Screen("\n".join(lines), tuple(keyboard.choices(turn, card.id, tap.field, offered, tap.page, tap.view)))


def choose(turn: Turn, tap: SetProfile) -> Screen:
    """The new value from a button."""
    card = cards.editable(turn, tap.user)
    _change(turn, card, tap.field, tap.value)
    return _changed(turn, card, tap.field, tap.view)


def typed(turn: Turn, state: dict[str, Any]) -> Screen:
    """The new value as it was typed."""
    field, card = ProfileField(state["field"]), cards.editable(turn, state["user"])
    setter = {
        ProfileField.NAME: profiles.set_name,
        ProfileField.COMPANY: profiles.set_company,
        ProfileField.DEPARTMENT: profiles.set_department,
    }[field]
    try:
        setter(turn.session, turn.actor, card.id, turn.text, now=turn.now)
    except InvalidFieldError as refused:
        return ask(turn, AskProfile(card.id, field, 0, state["view"])).with_notice(turn.words.refusal(refused))
    return _changed(turn, card, field, state["view"])


def _offered(turn: Turn, card: PersonCard, field: ProfileField) -> list[tuple[str, str]]:
    """Values and labels to choose from."""
    texts = turn.texts
    match field:
        case ProfileField.NAME:
            return []
        case ProfileField.ROLE:
            return [(role.value, turn.words.label(role)) for role in Role]
        case ProfileField.DIRECT_ASSIGN:
            return [("1", texts.plain("profile-yes")), ("0", texts.plain("profile-no"))]
        case ProfileField.LANGUAGE:
            return [(code, texts_for(code).plain("language-name")) for code in LANGUAGES]
        case _:
            return [("0", texts.plain("profile-none")), *((str(number), name) for number, name in _there_is(turn, card, field))]


def _there_is(turn: Turn, card: PersonCard, field: ProfileField) -> Sequence[tuple[int, str]]:
    if field is ProfileField.SUPERIOR:
        return labelled(staff.superiors(turn.session, turn.actor, card.id))
    return staff.companies(turn.session) if field is ProfileField.COMPANY else staff.departments(turn.session, card.branch_id)


def _change(turn: Turn, card: PersonCard, field: ProfileField, value: str) -> None:
    session, actor, now = turn.session, turn.actor, turn.now
    match field:
        case ProfileField.ROLE if value in list(Role):
            profiles.set_role(session, actor, card.id, Role(value), now=now)
        case ProfileField.SUPERIOR if _NUMBER.fullmatch(value):
            users.set_superior(session, actor, card.id, int(value) or None, now=now)
        case ProfileField.COMPANY:
            profiles.set_company(session, actor, card.id, _name(staff.companies(session), value), now=now)
        case ProfileField.DEPARTMENT:
            name = _name(staff.departments(session, card.branch_id), value)
            profiles.set_department(session, actor, card.id, name, now=now)
        case ProfileField.DIRECT_ASSIGN if value in ("0", "1"):
            profiles.set_direct_assign(session, actor, card.id, on=value == "1", now=now)
        case ProfileField.LANGUAGE:
            profiles.set_language(session, actor, card.id, value, now=now)
        case _:
            raise StaleError


def _changed(turn: Turn, before: PersonCard, field: ProfileField, view: int | None) -> Screen:
    """The card with what became of the field; a role or a language changes the person's Telegram menu as well."""
    drafts.drop(turn.session, turn.actor.id)
    after = staff.card(turn.session, turn.actor, before.id, now=turn.now)
    if field in _IN_MENU and after.telegram_id is not None:
        key, account = str(turn.update_id), after.telegram_id
        menus.set_personal(turn.session, chat_id=account, role=after.role, language=after.language, key=key, now=turn.now)
    label = keyboard.field_label(turn, field)
    old, new = cards.value_of(turn, before, field), cards.value_of(turn, after, field)
    notice = "✅ " + turn.texts.html("profile-changed", field=label, old=old, new=new)
    return cards.shown(turn, before.id, view, turn.texts.html("profile-same", field=label) if old == new else notice)


def _name(choices: Sequence[Choice], value: str) -> str | None:
    """The name of the choice; 0 is none at all."""
    names = {"0": None, **{str(choice.id): choice.name for choice in choices}}
    if value not in names:
        raise StaleError
    return names[value]
