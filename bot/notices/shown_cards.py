"""Cards that showed a customer which has left their reader, or who has left himself: edited to what he may see now (SPEC 9)."""

from contextlib import suppress

from bot.callbacks import OpenMenu
from bot.handlers import customers
from bot.locales import Texts, texts_for
from bot.screens import Button, Screen
from bot.turn import Turn
from domain import access, cards, masking
from domain.customers import code_and_name
from domain.db import Session
from domain.errors import GonghaiError
from domain.models import OutboxMessage


def again(session: Session, turn: Turn | None, row: OutboxMessage) -> Screen | None:
    """What takes the card's place; None when its message shows something else by now.

    No turn: its reader has left. An account that he has left is shown nothing any more, whatever he may see.
    """
    body, customer_id = row.body, row.body["subject_id"]
    if not cards.shows_too_much(session, body["card_id"], customer_id, revoked=body["revoked"]):
        return None
    reader = access.person(session, row.user_id) if row.user_id is not None else None
    here = turn is not None and reader is not None and reader.telegram_id == row.chat_id
    if here and turn is not None:
        with suppress(GonghaiError):
            return customers.unasked(turn, customer_id)
    return _closed(texts_for(reader.language if reader else ""), *code_and_name(session, customer_id), here=here)


def _closed(texts: Texts, code: str, name: str, *, here: bool) -> Screen:
    rows = ([Button(texts.plain("menu"), OpenMenu())],) if here else ()
    return Screen("🔒 " + texts.html("card-closed", code=code, name=masking.word(name)), rows)
