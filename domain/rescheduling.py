"""Running deadlines after a change of the rules (SPEC 4): deadlines are dates, so they move by what the rule gave more or less.

Days that a lead gave stay given. A clock switched on counts from the last follow-up, else from becoming owner; switched off, it
stops. One expression says the new day, for what is shown before and for what is done; a warning given earlier of that very day
counts no more.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain.clock import Moment
from domain.dialects import day_in, days_later, json_pair, soonest
from domain.due_warnings import LEVELS as WARNED_AHEAD
from domain.due_warnings import OWNED
from domain.models import Customer, DueWarning, TimelineEntry
from domain.policy import LEVELS, Policy
from domain.timeline import Event

SOON_DAYS = max(WARNED_AHEAD)
CLOCKS = (Customer.signing_deadline, Customer.dormancy_deadline, Customer.first_followup_deadline, Customer.followup_deadline)


class Effect(NamedTuple):
    """What a rule would do: how many customers would be past due, of how many owners, and how many more due within a week."""

    past: int
    owners: int
    soon: int


class _Move(NamedTuple):
    """One clock of customers: which have it moved, and to which day."""

    clock: InstrumentedAttribute[Any]
    touched: ColumnElement[bool]
    day: ColumnElement[Any]


def is_sooner(before: Policy, after: Policy) -> bool:
    """Whether anything falls due sooner by the new rules: what admins are asked about first."""
    shorter = any(shift < 0 for shifts in _shifts(before, after).values() for shift in shifts.values())
    clocks = ((before.first_followup_days, after.first_followup_days), (before.followup_days, after.followup_days))
    return shorter or any(new and (not old or new < old) for old, new in clocks)


def effect(session: Session, before: Policy, after: Policy, *, now: Moment) -> Effect:
    """What the change would do to customers that are not past due, or not due within a week, as it is."""
    moves = list(_moves(session, before, after, now))
    due = _due(session, moves)
    today, week = literal(now.today, Date), literal(now.today + timedelta(days=SOON_DAYS), Date)
    past = and_(due < today, func.coalesce(Customer.due_on >= today, True))
    soon = and_(due.between(today, week), func.coalesce(Customer.due_on > week, True))
    counted = select(
        func.count(case((past, 1))), func.count(func.distinct(case((past, Customer.owner_id)))), func.count(case((soon, 1)))
    )
    return Effect(*session.execute(counted.where(_touched(moves))).one())


def reschedule(session: Session, before: Policy, after: Policy, *, actor_id: int, now: Moment) -> int:
    """Move the running deadlines, with a line in each customer's timeline; returns how many customers it concerned.

    The caller sees to it that rules change one after another.
    """
    moves = list(_moves(session, before, after, now))
    if not moves:
        return 0
    touched, due = _touched(moves), _due(session, moves)
    locked = select(Customer.id).where(touched).order_by(Customer.id).with_for_update().subquery()
    count = session.scalars(select(func.count()).select_from(locked)).one()
    _forget_warnings(session, touched, due)
    _record(session, touched, due, actor_id=actor_id, now=now)
    session.execute(
        update(Customer)
        .where(touched)
        .values({**{move.clock: _day_of(move) for move in moves}, Customer.due_on: due})
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return count


def _shifts(before: Policy, after: Policy) -> dict[str, dict[str | None, int]]:
    """By how many days the signing and the dormancy clock move, by level; levels that keep their days are left out."""
    levels = (None, *LEVELS)
    signing = {level: after.signing_days_for(level) - before.signing_days_for(level) for level in levels}
    dormancy = {level: after.dormancy_days_for(level) - before.dormancy_days_for(level) for level in levels}
    moved = {"signing": signing, "dormancy": dormancy}
    return {clock: {level: days for level, days in shifts.items() if days} for clock, shifts in moved.items()}


def _moves(session: Session, before: Policy, after: Policy, now: Moment) -> Iterator[_Move]:
    shifts = _shifts(before, after)
    for clock, moved in ((Customer.signing_deadline, shifts["signing"]), (Customer.dormancy_deadline, shifts["dormancy"])):
        if moved:
            yield _shifted(session, clock, moved)
    zone = now.zone.key
    talked = func.coalesce(Customer.last_followup_at >= Customer.owned_since, False)
    since = case((talked, Customer.last_followup_at), else_=Customer.owned_since)
    if before.first_followup_days != after.first_followup_days:
        base = day_in(session, Customer.owned_since, zone)
        clock = Customer.first_followup_deadline
        yield _switched(session, clock, ~talked, base, before.first_followup_days, after.first_followup_days)
    if before.followup_days != after.followup_days:
        base = day_in(session, since, zone)
        clock = Customer.followup_deadline
        yield _switched(session, clock, true(), base, before.followup_days, after.followup_days)


def _shifted(session: Session, clock: InstrumentedAttribute[Any], shifts: dict[str | None, int]) -> _Move:
    """The clock of some levels (None: customers without one), moved by their days."""
    named = [level for level in shifts if level is not None]
    fits = or_(Customer.level.in_(named), Customer.level.is_(None) if None in shifts else false())
    days = case(*((Customer.level == level, literal(shifts[level], Integer)) for level in named), else_=shifts.get(None, 0))
    return _Move(clock, and_(OWNED, clock.is_not(None), fits), days_later(session, clock, days))


def _switched(
    session: Session,
    clock: InstrumentedAttribute[Any],
    runs: ColumnElement[bool],
    base: ColumnElement[Any],
    old: int,
    new: int,
) -> _Move:
    """A clock that can be off: moved while it is on, set from its base when it comes on, stopped when it goes off."""
    if not new:
        return _Move(clock, and_(OWNED, clock.is_not(None)), null())
    if not old:
        return _Move(clock, and_(OWNED, runs), days_later(session, base, literal(new, Integer)))
    return _Move(clock, and_(OWNED, clock.is_not(None)), days_later(session, clock, literal(new - old, Integer)))


def _touched(moves: list[_Move]) -> ColumnElement[bool]:
    return or_(false(), *(move.touched for move in moves))


def _day_of(move: _Move) -> ColumnElement[Any]:
    return case((move.touched, move.day), else_=move.clock)


def _due(session: Session, moves: list[_Move]) -> ColumnElement[Any]:
    moved = {move.clock.key: _day_of(move) for move in moves}
    return soonest(session, *(moved.get(clock.key, clock) for clock in CLOCKS))


def _forget_warnings(session: Session, touched: ColumnElement[bool], due: ColumnElement[Any]) -> None:
    """Whoever was warned of this very day before the rule made it due again is warned anew."""
    same = exists().where(
        Customer.id == DueWarning.customer_id,
        Customer.owner_id == DueWarning.owner_id,
        touched,
        due == DueWarning.due_on,
        Customer.due_on.is_distinct_from(due),
    )
    session.execute(delete(DueWarning).where(same).execution_options(synchronize_session=False))


def _record(session: Session, touched: ColumnElement[bool], due: ColumnElement[Any], *, actor_id: int, now: Moment) -> None:
    moved = select(
        literal(now.utc, TimelineEntry.at.type),
        literal(actor_id),
        literal(Event.RESCHEDULED.value),
        Customer.id,
        json_pair(session, "due", Customer.due_on, due),
    ).where(touched, Customer.due_on.is_distinct_from(due))
    columns = ["at", "actor_id", "event", "customer_id", "detail"]
    session.execute(insert(TimelineEntry).from_select(columns, moved.order_by(Customer.id)))
