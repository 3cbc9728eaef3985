"""Runs of the clock's work, as rows: begun once for a day, taken over when their process died, finished with counts (SPEC 6).

The scheduler is only a tick. Whether something is still to be done stands here, under a unique key: a missed run is caught up
once, and two schedulers repeat nothing.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from domain.clock import Moment
from domain.dialects import insert_ignore
from domain.models import JobRun

LEASE = timedelta(minutes=2)
"""Longer than any one step may take: what is older belongs to a process that is no more."""


class JobName(StrEnum):
    """What the clock does."""

    SWEEP = "sweep"
    REMINDERS = "reminders"
    DIGEST = "digest"


@dataclass(frozen=True)
class Step:
    """What one transaction of a job did, and whether there is more to do."""

    counts: Mapping[str, int] = field(default_factory=dict)
    more: bool = False


@dataclass(frozen=True)
class Run:
    """One occurrence of a job; times are UTC. `finished_at` None: it is under way, or its process died."""

    name: JobName
    day: date
    started_at: datetime
    finished_at: datetime | None
    counts: Mapping[str, int]


def begin(session: Session, name: JobName, day: date, *, now: Moment, again: bool = False) -> bool:
    """Take the run of this day; False when it is done (unless `again`) or another process is at it."""
    row = {"name": name, "day": day, "started_at": now.utc, "counts": {}}
    insert_ignore(session, JobRun, [row], on=["name", "day"])
    run = session.scalars(_of(name, day).with_for_update()).one()
    if (run.finished_at is not None and not again) or (run.lease_until is not None and run.lease_until > now.utc):
        return False
    if run.finished_at is not None:
        run.started_at, run.finished_at = now.utc, None
    run.lease_until = now.utc + LEASE
    session.flush()
    return True


def note(session: Session, name: JobName, day: date, step: Step, *, now: Moment) -> None:
    """Add up what a step did, in the step's own transaction; the last one finishes the run."""
    run = session.scalars(_of(name, day).with_for_update()).one()
    run.counts = dict(Counter(run.counts) + Counter(step.counts))
    run.lease_until = now.utc + LEASE if step.more else None
    run.finished_at = None if step.more else now.utc
    session.flush()


def put_down(session: Session, name: JobName, day: date) -> None:
    """Let another process go on with an unfinished run at once."""
    run = session.scalars(_of(name, day).with_for_update()).one()
    run.lease_until = None
    session.flush()


def finished(session: Session, day: date) -> set[JobName]:
    """The jobs that are done for this day."""
    rows = session.scalars(select(JobRun.name).where(JobRun.day == day, JobRun.finished_at.is_not(None)))
    return {JobName(name) for name in rows}


def newest(session: Session, name: JobName) -> Run | None:
    """The job's newest occurrence."""
    row = session.scalars(select(JobRun).where(JobRun.name == name).order_by(JobRun.day.desc()).limit(1)).one_or_none()
    return Run(name, row.day, row.started_at, row.finished_at, row.counts) if row else None


def reclaim_all(session: Session) -> None:
    """Let unfinished runs be taken over at once: for the only process of a database, when it starts."""
    session.execute(update(JobRun).where(JobRun.finished_at.is_(None)).values(lease_until=None))


def _of(name: JobName, day: date) -> Select[JobRun]:
    return select(JobRun).where(JobRun.name == name, JobRun.day == day).execution_options(populate_existing=True)
