"""What a conversation remembers between two taps: the state of lists and pickers, and an answer that is awaited."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Instant, Json, Key, Text


class View(Base):
    """The state of one screen (filters, page cursors, selection), named by its buttons."""

    __tablename__ = "views"
    __table_args__ = (Index("ix_views_touched_at", "touched_at"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[Text]
    state: Mapped[Json]
    touched_at: Mapped[Instant]


class Dialogue(Base):
    """The one typed answer that a person owes the bot."""

    __tablename__ = "dialogues"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    kind: Mapped[Text]
    state: Mapped[Json]
    expires_at: Mapped[Instant]
