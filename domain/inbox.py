"""Updates as they came, kept before they are acknowledged, taken lane by lane (SPEC 6; one user's updates in order)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from domain.clock import Moment
from domain.dialects import insert_ignore, table_of
from domain.models import Chat, InboxStatus, InboxUpdate

ATTEMPTS = 5
MOMENT = timedelta(seconds=0.2)
KEEP = timedelta(days=7)


class Waiting(NamedTuple):
    """An update in hand: its row, Telegram's id, its lane, the JSON as it came, when (UTC), how often it was tried in vain.

    `unheard`: the bot thinks that it cannot write to the person whose lane it is.
    """

    id: int
    update_id: int
    lane: int
    payload: dict[str, Any]
    received_at: datetime
    attempts: int
    unheard: bool = False


_UPDATES, _CHATS = table_of(InboxUpdate), table_of(Chat)


def _next() -> Select[Any]:
    # Ordered by `id + 0`: for plain `id` both databases walk the table from its oldest row, past a week of finished updates.
    row, earlier = _UPDATES.c, _UPDATES.alias("earlier").c
    before = exists().where(earlier.lane == row.lane, earlier.status == InboxStatus.PENDING, earlier.id < row.id)
    unheard = exists().where(_CHATS.c.chat_id == row.lane, ~_CHATS.c.reachable)
    return (
        select(row.id, row.update_id, row.lane, row.payload, row.received_at, row.attempts, unheard.label("unheard"))
        .where(row.status == InboxStatus.PENDING, or_(row.not_before.is_(None), row.not_before <= bindparam("now")), ~before)
        .order_by(row.id + 0)
        .limit(1)
        .with_for_update(of=_UPDATES, skip_locked=True)
    )


_NEXT = _next()
_LATER = _UPDATES.alias("later")
_MORE = exists().where(
    _LATER.c.lane == bindparam("in_lane"), _LATER.c.status == InboxStatus.PENDING, _LATER.c.id > bindparam("taken")
)
_DONE = update(_UPDATES).where(_UPDATES.c.id == bindparam("taken")).values(status=InboxStatus.DONE).returning(_MORE)
_KNOWN = select(_UPDATES.c.update_id).where(_UPDATES.c.update_id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True)
class Incoming:
    """An update to keep: Telegram's id, the lane that orders it and the JSON as it came."""

    update_id: int
    lane: int
    payload: dict[str, Any]


def store(session: Session, updates: Iterable[Incoming], *, now: Moment) -> set[int]:
    """Keep updates; those kept before change nothing. Returns the update ids that were new."""
    given = {update.update_id: update for update in updates}
    known = set(session.scalars(_KNOWN, {"ids": list(given)}))
    new = [update for update_id, update in given.items() if update_id not in known]
    rows = [{"update_id": u.update_id, "lane": u.lane, "payload": u.payload, "received_at": now.utc} for u in new]
    insert_ignore(session, InboxUpdate, rows, on=["update_id"])
    return {update.update_id for update in new}


def take(session: Session, *, now: Moment) -> Waiting | None:
    """The oldest pending update whose lane is free, locked until the transaction ends. None: nothing to do now."""
    row = session.execute(_NEXT, {"now": now.utc}).first()
    return Waiting._make(row) if row else None


def done(session: Session, taken: Waiting) -> bool:
    """The update's effect stands: to be committed together with it. Returns whether its lane has more by now."""
    return bool(session.execute(_DONE, {"taken": taken.id, "in_lane": taken.lane}).scalar_one())


def failed(session: Session, inbox_id: int, error: str, *, now: Moment) -> bool:
    """Count a failed attempt and put off the next. Returns True when the update was given up.

    Another worker may have taken it since it failed: what is done stays done.
    """
    taken = session.get_one(InboxUpdate, inbox_id, with_for_update=True)
    if taken.status != InboxStatus.PENDING:
        return False
    taken.attempts += 1
    taken.error = error
    taken.not_before = now.utc + timedelta(seconds=0.2 * 4**taken.attempts)
    if taken.attempts >= ATTEMPTS:
        taken.status = InboxStatus.DEAD
    session.flush()
    return taken.status == InboxStatus.DEAD


def put_off(session: Session, inbox_id: int, *, now: Moment) -> None:
    """Try an update again in a moment; the attempt does not count, for it was not the update's fault."""
    waits = (InboxUpdate.id == inbox_id, InboxUpdate.status == InboxStatus.PENDING)
    session.execute(update(InboxUpdate).where(*waits).values(not_before=now.utc + MOMENT))


def pending(session: Session) -> int:
    """How many updates wait."""
    return session.scalar(select(func.count()).where(InboxUpdate.status == InboxStatus.PENDING)) or 0


def unfinished(session: Session) -> list[dict[str, Any]]:
    """The payloads that wait: what a starting process finds of the one before it."""
    return list(session.scalars(select(InboxUpdate.payload).where(InboxUpdate.status == InboxStatus.PENDING)))


def forget_old(session: Session, *, now: Moment) -> None:
    """Drop finished updates after a week: Telegram repeats none that long."""
    session.execute(delete(InboxUpdate).where(InboxUpdate.status == InboxStatus.DONE, InboxUpdate.received_at < now.utc - KEEP))
