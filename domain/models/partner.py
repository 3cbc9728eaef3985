"""Parties that the business system may trade with, and their orders (SPEC 4, sign and record an order)."""

from datetime import date

from sqlalchemy import ForeignKey, true
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Instant, Key, Text


class Partner(Base):
    """A partner; a void one (失效) may not be traded with until a customer is signed to it again."""

    __tablename__ = "partners"

    id: Mapped[Key]
    name: Mapped[Text]
    name_key: Mapped[str] = mapped_column(unique=True)
    credit_code: Mapped[str | None] = mapped_column(unique=True)
    valid: Mapped[bool] = mapped_column(server_default=true())
    created_at: Mapped[Instant]


class Order(Base):
    """An order of a partner: the partner is used by business from then on."""

    __tablename__ = "orders"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    kind: Mapped[str | None]
    ordered_on: Mapped[date]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Instant]
