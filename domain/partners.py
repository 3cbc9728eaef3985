"""Partners (SPEC 1, 4): the parties that the business system may trade with, found by credit code or name."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, cast, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import access, credit_code, search
from domain.access import Actor
from domain.clock import Moment
from domain.errors import NoSuchPartnerError, NotFoundError
from domain.models import Customer, Order, Partner, User
from domain.names import name_key
from domain.permissions import Act

PAGE = 8
SIMILAR = 0.5
_CANDIDATES = 50


class PartnerLine(NamedTuple):
    """One partner; customer, stage and owner are of the live customer that is linked with it."""

    id: int
    name: str
    credit_code: str | None
    valid: bool
    orders: int
    customer_id: int | None
    customer: str | None
    stage: str | None
    owner: str | None


class PartnerPage(NamedTuple):
    """Rows, how many there are in all, and the key to ask for the next ones with; None: these are the last."""

    lines: Sequence[PartnerLine]
    total: int
    after: int | None


class OrderLine(NamedTuple):
    """One order of a partner."""

    number: str
    kind: str | None
    ordered_on: date


def find(session: Session, actor: Actor, text: str = "", *, after: int | None = None) -> PartnerPage:
    """The partners that hold the text in name or credit code, newest first, from behind the key `after`."""
    access.require(actor, Act.MANAGE_PARTNERS)
    holds = holding(text)
    total = session.scalar(select(func.count()).select_from(Partner).where(*holds)) or 0
    wanted = _lines().where(*holds, *([] if after is None else [Partner.id < after]))
    rows = session.execute(wanted.order_by(Partner.id.desc()).limit(PAGE + 1)).all()
    lines = [PartnerLine._make(row) for row in rows[:PAGE]]
    return PartnerPage(lines, total, lines[-1].id if len(rows) > PAGE else None)


def get(session: Session, actor: Actor, partner_id: int) -> PartnerLine:
    """One partner. Raises NotFoundError."""
    access.require(actor, Act.MANAGE_PARTNERS)
    return line(session, partner_id)


def of_customer(session: Session, customer_id: int) -> PartnerLine | None:
    """The partner of a live customer whom the reader may see."""
    row = session.execute(_lines().where(Customer.id == customer_id)).one_or_none()
    return PartnerLine._make(row) if row else None


def line(session: Session, partner_id: int) -> PartnerLine:
    """One partner, for use cases that have checked the right. Raises NotFoundError."""
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


def named(session: Session, words: str) -> int:
    """The partner that a credit code or a name means. Raises NoSuchPartnerError."""
    found = match(session, credit_code=credit_code.normalise(words), name=words)
    if found is None:
        raise NoSuchPartnerError(words)
    return found


def match(session: Session, *, credit_code: str | None, name: str) -> int | None:
    """The partner that this customer is: by credit code, then by normalised name."""
    for column, value in ((Partner.credit_code, credit_code), (Partner.name_key, name_key(name))):
        found = session.scalar(select(Partner.id).where(column == value)) if value else None
        if found is not None:
            return found
    return None


def similar(session: Session, name: str, *, limit: int = 5) -> list[PartnerLine]:
    """Partners whose names share a good part with this one, the likest first: what signing offers when nothing matches."""
    key = name_key(name)
    pairs = sorted({key[i : i + 2] for i in range(len(key) - 1)})
    if not pairs:
        return []
    holds: list[ColumnElement[bool]] = [Partner.name_key.contains(pair, autoescape=True) for pair in pairs]
    shared = sum((cast(each, Integer) for each in holds[1:]), start=cast(holds[0], Integer))
    rows = session.execute(_lines().where(or_(*holds)).order_by(shared.desc(), Partner.id).limit(_CANDIDATES))
    scored = [(search.likeness(key, name_key(row[1])), PartnerLine._make(row)) for row in rows]
    likest = sorted((pair for pair in scored if pair[0] >= SIMILAR), key=lambda pair: (-pair[0], pair[1].id))
    return [partner for _, partner in likest[:limit]]


def match_or_create(session: Session, *, name: str, credit_code: str | None, now: Moment) -> int:
    """The partner that this customer is, or a new one: also when somebody creates it at the same time."""
    found = match(session, credit_code=credit_code, name=name)
    if found is not None:
        return found
    partner = Partner(name=name, name_key=name_key(name), credit_code=credit_code, valid=True, created_at=now.utc)
    try:
        with session.begin_nested():
            session.add(partner)
    except IntegrityError:
        found = match(session, credit_code=credit_code, name=name)
        if found is None:
            raise
        return found
    return partner.id


def holding(text: str) -> list[ColumnElement[bool]]:
    """The partners that hold the text in name or credit code, as conditions on Partner."""
    text = text.strip()
    if not text:
        return []
    ways = [Partner.name.icontains(text, autoescape=True)]
    ways += [Partner.name_key.contains(key, autoescape=True) for key in [name_key(text)] if key]
    ways.append(Partner.credit_code.contains(credit_code.normalise(text), autoescape=True))
    return [or_(*ways)]


def _lines() -> Select[*tuple[Any, ...]]:
    count = select(func.count()).where(Order.partner_id == Partner.id).scalar_subquery()
    return (
        select(
            Partner.id,
            Partner.name,
            Partner.credit_code,
            Partner.valid,
            count,
            Customer.id,
            Customer.name,
            Customer.stage,
            User.name,
        )
        .outerjoin(Customer, (Customer.partner_id == Partner.id) & Customer.deleted_at.is_(None))
        .outerjoin(User, User.id == Customer.owner_id)
    )
