"""Every row of one database written into another, of the same kind or not: what `backup` and `restore` share on PostgreSQL.

Both must be at the newest version of the schema. Rows travel in portions, so memory stays flat; what stands in JSON columns
travels as text, so that it stays what it was to the letter. The search's index is of each database's own kind, and made anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import JSON, Column, Connection, Insert, String, Table, bindparam, cast, func, insert, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.schema import AddConstraint, DropConstraint

from domain import search
from domain.db import Database
from domain.models import Base, Customer, CustomerSearch

PORTION = 1000
Told = Callable[[str, int], None]


def tables() -> list[Table]:
    """What is copied: every table but the search's, which is made of the others."""
    return [table for table in Base.metadata.tables.values() if table.name != CustomerSearch.__tablename__]


def is_empty(connection: Connection) -> bool:
    """Whether no table holds a row."""
    return not any(connection.execute(select(1).select_from(table).limit(1)).first() for table in tables())


def copy(source: Connection, target: Database, *, told: Told) -> None:
    """Copy everything into an empty database, whole or not at all; `told` hears each table's name and its rows.

    Foreign keys are checked when all is there. Raises what the database raises when a row is against its rules.
    """
    with _unbound(target) as connection:
        for table in tables():
            told(table.name, _copy_table(source, connection, table))
        if not target.is_sqlite:
            _set_sequences(connection)
        with Session(connection) as session:
            _index(session)


def _copy_table(source: Connection, target: Connection, table: Table) -> int:
    rows = source.execution_options(yield_per=PORTION).execute(_all(table, sqlite=source.dialect.name == "sqlite"))
    into, count = _into(table, sqlite=target.dialect.name == "sqlite"), 0
    for portion in rows.mappings().partitions():
        target.execute(into, [dict(row) for row in portion])
        count += len(portion)
    return count


def _all(table: Table, *, sqlite: bool) -> Any:  # noqa: ANN401 — a select of as many columns as the table has
    def column(each: Column[Any]) -> Any:  # noqa: ANN401
        if not isinstance(each.type, JSON):
            return each
        return (type_coerce(each, String) if sqlite else cast(each, String)).label(each.name)

    return select(*map(column, table.columns)).order_by(*table.primary_key.columns)


def _into(table: Table, *, sqlite: bool) -> Insert:
    def value(each: Column[Any]) -> Any:  # noqa: ANN401
        if not isinstance(each.type, JSON):
            return bindparam(each.name, type_=each.type)
        words = bindparam(each.name, type_=String)
        return type_coerce(words, String) if sqlite else cast(words, JSON)

    return insert(table).values({each.name: value(each) for each in table.columns})


@contextmanager
def _unbound(target: Database) -> Iterator[Connection]:
    """One transaction on the target in which rows may come in any order."""
    with target.engine.connect() as connection:
        if target.is_sqlite:
            pragma(connection, "foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                    assert not broken, broken
            finally:
                pragma(connection, "foreign_keys=ON")
            return
        with connection.begin():
            keys = [key for table in Base.metadata.tables.values() for key in table.foreign_key_constraints]
            for key in keys:
                connection.execute(DropConstraint(key))
            yield connection
            for key in keys:
                connection.execute(AddConstraint(key))


def pragma(connection: Connection, setting: str) -> None:
    """Set something of SQLite's through the driver itself: inside a transaction these change nothing."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA {setting}")


def _set_sequences(connection: Connection) -> None:
    """What is written next gets a number beyond all that came."""
    for table in tables():
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, "id"))) if "id" in table.c else None
        if sequence:
            last = connection.scalar(select(func.max(table.c.id)))
            connection.execute(select(func.setval(sequence, last or 1, bool(last))))


def _index(session: Session) -> None:
    """Make every customer findable, a portion after the other."""
    last = 0
    while ids := session.scalars(select(Customer.id).where(Customer.id > last).order_by(Customer.id).limit(PORTION)).all():
        search.index(session, ids)
        last = ids[-1]
    session.flush()
