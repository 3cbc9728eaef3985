"""How much waits and for how long, and when the jobs were last done: read at a glance, for whoever watches the program."""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, Select, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from domain.clock import Moment
from domain.models import Chat, InboxStatus, InboxUpdate, JobRun, OutboxMessage, OutboxStatus
from domain.models.base import UtcDateTime
from domain.outbox import Priority
from domain.rules import Rules, current
from domain.timetable import Timetable, at


class Queues(NamedTuple):
    """What waits; lags are seconds. `jobs` says when each last finished (UTC)."""

    inbox: float
    inbox_lag: float
    outbox: float
    outbox_lag: float
    in_flight: float
    jobs: Mapping[str, datetime]

    @classmethod
    def unknown(cls) -> Self:
        """What can be said without the database."""
        return cls(math.nan, math.nan, math.nan, math.nan, math.nan, {})


def _waiting() -> Select[Any]:
    """One row, from the two partial indexes of what is not settled; a message counts as late only if it might go out now."""
    now = bindparam("now", type_=UtcDateTime)
    row = OutboxMessage
    since = case((row.not_before.is_(None), row.created_at), else_=row.not_before)
    free = (
        row.status == OutboxStatus.PENDING,
        or_(row.not_before.is_(None), row.not_before <= now),
        or_(Chat.resume_at.is_(None), Chat.resume_at <= now),
    )
    pending = InboxUpdate.status == InboxStatus.PENDING
    oldest = select(func.min(since, type_=UtcDateTime)).outerjoin(Chat, Chat.chat_id == row.chat_id).where(*free)
    return select(
        select(func.count()).where(pending).scalar_subquery().label("inbox"),
        select(func.min(InboxUpdate.received_at)).where(pending).scalar_subquery().label("inbox_since"),
        select(func.count()).where(row.status == OutboxStatus.PENDING).scalar_subquery().label("outbox"),
        select(func.count()).where(row.status == OutboxStatus.SENDING).scalar_subquery().label("in_flight"),
        oldest.where(row.priority <= Priority.URGENT).scalar_subquery().label("urgent_since"),
        oldest.where(row.priority > Priority.URGENT).scalar_subquery().label("rest_since"),
    )


_WAITING = _waiting()
_FINISHED = select(JobRun.name, func.max(JobRun.finished_at, type_=UtcDateTime).label("at")).group_by(JobRun.name)


def look(connection: Connection, given: Rules, *, now: Moment) -> Queues:
    """What waits now; `given` are the rules of the settings file."""
    with Session(connection) as session:
        timetable = current(session, given).timetable
        found = session.execute(_WAITING, {"now": now.utc}).one()
        finished = {row.name: row.at for row in session.execute(_FINISHED) if row.at is not None}
    rest = None if timetable.quiet(now) else _since(found.rest_since, timetable, now)
    lags = [_seconds(since, now) for since in (found.urgent_since, rest)]
    return Queues(found.inbox, _seconds(found.inbox_since, now), found.outbox, max(lags), found.in_flight, finished)


def _since(oldest: datetime | None, timetable: Timetable, now: Moment) -> datetime | None:
    """What the quiet hours held back is late only since they ended."""
    hours = timetable.quiet_hours
    if oldest is None or hours.start == hours.end:
        return oldest
    today = at(hours.end, now.today, now.zone)
    ended = today if today <= now.utc else at(hours.end, now.today - timedelta(days=1), now.zone)
    return max(oldest, ended)


def _seconds(since: datetime | None, now: Moment) -> float:
    return 0.0 if since is None else max(0.0, (now.utc - since).total_seconds())
