"""What became of a send, written down: sent and registered, tried again, or given up where it can be seen (docs/design.md)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.failures import Failure, FailureKind
from bot.notices.passing_on import pass_on
from bot.notices.rendering import Outgoing
from bot.screens import PROTECTED, Shows
from domain import access, cards, outbox, request_cards, sending, spool, workbook_tasks
from domain.cards import FOR_EVER, Place, Subject
from domain.clock import Moment
from domain.db import Session
from domain.models import OutboxMessage, OutboxStatus
from domain.outbox import Kind, Priority, Settled

log = structlog.get_logger()

GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_PAUSE = 60.0
EDITS = frozenset({"editMessageText", "setMyCommands"})
ONCE = frozenset({Kind.DIGEST, Kind.UNDECIDED, Kind.ESCALATED, Kind.INVITATION})
"""Kinds that never go out again by themselves: reminders come again anyway, and an invitation's link is told to one alone."""
AGAIN = 4
"""How often anything else goes out again while nobody knows whether it arrived: twins are harmless, what is missing is not."""


@dataclass(frozen=True)
class Sent:
    """One call and what came of it: Telegram's message id, or a failure."""

    row: OutboxMessage
    outgoing: Outgoing
    message_id: int | None = None
    failure: Failure | None = None


def settle(session: Session, results: Sequence[Sent], *, now: Moment) -> None:
    """Note a round of results in one transaction. Rows are locked in one order: first what cards show, then chat by chat."""
    settled = []
    closed_to = access.gone(session, {sent.row.user_id for sent in results if _opens(sent)})
    versions = _versions(session, [sent.outgoing.shows for sent in results if sent.outgoing.shows is not None and _fine(sent)])
    for sent in sorted(results, key=lambda sent: sent.row.chat_id):
        outcome = _delivered(session, sent, versions, now) if _fine(sent) else _failed(session, sent, now)
        if outcome is not None:
            settled.append(outcome)
    cards.revoke(session, closed_to, now=now)
    cards.forget(session, [Place(sent.row.chat_id, sent.outgoing.params["message_id"]) for sent in results if _turned_away(sent)])
    outbox.settle(session, settled, now=now)
    arrived = {sent.row.chat_id for sent in results if sent.failure is None and sent.row.priority > Priority.REPLY}
    sending.pace(session, arrived, now=now.utc)  # however long it was on its way, the next one keeps its distance


def _opens(sent: Sent) -> bool:
    """Whether the message shows a customer whom its reader, if he has left since, is to see no more."""
    shows = sent.outgoing.shows
    return _fine(sent) and shows is not None and shows.subject == Subject.CUSTOMER and shows.version != FOR_EVER


def _versions(session: Session, shown: Sequence[Shows]) -> dict[tuple[str, int], int]:
    """The present version of every subject that was shown, but for what no version outdates."""
    return {
        (subject, number): version
        for subject, of in _SUBJECTS.items()
        for number, version in of(
            session, [each.subject_id for each in shown if each.subject == subject and each.version != FOR_EVER]
        ).items()
    }


def _fine(sent: Sent) -> bool:
    return sent.failure is None or sent.failure.kind is FailureKind.UNCHANGED


def _turned_away(sent: Sent) -> bool:
    """Whether a message was edited to something that is no card."""
    return _fine(sent) and sent.outgoing.shows is None and sent.outgoing.method == "editMessageText"


def settle_bare(session: Session, sent: Sent, *, now: Moment) -> None:
    """Note of a result only what stands in its own row: the rest of it broke, and must not hold up the others."""
    status = OutboxStatus.SENT if _fine(sent) else OutboxStatus.FAILED
    outbox.settle(session, [Settled(sent.row.id, status, sent.message_id, "settling failed")], now=now)


def _delivered(session: Session, sent: Sent, versions: Mapping[tuple[str, int], int], now: Moment) -> Settled:
    message_id = sent.message_id or sent.outgoing.params.get("message_id")
    shows = sent.outgoing.shows
    if shows is not None and message_id is not None and sent.row.user_id is not None:
        cards.register(
            session,
            chat_id=sent.row.chat_id,
            message_id=message_id,
            user_id=sent.row.user_id,
            subject=Subject(shows.subject),
            subject_id=shows.subject_id,
            version=shows.version,
            now=now,
        )
        version = versions.get((shows.subject, shows.subject_id))
        if version is not None and shows.version < version:
            cards.catch_up(session, chat_id=sent.row.chat_id, message_id=message_id, version=version, after=sent.row.id, now=now)
    if sent.row.kind == Kind.FILE:
        spool.drop(session, sent.row.body["file_id"])
    return Settled(sent.row.id, OutboxStatus.SENT, message_id)


