"""Which files were imported (SPEC 7: the same file twice imports once), and how far the one under way is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from domain import access
from domain.access import Actor
from domain.bulk import insert_bulk
from domain.clock import Moment
from domain.dialects import insert_ignore, table_of
from domain.models import ImportedRow, ImportRun, User, WorkbookTask
from domain.permissions import Act
from domain.spreadsheets.layout import SheetName
from domain.workbook_errors import (
    FileImportedError,
    ImportRunningError,
)
from domain.workbook_tasks import OVER

_TASK = "task:"
LEASE = timedelta(minutes=2)
"""Longer than any chunk may take: what is older belongs to a process that is no more."""

_RENEW = update(table_of(ImportRun)).where(ImportRun.id == bindparam("run")).values(lease_until=bindparam("until"))


def require(actor: Actor | None) -> None:
    """Imports are the admins' affair; None: the command line, whose right is the machine's. Raises NotAllowedError."""
    if actor is not None:
        access.require(actor, Act.IMPORT)


def earlier(session: Session, kind: SheetName, digest: str) -> int | None:
    """The import of the same content that was begun before. Raises FileImportedError when it was finished."""
    found = select(ImportRun, User.name).outerjoin(User, User.id == ImportRun.begun_by)
    begun = session.execute(found.where(ImportRun.kind == kind, ImportRun.digest == digest)).one_or_none()
    if begun is None:
        return None
    run, by = begun
    if run.finished_at is not None:
        raise FileImportedError(run.finished_at, by)
    return int(run.id)


def begin(
    session: Session, actor_id: int | None, kind: SheetName, name: str, digest: str, *, holder: str | None, now: Moment
) -> int:
    """Take the import of this content, begun before or not, and return its id; its own `holder` may take it over at any time.

    Raises FileImportedError, ImportRunningError.
    """
    row: dict[str, Any] = {"kind": kind, "digest": digest, "name": name, "begun_by": actor_id, "begun_at": now.utc, "counts": {}}
    insert_ignore(session, ImportRun, [row], on=["kind", "digest"])
    earlier(session, kind, digest)
    found = select(ImportRun).where(ImportRun.kind == kind, ImportRun.digest == digest).with_for_update()
    run = session.scalars(found.execution_options(populate_existing=True)).one()
    held = run.lease_until is not None and run.lease_until > now.utc
    if held and (holder is None or run.holder != holder) and not _given_up(session, run.holder):
        raise ImportRunningError
    run.holder = holder
    run.lease_until = now.utc + LEASE
    session.flush()
    return run.id


def holder_of(task_id: int) -> str:
    """The name under which a piece of work from the chat holds an import."""
    return f"{_TASK}{task_id}"


def kept_by(session: Session, holder: str) -> int:
    """How many rows of the import that it held last are kept."""
    kept = select(func.count()).select_from(ImportedRow).join(ImportRun, ImportRun.id == ImportedRow.run_id)
    return session.scalar(kept.where(ImportRun.holder == holder)) or 0


def _given_up(session: Session, holder: str | None) -> bool:
    """Whether it was a piece of work that keeps nothing any more, whatever became of its process."""
    if holder is None or not holder.startswith(_TASK):
        return False
    return session.scalar(select(WorkbookTask.status).where(WorkbookTask.id == int(holder.removeprefix(_TASK)))) in OVER


def note(session: Session, run_id: int, kept: Iterable[tuple[int, int]]) -> None:
    """Rows were kept, each with its record: in the transaction that keeps them."""
    insert_bulk(session, ImportedRow, [{"run_id": run_id, "row": row, "record_id": record} for row, record in kept])


def renew(session: Session, run_id: int, *, now: Moment) -> None:
    """Whoever keeps rows is still there."""
    session.execute(_RENEW, {"run": run_id, "until": now.utc + LEASE})


def has_rows(session: Session, run_id: int) -> bool:
    """Whether an earlier attempt kept some of it."""
    return session.scalar(select(ImportedRow.run_id).where(ImportedRow.run_id == run_id).limit(1)) is not None


def kept_before(session: Session, run_id: int, rows: Sequence[int]) -> set[int]:
    """Those among these rows that were kept already, by an attempt that was cut short."""
    if not rows:
        return set()
    between = ImportedRow.row.between(rows[0], rows[-1])
    return set(session.scalars(select(ImportedRow.row).where(ImportedRow.run_id == run_id, between)))


def let_go(session: Session, run_id: int) -> None:
    """Stopped before the end: whoever brings the same file again goes on with it at once."""
    _run(session, run_id).lease_until = None
    session.flush()


def finish(session: Session, run_id: int, counts: Mapping[str, int], *, now: Moment) -> None:
    """Everything that can be kept is."""
    run = _run(session, run_id)
    run.finished_at, run.lease_until, run.counts = now.utc, None, dict(counts)
    session.flush()


def _run(session: Session, run_id: int) -> ImportRun:
    return session.get_one(ImportRun, run_id, with_for_update=True, populate_existing=True)
