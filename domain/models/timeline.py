"""Everything that ever happened, append-only: triggers of the database refuse a change or a removal."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Instant, Json, Key, Text


class TimelineEntry(Base):
    """Who did what to whom and when; `detail` holds what the words need (before, after, names are looked up when read)."""

    __tablename__ = "timeline"
    __table_args__ = (
        Index("ix_timeline_customer_id", "customer_id", "id"),
        Index("ix_timeline_actor_id_event_at", "actor_id", "event", "at"),
    )

    id: Mapped[Key]
    at: Mapped[Instant]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    event: Mapped[Text]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    detail: Mapped[Json]
