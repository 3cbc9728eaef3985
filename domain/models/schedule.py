"""What the clock leaves behind: runs of jobs, warnings given, and rules changed in the chat."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Instant, Json, Key, Text, UtcDateTime


class JobRun(Base):
    """One occurrence of a job: at most one a day of the organisation. `finished_at` None: it is under way, or died."""

    __tablename__ = "job_runs"
    __table_args__ = (UniqueConstraint("name", "day"),)

    id: Mapped[Key]
    name: Mapped[Text]
    day: Mapped[date]
    started_at: Mapped[Instant]
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts: Mapped[Json]


class DueWarning(Base):
    """That an owner was warned of a deadline: `level` says how many days before (7, 3, 1, 0); `clock` which deadline it was.

    A customer whose present owner was never warned of its present deadline is not swept.
    """

    __tablename__ = "due_warnings"
    __table_args__ = (
        UniqueConstraint("customer_id", "owner_id", "due_on", "level"),
        Index("ix_due_warnings_day", "day", "owner_id"),
    )

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date]
    level: Mapped[int]
    clock: Mapped[Text]
    day: Mapped[date]


class Setting(Base):
    """A setting that an admin changed in the chat: it wins over the file's."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[Instant]
