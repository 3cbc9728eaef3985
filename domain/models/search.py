"""What makes customers findable by any part of a name, a code, a phone number or pinyin initials (SPEC 5, search)."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Text


class CustomerSearch(Base):
    """The searchable text of a customer, a field a line.

    The index over its character pairs is of the database's own kind: an FTS5 table beside it on SQLite, an array column with a
    GIN index on PostgreSQL; both are made by the migration and written by `domain.search`.
    """

    __tablename__ = "customer_search"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True, autoincrement=False)
    text: Mapped[Text]
