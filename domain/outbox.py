"""Messages to send, as rows: written with their cause, claimed chat by chat, settled by what came of them (SPEC 6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import Integer, Select, Update, bindparam, delete, exists, func, or_, select, tuple_, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from domain import sending
from domain.clock import Moment
from domain.dialects import insert_ignore, table_of
from domain.models import Chat, OutboxMessage, OutboxStatus, User
from domain.models.base import UtcDateTime

LEASE = timedelta(seconds=30)
"""Longer than any call to Telegram may take: what is older belongs to a process that is no more."""

FILE_LEASE = timedelta(minutes=5)
"""The same for a call that carries a file."""

KEEP_REPLIES = timedelta(days=7)
CAUSE = "update_id"
"""Where a session keeps which update it is about; whatever is queued in it is said because of that."""


class Priority(IntEnum):
    """Who goes first in a chat. What is not urgent waits for the end of the quiet hours."""

    REPLY = 0
    URGENT = 1
    NORMAL = 2
    BULK = 3


class Kind(StrEnum):
    """What is said: replies come ready, notices and cards are rendered when they are sent."""

    REPLY = "reply"
    REQUEST = "request"
    REFRESH = "refresh"
    DECIDED = "decided"
    OVERTAKEN = "overtaken"
    ASSIGNED = "assigned"
    RELEASED = "released"
    DELETED = "deleted"
    ACCOUNT_MOVED = "account_moved"
    MENU = "menu"
    INVITATION = "invitation"
    STAND_IN = "stand_in"
    SWEPT = "swept"
    DORMANT = "dormant"
    UNDECIDED = "undecided"
    ESCALATED = "escalated"
    DIGEST = "digest"
    RULE_CHANGED = "rule_changed"
    FILE = "file"
    EXPORTED = "exported"


@dataclass(frozen=True)
class Notice:
    """Something to tell one person. `key` makes it unique for ever; `args` are ids and plain values for the rendering."""

    key: str
    kind: Kind
    user_id: int
    args: Mapping[str, Any]
    priority: Priority = Priority.NORMAL


@dataclass(frozen=True)
class ChatMessage:
    """Something to say in a chat, whoever sits there: replies, edits, and words to an account that was left."""

    key: str
    kind: Kind
    chat_id: int
    body: Mapping[str, Any]
    user_id: int | None = None
    priority: Priority = Priority.REPLY


@dataclass(frozen=True)
class Settled:
    """What became of one claimed message; `message_id` is Telegram's."""

    outbox_id: int
    status: OutboxStatus
    message_id: int | None = None
    error: str | None = None


def tell(session: Session, notices: Iterable[Notice], *, now: Moment) -> None:
    """Queue notices for everybody among their recipients who has a Telegram account. A key told before is not told again."""
    notices = list(notices)
    chats = _chats_of(session, {notice.user_id for notice in notices})
    messages = [
        ChatMessage(notice.key, notice.kind, chats[notice.user_id], notice.args, notice.user_id, notice.priority)
        for notice in notices
        if notice.user_id in chats
    ]
    tell_chats(session, messages, now=now)


def tell_chat(
    session: Session,
    *,
    key: str,
    kind: Kind,
    chat_id: int,
    body: Mapping[str, Any],
    now: Moment,
    user_id: int | None = None,
    priority: Priority = Priority.REPLY,
) -> None:
    """Queue one message for a chat."""
    tell_chats(session, [ChatMessage(key, kind, chat_id, body, user_id, priority)], now=now)


def tell_chats(session: Session, messages: Iterable[ChatMessage], *, now: Moment) -> None:
    """Queue messages for chats."""
    rows = [
        {
            "key": each.key,
            "kind": each.kind,
            "user_id": each.user_id,
            "chat_id": each.chat_id,
            "priority": each.priority,
            "body": dict(each.body),
            "created_at": now.utc,
            "update_id": session.info.get(CAUSE),
        }
        for each in messages
    ]
    insert_ignore(session, OutboxMessage, rows, on=["key"])


