"""Orders (SPEC 4): they make a partner used by business, restart the dormancy clock and wake a dormant customer."""

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import access, deadlines, extending, partners
from domain.access import Actor
from domain.clock import Moment
from domain.errors import InvalidFieldError, NotFoundError, OrderKnownError, PartnerVoidError, StaleError
from domain.models import Customer, Order, Partner
from domain.partners import PartnerLine
from domain.permissions import Act
from domain.policy import Policy
from domain.stages import Level, Stage
from domain.timeline import Event, record

LENGTH = 60
EARLIEST = date(2000, 1, 1)
_DAY = re.compile(r"(?:(\d{4})\D)?(\d{1,2})\D(\d{1,2})\D?", re.ASCII)


class NewOrder(NamedTuple):
    """An order as the business system knows it; `ordered_on` is the organisation's calendar day."""

    number: str
    partner_id: int
    ordered_on: date
    kind: str | None = None


def partner_of(session: Session, actor: Actor, customer_id: int) -> int:
    """The partner of a customer for which the actor may record orders. Raises NotFoundError, NotAllowedError."""
    access.place_of(session, actor, customer_id, Act.RECORD_ORDER)
    partner_id = session.scalar(select(Customer.partner_id).where(Customer.id == customer_id))
    if partner_id is None:
        raise NotFoundError
    return partner_id


def open_to(session: Session, actor: Actor, partner_id: int) -> PartnerLine:
    """A partner for which the actor may record an order now. Raises NotFoundError, NotAllowedError, PartnerVoidError."""
    partner = partners.line(session, partner_id)
    if partner.customer_id is not None:
        access.place_of(session, actor, partner.customer_id, Act.RECORD_ORDER)
    elif not actor.is_admin:
        raise NotFoundError
    if not partner.valid:
        raise PartnerVoidError(partner.name)
    return partner


def check_number(session: Session, number: str) -> str:
    """The number as it is kept. Raises InvalidFieldError and, for one that is recorded already, OrderKnownError."""
    number = clean_number(number)
    known = session.scalar(select(Partner.name).join(Order, Order.partner_id == Partner.id).where(Order.number == number))
    if known is not None:
        raise OrderKnownError(number, known)
    return number


def clean_number(number: str) -> str:
    """The number as it is kept: one line. Raises InvalidFieldError."""
    number = _line("number", number)
    if not number:
        raise InvalidFieldError("number", "empty")
    return number


def check_kind(kind: str | None) -> str | None:
    """What was ordered as it is kept: any short word. Raises InvalidFieldError."""
    return _line("kind", kind or "") or None


def check_day(day: date, *, now: Moment) -> date:
    """The day if an order can be of it. Raises InvalidFieldError."""
    if not EARLIEST <= day <= now.today:
        raise InvalidFieldError("ordered_on", "future" if day > now.today else "too_old")
    return day


def read_day(words: str, *, now: Moment) -> date:
    """The day that somebody wrote: 2026-11-20, or 11-20 for the last one that was. Raises InvalidFieldError."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", words).strip())
    if found is None:
        raise InvalidFieldError("ordered_on", "not_a_date")
    year, month, day = (int(part) if part else None for part in found.groups())
    for wanted in [year] if year is not None else [now.today.year, now.today.year - 1]:
        try:
            read = date(wanted, month or 0, day or 0)
        except ValueError:
            continue
        if year or read <= now.today:
            return check_day(read, now=now)
    raise InvalidFieldError("ordered_on", "not_a_date")


def add(session: Session, actor: Actor | None, order: NewOrder, *, policy: Policy, now: Moment) -> int:
    """Record an order and return its id. `actor` None: the command line or an import.

    A lead may for the customers of his teams, an admin for all. Raises OrderKnownError, PartnerVoidError, InvalidFieldError,
    NotFoundError, NotAllowedError.
    """
    kind, day = check_kind(order.kind), check_day(order.ordered_on, now=now)
    customer_id = _locked(session, actor, order.partner_id)
    number = check_number(session, order.number)
    by = actor.id if actor else None
    values = {"number": number, "partner_id": order.partner_id, "kind": kind, "ordered_on": day}
    try:
        with session.begin_nested():
            insertion = insert(Order).values(**values, recorded_by=by, created_at=now.utc)
            order_id = session.scalars(insertion.returning(Order.id)).one()
    except IntegrityError:
        check_number(session, number)
        raise
    if customer_id is not None:
        _restart_clock(session, customer_id, day, by, policy=policy, now=now)
        record(session, Event.ORDERED, [customer_id], actor_id=by, now=now, detail={"number": number, "on": str(day)})
    return order_id


def _line(field: str, words: str) -> str:
    words = " ".join(unicodedata.normalize("NFKC", words).split())
    if len(words) > LENGTH:
        raise InvalidFieldError(field, "too_long")
    return words


def _locked(session: Session, actor: Actor | None, partner_id: int) -> int | None:
    """The live customer linked with the partner; both are locked, the customer first, as everywhere."""
    linked = select(Customer.id).where(Customer.partner_id == partner_id, Customer.deleted_at.is_(None))
    customer_id = session.scalar(linked)
    if customer_id is not None:
        place = access.lock_places(session, [customer_id], limit=1)[customer_id]
        if actor is not None:
            access.check(actor, place, Act.RECORD_ORDER)
    partner = session.get(Partner, partner_id, with_for_update=True, populate_existing=True)
    if partner is None or (customer_id is None and actor is not None and not actor.is_admin):
        raise NotFoundError
    if not partner.valid:
        raise PartnerVoidError(partner.name)
    if session.scalar(linked) != customer_id:
        raise StaleError
    return customer_id


def _restart_clock(session: Session, customer_id: int, day: date, by: int | None, *, policy: Policy, now: Moment) -> None:
    """The dormancy clock runs from the newest order; one too old to keep a customer awake does not wake it either."""
    customer = session.get_one(Customer, customer_id, populate_existing=True)
    at = now.start_of_day(day)
    customer.last_order_at = max(customer.last_order_at or at, at)
    clocks = extending.clocks_of(session, [customer_id])[customer_id]
    level = Level(customer.level) if customer.level else None
    moved = deadlines.on_signing(policy, clocks, level=level, today=day)
    awake = moved.dormancy is not None and moved.dormancy >= now.today
    if customer.stage == Stage.DORMANT and awake:
        customer.stage = Stage.COOPERATING
        record(session, Event.WOKEN, [customer_id], actor_id=by, now=now)
    session.flush()
    if customer.owner_id is not None and _later(moved.dormancy, clocks.dormancy or now.today - timedelta(days=1)):
        extending.set_clocks(session, {customer_id: moved})


def _later(one: date | None, other: date) -> bool:
    return one is not None and one > other
