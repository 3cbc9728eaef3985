"""The lists of customers (SPEC 5): stage tabs with counts, filters, and pages that stay stable while others change data.

A page is found by the key of the row before it, never by counting rows, so rows that were there all along are neither shown twice
nor skipped, whatever comes and goes around them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain import access, dialects, filters, masking, search
from domain.access import Actor
from domain.filters import Choice, Filter, FilterField
from domain.models import ClaimRequest, Customer, User
from domain.permissions import Act
from domain.search import Hits
from domain.stages import RequestStatus, Stage

PAGE = 8
COUNTED = 5000
SEARCH_COUNTED = 300
_FAR = date(9999, 12, 31)


class Scope(StrEnum):
    """Which customers: mine, my teams', the pool, what a search may find for me, or my bin (an admin's: every bin)."""

    MY = "my"
    TEAM = "team"
    POOL = "pool"
    FOUND = "found"
    BIN = "bin"


class Line(NamedTuple):
    """One customer of a list. `at`: since when it lies in the pool or the bin; `waiting`: a claim of it waits for approval."""

    id: int
    name: str
    city: str
    level: str | None
    stage: str
    owner: str | None
    due_on: date | None
    at: datetime | None
    waiting: bool


class Counts(NamedTuple):
    """How many customers each stage holds; of the stages in `more` there are more than was counted."""

    stages: Mapping[Stage, int]
    more: frozenset[Stage] = frozenset()


class Page(NamedTuple):
    """Rows and the key to ask for the next ones with; None: these are the last."""

    lines: Sequence[Line]
    after: list[Any] | None


def tabs(session: Session, actor: Actor, scope: Scope, wanted: Filter) -> Counts:
    """How many customers each stage holds under the rest of the filter, in one statement that stops counting in time."""
    among, found = replace(wanted, stage=None), _found(session, scope, wanted)
    if found is not None:
        return _newest_counted(session, actor, among, found)
    where = (in_scope(actor, scope), *filters.conditions(session, among))
    each = [select(Customer.id).where(Customer.stage == stage, *where).limit(COUNTED + 1).subquery() for stage in Stage]
    row = session.execute(select(*(select(func.count()).select_from(ids).scalar_subquery() for ids in each))).one()
    counted = dict(zip(Stage, row, strict=True))
    more = frozenset(stage for stage, count in counted.items() if count > COUNTED)
    return Counts({stage: min(count, COUNTED) for stage, count in counted.items()}, more)


def _newest_counted(session: Session, actor: Actor, among: Filter, found: Hits) -> Counts:
    """Of what a search finds, the newest."""
    where = (in_scope(actor, Scope.FOUND), found.condition, *filters.conditions(session, replace(among, text=None)))
    hits = select(Customer.stage).select_from(found.source).where(*where).order_by(found.number.desc()).limit(SEARCH_COUNTED + 1)
    newest = hits.subquery()
    rows = session.execute(select(newest.c.stage, func.count()).group_by(newest.c.stage)).all()
    counted = dict.fromkeys(Stage, 0) | {Stage(row[0]): row[1] for row in rows}
    more = sum(counted.values()) > SEARCH_COUNTED
    return Counts(counted, frozenset(stage for stage in Stage if more and counted[stage]))


def count(session: Session, actor: Actor, scope: Scope, wanted: Filter) -> int:
    """How many customers the filter finds, every one counted: for refusals that name the number."""
    where = (in_scope(actor, scope), *filters.conditions(session, wanted))
    return session.scalars(select(func.count()).select_from(Customer).where(*where)).one()


def page(session: Session, actor: Actor, scope: Scope, wanted: Filter, *, after: Sequence[Any] | None = None) -> Page:
    """The rows after the key `after` (None: from the top): due soonest first; in pool, bin and search the newest first."""
    rows = session.execute(_listed(session, actor, scope, wanted, after).limit(PAGE + 1)).all()
    lines = [Line._make(row) for row in rows[:PAGE]]
    return Page(lines, _key(scope, lines[-1]) if len(rows) > PAGE else None)


def all_ids(session: Session, actor: Actor, scope: Scope, wanted: Filter, *, limit: int) -> list[int]:
    """The ids of everything that the filter finds, in the list's order, at most `limit`."""
    return [row.id for row in session.execute(_listed(session, actor, scope, wanted, None).limit(limit))]


def _found(session: Session, scope: Scope, wanted: Filter) -> Hits | None:
    """What a search finds: it is walked from the newest customer, where other lists have an order of their own."""
    return search.hits(session, wanted.text) if scope is Scope.FOUND and wanted.text else None


def _listed(
    session: Session, actor: Actor, scope: Scope, wanted: Filter, after: Sequence[Any] | None
) -> Select[*tuple[Any, ...]]:
    found = _found(session, scope, wanted)
    if found is None:
        return _ordered(scope, _lines(session, actor, scope, wanted, Customer), after)
    rows = _lines(session, actor, scope, replace(wanted, text=None), found.source).where(found.condition)
    if after is not None:
        rows = rows.where(found.number < after[0], Customer.id < after[0])
    return rows.order_by(found.number.desc())


