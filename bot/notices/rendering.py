"""From an outbox row to what is sent: replies come ready, notices are rendered for their recipient, the untrue ones left out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.callbacks import OpenList, ShowCustomer
from bot.handlers import digest, workbooks
from bot.handlers.requests import card_screen
from bot.locales import texts_for
from bot.notices import clock, files, people, request_text, rules, shown_cards
from bot.notices.passing_on import pass_on
from bot.screens import PROTECTED, Button, Row, Screen, Shows, without_markup
from bot.turn import Turn
from domain import access, cards, customers, digests, request_cards
from domain.cards import Subject
from domain.clock import Moment
from domain.db import Session
from domain.errors import NotFoundError
from domain.lists import Scope
from domain.models import ClaimRequest, OutboxMessage
from domain.outbox import Kind
from domain.policy import Policy
from domain.stages import Lost, ReleaseReason, RequestStatus


@dataclass(frozen=True)
class Outgoing:
    """A Bot API call to make, the card that it shows, and whether it carries a file."""

    method: str
    params: dict[str, Any]
    shows: Shows | None = None
    upload: bool = False


def render(session: Session, row: OutboxMessage, *, policy: Policy, bot_name: str, now: Moment) -> Outgoing | None:
    """What to send for this row now; None when it has become untrue or its reader is gone."""
    outgoing = _render(session, row, policy=policy, bot_name=bot_name, now=now)
    return (
        outgoing if outgoing is None or not row.body.get("plain") else replace(outgoing, params=without_markup(outgoing.params))
    )


def _render(session: Session, row: OutboxMessage, *, policy: Policy, bot_name: str, now: Moment) -> Outgoing | None:
    if row.kind in (Kind.REPLY, Kind.MENU):
        shows = row.body.get("shows")
        return Outgoing(row.body["method"], row.body["params"], Shows(**shows) if shows else None)
    if row.kind == Kind.ACCOUNT_MOVED:
        text = texts_for(row.body["language"]).html("account-moved")
        return Outgoing("sendMessage", {"chat_id": row.chat_id, **Screen(text).message()})
    turn = _turn_of(session, row, policy=policy, now=now)
    if row.kind == Kind.REFRESH and row.body["subject"] == Subject.CUSTOMER:
        closed = shown_cards.again(session, turn, row)
        return _outgoing(row, closed) if closed else None
    if row.kind == Kind.FILE:
        params = files.document(turn, row.body) if turn else None
        return Outgoing("sendDocument", {"chat_id": row.chat_id, **params}, upload=True) if params else None
    screen = _screen(turn, row, bot_name) if turn else None
    if turn is None or (screen is None and row.kind == Kind.DIGEST):
        pass_on(session, row, now=now)
    return _outgoing(row, screen) if screen else None


def _outgoing(row: OutboxMessage, screen: Screen) -> Outgoing:
    params = {"chat_id": row.chat_id, **screen.message()}
    if row.kind == Kind.REFRESH:
        return Outgoing("editMessageText", {**params, "message_id": row.body["message_id"]}, screen.shows)
    if row.kind != Kind.INVITATION:  # which is there to be forwarded
        params |= PROTECTED
    return Outgoing("sendMessage", params, screen.shows)


def _turn_of(session: Session, row: OutboxMessage, *, policy: Policy, now: Moment) -> Turn | None:
    if row.user_id is None:
        return None
    try:
        actor = access.actor_by_id(session, row.user_id)
    except NotFoundError:
        return None
    texts = texts_for(actor.language)
    return Turn(session, actor, now, policy, texts, update_id=0, chat_id=row.chat_id)


def _screen(turn: Turn, row: OutboxMessage, bot_name: str) -> Screen | None:
    if row.kind == Kind.INVITATION:
        return people.invitation(turn, row.body, bot_name)
    try:
        return _RENDERERS[Kind(row.kind)](turn, row.body)
    except NotFoundError:
        return None


def _request(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    if not request_cards.waiting_ids(turn.session, body["batch_id"]):
        return None
    return card_screen(turn, body["batch_id"])


def _refresh(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """Left out when the message shows something else by now."""
    if not cards.still_shows(turn.session, body["card_id"], Subject(body["subject"]), body["subject_id"]):
        return None
    shown = workbooks.card_screen if body["subject"] == Subject.WORKBOOK else card_screen
    return shown(turn, body["subject_id"])


def _decided(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    lines = request_cards.lines(turn.session, ClaimRequest.id.in_(body["request_ids"]))
    if not lines:
        return None
    first = lines[0]
    names = [line.customer for line in lines]
    title = turn.texts.html(f"decided-{first.status}", count=len(lines))
    text = "\n".join([title, *turn.words.bullets(names), request_text.reviewed_by(turn.words, first)])
    own = first.status is RequestStatus.APPROVED
    ids = [line.customer_id for line in lines]
    return Screen(text, tuple(_look(turn, ids, Scope.MY if own else Scope.POOL)), shows=_about(ids) if own else None)


def _overtaken(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    names = list(customers.names(turn.session, body["customer_ids"]).values())
    return Screen("\n".join([turn.texts.html("overtaken", count=len(names)), *turn.words.bullets(names)]))


def _assigned(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    owned = customers.names(turn.session, body["customer_ids"], owner_id=turn.actor.id)
    if not owned:
        return None
    by = access.names_of(turn.session, [body["by"]]).get(body["by"]) or turn.texts.plain("by-system")
    text = "\n".join([turn.texts.html("assigned-to-you", by=by, count=len(owned)), *turn.words.bullets(list(owned.values()))])
    return Screen(text, tuple(_look(turn, list(owned), Scope.MY)), shows=_about(list(owned)))


def _released(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    names = list(customers.names(turn.session, body["customer_ids"]).values())
    by = access.names_of(turn.session, [body["by"]]).get(body["by"]) or turn.texts.plain("by-system")
    lost = Lost(body["lost"])
    lines = [turn.texts.html(f"lost-notice-{lost.replace('_', '-')}", by=by, count=len(names)), *turn.words.bullets(names)]
    if body["reason"]:
        lines.append(turn.texts.html("request-reason", reason=turn.words.label(ReleaseReason(body["reason"]))))
    return Screen("\n".join(lines))


def _deleted(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    names = list(customers.names(turn.session, body["customer_ids"], deleted=True).values())
    if not names:
        return None
    by = access.names_of(turn.session, [body["by"]]).get(body["by"]) or turn.texts.plain("by-system")
    title = turn.texts.html("deleted-notice", by=by, count=len(names))
    return Screen("\n".join([title, *turn.words.bullets(names)]))


def _digest(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """Left out when the day is over, and when nothing of it is still true."""
    if digests.outdated(body, turn.now):
        return None
    found = digests.of(turn.session, turn.actor, body["person"], date.fromisoformat(body["day"]), now=turn.now)
    return None if found.empty else digest.screen(turn, found)


def _about(customer_ids: list[int]) -> Shows | None:
    return Shows.about(customer_ids[0]) if len(customer_ids) == 1 else None


def _look(turn: Turn, customer_ids: list[int], scope: Scope) -> list[Row]:
    if len(customer_ids) == 1:
        return [[Button("🔍 " + turn.texts.plain("view"), ShowCustomer(customer_ids[0], None))]]
    label = "my-customers" if scope is Scope.MY else "public-pool"
    return [[Button(turn.texts.plain(label), OpenList(scope))]]


_RENDERERS: dict[Kind, Callable[[Turn, Mapping[str, Any]], Screen | None]] = {
    Kind.REQUEST: _request,
    Kind.REFRESH: _refresh,
    Kind.DECIDED: _decided,
    Kind.OVERTAKEN: _overtaken,
    Kind.ASSIGNED: _assigned,
    Kind.RELEASED: _released,
    Kind.DELETED: _deleted,
    Kind.STAND_IN: people.stand_in,
    Kind.SWEPT: clock.swept,
    Kind.DORMANT: clock.dormant,
    Kind.UNDECIDED: clock.undecided,
    Kind.ESCALATED: clock.escalated,
    Kind.DIGEST: _digest,
    Kind.RULE_CHANGED: rules.changed,
    Kind.EXPORTED: files.exported,
}
