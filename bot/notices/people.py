"""What people are told about people: an invitation to forward, and for whom they stand in."""

from collections.abc import Mapping
from typing import Any

from bot.callbacks import OpenTodo
from bot.locales import texts_for
from bot.screens import Button, Screen
from bot.turn import Turn
from domain import absences, invitations, staff
from domain.errors import GonghaiError


def invitation(turn: Turn, body: Mapping[str, Any], bot_name: str) -> Screen | None:
    """A message for the invited person, in his language. The code is made here: no row of the database ever holds it."""
    try:
        card = staff.card(turn.session, turn.actor, body["user_id"], now=turn.now)
        code = invitations.invite(turn.session, turn.actor, card.id, policy=turn.policy, now=turn.now)
    except GonghaiError:
        return None
    link = f"https://t.me/{bot_name}?start={code}"
    text = texts_for(card.language).html("invitation", name=card.name, days=turn.policy.invitation_days)
    return Screen(f"{text}\n{link}")


def stand_in(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """For whom one stands in, and until when; None once that is over."""
    absence = absences.absence_of(turn.session, body["user_id"], now=turn.now)
    if absence is None or absence.stand_in_id != turn.actor.id:
        return None
    text = turn.texts.html("away-stand-in", name=absence.name, day=turn.words.day(absence.last_day))
    return Screen("🌙 " + text, ([Button(turn.texts.plain("todo"), OpenTodo(0))],))