def _chats_of(session: Session, user_ids: set[int]) -> dict[int, int]:
    if not user_ids:
        return {}
    rows = session.execute(
        select(User.id, User.telegram_id).where(User.id.in_(user_ids), User.telegram_id.is_not(None), User.active)
    )
    return {row.id: row.telegram_id for row in rows}


def claim(session: Session, *, now: Moment, limit: int, quiet: bool = False, reclaiming: bool = True) -> Sequence[OutboxMessage]:
    """Take the next message of every chat that may be written to now, at most `limit`, marked `sending` under a lease.

    Replies go before notices; notices keep to 1 a second for a chat and 30 a second in all (SPEC 6). A chat with a message in
    flight offers none, so its order holds. While it is `quiet`, nothing less than urgent is taken. `reclaiming`: what a killed
    process had in flight is given back first.
    """
    if reclaiming:
        reclaim(session, now=now)
    loudest = Priority.URGENT if quiet else max(Priority)
    rows = session.scalars(_NEXT, {"now": now.utc, "limit": limit, "loudest": loudest}).all()
    allowed = sending.take(session, sum(row.priority > Priority.REPLY for row in rows), now=now)
    chosen = []
    for row in rows:
        if row.priority > Priority.REPLY:
            if allowed == 0:
                continue
            allowed -= 1
        chosen.append(row)
    _lease(session, chosen, now.utc)
    return chosen


def _next_rows() -> Select[OutboxMessage]:
    now = bindparam("now", type_=UtcDateTime)
    row, other, earlier = OutboxMessage, aliased(OutboxMessage), aliased(OutboxMessage)
    in_flight = exists().where(other.chat_id == row.chat_id, other.status == OutboxStatus.SENDING)
    before = exists().where(
        earlier.chat_id == row.chat_id,
        earlier.status == OutboxStatus.PENDING,
        or_(earlier.not_before.is_(None), earlier.not_before <= now),
        tuple_(earlier.priority, earlier.id) < tuple_(row.priority, row.id),
    )
    return (
        select(row)
        .outerjoin(Chat, Chat.chat_id == row.chat_id)
        .where(
            row.status == OutboxStatus.PENDING,
            row.priority <= bindparam("loudest", type_=Integer),
            or_(row.not_before.is_(None), row.not_before <= now),
            or_(Chat.resume_at.is_(None), Chat.resume_at <= now),
            or_(row.priority == Priority.REPLY, Chat.next_notice_at.is_(None), Chat.next_notice_at <= now),
            ~in_flight,
            ~before,
        )
        .order_by(row.priority, row.id)
        .limit(bindparam("limit", type_=Integer))
        .with_for_update(of=row, skip_locked=True)
    )


_NEXT = _next_rows()
_OUTBOX = table_of(OutboxMessage)
_TAKEN = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id.in_(bindparam("ids", expanding=True)))
    .values(status=OutboxStatus.SENDING, attempts=_OUTBOX.c.attempts + 1)
)
_WAITS_IN = select(
    exists().where(_OUTBOX.c.chat_id.in_(bindparam("chats", expanding=True)), _OUTBOX.c.status == OutboxStatus.PENDING)
)
_SETTLED = update(_OUTBOX).where(_OUTBOX.c.id == bindparam("outbox_id"))
_RECLAIM = (
    update(_OUTBOX)
    .where(_OUTBOX.c.status == OutboxStatus.SENDING, _OUTBOX.c.lease_until <= bindparam("now"))
    .values(status=OutboxStatus.PENDING, lease_until=None)
)


def _lease(session: Session, rows: Sequence[OutboxMessage], now: datetime) -> None:
    files = [row for row in rows if row.kind == Kind.FILE]
    for lease, leased in ((FILE_LEASE, files), (LEASE, [row for row in rows if row.kind != Kind.FILE])):
        if leased:
            session.execute(_TAKEN, {"ids": [row.id for row in leased], "lease_until": now + lease})
        for row in leased:
            for name, value in (("status", OutboxStatus.SENDING), ("lease_until", now + lease), ("attempts", row.attempts + 1)):
                set_committed_value(row, name, value)
    sending.pace(session, [row.chat_id for row in rows if row.priority > Priority.REPLY], now=now)


