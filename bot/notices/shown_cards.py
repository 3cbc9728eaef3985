"""Cards that showed a customer which has left their reader, or who has left himself: edited to what he may see now (SPEC 9)."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from bot.callbacks import OpenMenu
from bot.handlers import customers
from bot.locales import Texts, texts_for
from bot.screens import Button, Screen
from bot.turn import Turn
from domain import access, cards, masking
from domain.customers import code_and_name
from domain.db import Session
from domain.errors import GonghaiError


def again(session: Session, turn: Turn | None, user_id: int | None, body: Mapping[str, Any]) -> Screen | None:
    """What takes the card's place; None when its message shows something else by now. No turn: its reader has left."""
    customer_id = body["subject_id"]
    if not cards.shows_too_much(session, body["card_id"], customer_id, revoked=body["revoked"]):
        return None
    if turn is not None:
        with suppress(GonghaiError):
            return customers.unasked(turn, customer_id)
    person = access.person(session, user_id) if user_id is not None else None
    return _closed(texts_for(person.language if person else ""), *code_and_name(session, customer_id), here=turn is not None)


def _closed(texts: Texts, code: str, name: str, *, here: bool) -> Screen:
    rows = ([Button(texts.plain("menu"), OpenMenu())],) if here else ()
    return Screen("🔒 " + texts.html("card-closed", code=code, name=masking.word(name)), rows)
