"""Exports and imports as rows: opened by a tap, taken by whichever replica is free, carried on after a restart (SPEC 7).

A piece of work is taken under a lease that whoever does it renews. One whose process died is taken again, and given up where it
can be seen when it broke too often. Whatever its message shows goes with a version, like any card's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session

from domain import cards, outbox
from domain.access import Actor
from domain.cards import Subject
from domain.clock import Moment
from domain.errors import GonghaiError, NotFoundError, StaleError, WorkbookUnderWayError
from domain.models import TaskStatus, WorkbookTask
from domain.outbox import Kind

LEASE = timedelta(minutes=1)
MOST_FAILURES = 3
KEEP = timedelta(days=30)
UNDER_WAY = frozenset({TaskStatus.WAITING, TaskStatus.RUNNING})
OVER = frozenset({TaskStatus.DONE, TaskStatus.FAILED, TaskStatus.CANCELLED})
Data = Mapping[str, Any]


class TaskKind(StrEnum):
    """What is made or read."""

    EXPORT = "export"
    EXPORT_PARTNERS = "export_partners"
    TEMPLATE = "template"
    IMPORT = "import"


@dataclass(frozen=True)
class Progress:
    """How far a piece of work is: its phase by name, and how much of how much is done; `total` 0: not known."""

    phase: str = "waiting"
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Task:
    """A piece of work in the hands of whoever does it; `attempt` proves that it is still his."""

    id: int
    user_id: int
    chat_id: int
    kind: TaskKind
    params: Data
    state: Data
    file_id: int | None
    attempt: int


@dataclass(frozen=True)
class TaskCard:
    """A piece of work as its message shows it. `result`: what came of it, or what is asked; `error`: why it failed."""

    id: int
    version: int
    kind: TaskKind
    params: Data
    status: TaskStatus
    progress: Progress
    result: Data
    error: Data


_HELD = (
    select(WorkbookTask.id)
    .where(
        WorkbookTask.id == bindparam("task"),
        WorkbookTask.attempts == bindparam("attempt"),
        WorkbookTask.status == TaskStatus.RUNNING,
    )
    .with_for_update()
)


class TaskLostError(Exception):
    """The work is no longer its doer's: it was cancelled, or another process has taken it over."""


def open_task(
    session: Session, actor: Actor, chat_id: int, kind: TaskKind, params: Data, *, file_id: int | None = None, now: Moment
) -> TaskCard:
    """A new piece of work; the right to what it does is the caller's to check. What the person was asked before is dropped.

    Raises WorkbookUnderWayError while the last one is not finished.
    """
    mine = select(WorkbookTask).where(WorkbookTask.user_id == actor.id, WorkbookTask.status.not_in(OVER))
    for row in session.scalars(mine.order_by(WorkbookTask.id).with_for_update()):
        if row.status in UNDER_WAY:
            raise WorkbookUnderWayError
        _move(session, row, TaskStatus.CANCELLED, now=now)
    row = WorkbookTask(
        user_id=actor.id,
        chat_id=chat_id,
        kind=kind,
        params=dict(params),
        state={},
        file_id=file_id,
        status=TaskStatus.WAITING,
        progress=Progress().__dict__,
        version=1,
        created_at=now.utc,
    )
    session.add(row)
    session.flush()
    return _card(row)


def card(session: Session, actor: Actor, task_id: int) -> TaskCard:
    """The person's own piece of work. Raises NotFoundError."""
    return _card(_own(session, actor, task_id))


def confirm(session: Session, actor: Actor, task_id: int, choices: Data | None = None, *, now: Moment) -> TaskCard:
    """Go on with what was asked; `choices` come into its state. Raises NotFoundError, StaleError when nothing is asked."""
    row = _own(session, actor, task_id)
    if row.status != TaskStatus.ASKING:
        raise StaleError
    row.state = {**row.state, "confirmed": True, **(choices or {})}
    row.progress = Progress().__dict__
    _move(session, row, TaskStatus.WAITING, now=now)
    return _card(row)


