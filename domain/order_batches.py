"""Many orders at once (SPEC 4), with the effects that each has alone: the clocks of their customers, and who wakes."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from domain import access, deadlines, extending
from domain.access import Held
from domain.clock import Moment
from domain.deadlines import Deadlines
from domain.dialects import insert_numbered
from domain.errors import StaleError
from domain.models import Customer, Order, Partner, TimelineEntry
from domain.orders import NewOrder
from domain.policy import Policy
from domain.stages import Level, Stage
from domain.timeline import Event, record


def add_all(session: Session, orders: Sequence[NewOrder], *, by: int | None, policy: Policy, now: Moment) -> list[int]:
    """Record orders that were checked, and return their ids in the order given; `by` None: the command line.

    A number that is taken is an IntegrityError; a partner that has become void meanwhile a StaleError.
    """
    if not orders:
        return []
    places = _locked(session, [order.partner_id for order in orders])
    rows = [{**order._asdict(), "recorded_by": by, "created_at": now.utc} for order in orders]
    ids = list(insert_numbered(session, Order, rows))
    told = [_told(places[order.partner_id], order, by, now) for order in orders if order.partner_id in places]
    if told:
        session.execute(insert(TimelineEntry), told)
    newest: dict[int, date] = {}
    for order in sorted(orders, key=lambda order: order.ordered_on):
        newest[order.partner_id] = order.ordered_on
    days = {places[partner].id: day for partner, day in newest.items() if partner in places}
    _restart_clocks(session, {place.id: place for place in places.values()}, days, by, policy=policy, now=now)
    return ids


def _locked(session: Session, partner_ids: Sequence[int]) -> dict[int, Held]:
    """The customers linked with partners, by partner; customers are locked first, as everywhere."""
    wanted = sorted(set(partner_ids))
    linked = select(Customer.id, Customer.partner_id).where(Customer.partner_id.in_(wanted), Customer.deleted_at.is_(None))
    customers = {row.id: row.partner_id for row in session.execute(linked)}
    places = access.lock_places(session, customers, limit=len(customers)) if customers else {}
    valid = select(Partner.id).where(Partner.id.in_(wanted), Partner.valid).order_by(Partner.id).with_for_update()
    unchanged = {row.id: row.partner_id for row in session.execute(linked)} == customers
    if len(session.scalars(valid).all()) != len(wanted) or not unchanged:
        raise StaleError
    return {customers[place.id]: place for place in places.values()}


def _told(place: Held, order: NewOrder, by: int | None, now: Moment) -> dict[str, Any]:
    detail = {"number": order.number, "on": str(order.ordered_on)}
    return {"at": now.utc, "actor_id": by, "event": Event.ORDERED, "customer_id": place.id, "detail": detail}


def _restart_clocks(
    session: Session, places: Mapping[int, Held], days: Mapping[int, date], by: int | None, *, policy: Policy, now: Moment
) -> None:
    """The dormancy clock runs from the newest order; one too old to keep a customer awake does not wake it either."""
    if not days:
        return
    _note_newest(session, days, now)
    before = extending.clocks_of(session, sorted(days))
    moved = {customer: _moved(places[customer], before[customer], day, policy) for customer, day in days.items()}
    asleep = [place.id for place in places.values() if place.stage == Stage.DORMANT]
    waking = [customer for customer in asleep if _reaches(moved[customer], now.today)]
    if waking:
        awake = update(Customer).where(Customer.id.in_(waking)).values(stage=Stage.COOPERATING)
        session.execute(awake.execution_options(synchronize_session=False))
        record(session, Event.WOKEN, waking, actor_id=by, now=now)
    later = {
        customer: clocks
        for customer, clocks in moved.items()
        if places[customer].owner_id is not None
        and _reaches(clocks, (before[customer].dormancy or now.today - timedelta(days=1)) + timedelta(days=1))
    }
    extending.set_clocks(session, later)


def _note_newest(session: Session, days: Mapping[int, date], now: Moment) -> None:
    rows = session.execute(select(Customer.id, Customer.last_order_at).where(Customer.id.in_(days)))
    known = {row.id: row.last_order_at for row in rows}
    starts = {customer: now.start_of_day(day) for customer, day in days.items()}
    newest = [{"id": customer, "last_order_at": max(known[customer] or at, at)} for customer, at in sorted(starts.items())]
    session.execute(update(Customer), newest)


def _moved(place: Held, clocks: Deadlines, day: date, policy: Policy) -> Deadlines:
    level = Level(place.level) if place.level else None
    return deadlines.on_signing(policy, clocks, level=level, today=day)


def _reaches(clocks: Deadlines, day: date) -> bool:
    return clocks.dormancy is not None and clocks.dormancy >= day