def _lines(
    session: Session, actor: Actor, scope: Scope, wanted: Filter, source: FromClause | type[Customer]
) -> Select[*tuple[Any, ...]]:
    waiting = select(ClaimRequest.id).where(ClaimRequest.customer_id == Customer.id, ClaimRequest.status == RequestStatus.WAITING)
    return (
        select(
            Customer.id,
            Customer.name,
            Customer.city,
            Customer.level,
            Customer.stage,
            User.name.label("owner"),
            Customer.due_on,
            _at(scope).label("at"),
            waiting.exists().label("waiting"),
        )
        .select_from(source)
        .outerjoin(User, User.id == (Customer.deleted_from_owner_id if scope is Scope.BIN else Customer.owner_id))
        .where(_walked(session, actor, scope), *filters.conditions(session, wanted))
    )


def _walked(session: Session, actor: Actor, scope: Scope) -> ColumnElement[bool]:
    """The same as `in_scope`, for a list in its order: the pool is walked from its newest arrival, never gathered and sorted."""
    if scope is Scope.POOL:
        return and_(dialects.likely(session, Customer.owner_id.is_(None)), Customer.deleted_at.is_(None))
    return in_scope(actor, scope)


def _ordered(scope: Scope, rows: Select[*tuple[Any, ...]], after: Sequence[Any] | None) -> Select[*tuple[Any, ...]]:
    if scope in (Scope.POOL, Scope.BIN):
        at = _at(scope)
        if after is not None:
            key = (datetime.fromisoformat(after[0]), after[1])
            rows = rows.where(tuple_(at, Customer.id) < _bound(key, at))
        return rows.order_by(at.desc(), Customer.id.desc())
    due = func.coalesce(Customer.due_on, _FAR)
    if after is not None:
        key_due = (date.fromisoformat(after[0]), after[1])
        rows = rows.where(tuple_(due, Customer.id) > _bound(key_due, Customer.due_on))
    return rows.order_by(due, Customer.id)


def _bound(key: tuple[Any, int], like: Any) -> Any:  # noqa: ANN401 — a row value of a date or time and an id
    return tuple_(literal(key[0], like.type), literal(key[1]))


def _key(scope: Scope, line: Line) -> list[Any]:
    if scope is Scope.FOUND:
        return [line.id]
    if scope in (Scope.POOL, Scope.BIN):
        assert line.at is not None
        return [line.at.isoformat(), line.id]
    return [(line.due_on or _FAR).isoformat(), line.id]


def _at(scope: Scope) -> InstrumentedAttribute[datetime | None]:
    """What pool and bin are ordered by: when the customer came there."""
    return Customer.deleted_at if scope is Scope.BIN else Customer.pooled_at


def in_scope(actor: Actor, scope: Scope) -> ColumnElement[bool]:
    """The customers of a list, as a condition on Customer. Raises NotAllowedError."""
    if scope is Scope.MY:
        return and_(Customer.owner_id == actor.id, Customer.deleted_at.is_(None))
    if scope is Scope.TEAM:
        access.require(actor, Act.SEE_TEAM)
        return and_(access.visible_owners(actor), Customer.deleted_at.is_(None))
    if scope is Scope.BIN:
        return Customer.deleted_at.is_not(None) if actor.is_admin else Customer.deleted_by == actor.id
    pool = Customer.owner_id.is_(None)
    found = or_(pool, Customer.owner_id == actor.id, access.visible_owners(actor))
    return and_(pool if scope is Scope.POOL else found, Customer.deleted_at.is_(None))


def choices(session: Session, actor: Actor, scope: Scope, wanted: Filter, field: FilterField) -> Sequence[Choice]:
    """What the list may be narrowed by further in this field; of a common word's finds the newest are looked at."""
    found = _found(session, scope, wanted)
    if found is None:
        return filters.choices(session, field, in_scope(actor, scope), *filters.conditions(session, wanted))
    where = (in_scope(actor, scope), found.condition, *filters.conditions(session, replace(wanted, text=None)))
    newest = select(Customer.id).select_from(found.source).where(*where).order_by(found.number.desc()).limit(COUNTED)
    return filters.choices(session, field, Customer.id.in_(newest))


class Elsewhere(NamedTuple):
    """A customer that somebody else holds: its name masked, who has it, and until when."""

    name: str
    owner: str
    due_on: date | None


def held_elsewhere(session: Session, actor: Actor, text: str, *, limit: int = 3) -> list[Elsewhere]:
    """What a search text finds that the actor may not see, as 查重 answers: masked, and who holds it (SPEC 5)."""
    if actor.is_admin:
        return []
    found = search.hits(session, text)
    newest = select(Customer.id).select_from(found.source).where(found.condition).order_by(found.number.desc()).limit(COUNTED)
    rows = session.execute(
        select(Customer.name, User.name, Customer.due_on)
        .join(User, User.id == Customer.owner_id)
        .where(Customer.deleted_at.is_(None), Customer.owner_id != actor.id, ~access.visible_owners(actor))
        .where(Customer.id.in_(newest))
        .order_by(Customer.id)
        .limit(limit)
    )
    return [Elsewhere(masking.word(row[0]), row[1], row[2]) for row in rows]