def cancel(session: Session, actor: Actor, task_id: int, *, now: Moment) -> TaskCard:
    """Do no more of it: whoever is at it finds out with his next beat. Raises NotFoundError, StaleError when it is over."""
    row = _own(session, actor, task_id)
    if row.status in OVER:
        raise StaleError
    _move(session, row, TaskStatus.CANCELLED, now=now)
    return _card(row)


def versions_of(session: Session, task_ids: Iterable[int]) -> dict[int, int]:
    """The versions that messages ought to show, which stay so until the transaction ends."""
    ids = sorted(set(task_ids))
    if not ids:
        return {}
    wanted = select(WorkbookTask.id, WorkbookTask.version).where(WorkbookTask.id.in_(ids))
    return {row.id: row.version for row in session.execute(wanted.order_by(WorkbookTask.id).with_for_update(read=True))}


def under_way(session: Session) -> int:
    """How much waits or is being done."""
    return session.scalar(select(func.count()).where(WorkbookTask.status.in_(UNDER_WAY))) or 0


def claim(session: Session, *, now: Moment, limit: int) -> list[Task]:
    """Take what waits, at most `limit`, and what a dead process left: that once more, or never again when it broke too often."""
    lapsed = (WorkbookTask.status == TaskStatus.RUNNING) & (WorkbookTask.lease_until <= now.utc)
    due = select(WorkbookTask).where(or_(WorkbookTask.status == TaskStatus.WAITING, lapsed)).order_by(WorkbookTask.id)
    taken = []
    for row in session.scalars(due.limit(limit).with_for_update(skip_locked=True)):
        if row.status == TaskStatus.RUNNING and _broke(session, row, now):
            continue
        row.attempts += 1
        row.status, row.lease_until = TaskStatus.RUNNING, now.utc + LEASE
        taken.append(_task(row))
    session.flush()
    return taken


def beat(session: Session, task: Task, progress: Progress, *, now: Moment) -> bool:
    """Renew the lease and tell how far it is; False when the work is no longer its doer's.

    The message is not touched again before its last change has reached the chat.
    """
    row = _held(session, task)
    if row is None:
        return False
    row.lease_until = now.utc + LEASE
    if progress.__dict__ != row.progress and not outbox.unsaid(session, row.chat_id, Kind.REFRESH):
        row.progress = progress.__dict__
        _show(session, row, now=now)
    session.flush()
    return True


def note(session: Session, task: Task, state: Data, *, now: Moment) -> None:
    """Keep what a later run would go on from, in the transaction that gets so far. Raises TaskLostError."""
    row = _still(session, task)
    row.state, row.lease_until = {**row.state, **state}, now.utc + LEASE
    session.flush()


def require(session: Session, task: Task) -> None:
    """It stays its doer's until the transaction ends. Raises TaskLostError."""
    if session.execute(_HELD, {"task": task.id, "attempt": task.attempt}).first() is None:
        raise TaskLostError(task.id)


def attach(session: Session, task: Task, file_id: int) -> Task:
    """The file that it is about has been fetched. Raises TaskLostError."""
    row = _still(session, task)
    row.file_id = file_id
    session.flush()
    return replace(task, file_id=file_id)


def ask(session: Session, task: Task, summary: Data, *, now: Moment) -> None:
    """Wait for the person's yes. Raises TaskLostError."""
    row = _still(session, task)
    row.result = dict(summary)
    _move(session, row, TaskStatus.ASKING, now=now)


def finish(session: Session, task: Task, result: Data, *, file_id: int | None = None, now: Moment) -> None:
    """It is done; a file that came of it is sent. Raises TaskLostError."""
    row = _still(session, task)
    row.result = dict(result)
    _move(session, row, TaskStatus.DONE, now=now)
    if file_id is not None:
        send_file(session, row.id, row.user_id, row.chat_id, file_id, now=now)


def send_file(session: Session, task_id: int, user_id: int, chat_id: int, file_id: int, *, now: Moment) -> None:
    """Send a spooled file that belongs to a piece of work, once."""
    body = {"task_id": task_id, "file_id": file_id}
    key = f"file:{task_id}:{file_id}"
    outbox.tell_chat(session, key=key, kind=Kind.FILE, chat_id=chat_id, user_id=user_id, body=body, now=now)


