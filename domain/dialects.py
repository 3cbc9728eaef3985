"""The few statements that SQLite and PostgreSQL spell differently."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    Insert,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    Table,
    TableValuedAlias,
    TextClause,
    bindparam,
    exists,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy import (
    cast as sql_cast,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain.models import Base

MANY = 8
"""From so many rows on it pays to send them as one parameter."""


def is_sqlite(session: Session) -> bool:
    """Which of the two databases this session speaks to."""
    return session.get_bind().dialect.name == "sqlite"


def insert_rows(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows past the ORM, which would cost more than the database does."""
    if rows:
        session.execute(_plain(model), rows[0] if len(rows) == 1 else list(rows))


def insert_ignore(session: Session, model: type[Base], rows: Sequence[dict[str, Any]], *, on: Sequence[str]) -> None:
    """Insert rows; one that collides on the unique columns `on` is left out in silence."""
    if rows:
        session.execute(_ignoring(model, tuple(on), on_sqlite=is_sqlite(session)), list(rows))


def upsert(
    session: Session, model: type[Base], rows: Sequence[dict[str, Any]], *, on: Sequence[str], change: Sequence[str]
) -> None:
    """Insert rows; one that collides on `on` changes the columns `change` of the row that is there."""
    if rows:
        session.execute(_changing(model, tuple(on), tuple(change), on_sqlite=is_sqlite(session)), list(rows))


def insert_from(session: Session, model: type[Base], columns: Sequence[str], rows: Select[Any], *, on: Sequence[str]) -> int:
    """Insert what a query finds, inside the database; a row that collides on `on` is left out. Returns how many came in."""
    statement = _insert(model, on_sqlite=is_sqlite(session)).from_select(list(columns), rows)
    return len(session.execute(statement.on_conflict_do_nothing(index_elements=on).returning(literal(1))).all())


def insert_several(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows of the same columns, of plain values; of many, PostgreSQL unfolds one parameter itself."""
    if len(rows) < MANY or is_sqlite(session):
        insert_rows(session, model, rows)
        return
    session.execute(unfolding(model, tuple(rows[0])), {"rows": json.dumps(rows, default=str, ensure_ascii=False)})


def next_ids(session: Session, model: type[Base], count: int) -> Sequence[int]:
    """Ids for rows about to be inserted in bulk: nobody else will get them. On SQLite the writer's lock sees to that."""
    if is_sqlite(session):
        last = session.scalar(_last_id(model)) or 0
        return range(last + 1, last + 1 + count)
    return session.scalars(_next_ids(model), {"count": count}).all()


@cache
def _next_ids(model: type[Base]) -> Select[int]:
    numbers = func.generate_series(1, bindparam("count", type_=Integer))
    return select(func.nextval(f"{table_of(model).name}_id_seq")).select_from(numbers)


@cache
def _last_id(model: type[Base]) -> Select[int]:
    return select(func.max(table_of(model).c.id))


def insert_numbered(session: Session, model: type[Base], rows: Sequence[dict[str, Any]]) -> Sequence[int]:
    """Insert rows, and return their ids in the same order: asked for beforehand, because SQLite would tell them one by one."""
    ids = next_ids(session, model, len(rows)) if rows else []
    insert_rows(session, model, [{"id": each, **row} for each, row in zip(ids, rows, strict=True)])
    return ids


@cache
def unfolding(model: type[Base], names: tuple[str, ...], ending: str = "") -> TextClause:
    """PostgreSQL inserts the rows of one parameter, `rows`, which it unfolds itself; `ending` says what else is to be done."""
    name, columns = table_of(model).name, ", ".join(f'"{each}"' for each in names)
    unfolded = f"json_populate_recordset(NULL::{name}, CAST(:rows AS json))"
    return text(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {unfolded}{ending}")  # noqa: S608 — names of our own tables


@cache
def _plain(model: type[Base]) -> Insert:
    return insert(table_of(model)).inline()


@cache
def _ignoring(model: type[Base], on: tuple[str, ...], *, on_sqlite: bool) -> Any:  # noqa: ANN401 — as below
    return _insert(model, on_sqlite=on_sqlite).on_conflict_do_nothing(index_elements=on)


@cache
def _changing(model: type[Base], on: tuple[str, ...], change: tuple[str, ...], *, on_sqlite: bool) -> Any:  # noqa: ANN401 — as below
    statement = _insert(model, on_sqlite=on_sqlite)
    changes = {name: statement.excluded[name] for name in change}
    return statement.on_conflict_do_update(index_elements=on, set_=changes)


def _insert(model: type[Base], *, on_sqlite: bool) -> Any:  # noqa: ANN401 — both dialects' inserts, alike but unrelated
    return (sqlite if on_sqlite else postgresql).insert(table_of(model))


def table_of(model: type[Base]) -> Table:
    """The table of a model, for statements that pass by the ORM."""
    return cast("Table", model.__table__)


_TAKE_TURNS = text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")


def take_turns(session: Session, keys: Iterable[int]) -> None:
    """Transactions that name the same number pass one after the other, whatever it stands for; SQLite's writers always do."""
    if not is_sqlite(session):
        session.execute(_TAKE_TURNS, {"keys": sorted(set(keys))})


def likely(session: Session, condition: ColumnElement[bool]) -> ColumnElement[Any]:
    """A condition that most rows meet. SQLite keeps no statistics and takes it for a rare one otherwise."""
    return func.likely(condition) if is_sqlite(session) else condition


def json_values(session: Session, column: InstrumentedAttribute[list[Any]]) -> TableValuedAlias:
    """The elements of a JSON array column, a row each, as text in the column `value`."""
    if is_sqlite(session):
        return func.json_each(column).table_valued("value")
    return func.json_array_elements_text(column).table_valued("value", joins_implicitly=True).render_derived()


def json_holds(session: Session, column: InstrumentedAttribute[list[Any]], value: str) -> ColumnElement[bool]:
    """Whether a JSON array column has this text among its elements."""
    each = json_values(session, column)
    return exists(select(each.c.value).where(each.c.value == value))


def days_later(session: Session, day: SQLColumnExpression[Any], days: SQLColumnExpression[int]) -> ColumnElement[date]:
    """The calendar day so many days after another; before it, when they are negative."""
    if is_sqlite(session):
        return func.date(day, sql_cast(days, String) + " days", type_=Date)
    return sql_cast(day + sql_cast(days, Integer), Date)


def day_in(session: Session, instant: SQLColumnExpression[Any], zone: str) -> ColumnElement[date]:
    """The calendar day on which an instant falls in a time zone."""
    if is_sqlite(session):
        return func.day_of(instant, zone, type_=Date)
    return sql_cast(func.timezone(zone, instant), Date)


def soonest(session: Session, *days: SQLColumnExpression[Any]) -> ColumnElement[date]:
    """The first of the days that there are; null when there is none."""
    if not is_sqlite(session):
        return func.least(*days, type_=Date)
    never = literal(date.max.isoformat(), String)
    return func.nullif(func.min(*(func.coalesce(day, never) for day in days)), never, type_=Date)


def json_pair(
    session: Session, key: str, first: SQLColumnExpression[Any], second: SQLColumnExpression[Any]
) -> ColumnElement[Any]:
    """The JSON object `{key: [first, second]}`."""
    kind = "json" if is_sqlite(session) else "json_build"
    pair = getattr(func, f"{kind}_array")(first, second)
    made: ColumnElement[Any] = getattr(func, f"{kind}_object")(literal(key, String), pair, type_=JSON)
    return made