def _failed(session: Session, sent: Sent, now: Moment) -> Settled | None:
    failure = sent.failure
    assert failure is not None
    log.info(
        "send_failed",
        kind=sent.row.kind,
        failure=failure.kind,
        why=failure.description,
        outbox_id=sent.row.id,
        update_id=sent.row.update_id,
    )
    return _CURES.get(failure.kind, _rejected)(session, sent, now)


def _rejected(_session: Session, sent: Sent, _now: Moment) -> Settled:
    return _given_up(sent, OutboxStatus.FAILED)


def _again_later(session: Session, sent: Sent, now: Moment) -> Settled | None:
    assert sent.failure is not None
    if now.utc - sent.row.created_at > GIVE_UP_AFTER:
        return _given_up(sent, OutboxStatus.FAILED)
    pause = sent.failure.retry_after or min(LONGEST_PAUSE, 0.25 * 2.0 ** min(sent.row.attempts, 10))
    _postpone(session, sent, pause, now)
    return None


def _postpone(session: Session, sent: Sent, pause: float, now: Moment) -> None:
    assert sent.failure is not None
    outbox.postpone(session, sent.row, until=now.utc + timedelta(seconds=pause), error=sent.failure.description)


def _ambiguous(session: Session, sent: Sent, now: Moment) -> Settled | None:
    if sent.outgoing.method in EDITS:
        return _again_later(session, sent, now)
    again = int(sent.row.body.get("again", 0))
    if sent.row.kind not in ONCE and again < AGAIN:
        outbox.revise(session, sent.row.id, {**sent.row.body, "again": again + 1})
        _postpone(session, sent, 0.5 * 4.0**again, now)
        return None
    return _given_up(sent, OutboxStatus.UNCERTAIN)


def _gone(session: Session, sent: Sent, now: Moment) -> Settled:
    sending.mark(session, sent.row.chat_id, reachable=False)
    pass_on(session, sent.row, now=now)
    return _given_up(sent, OutboxStatus.FAILED)


def _moved(session: Session, sent: Sent, now: Moment) -> Settled | None:
    new_chat_id = sent.failure.new_chat_id if sent.failure else None
    if new_chat_id is None:
        return _rejected(session, sent, now)
    sending.move(session, sent.row.chat_id, new_chat_id)
    outbox.give_back(session, sent.row)
    return None


def _unreadable(session: Session, sent: Sent, now: Moment) -> Settled | None:
    if sent.row.body.get("plain"):
        return _rejected(session, sent, now)
    return _again(session, sent, {**sent.row.body, "plain": True})


def _missing(session: Session, sent: Sent, _now: Moment) -> Settled | None:
    if sent.row.kind != Kind.REPLY:
        return Settled(sent.row.id, OutboxStatus.SKIPPED, error="message gone")
    params = {name: value for name, value in sent.outgoing.params.items() if name != "message_id"}
    return _again(session, sent, {**sent.row.body, "method": "sendMessage", "params": params | PROTECTED})


def _again(session: Session, sent: Sent, body: dict[str, object]) -> Settled | None:
    outbox.revise(session, sent.row.id, body)
    outbox.give_back(session, sent.row)
    return None


def _given_up(sent: Sent, status: OutboxStatus) -> Settled:
    assert sent.failure is not None
    log.warning("given_up", outbox_id=sent.row.id, kind=sent.row.kind, status=status, why=sent.failure.description)
    return Settled(sent.row.id, status, error=sent.failure.description)


_SUBJECTS: Mapping[Subject, Callable[[Session, Sequence[int]], dict[int, int]]] = {
    Subject.CUSTOMER: cards.customer_versions,
    Subject.REQUEST: request_cards.versions_of,
    Subject.WORKBOOK: workbook_tasks.versions_of,
}
"""Where the versions of what cards show are kept; they stay so until the transaction ends. Customers are locked first."""

_CURES: dict[FailureKind, Callable[[Session, Sent, Moment], Settled | None]] = {
    FailureKind.NOT_SENT: _again_later,
    FailureKind.FLOOD: _again_later,
    FailureKind.TOKEN: _again_later,
    FailureKind.AMBIGUOUS: _ambiguous,
    FailureKind.GONE: _gone,
    FailureKind.MOVED: _moved,
    FailureKind.MARKUP: _unreadable,
    FailureKind.MISSING: _missing,
}
"""What follows each kind of failure; any other is final."""
