"""Who works here: branches, their departments, the people and the invitations that bind them to Telegram (SPEC 2)."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, BigId, Instant, Key, Text, UtcDateTime, one_of
from domain.permissions import Role


class Branch(Base):
    """A company of the organisation (所属公司)."""

    __tablename__ = "branches"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)


class Department(Base):
    """A department of a branch (所属部门)."""

    __tablename__ = "departments"
    __table_args__ = (UniqueConstraint("branch_id", "name"),)

    id: Mapped[Key]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"))
    name: Mapped[Text]


class User(Base):
    """A person of the staff. `superior_id` makes teams; a trigger of the database refuses a cycle."""

    __tablename__ = "users"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint("superior_id <> id", name="not_own_superior"),
        CheckConstraint("language IN ('zh', 'en')", name="language_known"),
        CheckConstraint("(away_until IS NULL) = (stand_in_id IS NULL)", name="away_with_stand_in"),
        CheckConstraint("stand_in_id <> id", name="not_own_stand_in"),
        Index("ix_users_superior_id", "superior_id"),
    )

    id: Mapped[Key]
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Text]
    role: Mapped[Text]
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    direct_assign: Mapped[bool] = mapped_column(server_default=false())
    language: Mapped[Text]
    active: Mapped[bool] = mapped_column(server_default=true())
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    away_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Instant]
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Invitation(Base):
    """A one-use link to join; only the code's hash is kept."""

    __tablename__ = "invitations"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_by_telegram_id: Mapped[int | None] = mapped_column(BigInteger)


class InvitationGuess(Base):
    """A wrong code and the Telegram account that tried it: what throttling counts."""

    __tablename__ = "invitation_guesses"
    __table_args__ = (Index("ix_invitation_guesses_telegram_id_at", "telegram_id", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[Instant]
