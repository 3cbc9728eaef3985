"""记跟进: one message and no form; the answer's buttons, or a day that is typed, complete it in place (SPEC 3)."""

from dataclasses import replace
from typing import Any

from bot import followup_words
from bot.callbacks import ShowCustomer
from bot.handlers import customers as cards
from bot.handlers import lists
from bot.handlers.menu import menu
from bot.incoming import Attachment
from bot.keyboards import followups as keyboard
from bot.payloads.followups import (
    LeaveFollowup,
    LogFollowup,
    OpenAttachment,
    SetFollowupKind,
    SetNextDay,
    ShowFollowup,
)
from bot.screens import Screen, Shows
from bot.turn import Turn
from domain import access, drafts, followups
from domain.days import read_day
from domain.errors import GonghaiError, InvalidFieldError, StaleError
from domain.followups import NewFollowup
from domain.permissions import Act

KIND = "followup"
MORE = "followup_more"


def begin(turn: Turn, tap: LogFollowup) -> Screen:
    """The next message is the follow-up."""
    place = access.place_of(turn.session, turn.actor, tap.customer, Act.EDIT)
    drafts.expect(turn.session, turn.actor.id, KIND, {"customer": tap.customer, "view": tap.view}, now=turn.now)
    text = turn.texts.html("followup-how", name=place.name)
    return Screen(text, tuple(keyboard.leave(turn, tap.customer, tap.view)), shows=Shows.about(tap.customer))


def leave(turn: Turn, tap: LeaveFollowup) -> Screen:
    """Nothing to log after all."""
    drafts.drop(turn.session, turn.actor.id)
    return card(turn, tap)


def card(turn: Turn, tap: LogFollowup | LeaveFollowup) -> Screen:
    """The card on which it began."""
    return cards.show(turn, ShowCustomer(tap.customer, tap.view))


def said(turn: Turn, state: dict[str, Any]) -> Screen:
    """The follow-up itself. Nothing is awaited any more for a customer that is gone."""
    attachment = turn.attachment.to_json() if turn.attachment else None
    try:
        with turn.session.begin_nested():
            new = NewFollowup(turn.text, attachment=attachment)
            followup = followups.add(turn.session, turn.actor, state["customer"], new, **turn.rules)
    except InvalidFieldError as refusal:
        return begin(turn, LogFollowup(state["customer"], state["view"])).with_notice(turn.words.refusal(refusal))
    except GonghaiError as gone:
        return menu(turn).with_notice(turn.words.refusal(gone))
    return _logged(turn, followup, state["view"])


def replied(turn: Turn, customer_id: int) -> Screen:
    """A reply to a message about a customer is a follow-up on it (SPEC 9), or the day that the one just logged still lacks."""
    awaited = drafts.awaited(turn.session, turn.actor.id, now=turn.now)
    completes = awaited is not None and awaited.kind == MORE and awaited.state["customer"] == customer_id
    if awaited is not None and completes and turn.attachment is None and read_day(turn.text, turn.now.today):
        return more(turn, awaited.state)
    new = NewFollowup(turn.text, attachment=turn.attachment.to_json() if turn.attachment else None)
    return _logged(turn, followups.add(turn.session, turn.actor, customer_id, new, **turn.rules), None)


def more(turn: Turn, state: dict[str, Any]) -> Screen:
    """After a follow-up: a day completes it, another photo or file is one more; any other text is the search it always is."""
    if turn.attachment is not None:
        return said(turn, state)
    day = read_day(turn.text, turn.now.today)
    if day is None:
        drafts.drop(turn.session, turn.actor.id)
        return lists.search(turn)
    followups.set_details(turn.session, turn.actor, state["followup"], next_on=day, now=turn.now)
    return _logged(turn, state["followup"], state["view"])


def set_kind(turn: Turn, tap: SetFollowupKind) -> Screen:
    """How one spoke."""
    followups.set_details(turn.session, turn.actor, tap.followup, kind=tap.kind, now=turn.now)
    return _logged(turn, tap.followup, tap.view)


def set_next_day(turn: Turn, tap: SetNextDay) -> Screen:
    """When to speak again."""
    if not 0 <= tap.choice < len(keyboard.NEXT_DAYS):
        raise StaleError
    day = read_day(keyboard.NEXT_DAYS[tap.choice][1], turn.now.today)
    followups.set_details(turn.session, turn.actor, tap.followup, next_on=day, now=turn.now)
    return _logged(turn, tap.followup, tap.view)


def show(turn: Turn, tap: ShowFollowup) -> Screen:
    """One follow-up, whole, from the timeline."""
    line = followups.one(turn.session, turn.actor, tap.followup)
    rows = keyboard.looking(turn, line, tap.view, tap.before)
    hands = access.place_of(turn.session, turn.actor, line.customer_id).hands
    return Screen(followup_words.whole(turn, line), tuple(rows), shows=Shows.customer(line.customer_id, hands))


def open_attachment(turn: Turn, tap: OpenAttachment) -> Screen:
    """What was sent with a follow-up, sent back."""
    line = followups.one(turn.session, turn.actor, tap.followup)
    if line.attachment is None:
        raise StaleError
    return Screen("", attachment=Attachment.from_json(line.attachment))


def _logged(turn: Turn, followup: int, view: int | None) -> Screen:
    line = followups.one(turn.session, turn.actor, followup)
    state = {"customer": line.customer_id, "view": view, "followup": followup}
    drafts.expect(turn.session, turn.actor.id, MORE, state, now=turn.now)
    name = access.place_of(turn.session, turn.actor, line.customer_id).name
    screen = Screen(turn.texts.html("followup-done", name=name), tuple(keyboard.completing(turn, line, view)))
    lines = [screen.text, *followup_words.lines(turn, line)]
    if line.kind is None or line.next_on is None:
        lines += ["", f"<i>{turn.texts.html('followup-complete')}</i>"]
    return replace(screen, text="\n".join(lines), shows=Shows.about(line.customer_id))
