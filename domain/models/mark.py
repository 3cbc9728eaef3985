"""What the program remembers of its own doings."""

from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Text


class Mark(Base):
    """A value under a name, the newest alone."""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Text]
