"""A customer, the people to talk to there, and what was said to them (SPEC 3)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Instant, Key, Text, UtcDateTime, one_of
from domain.stages import Level, ReleaseReason, Stage

_LIVE = text("deleted_at IS NULL")
_BIN = text("deleted_at IS NOT NULL")
_POOL = text("deleted_at IS NULL AND owner_id IS NULL")


class Customer(Base):
    """A company, with one owner or none. No owner and not deleted: it lies in the public pool.

    `due_on` is the soonest of the running deadlines; all are the organisation's calendar days. `last_owner_id` is None only for a
    customer that nobody ever owned; `last_lead_id` names the team (by its lead) that owned it last.
    """

    __tablename__ = "customers"
    __table_args__ = (
        one_of("stage", Stage),
        one_of("level", Level),
        one_of("release_reason", ReleaseReason),
        CheckConstraint("(owner_id IS NULL) = (owned_since IS NULL)", name="owner_since"),
        CheckConstraint("deleted_at IS NULL OR owner_id IS NULL", name="bin_has_no_owner"),
        CheckConstraint("deleted_at IS NULL OR stage = 'potential'", name="bin_is_potential"),
        CheckConstraint("(deleted_at IS NULL) = (deleted_by IS NULL)", name="deleted_by_somebody"),
        CheckConstraint("owner_id IS NOT NULL OR pooled_at IS NOT NULL OR deleted_at IS NOT NULL", name="pool_since"),
        CheckConstraint("(stage IN ('cooperating', 'dormant')) = (partner_id IS NOT NULL)", name="partner_when_signed"),
        CheckConstraint("owner_id IS NOT NULL OR due_on IS NULL", name="clocks_need_an_owner"),
        Index("uq_customers_live_name_key", "name_key", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index(
            "uq_customers_live_credit_code",
            "credit_code",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(
            "uq_customers_live_partner_id",
            "partner_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(
            "ix_customers_owner",
            "owner_id",
            "stage",
            "due_on",
            "id",
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_customers_pool", "stage", "pooled_at", "id", sqlite_where=_POOL, postgresql_where=_POOL),
        Index("ix_customers_pooled_at", "pooled_at", "id", sqlite_where=_POOL, postgresql_where=_POOL),
        Index("ix_customers_due_on", "due_on", "owner_id", "id", sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_customers_bin", "deleted_by", "deleted_at"),
        Index("ix_customers_bin_name_key", "name_key", sqlite_where=_BIN, postgresql_where=_BIN),
        Index("ix_customers_bin_credit_code", "credit_code", sqlite_where=_BIN, postgresql_where=_BIN),
    )

    id: Mapped[Key]
    name: Mapped[Text]
    name_key: Mapped[Text]
    short_name: Mapped[str | None]
    credit_code: Mapped[str | None]
    industry: Mapped[str | None]
    source: Mapped[Text]
    level: Mapped[str | None]
    country: Mapped[str | None]
    city: Mapped[Text]
    address: Mapped[str | None]
    website: Mapped[str | None]
    remark: Mapped[str | None]
    services: Mapped[list[Any]] = mapped_column(JSON, default=list)
    direction: Mapped[str | None]
    lanes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    commodity: Mapped[str | None]
    monthly_volume: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    volume_unit: Mapped[str | None]
    incoterms: Mapped[list[Any]] = mapped_column(JSON, default=list)
    competitors: Mapped[str | None]

    stage: Mapped[Text]
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    owned_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    last_lead_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    pooled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    release_reason: Mapped[str | None]
    release_note: Mapped[str | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Instant]
    last_followup_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_order_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signing_deadline: Mapped[date | None]
    dormancy_deadline: Mapped[date | None]
    first_followup_deadline: Mapped[date | None]
    followup_deadline: Mapped[date | None]
    due_on: Mapped[date | None]
    hands: Mapped[int] = mapped_column(server_default="0")
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    deleted_from_owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    @property
    def code(self) -> str:
        """The code given by the system (SPEC 3)."""
        return customer_code(self.id)

    @property
    def volume(self) -> str | None:
        """What it ships a month, with its unit: 20 TEU."""
        return volume_of(self.monthly_volume, self.volume_unit)


def volume_of(amount: Decimal | None, unit: str | None) -> str | None:
    """An amount with its unit; None when there is none."""
    return None if amount is None else f"{amount.normalize():f} {unit or ''}".strip()


def customer_code(customer_id: int) -> str:
    """C000001 for customer 1."""
    return f"C{customer_id:06d}"


class Contact(Base):
    """A person at a customer; one of them is the main contact."""

    __tablename__ = "contacts"
    __table_args__ = (
        CheckConstraint("NOT main OR phone IS NOT NULL OR email IS NOT NULL", name="main_is_reachable"),
        Index(
            "uq_contacts_main",
            "customer_id",
            unique=True,
            sqlite_where=text("main"),
            postgresql_where=text("main"),
        ),
        Index("ix_contacts_customer_id", "customer_id"),
        Index("ix_contacts_phone_digits", "phone_digits"),
    )

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    main: Mapped[bool]
    name: Mapped[Text]
    title: Mapped[str | None]
    phone: Mapped[str | None]
    phone_digits: Mapped[str | None]
    email: Mapped[str | None]
    wechat: Mapped[str | None]
    telegram: Mapped[str | None]


class Followup(Base):
    """What was said to a customer: one message, never changed afterwards."""

    __tablename__ = "followups"
    __table_args__ = (
        Index("ix_followups_customer_id_at", "customer_id", "at"),
        Index("ix_followups_next_on", "next_on"),
    )

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Instant]
    kind: Mapped[str | None]
    text: Mapped[Text]
    attachment: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    next_on: Mapped[date | None]
