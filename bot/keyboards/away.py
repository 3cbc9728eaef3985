"""Buttons of 请假/代理: days, people, and the way back."""

from collections.abc import Sequence
from datetime import timedelta

from bot.callbacks import OpenMenu
from bot.keyboards.people import labelled, paged
from bot.payloads.away import ChooseStandIn, ComeBack, ListStandIns, OpenAway
from bot.payloads.users import ShowUser
from bot.screens import Button, Row
from bot.turn import Turn
from domain.models import User
from domain.staff import PersonCard

_DAYS = {"away-today": 0, "away-tomorrow": 1, "away-week": 7}


def days(turn: Turn, card: PersonCard) -> list[Row]:
    """The days that people mean most often, and the end of an absence."""
    today = turn.now.today
    rows: list[Row] = [
        [
            Button(turn.texts.plain(key), ListStandIns(card.id, (today + timedelta(days=ahead)).isoformat(), 0))
            for key, ahead in _DAYS.items()
        ]
    ]
    if card.away_until is not None:
        rows.append([Button("✅ " + turn.texts.plain("away-end"), ComeBack(card.id), style="primary")])
    if card.id == turn.actor.id:
        return [*rows, [Button(turn.texts.plain("menu"), OpenMenu())]]
    return [*rows, [Button("‹ " + turn.texts.plain("back"), ShowUser(card.id, None))]]


def stand_ins(turn: Turn, tap: ListStandIns, people: Sequence[User]) -> list[Row]:
    """Who can stand in."""
    buttons = [Button(label, ChooseStandIn(tap.user, tap.day, person)) for person, label in labelled(people)]
    rows = paged(buttons, tap.page, lambda number: ListStandIns(tap.user, tap.day, number))
    return [*rows, [Button("‹ " + turn.texts.plain("back"), OpenAway(tap.user))]]
