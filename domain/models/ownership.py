"""Who had a customer, from when to when, and why it ended: the owner history on the card (SPEC 4)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Instant, Key, Text, UtcDateTime, one_of
from domain.stages import Gained, Lost

_OPEN = text("until IS NULL")


class Ownership(Base):
    """One span of owning; the open one (no `until`) is the present owner's, and a customer has at most one."""

    __tablename__ = "ownerships"
    __table_args__ = (
        one_of("gained", Gained),
        one_of("lost", Lost),
        CheckConstraint("(until IS NULL) = (lost IS NULL)", name="ended_with_a_cause"),
        CheckConstraint("until >= since", name="ends_after_it_began"),
        Index("uq_ownerships_open", "customer_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_ownerships_customer_id_since", "customer_id", "since"),
        Index("ix_ownerships_owner_id_until", "owner_id", "until"),
        Index("ix_ownerships_until", "until", "lead_id"),
        Index("ix_ownerships_since", "since", "lead_id"),
    )

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    since: Mapped[Instant]
    gained: Mapped[Text]
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lost: Mapped[str | None]
    reason: Mapped[str | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
