"""What came in from workbooks: each file once, and which row became which record."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, BigId, Instant, Json, Key, Text, UtcDateTime


class ImportRun(Base):
    """One file that is or was imported, known by the hash of its content. `lease_until`: a process is at it until then.

    `holder` names the piece of work that it belongs to, which may take it over from its own dead process at once.
    """

    __tablename__ = "import_runs"
    __table_args__ = (UniqueConstraint("kind", "digest"),)

    id: Mapped[Key]
    kind: Mapped[Text]
    digest: Mapped[Text]
    name: Mapped[Text]
    begun_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    begun_at: Mapped[Instant]
    holder: Mapped[str | None]
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts: Mapped[Json]


class ImportedRow(Base):
    """A row that was kept: written with its record, so that going on after a crash repeats nothing."""

    __tablename__ = "imported_rows"

    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(BigId)
