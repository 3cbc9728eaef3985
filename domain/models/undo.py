"""What can be taken back for some minutes (SPEC 5, undo)."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Instant, Json, Key, Text, UtcDateTime


class Undoable(Base):
    """One act on customers with how they stood before and after: it can be undone while they still stand as after."""

    __tablename__ = "undoables"

    id: Mapped[Key]
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    act: Mapped[Text]
    at: Mapped[Instant]
    before: Mapped[Json]
    after: Mapped[Json]
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
