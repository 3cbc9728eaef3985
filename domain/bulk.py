"""Hundreds of rows or keys in one statement, past everything that costs more than the database does itself."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

import orjson
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
_LOADER = "bulk_loader"
_NOTHING = "\\N"
_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
"""What COPY takes for nothing, and how it is told what it would take for the end of a value."""


class _Prepared(NamedTuple):
    """A statement for SQLite's driver, and by column what turns a value into one that the driver takes; None: it is one."""

    statement: str
    conversions: Sequence[Callable[[Any], Any] | None]


def insert_bulk(session: Session, model: type[Base], rows: Sequence[Row], *, on: str | None = None) -> None:
    """Insert rows of the same columns; one that collides on the column `on` changes the row that is there."""
    if not rows:
        return
    if is_sqlite(session):
        names = tuple(rows[0])
        prepared = _for_sqlite(model, names, on)
        session.connection().exec_driver_sql(prepared.statement, _tuples(rows, names, prepared.conversions))
    elif on is not None:
        statement = unfolding(model, tuple(rows[0]), _else(tuple(rows[0]), on))
        session.execute(statement, {"rows": orjson.dumps(rows, default=str).decode()})
    else:
        _load(session, model, rows)


@contextmanager
def loading(session: Session) -> Iterator[None]:
    """PostgreSQL loads the rows of one `insert_bulk` while those of the next are written down; an error shows at the end.

    Within the block the session is asked for nothing else.
    """
    if is_sqlite(session):
        yield
        return
    session.connection()
    with ThreadPoolExecutor(1) as thread:
        loads: list[Future[None]] = []
        session.info[_LOADER] = lambda *load: loads.append(thread.submit(_copy, *load))
        try:
            yield
        except BaseException:
            for each in loads:
                each.cancel()
            raise
        finally:
            del session.info[_LOADER]
    for each in loads:
        each.result()


def _load(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    names = _filled(model, rows)
    statement = f"COPY {table_of(model).name} ({_named(names)}) FROM STDIN"
    driver = session.connection().connection.driver_connection
    session.info.get(_LOADER, _copy)(driver, statement, _lines(rows, names))


def _copy(driver: Any, statement: str, lines: str) -> None:  # noqa: ANN401 — psycopg's connection, which SQLAlchemy does not type
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(lines)
    except psycopg.Error as refused:
        raise DBAPIError.instance(statement, None, refused, psycopg.Error) from refused


def _filled(model: type[Base], rows: Sequence[Row]) -> Names:
    """The columns in which something stands: what is nothing in every row need not be said of each."""
    return tuple(name for name in rows[0] if name not in _optional(model) or any(row[name] is not None for row in rows))


@cache
def _optional(model: type[Base]) -> frozenset[str]:
    return frozenset(column.name for column in table_of(model).c if column.nullable and column.server_default is None)


def _lines(rows: Sequence[Row], names: Names) -> str:
    """Rows as COPY takes them: a line each, with a tab between two values."""
    columns = [_column([row[name] for row in rows], _written) for name in names]
    return "".join([f"{line}\n" for line in map("\t".join, zip(*columns, strict=True))])


def _written(value: object) -> str:
    if value is None:
        return _NOTHING
    text = orjson.dumps(value).decode() if isinstance(value, list | tuple | dict) else str(value)
    if text.isprintable() and "\\" not in text:
        return text
    for sign, escaped in _ESCAPES:
        text = text.replace(sign, escaped)
    return text


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
