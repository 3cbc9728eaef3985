"""Extending deadlines (SPEC 4): N days more, counted from the deadline, or from today if that has passed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain import access
from domain.access import Actor
from domain.clock import Moment
from domain.deadlines import Deadlines, extended
from domain.errors import AlreadyInPoolError, GonghaiError, InvalidFieldError
from domain.models import Customer
from domain.outcomes import Outcome, Result, Verdicts
from domain.ownership import clock_columns
from domain.permissions import Act, Relation
from domain.policy import Policy
from domain.timeline import Event, record_each

LONGEST = 365


def extend(
    session: Session, actor: Actor, customer_ids: Iterable[int], days: int, *, policy: Policy, now: Moment
) -> list[Outcome]:
    """Give owners 1 to 365 days more: the signing deadline while non-cooperating, else the dormancy deadline."""
    access.require(actor, Act.EXTEND)
    if not 1 <= days <= LONGEST:
        raise InvalidFieldError("days", "out_of_range")
    asked = list(customer_ids)
    places = access.lock_places(session, asked, limit=policy.batch_limit)
    verdicts = Verdicts(asked, {place.id: place.name for place in places.values()})
    fit = []
    for place in places.values():
        if access.relation(actor, place) is Relation.POOL and place.pooled_at is not None:
            verdicts.refuse(place.id, AlreadyInPoolError(place.pooled_at))
            continue
        try:
            access.check(actor, place, Act.EXTEND)
        except GonghaiError as refusal:
            verdicts.refuse(place.id, refusal)
        else:
            fit.append(place.id)
    extended_by = _extend(session, fit, days, now=now)
    details = {customer_id: {"days": days, "due": [_iso(before), _iso(after)]} for customer_id, before, after in extended_by}
    record_each(session, Event.EXTENDED, details, actor_id=actor.id, now=now)
    for customer_id in details:
        verdicts.add(customer_id, Result.DONE)
    return verdicts.in_order()


def clocks_of(session: Session, customer_ids: Sequence[int]) -> dict[int, Deadlines]:
    """The running deadlines of customers, by id."""
    rows = session.execute(
        select(
            Customer.id,
            Customer.signing_deadline,
            Customer.dormancy_deadline,
            Customer.first_followup_deadline,
            Customer.followup_deadline,
        ).where(Customer.id.in_(customer_ids))
    )
    return {row[0]: Deadlines(*row[1:]) for row in rows}


def set_clocks(session: Session, clocks: dict[int, Deadlines]) -> None:
    """Write the running deadlines of customers, in one statement."""
    rows: list[dict[str, Any]] = [{"id": customer_id, **clock_columns(each)} for customer_id, each in sorted(clocks.items())]
    if rows:
        session.execute(update(Customer), rows)


def _extend(
    session: Session, customer_ids: Sequence[int], days: int, *, now: Moment
) -> list[tuple[int, date | None, date | None]]:
    before = clocks_of(session, customer_ids)
    after = {customer_id: extended(clocks, days, today=now.today) for customer_id, clocks in before.items()}
    set_clocks(session, after)
    return [(customer_id, _main(before[customer_id]), _main(after[customer_id])) for customer_id in sorted(after)]


def _main(clocks: Deadlines) -> date | None:
    return clocks.signing or clocks.dormancy


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