def fail(session: Session, task: Task, error: GonghaiError, *, now: Moment) -> None:
    """It cannot be done, for a reason that its person is told. Raises TaskLostError."""
    row = _still(session, task)
    told = {each.name: _plain(getattr(error, each.name)) for each in fields(error)}  # type: ignore[arg-type]
    row.error = {"name": type(error).__name__, **told}
    _move(session, row, TaskStatus.FAILED, now=now)


def _plain(value: object) -> object:
    """As JSON; an instant is told from a text."""
    return {"utc": value.isoformat()} if isinstance(value, datetime) else value


def broke(session: Session, task: Task, *, now: Moment) -> None:
    """Whoever did it broke down: it is done again, or given up after the last attempt. Nothing happens when it is lost."""
    row = _held(session, task)
    if row is not None and not _broke(session, row, now):
        _give_back(row)
        session.flush()


def give_back(session: Session, task: Task) -> None:
    """Put it back untouched, for another process to go on with. Nothing happens when it is lost."""
    row = _held(session, task)
    if row is not None:
        _give_back(row)
        session.flush()


def reclaim_all(session: Session) -> None:
    """Give back everything under way: for the only process of a database, when it starts."""
    running = update(WorkbookTask).where(WorkbookTask.status == TaskStatus.RUNNING)
    session.execute(running.values(status=TaskStatus.WAITING, lease_until=None))


def forget_old(session: Session, *, now: Moment) -> None:
    """Drop what was over a month ago."""
    old = (WorkbookTask.status.in_(OVER), WorkbookTask.created_at < now.utc - KEEP)
    session.execute(delete(WorkbookTask).where(*old))


def _own(session: Session, actor: Actor, task_id: int) -> WorkbookTask:
    mine = (WorkbookTask.id == task_id, WorkbookTask.user_id == actor.id)
    row = session.scalars(_locked(*mine)).one_or_none()
    if row is None:
        raise NotFoundError
    return row


def _held(session: Session, task: Task) -> WorkbookTask | None:
    """The row, locked, as long as it is the doer's."""
    his = (WorkbookTask.id == task.id, WorkbookTask.attempts == task.attempt, WorkbookTask.status == TaskStatus.RUNNING)
    return session.scalars(_locked(*his)).one_or_none()


def _still(session: Session, task: Task) -> WorkbookTask:
    row = _held(session, task)
    if row is None:
        raise TaskLostError(task.id)
    return row


def _locked(*where: ColumnElement[bool]) -> Select[WorkbookTask]:
    return select(WorkbookTask).where(*where).with_for_update().execution_options(populate_existing=True)


def _move(session: Session, row: WorkbookTask, status: TaskStatus, *, now: Moment) -> None:
    row.status, row.lease_until = status, None
    row.finished_at = now.utc if status in OVER else None
    _show(session, row, now=now)


def _show(session: Session, row: WorkbookTask, *, now: Moment) -> None:
    row.version += 1
    session.flush()
    cards.refresh(session, Subject.WORKBOOK, [(row.id, row.version)], now=now)


def _broke(session: Session, row: WorkbookTask, now: Moment) -> bool:
    """Count the failure; after the last one the work is given up, which is the answer."""
    row.failures += 1
    if row.failures < MOST_FAILURES:
        return False
    row.error = {}
    _move(session, row, TaskStatus.FAILED, now=now)
    return True


def _give_back(row: WorkbookTask) -> None:
    row.status, row.lease_until = TaskStatus.WAITING, None


def _task(row: WorkbookTask) -> Task:
    return Task(row.id, row.user_id, row.chat_id, TaskKind(row.kind), row.params, row.state, row.file_id, row.attempts)


def _card(row: WorkbookTask) -> TaskCard:
    status, progress = TaskStatus(row.status), Progress(**row.progress)
    return TaskCard(row.id, row.version, TaskKind(row.kind), row.params, status, progress, row.result or {}, row.error or {})
