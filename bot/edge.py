"""The edge of every turn: one transaction that takes an update, lets a handler act, queues what it shows, and marks it done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import structlog

from bot.asked import name_of
from bot.callbacks import OpenMenu, unpack
from bot.handlers import entry, followups, imports, joining, lists, menu
from bot.incoming import Incoming, read
from bot.locales import texts_for
from bot.office import Office
from bot.routes import ANSWERS, ATTACHABLE, COMMANDS, HOMES, PASSING, TAPS
from bot.screens import PROTECTED, Button, Screen
from bot.turn import Turn
from domain import access, cards, drafts, inbox, outbox, sending, trouble
from domain.cards import Place
from domain.clock import Moment
from domain.db import Session
from domain.errors import GonghaiError, StaleError
from domain.inbox import Waiting
from domain.outbox import Kind

log = structlog.get_logger()


class TurnFailedError(Exception):
    """A turn broke unexpectedly and left nothing behind; the update waits for another attempt."""

    def __init__(self, inbox_id: int, incoming: Incoming | None) -> None:
        super().__init__(inbox_id)
        self.inbox_id, self.incoming = inbox_id, incoming

    @property
    def operation(self) -> str:
        """What was asked for, a word of a closed list."""
        return name_of(self.incoming)


class Taken(NamedTuple):
    """A turn that was taken: which update, since when it waited (UTC), what it asked for and whether the bot said no.

    `more`: the same person has asked for more meanwhile.
    """

    update_id: int
    came_at: datetime
    operation: str
    refused: bool
    more: bool


def take_turn(session: Session, office: Office) -> Taken | None:
    """Take the next update and do what it asks, whole. None: nothing waits. Raises TurnFailedError."""
    now = office.now()
    taken = inbox.take(session, now=now)
    if taken is None:
        return None
    incoming, screen = None, None
    session.info[outbox.CAUSE] = taken.update_id
    with structlog.contextvars.bound_contextvars(update_id=taken.update_id):
        try:
            incoming = read(taken.payload)
            if incoming is not None:
                _hear(session, taken, incoming)
                screen = _attend(session, office, incoming, now)
        except Exception as broken:
            if trouble.passes(broken):
                log.warning("turn_put_off", why=repr(broken))
            else:
                log.exception("turn_failed", attempt=taken.attempts + 1)
            raise TurnFailedError(taken.id, incoming) from broken
    more = inbox.done(session, taken)
    return Taken(taken.update_id, taken.received_at, name_of(incoming), screen is not None and screen.refused, more)


def give_up_politely(session: Session, office: Office, failed: TurnFailedError) -> None:
    """Count the failed attempt; after the last one, say so to whoever waits for an answer.

    When the database was the trouble, the update is not to blame: it is only tried again.
    """
    now = office.now()
    if trouble.passes(failed.__cause__):
        inbox.put_off(session, failed.inbox_id, now=now)
        return
    dead = inbox.failed(session, failed.inbox_id, repr(failed.__cause__), now=now)
    if dead and failed.incoming is not None and failed.incoming.private:
        texts = texts_for(_language(failed.incoming, office))
        _queue(session, failed.incoming, Screen(texts.html("broken", number=failed.inbox_id), fresh=True), now=now, user_id=None)


def _hear(session: Session, taken: Waiting, incoming: Incoming) -> None:
    """Whoever writes can be written to. In a private chat, whose id is the person's, the inbox has said whether that is news."""
    if incoming.reachable is None and (taken.unheard or incoming.chat_id != taken.lane):
        sending.heard_from(session, incoming.chat_id)


def _attend(session: Session, office: Office, incoming: Incoming, now: Moment) -> Screen | None:
    if incoming.reachable is not None:
        sending.mark(session, incoming.chat_id, reachable=incoming.reachable)
        return None
    actor = access.find_actor(session, incoming.user_id)
    texts = texts_for(actor.language if actor else _language(incoming, office))
    screen: Screen | None
    if not incoming.private:
        screen = Screen(texts.html("private-only")) if incoming.command else None
    elif incoming.invitation_code:
        screen = joining.join(session, office, incoming, texts=texts, now=now)
    elif actor is None:
        screen = joining.polite_line(texts)
    else:
        rules = office.rules(session)
        screen = _converse(
            Turn(
                session,
                actor,
                now,
                rules.policy,
                texts,
                incoming.update_id,
                incoming.chat_id,
                incoming.text,
                incoming.attachment,
                rules.timetable,
                office.given,
                incoming.document,
            ),
            incoming,
        )
    if screen is not None:
        _queue(session, incoming, screen, now=now, user_id=actor.id if actor else None)
    return screen


