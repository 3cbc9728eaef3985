"""What people did in some days, and what they hold now (SPEC 5, /stats): counted in the ledgers.

However many people, it takes the same few statements. Everybody sees himself, a lead his teams all the way down, an admin all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain.access import Actor
from domain.clock import Moment
from domain.filters import untouched
from domain.models import Customer, Ownership, TimelineEntry, User
from domain.permissions import Role
from domain.stages import Gained, Lost
from domain.timeline import Event

_Person = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]

PAGE = 8
DUE_DAYS = 7


class Period(StrEnum):
    """Which days count, today included; days are the organisation's."""

    TODAY = "today"
    WEEK = "week"
    DAYS30 = "days30"
    MONTH = "month"


class Numbers(NamedTuple):
    """`touched`: different customers that were followed up; `fell_back`: those that the sweep took; the last three are now."""

    entered: int = 0
    claimed: int = 0
    received: int = 0
    followed_up: int = 0
    touched: int = 0
    signed: int = 0
    released: int = 0
    fell_back: int = 0
    held: int = 0
    due_soon: int = 0
    untouched: int = 0


class PersonLine(NamedTuple):
    """One person's numbers."""

    user_id: int
    name: str
    numbers: Numbers


@dataclass(frozen=True)
class Statistics:
    """All together and person by person, whoever did most first; pages count from 0. `people`: how many are counted."""

    period: Period
    people: int
    total: Numbers
    lines: Sequence[PersonLine]
    page: int
    pages: int


def seen(session: Session, actor: Actor, period: Period, *, page: int = 0, now: Moment) -> Statistics:
    """The numbers of everybody whom the actor answers for, himself included."""
    since = began(period, now)
    people = {row.id: row.name for row in session.execute(_people(actor))}
    done, had, have = (_by_person(session, rows) for rows in (_deeds(actor, since), _spans(actor, since), _holdings(actor, now)))
    lines = [PersonLine(i, name, _numbers(done.get(i), had.get(i), have.get(i))) for i, name in people.items()]
    lines.sort(key=lambda line: (-sum(line.numbers[:6]), -line.numbers.held, line.user_id))
    pages = max(1, -(-len(lines) // PAGE))
    page = max(0, min(page, pages - 1))
    total = Numbers(*(sum(column) for column in zip(*(line.numbers for line in lines), strict=True))) if lines else Numbers()
    return Statistics(period, len(lines), total, lines[page * PAGE : (page + 1) * PAGE], page, pages)


def began(period: Period, now: Moment) -> datetime:
    """When the period began (UTC): at midnight of its first day in the organisation."""
    first = {
        Period.TODAY: now.today,
        Period.WEEK: now.today - timedelta(days=6),
        Period.DAYS30: now.today - timedelta(days=29),
        Period.MONTH: now.today.replace(day=1),
    }
    return now.start_of_day(first[period])


def _people(actor: Actor) -> Select[int, str]:
    """Salespeople and leads; of those who left nobody is shown."""
    return select(User.id, User.name).where(User.active, User.role != Role.ADMIN, _his(actor, User.id)).order_by(User.id)


def _his(actor: Actor, person: _Person) -> ColumnElement[bool]:
    return person.is_not(None) if actor.is_admin else person.in_({actor.id, *actor.led_ids})


def _deeds(actor: Actor, since: datetime) -> Select[*tuple[Any, ...]]:
    event = TimelineEntry.event
    followed = case((event == Event.FOLLOWED_UP, TimelineEntry.customer_id))
    return (
        select(
            TimelineEntry.actor_id,
            _count(event == Event.ENTERED),
            _count(event == Event.FOLLOWED_UP),
            func.count(func.distinct(followed)),
            _count(event == Event.SIGNED),
        )
        .where(TimelineEntry.at >= since, _his(actor, TimelineEntry.actor_id))
        .where(event.in_([Event.ENTERED, Event.FOLLOWED_UP, Event.SIGNED]))
        .group_by(TimelineEntry.actor_id)
    )


def _spans(actor: Actor, since: datetime) -> Select[*tuple[Any, ...]]:
    gained = and_(Ownership.since >= since, Ownership.lost.is_distinct_from(Lost.UNDONE))
    ended = Ownership.until >= since
    return (
        select(
            Ownership.owner_id,
            _count(and_(gained, Ownership.gained.in_([Gained.CLAIMED, Gained.APPROVED]))),
            _count(and_(gained, Ownership.gained.in_([Gained.ASSIGNED, Gained.DIRECT, Gained.HANDED_OVER]))),
            _count(and_(ended, Ownership.lost == Lost.RELEASED)),
            _count(and_(ended, Ownership.lost == Lost.SWEPT)),
        )
        .where((Ownership.since >= since) | ended, _his(actor, Ownership.owner_id))
        .group_by(Ownership.owner_id)
    )


def _holdings(actor: Actor, now: Moment) -> Select[*tuple[Any, ...]]:
    soon = now.today + timedelta(days=DUE_DAYS)
    return (
        select(Customer.owner_id, func.count(), _count(Customer.due_on <= soon), _count(untouched()))
        .where(Customer.deleted_at.is_(None), _his(actor, Customer.owner_id))
        .group_by(Customer.owner_id)
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _by_person(session: Session, rows: Select[*tuple[Any, ...]]) -> Mapping[int, Row[*tuple[Any, ...]]]:
    return {row[0]: row for row in session.execute(rows)}


def _numbers(
    done: Row[*tuple[Any, ...]] | None, had: Row[*tuple[Any, ...]] | None, have: Row[*tuple[Any, ...]] | None
) -> Numbers:
    entered, followed_up, touched, signed = done[1:] if done else (0, 0, 0, 0)
    claimed, received, released, fell_back = had[1:] if had else (0, 0, 0, 0)
    held, due_soon, untouched_now = have[1:] if have else (0, 0, 0)
    return Numbers(entered, claimed, received, followed_up, touched, signed, released, fell_back, held, due_soon, untouched_now)
