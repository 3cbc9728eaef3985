"""请假/代理: until the end of a day somebody else decides (SPEC 2). One's own to say; an admin says it for others too."""

from datetime import date
from typing import Any

from bot.handlers import users as cards
from bot.handlers.menu import menu
from bot.keyboards import away as keyboard
from bot.payloads.away import ChooseStandIn, ComeBack, ListStandIns, OpenAway
from bot.payloads.users import ShowUser
from bot.screens import Screen
from bot.turn import Turn
from domain import absences, access, drafts, staff
from domain.days import read_day
from domain.errors import InvalidFieldError, StaleError

KIND = "away"


def open_(turn: Turn, tap: OpenAway) -> Screen:
    """Until when? A button, or a day that is typed."""
    card = staff.card(turn.session, turn.actor, tap.user, now=turn.now)
    if not card.active:
        raise StaleError
    drafts.expect(turn.session, turn.actor.id, KIND, {"user": card.id}, now=turn.now)
    lines = [turn.texts.html("away-title", name=card.name)]
    if card.away_until is not None:
        day = turn.words.day(absences.last_day_of(card.away_until, turn.now))
        lines.append("🌙 " + turn.texts.html("away-until", day=day, stand_in=card.stand_in or ""))
    lines += [turn.texts.html("away-what"), "", turn.texts.html("away-when", days=absences.LONGEST)]
    return Screen("\n".join(lines), tuple(keyboard.days(turn, card)))


def typed(turn: Turn, state: dict[str, Any]) -> Screen:
    """The last day, as it was typed."""
    day = read_day(turn.text, turn.now.today)
    try:
        if day is None:
            raise InvalidFieldError("away_until", "not_a_date")  # noqa: TRY301 — told like the domain's own
        return list_stand_ins(turn, ListStandIns(state["user"], day.isoformat(), 0))
    except InvalidFieldError as refused:
        return open_(turn, OpenAway(state["user"])).with_notice(turn.words.refusal(refused))


def list_stand_ins(turn: Turn, tap: ListStandIns) -> Screen:
    """The day is known: who stands in."""
    card = staff.card(turn.session, turn.actor, tap.user, now=turn.now)
    day = _day(tap.day)
    absences.check_day(day, now=turn.now)
    people = staff.stand_ins(turn.session, card.id)
    text = turn.texts.html("away-who", name=card.name, day=turn.words.day(day))
    return Screen(text, tuple(keyboard.stand_ins(turn, tap, people)))


def choose_stand_in(turn: Turn, tap: ChooseStandIn) -> Screen:
    """Away from now on."""
    day = _day(tap.day)
    absences.go_away(turn.session, turn.actor, tap.user, day, tap.stand_in, now=turn.now)
    name = access.names_of(turn.session, [tap.stand_in])[tap.stand_in]
    return _back(turn, tap.user, "🌙 " + turn.texts.html("away-until", day=turn.words.day(day), stand_in=name))


def come_back(turn: Turn, tap: ComeBack) -> Screen:
    """Here again."""
    absences.come_back(turn.session, turn.actor, tap.user, now=turn.now)
    return _back(turn, tap.user, "✅ " + turn.texts.html("away-over"))


def home(turn: Turn, tap: ChooseStandIn) -> Screen:
    """The people to choose from, under the reason why that one will not do."""
    return list_stand_ins(turn, ListStandIns(tap.user, tap.day, 0))


def _back(turn: Turn, user_id: int, notice: str) -> Screen:
    drafts.drop(turn.session, turn.actor.id)
    screen = menu(turn) if user_id == turn.actor.id else cards.show(turn, ShowUser(user_id, None))
    return screen.with_notice(notice)


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise StaleError from None