def _converse(turn: Turn, incoming: Incoming) -> Screen:
    if incoming.data is not None:
        return _tapped(turn, incoming.data)
    if incoming.command is not None:
        handler = COMMANDS.get(incoming.command)
        if handler is None:
            return Screen(turn.texts.html("unknown-command", command=incoming.command))
        return _guarded(turn, lambda: _obeyed(turn, handler))
    return _heard(turn, incoming)


def _heard(turn: Turn, incoming: Incoming) -> Screen:
    """What is neither a tap nor a command: about a customer, the answer to a question, or what it says by itself."""
    about = cards.customer_of(turn.session, Place(turn.chat_id, incoming.reply_to)) if incoming.reply_to is not None else None
    if about is not None and (turn.text or turn.attachment):
        return _guarded(turn, lambda: followups.replied(turn, about))
    shared = incoming.contact
    if shared is not None:
        return _guarded(turn, lambda: entry.from_contact(turn, shared.name, shared.phone))
    awaited = drafts.awaited(turn.session, turn.actor.id, now=turn.now)
    if awaited is not None and (turn.text or (turn.attachment and awaited.kind in ATTACHABLE)):
        answer = ANSWERS[awaited.kind]
        return _guarded(turn, lambda: answer(turn, awaited.state))
    return _guarded(turn, lambda: imports.received(turn) or entry.from_template(turn) or lists.search(turn))


def _obeyed(turn: Turn, handler: Callable[[Turn], Screen]) -> Screen:
    """A command ends a question about a record: a search after it must not land there. /cancel says itself what it ended."""
    awaited = drafts.awaited(turn.session, turn.actor.id, now=turn.now)
    if awaited is not None and awaited.kind in PASSING and handler is not menu.cancel:
        drafts.drop(turn.session, turn.actor.id)
    return handler(turn)


def _tapped(turn: Turn, data: str) -> Screen:
    payload = unpack(data)
    handler = TAPS.get(type(payload)) if payload else None
    if payload is None or handler is None:
        return _refused(turn, StaleError())
    home = HOMES.get(type(payload))
    return _guarded(turn, lambda: handler(turn, payload), (lambda: home(turn, payload)) if home else None)


def _guarded(turn: Turn, act: Callable[[], Screen], home: Callable[[], Screen] | None = None) -> Screen:
    """What the act shows; refused, it is undone and the screen that it began on stands under the reason."""
    try:
        with turn.session.begin_nested():
            return act()
    except GonghaiError as refusal:
        log.info("refused", refusal=type(refusal).__name__, actor=turn.actor.id)
        return _refused(turn, refusal, home)


def _refused(turn: Turn, refusal: GonghaiError, home: Callable[[], Screen] | None = None) -> Screen:
    line = turn.words.refusal(refusal)
    if home is not None:
        try:
            with turn.session.begin_nested():
                return replace(home().with_notice(line), refused=True)
        except GonghaiError:
            log.debug("home_gone", actor=turn.actor.id)
    return Screen(line, ([Button(turn.texts.plain("menu"), OpenMenu())],), fresh=True, refused=True)


def _queue(session: Session, incoming: Incoming, screen: Screen, *, now: Moment, user_id: int | None) -> None:
    method, params = screen.attachment.message() if screen.attachment else ("sendMessage", screen.message())
    params = {"chat_id": incoming.chat_id, **params}
    if incoming.message_id is not None and not screen.fresh and screen.attachment is None:
        method, params["message_id"] = "editMessageText", incoming.message_id
    else:
        params |= PROTECTED
    shows = screen.shows.__dict__ if screen.shows else None
    body = {"method": method, "params": params, "shows": shows}
    key = f"update:{incoming.update_id}"
    outbox.tell_chat(session, key=key, kind=Kind.REPLY, chat_id=incoming.chat_id, body=body, user_id=user_id, now=now)


def _language(incoming: Incoming, office: Office) -> str:
    code = incoming.language_code.partition("-")[0]
    return code if code in ("zh", "en") else office.language
