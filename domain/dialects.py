"""The few statements that SQLite and PostgreSQL spell differently."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from domain.models import Base


def is_sqlite(session: Session) -> bool:
    """Which of the two databases this session speaks to."""
    return session.get_bind().dialect.name == "sqlite"


def _insert(session: Session, model: type[Base]) -> Any:  # noqa: ANN401 — both dialects' inserts, alike but unrelated
    return (sqlite if is_sqlite(session) else postgresql).insert(model)


def insert_ignore(session: Session, model: type[Base], rows: Sequence[dict[str, Any]], *, on: Sequence[str]) -> None:
    """Insert rows; one that collides on the unique columns `on` is left out in silence."""
    if rows:
        session.execute(_insert(session, model).on_conflict_do_nothing(index_elements=list(on)), list(rows))


def upsert(
    session: Session, model: type[Base], rows: Sequence[dict[str, Any]], *, on: Sequence[str], change: Sequence[str]
) -> None:
    """Insert rows; one that collides on `on` changes the columns `change` of the row that is there."""
    if not rows:
        return
    statement = _insert(session, model)
    changes = {name: statement.excluded[name] for name in change}
    session.execute(statement.on_conflict_do_update(index_elements=list(on), set_=changes), list(rows))
