"""Orders (SPEC 4): they make a partner used by business, restart the dormancy clock and wake a dormant customer."""

from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from domain import access, deadlines, extending
from domain.access import Actor
from domain.clock import Moment
from domain.errors import InvalidFieldError, NotFoundError, OrderKnownError
from domain.models import Customer, Order, Partner
from domain.permissions import Act
from domain.policy import Policy
from domain.stages import Level, Stage
from domain.timeline import Event, record


class NewOrder(NamedTuple):
    """An order as the business system knows it; `ordered_on` is the organisation's calendar day."""

    number: str
    partner_id: int
    ordered_on: date
    kind: str | None = None


def add(session: Session, actor: Actor | None, order: NewOrder, *, policy: Policy, now: Moment) -> int:
    """Record an order and return its id. `actor` None: the command line or an import.

    A lead may for the customers of his teams, an admin for all. Raises OrderKnownError, NotFoundError, InvalidFieldError.
    """
    number = order.number.strip()
    if not number:
        raise InvalidFieldError("number", "empty")
    if order.ordered_on > now.today:
        raise InvalidFieldError("ordered_on", "future")
    customer_id = _customer_of(session, actor, order.partner_id)
    known = session.scalar(select(Partner.name).join(Order, Order.partner_id == Partner.id).where(Order.number == number))
    if known is not None:
        raise OrderKnownError(number, known)
    by = actor.id if actor else None
    values = {"number": number, "partner_id": order.partner_id, "kind": order.kind, "ordered_on": order.ordered_on}
    order_id = session.scalars(insert(Order).values(**values, recorded_by=by, created_at=now.utc).returning(Order.id)).one()
    if customer_id is not None:
        _restart_clock(session, customer_id, order.ordered_on, by, policy=policy, now=now)
        record(
            session, Event.ORDERED, [customer_id], actor_id=by, now=now, detail={"number": number, "on": str(order.ordered_on)}
        )
    return order_id


def _customer_of(session: Session, actor: Actor | None, partner_id: int) -> int | None:
    """The live customer linked with the partner, locked."""
    if session.get(Partner, partner_id) is None:
        raise NotFoundError
    customer_id = session.scalar(select(Customer.id).where(Customer.partner_id == partner_id, Customer.deleted_at.is_(None)))
    if customer_id is not None:
        place = access.lock_places(session, [customer_id], limit=1)[customer_id]
        if actor is not None:
            access.check(actor, place, Act.RECORD_ORDER)
    elif actor is not None and not actor.is_admin:
        raise NotFoundError
    return customer_id


def _restart_clock(session: Session, customer_id: int, day: date, by: int | None, *, policy: Policy, now: Moment) -> None:
    customer = session.get_one(Customer, customer_id, populate_existing=True)
    at = datetime.combine(day, time.min, now.zone)
    if customer.last_order_at is None or at > customer.last_order_at:
        customer.last_order_at = at
    session.flush()
    if customer.stage == Stage.DORMANT:
        session.execute(update(Customer).where(Customer.id == customer_id).values(stage=Stage.COOPERATING))
        record(session, Event.WOKEN, [customer_id], actor_id=by, now=now)
    if customer.owner_id is not None:
        clocks = extending.clocks_of(session, [customer_id])[customer_id]
        level = Level(customer.level) if customer.level else None
        moved = deadlines.on_signing(policy, clocks, level=level, today=day)
        if clocks.dormancy is None or (moved.dormancy is not None and moved.dormancy > clocks.dormancy):
            extending.set_clocks(session, {customer_id: moved})
