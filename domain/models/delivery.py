"""What comes in and what goes out: inbox, outbox, the chats they concern and the messages that show something that may change."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Instant, Json, Key, Text, UtcDateTime, one_of


class InboxStatus(StrEnum):
    """An update's life."""

    PENDING = "pending"
    DONE = "done"
    DEAD = "dead"


class OutboxStatus(StrEnum):
    """An outgoing message's life. `uncertain`: Telegram may or may not have it; `skipped`: it had become untrue."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    UNCERTAIN = "uncertain"
    FAILED = "failed"


_PENDING = text("status = 'pending'")
_SENDING = text("status = 'sending'")


class InboxUpdate(Base):
    """An update as Telegram sent it. `lane` orders: one user's updates are taken one after the other, by id."""

    __tablename__ = "inbox"
    __table_args__ = (
        one_of("status", InboxStatus),
        Index("ix_inbox_pending", "lane", "id", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index("ix_inbox_received_at", "received_at"),
    )

    id: Mapped[Key]
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    lane: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[Json]
    received_at: Mapped[Instant]
    status: Mapped[str] = mapped_column(server_default=InboxStatus.PENDING)
    attempts: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None]


class OutboxMessage(Base):
    """A message to send, written in the transaction that causes it; `key` makes it unique for ever.

    `kind` says how it is rendered and what an ambiguous send means; `body` holds ready parameters (a reply) or ids (a notice).
    `priority` 0 is an answer to a tap, higher numbers wait behind lower ones of the same chat. `update_id` is the update that
    caused it, if one did: the thread by which the log can be followed.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("status", OutboxStatus),
        CheckConstraint("(status = 'sending') = (lease_until IS NOT NULL)", name="sending_has_a_lease"),
        Index("ix_outbox_pending", "chat_id", "priority", "id", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index("ix_outbox_sending", "chat_id", sqlite_where=_SENDING, postgresql_where=_SENDING),
        Index("ix_outbox_created_at", "created_at"),
    )

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[Text]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    priority: Mapped[int]
    body: Mapped[Json]
    status: Mapped[str] = mapped_column(server_default=OutboxStatus.PENDING)
    attempts: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[Instant]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message_id: Mapped[int | None]
    error: Mapped[str | None]
    update_id: Mapped[int | None] = mapped_column(BigInteger)


class Chat(Base):
    """What is known of writing to a chat: may it be reached, and from when (UTC) it takes the next message.

    `resume_at` holds back everything (429, back-off); `next_notice_at` only what the bot says on its own.
    """

    __tablename__ = "chats"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    reachable: Mapped[bool]
    resume_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_notice_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SendBudget(Base):
    """Telegram's overall limit for what the bot says on its own: tokens that refill by the second, shared by all replicas."""

    __tablename__ = "send_budget"

    name: Mapped[str] = mapped_column(primary_key=True)
    tokens: Mapped[float]
    refilled_at: Mapped[Instant]


class Card(Base):
    """A sent message that shows a subject which may change; `version` is the subject's when it was last shown."""

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("chat_id", "message_id"),
        Index("ix_cards_subject", "subject", "subject_id"),
        Index("ix_cards_user_id", "user_id"),
    )

    id: Mapped[Key]
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    subject: Mapped[Text]
    subject_id: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int]
    created_at: Mapped[Instant]