def reclaim(session: Session, *, now: Moment) -> None:
    """Give back what a killed process had in flight. Only so, or when its answer was lost, does a message come twice."""
    session.execute(_RECLAIM, {"now": now.utc})


def reclaim_all(session: Session) -> None:
    """Give back everything in flight: for the only process of a database, when it starts."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.status == OutboxStatus.SENDING)
        .values(status=OutboxStatus.PENDING, lease_until=None)
    )


def settle(session: Session, outcomes: Sequence[Settled], *, now: Moment) -> None:
    """Note what became of claimed messages, for good."""
    rows = [
        {
            "outbox_id": outcome.outbox_id,
            "status": outcome.status,
            "lease_until": None,
            "settled_at": now.utc,
            "message_id": outcome.message_id,
            "error": outcome.error,
        }
        for outcome in outcomes
    ]
    if rows:
        session.execute(_SETTLED, rows)


def waits_in(session: Session, chat_ids: Iterable[int]) -> bool:
    """Whether any of these chats has a message that waits."""
    return bool(session.execute(_WAITS_IN, {"chats": sorted(chat_ids)}).scalar_one())


def postpone(session: Session, message: OutboxMessage, *, until: datetime, error: str) -> None:
    """Put a claimed message back; its whole chat waits until then, so that the order holds."""
    session.execute(_as_claimed(message).values(status=OutboxStatus.PENDING, lease_until=None, error=error))
    sending.hold(session, message.chat_id, until=until)


def revise(session: Session, outbox_id: int, body: Mapping[str, Any]) -> None:
    """Change what a claimed message carries, for its next attempt."""
    session.execute(update(OutboxMessage).where(OutboxMessage.id == outbox_id).values(body=dict(body)))


def give_back(session: Session, message: OutboxMessage) -> None:
    """Put a claimed message back, to be taken again at once."""
    session.execute(_as_claimed(message).values(status=OutboxStatus.PENDING, lease_until=None))


def _as_claimed(message: OutboxMessage) -> Update:
    """The message as long as nobody has claimed it anew: what was put back once must not be taken out of another's hands."""
    still_ours = (OutboxMessage.status == OutboxStatus.SENDING, OutboxMessage.attempts == message.attempts)
    return update(OutboxMessage).where(OutboxMessage.id == message.id, *still_ours).execution_options(synchronize_session=False)


def forget_old(session: Session, *, now: Moment) -> None:
    """Drop replies that were sent a week ago. Notices stay: their keys are what keeps them from being told twice."""
    old = (
        OutboxMessage.kind == Kind.REPLY,
        OutboxMessage.status == OutboxStatus.SENT,
        OutboxMessage.created_at < now.utc - KEEP_REPLIES,
    )
    session.execute(delete(OutboxMessage).where(*old).execution_options(synchronize_session=False))


def unsaid(session: Session, chat_id: int, kind: Kind) -> bool:
    """Whether a message of the kind still waits to reach the chat."""
    waits = OutboxMessage.status.in_((OutboxStatus.PENDING, OutboxStatus.SENDING))
    found = select(exists().where(OutboxMessage.chat_id == chat_id, OutboxMessage.kind == kind, waits))
    return bool(session.scalar(found))


def forget_unsaid(session: Session, user_id: int, *, now: Moment) -> None:
    """What waits for somebody who had left is not said to whoever comes back, nor to his old account; cards are closed."""
    waiting = update(OutboxMessage).where(
        OutboxMessage.user_id == user_id,
        OutboxMessage.status == OutboxStatus.PENDING,
        OutboxMessage.kind != Kind.REFRESH,
    )
    session.execute(waiting.values(status=OutboxStatus.SKIPPED, settled_at=now.utc))


def counts(session: Session) -> dict[str, int]:
    """How many messages stand in each status: what `check` and the tests look at."""
    rows = session.execute(select(OutboxMessage.status, func.count()).group_by(OutboxMessage.status))
    return {row[0]: row[1] for row in rows}
