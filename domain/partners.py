"""Partners (SPEC 1, 4): the parties that the business system may trade with, found by credit code or name."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from domain import access, search
from domain.access import Actor
from domain.clock import Moment
from domain.errors import NotFoundError
from domain.models import Customer, Order, Partner, User
from domain.names import name_key
from domain.permissions import Act

PAGE = 8


class PartnerLine(NamedTuple):
    """One partner of a list; `customer` and `owner` are of the live customer that is linked with it."""

    id: int
    name: str
    credit_code: str | None
    valid: bool
    orders: int
    customer: str | None
    owner: str | None


class OrderLine(NamedTuple):
    """One order of a partner."""

    number: str
    kind: str | None
    ordered_on: date


def find(session: Session, actor: Actor, text: str = "", *, page: int = 0) -> tuple[Sequence[PartnerLine], int]:
    """A page of the partners that hold the text, by name, and how many there are in all."""
    access.require(actor, Act.MANAGE_PARTNERS)
    wanted = select(Partner.id)
    if text.strip():
        holds = Partner.name.icontains(text.strip(), autoescape=True)
        wanted = wanted.where(
            or_(holds, Partner.name_key.contains(name_key(text) or text, autoescape=True), Partner.credit_code == text)
        )
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.execute(
        _lines().where(Partner.id.in_(wanted)).order_by(Partner.name, Partner.id).limit(PAGE).offset(page * PAGE)
    )
    return [PartnerLine._make(row) for row in rows], total


def get(session: Session, actor: Actor, partner_id: int) -> PartnerLine:
    """One partner. Raises NotFoundError."""
    access.require(actor, Act.MANAGE_PARTNERS)
    row = session.execute(_lines().where(Partner.id == partner_id)).one_or_none()
    if row is None:
        raise NotFoundError
    return PartnerLine._make(row)


def orders(session: Session, actor: Actor, partner_id: int, *, newest: int = 10) -> list[OrderLine]:
    """The partner's orders, newest first."""
    access.require(actor, Act.MANAGE_PARTNERS)
    rows = session.execute(
        select(Order.number, Order.kind, Order.ordered_on)
        .where(Order.partner_id == partner_id)
        .order_by(Order.ordered_on.desc(), Order.id.desc())
        .limit(newest)
    )
    return [OrderLine._make(row) for row in rows]


def match(session: Session, *, credit_code: str | None, name: str) -> int | None:
    """The partner that this customer is: by credit code, then by normalised name."""
    for column, value in ((Partner.credit_code, credit_code), (Partner.name_key, name_key(name))):
        found = session.scalar(select(Partner.id).where(column == value)) if value else None
        if found is not None:
            return found
    return None


def similar(session: Session, name: str, *, limit: int = 5) -> list[tuple[int, str]]:
    """Partners whose names share a good part with this one: what signing offers when nothing matches."""
    key = name_key(name)
    pairs = [key[i : i + 2] for i in range(len(key) - 1)]
    if not pairs:
        return []
    shares = or_(*(Partner.name_key.contains(pair, autoescape=True) for pair in pairs))
    rows = session.execute(select(Partner.id, Partner.name, Partner.name_key).where(shares).limit(500)).all()
    scored = sorted(((search.likeness(key, row.name_key), row.id, row.name) for row in rows), reverse=True)
    return [(partner_id, partner) for score, partner_id, partner in scored[:limit] if score >= SIMILAR]


SIMILAR = 0.5


def create(session: Session, *, name: str, credit_code: str | None, now: Moment) -> int:
    """A new partner; the caller has looked for an old one."""
    partner = Partner(name=name, name_key=name_key(name), credit_code=credit_code, valid=True, created_at=now.utc)
    session.add(partner)
    session.flush()
    return partner.id


def _lines() -> Select[*tuple[object, ...]]:
    count = select(func.count()).where(Order.partner_id == Partner.id).scalar_subquery()
    return (
        select(Partner.id, Partner.name, Partner.credit_code, Partner.valid, count, Customer.name, User.name)
        .outerjoin(Customer, (Customer.partner_id == Partner.id) & Customer.deleted_at.is_(None))
        .outerjoin(User, User.id == Customer.owner_id)
    )
