"""Workbooks in the making: pieces of work that outlive a turn, and the files that wait to be sent or read (SPEC 7)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Instant, Json, Key, Text, UtcDateTime, one_of


class TaskStatus(StrEnum):
    """A piece of work's life. `asking`: it waits for a person's yes, and goes back to `waiting` with it."""

    WAITING = "waiting"
    RUNNING = "running"
    ASKING = "asking"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


_OPEN = text("status IN ('waiting', 'running')")


class WorkbookTask(Base):
    """One piece of work for one person's chat, done by whichever replica is free.

    `params` say what is wanted and never change; `state` is what a run that takes over goes on from. `attempts` counts the
    takings: whoever does the work proves by it that it is still his; `failures` counts those that broke. `version` goes up with
    whatever its message shows.
    """

    __tablename__ = "workbook_tasks"
    __table_args__ = (
        one_of("status", TaskStatus),
        CheckConstraint("(status = 'running') = (lease_until IS NOT NULL)", name="running_has_a_lease"),
        CheckConstraint("(status IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)", name="finished_when_over"),
        Index("ix_workbook_tasks_open", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_workbook_tasks_user_id", "user_id", "id"),
        Index("ix_workbook_tasks_created_at", "created_at"),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[Text]
    params: Mapped[Json]
    state: Mapped[Json]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("spooled_files.id"))
    status: Mapped[Text]
    progress: Mapped[Json]
    version: Mapped[int] = mapped_column(server_default="1")
    attempts: Mapped[int] = mapped_column(server_default="0")
    failures: Mapped[int] = mapped_column(server_default="0")
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[Instant]
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class SpooledFile(Base):
    """A file between replicas, until it is sent or no longer needed."""

    __tablename__ = "spooled_files"
    __table_args__ = (Index("ix_spooled_files_created_at", "created_at"),)

    id: Mapped[Key]
    name: Mapped[Text]
    created_at: Mapped[Instant]


class SpooledPiece(Base):
    """A part of a spooled file: pieces keep every transaction short."""

    __tablename__ = "spooled_pieces"
    __table_args__ = (UniqueConstraint("file_id", "number"),)

    id: Mapped[Key]
    file_id: Mapped[int] = mapped_column(ForeignKey("spooled_files.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
