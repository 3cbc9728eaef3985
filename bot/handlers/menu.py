"""The main menu, help, and the way out of anything."""

from bot.callbacks import OpenLanguages, OpenList, OpenMenu, OpenTodo
from bot.menus import commands_of
from bot.payloads.away import OpenAway
from bot.payloads.entry import StartEntry
from bot.payloads.partners import OpenPartners
from bot.payloads.settings import OpenSettings
from bot.payloads.statistics import OpenStatistics
from bot.payloads.users import OpenUsers
from bot.screens import Button, Row, Screen, chunks
from bot.turn import Turn
from domain import absences, drafts, request_cards
from domain.lists import Scope
from domain.permissions import Act
from domain.statistics import Period


def menu(turn: Turn, _tap: OpenMenu | None = None) -> Screen:
    """Where everything starts."""
    drafts.drop(turn.session, turn.actor.id)
    role = turn.words.label(turn.actor.role)
    return Screen(turn.texts.html("menu-title", name=turn.actor.name, role=role), tuple(_rows(turn)))


def _rows(turn: Turn) -> list[Row]:
    texts = turn.texts
    first = [Button(f"👤 {texts.plain('my-customers')}", OpenList(Scope.MY))]
    if turn.actor.may_ever(Act.SEE_TEAM):
        first.append(Button(f"👥 {texts.plain('team-customers')}", OpenList(Scope.TEAM)))
    waiting = len(request_cards.to_review(turn.session, turn.actor, now=turn.now))
    todo = f"📝 {texts.plain('todo')}" + (f" ({waiting})" if waiting else "")
    second = [Button(f"🌊 {texts.plain('public-pool')}", OpenList(Scope.POOL)), Button(todo, OpenTodo(0))]
    third = [
        Button(f"✏️ {texts.plain('new-customer')}", StartEntry()),
        Button(f"🗑 {texts.plain('recycle-bin')}", OpenList(Scope.BIN)),
    ]
    fourth = [Button(f"📊 {texts.plain('statistics')}", OpenStatistics(Period.WEEK, 0))]
    if turn.actor.may_ever(Act.MANAGE_USERS):
        fourth.append(Button(f"🧑‍💼 {texts.plain('users')}", OpenUsers()))
    if turn.actor.may_ever(Act.MANAGE_PARTNERS):
        fourth.append(Button(f"🤝 {texts.plain('partners')}", OpenPartners()))
    if turn.actor.may_ever(Act.MANAGE_SETTINGS):
        fourth.append(Button(f"⚙️ {texts.plain('settings')}", OpenSettings()))
    is_away = absences.absence_of(turn.session, turn.actor.id, now=turn.now) is not None
    away = f"🌙 {texts.plain('away-now' if is_away else 'away')}"
    last = [Button(away, OpenAway(turn.actor.id)), Button(f"🌐 {texts.plain('language')}", OpenLanguages())]
    return [first, second, third, *chunks(fourth, 2), last]


def help_(turn: Turn) -> Screen:
    """What the commands do, for this role."""
    lines = [f"/{command} — {turn.texts.plain(f'command-{command}')}" for command in commands_of(turn.actor.role)]
    back: Row = [Button(turn.texts.plain("menu"), OpenMenu())]
    return Screen("\n".join([turn.texts.html("help-title"), "", *lines, "", turn.texts.html("help-search")]), (back,))


def cancel(turn: Turn) -> Screen:
    """Stop waiting for an answer; there is never more than that to leave."""
    dropped = drafts.drop(turn.session, turn.actor.id)
    return menu(turn).with_notice(turn.texts.html("cancelled" if dropped else "nothing-to-cancel"))
