"""Hundreds of rows or keys in one statement, past everything that costs more than the database does itself."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import ColumnElement, String, any_, bindparam, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain.dialects import is_sqlite, table_of, unfolding
from domain.models import Base

Row = dict[str, Any]
Names = tuple[str, ...]
_SQLITE = sqlite.dialect()
AT_ONCE = 200
"""Rows of one statement of PostgreSQL's: what it is sent at a time without waiting."""


class _Prepared(NamedTuple):
    """A statement for SQLite's driver, and by column what turns a value into one that the driver takes; None: it is one."""

    statement: str
    conversions: Sequence[Callable[[Any], Any] | None]


def insert_bulk(session: Session, model: type[Base], rows: Sequence[Row], *, on: str | None = None) -> None:
    """Insert rows of the same columns; one that collides on the column `on` changes the row that is there."""
    if not rows:
        return
    names = tuple(rows[0])
    if is_sqlite(session):
        prepared = _for_sqlite(model, names, on)
        session.connection().exec_driver_sql(prepared.statement, _tuples(rows, names, prepared.conversions))
    else:
        statement = unfolding(model, names, _else(names, on))
        for first in range(0, len(rows), AT_ONCE):
            unfolded = json.dumps(rows[first : first + AT_ONCE], default=str, ensure_ascii=False)
            session.execute(statement, {"rows": unfolded})


@contextmanager
def unanswered(session: Session) -> Iterator[None]:
    """Statements whose answers nobody needs: PostgreSQL works on each while the next is made, and an error shows later."""
    if is_sqlite(session):
        yield
        return
    driver: Any = session.connection().connection.driver_connection
    try:
        with driver.pipeline():
            yield
    except psycopg.Error as broken:
        raise DBAPIError.instance(None, None, broken, psycopg.Error) from broken


def among(column: InstrumentedAttribute[Any], parameter: str, *, on_sqlite: bool) -> ColumnElement[bool]:
    """Whether a column of texts holds one of those in a parameter: a statement that stays the same however many they are."""
    if on_sqlite:
        each = func.json_each(bindparam(parameter, type_=String)).table_valued("value")
        return column.in_(select(each.c.value))
    return column == any_(bindparam(parameter, type_=ARRAY(String)))


def listed(session: Session, values: Iterable[str]) -> str | list[str]:
    """The texts as `among` takes them."""
    return json.dumps(list(values), ensure_ascii=False) if is_sqlite(session) else list(values)


def _tuples(rows: Sequence[Row], names: Names, conversions: Sequence[Callable[[Any], Any] | None]) -> list[tuple[Any, ...]]:
    columns = (_column([row[name] for row in rows], convert) for name, convert in zip(names, conversions, strict=True))
    return list(zip(*columns, strict=True))


def _column(values: list[Any], convert: Callable[[Any], Any] | None) -> list[Any]:
    """A column's values as the driver takes them; most columns say the same few things over and over."""
    if convert is None:
        return values
    try:
        known = {value: convert(value) for value in set(values)}
    except TypeError:
        return list(map(convert, values))
    return [known[value] for value in values]


@cache
def _for_sqlite(model: type[Base], names: Names, on: str | None) -> _Prepared:
    table = table_of(model)
    places = ", ".join("?" * len(names))
    conversions = [table.c[name].type.dialect_impl(_SQLITE).bind_processor(_SQLITE) for name in names]
    return _Prepared(f"INSERT INTO {table.name} ({_named(names)}) VALUES ({places}){_else(names, on)}", conversions)  # noqa: S608 — names of our own tables


def _named(names: Names) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _else(names: Names, on: str | None) -> str:
    if on is None:
        return ""
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != on)
    return f" ON CONFLICT ({on}) DO UPDATE SET {changes}"
