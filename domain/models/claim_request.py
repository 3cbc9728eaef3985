"""A claim that waits for the lead of the team that owned the customer last (SPEC 4, claim and review)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Instant, Key, Text, UtcDateTime, one_of
from domain.stages import RequestStatus

_WAITING = text("status = 'waiting'")


class RequestBatch(Base):
    """Requests that one act sent to one team's lead: they share a card. `version` grows with every decision.

    `lead_id` is the team asked (None: nobody's team, so the admins); `approver_id` is whoever the card went to, None when it went
    to every admin. `reminded_at` and `escalated_at`: when it had waited too long (SPEC 6).
    """

    __tablename__ = "request_batches"

    id: Mapped[Key]
    requester_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    assignee_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[Instant]
    version: Mapped[int]
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ClaimRequest(Base):
    """One customer of a batch; decided once (a trigger of the database refuses a second decision)."""

    __tablename__ = "claim_requests"
    __table_args__ = (
        one_of("status", RequestStatus),
        CheckConstraint("(status = 'waiting') = (decided_at IS NULL)", name="decided_with_a_time"),
        Index(
            "uq_claim_requests_waiting",
            "customer_id",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_claim_requests_batch_id", "batch_id"),
        Index("ix_claim_requests_customer_id", "customer_id"),
    )

    id: Mapped[Key]
    batch_id: Mapped[int] = mapped_column(ForeignKey("request_batches.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    status: Mapped[Text]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None]
