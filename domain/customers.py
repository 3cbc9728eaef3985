"""Entering a customer and looking at one (SPEC 3, 4): required fields, duplicates told apart, contacts masked in the pool."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Row, bindparam, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import access, claim_requests, credit_code, limits, masking, ownership, pool_views, search
from domain.access import Actor, Held
from domain.claim_requests import Waiting
from domain.clock import Moment
from domain.dialects import table_of
from domain.errors import (
    DuplicateCustomerError,
    InvalidFieldError,
    NoSuchPersonError,
    NotFoundError,
    NotInYourTeamsError,
)
from domain.limits import Quota
from domain.models import Contact, Customer, Ownership, User, customer_code, volume_of
from domain.names import name_key
from domain.permissions import Act, Relation, Role
from domain.policy import Policy
from domain.stages import NON_COOPERATING, Gained, Level, ReleaseReason, Stage
from domain.timeline import Event, record

NAME_LENGTH = 200


@dataclass(frozen=True)
class NewContact:
    """A person to talk to; a name and a phone or an e-mail are needed for the main one."""

    name: str
    phone: str | None = None
    email: str | None = None
    title: str | None = None
    wechat: str | None = None
    telegram: str | None = None


@dataclass(frozen=True)
class NewCustomer:
    """What is known when a customer is entered; the first contact is the main one. Name, source, city, contact: required."""

    name: str
    source: str
    city: str
    contacts: tuple[NewContact, ...]
    short_name: str | None = None
    credit_code: str | None = None
    industry: str | None = None
    level: Level | None = None
    country: str | None = None
    address: str | None = None
    website: str | None = None
    remark: str | None = None
    services: tuple[str, ...] = ()
    direction: str | None = None
    lanes: tuple[tuple[str, str], ...] = ()
    commodity: str | None = None
    stage: Stage = Stage.POTENTIAL


@dataclass(frozen=True)
class PastOwner:
    """One line of the owner history; times are UTC."""

    name: str
    since: datetime
    until: datetime | None
    gained: Gained
    lost: str | None
    reason: ReleaseReason | None


@dataclass(frozen=True)
class CustomerCard:
    """What the card shows to this reader: contact details and address are masked where he may not see them.

    `opened`: how many customers' details he has opened in the pool today, where none are masked by rule.
    """

    place: Held
    relation: Relation
    masked: bool
    code: str
    name: str
    short_name: str | None
    stage: Stage
    level: Level | None
    credit_code: str | None
    industry: str | None
    source: str
    country: str | None
    city: str
    address: str | None
    website: str | None
    remark: str | None
    services: tuple[str, ...]
    direction: str | None
    lanes: tuple[tuple[str, str], ...]
    commodity: str | None
    owner: str | None
    due_on: date | None
    pooled_at: datetime | None
    last_followup_at: datetime | None
    release_reason: ReleaseReason | None
    release_note: str | None
    contacts: tuple[NewContact, ...]
    waiting: Waiting | None
    history: tuple[PastOwner, ...] = field(default=())
    volume: str | None = None
    incoterms: tuple[str, ...] = ()
    competitors: str | None = None
    opened: Quota | None = None

    @property
    def hands(self) -> int:
        """How often it has changed hands."""
        return self.place.hands


_CUSTOMERS, _CONTACTS, _PEOPLE = table_of(Customer), table_of(Contact), table_of(User).alias("people")
_OWNERSHIPS = table_of(Ownership)
_CONTACT = ("name", "phone", "email", "title", "wechat", "telegram")
_PARTS = _CUSTOMERS.outerjoin(_PEOPLE, _PEOPLE.c.id == _CUSTOMERS.c.owner_id)
_WHOLE = (
    select(
        _CUSTOMERS,
        _PEOPLE.c.name.label("owner"),
        _CONTACTS.c.id.label("contact_id"),
        *(_CONTACTS.c[field].label(f"contact_{field}") for field in _CONTACT),
        *(column.label(f"waiting_{column.name}") for column in claim_requests.WAITING),
    )
    .select_from(claim_requests.beside(_PARTS, _CUSTOMERS.c.id).outerjoin(_CONTACTS, _CONTACTS.c.customer_id == _CUSTOMERS.c.id))
    .where(_CUSTOMERS.c.id == bindparam("customer_id"))
    .order_by(_CONTACTS.c.main.desc(), _CONTACTS.c.id)
)
"""A row for each contact, the main one first; all else is the same in each."""

_OWNERS = (
    select(
        _PEOPLE.c.name,
        *(_OWNERSHIPS.c[name] for name in ("since", "until", "gained", "lost", "reason")),
    )
    .join_from(_OWNERSHIPS, _PEOPLE, _PEOPLE.c.id == _OWNERSHIPS.c.owner_id)
    .where(_OWNERSHIPS.c.customer_id == bindparam("customer_id"))
    .order_by(_OWNERSHIPS.c.since.desc(), _OWNERSHIPS.c.id.desc())
    .limit(bindparam("newest", type_=Integer))
)


def enter(
    session: Session,
    actor: Actor,
    customer: NewCustomer,
    *,
    owner_id: int | None = None,
    into_pool: bool = False,
    policy: Policy,
    now: Moment,
) -> int:
    """Keep a new customer and return its id: owned by the enterer; a lead may name a member; an admin may enter into the pool.

    Raises InvalidFieldError, DuplicateCustomerError, HeldLimitError, NotInYourTeamsError, NotAllowedError.
    """
    owner = _owner_to_be(session, actor, owner_id, into_pool=into_pool)
    _check_fields(customer)
    refuse_duplicate(session, customer.name, customer.credit_code)
    if owner is not None and (full := limits.room(session, actor, owner, policy=policy).take(customer.stage)):
        raise full
    values = _columns(customer, actor, now)
    try:
        with session.begin_nested():
            customer_id = session.scalars(insert(Customer).values(**values).returning(Customer.id)).one()
    except IntegrityError:
        refuse_duplicate(session, customer.name, customer.credit_code)
        raise
    session.execute(insert(Contact), [_contact(customer_id, c, main=i == 0) for i, c in enumerate(customer.contacts)])
    search.index(session, [customer_id])
    record(session, Event.ENTERED, [customer_id], actor_id=actor.id, now=now, detail={"owner_id": owner})
    if owner is not None:
        place = access.lock_places(session, [customer_id], limit=1)[customer_id]
        ownership.give(session, [place], owner, Gained.ENTERED, policy=policy, now=now)
    return customer_id


def refuse_duplicate(session: Session, name: str | None, code: str | None, *, but: int | None = None) -> None:
    """Raise DuplicateCustomerError when a live customer has this name or this credit code, saying who has it (SPEC 3).

    `but` is the customer that is being changed.
    """
    code = credit_code.normalise(code) if code else None
    key = name_key(name) if name else None
    for column, value, label in ((Customer.name_key, key, "name"), (Customer.credit_code, code, "credit_code")):
        if value is None:
            continue
        twin = session.execute(
            select(Customer.id, Customer.name, User.name.label("owner"))
            .outerjoin(User, User.id == Customer.owner_id)
            .where(column == value, Customer.deleted_at.is_(None), Customer.id != (but or 0))
        ).one_or_none()
        if twin is not None:
            raise DuplicateCustomerError(label, twin.id, twin.name, twin.owner)


def note_attempt(session: Session, actor: Actor, customer_id: int, *, now: Moment) -> None:
    """Somebody tried to enter a customer that exists: evidence when two people claim to have found it first."""
    record(session, Event.DUPLICATE_TRIED, [customer_id], actor_id=actor.id, now=now)


def card(session: Session, actor: Actor, customer_id: int, *, policy: Policy, now: Moment, unasked: bool = False) -> CustomerCard:
    """The customer as the actor may see it; what was deleted from the pool stays masked in the bin. Raises NotFoundError.

    Contact details that show in the pool count as opened; past the day's limit they are masked, and to those who did not ask
    for them (`unasked`) always.
    """
    rows = session.execute(_WHOLE, {"customer_id": customer_id}).all()
    if not rows:
        raise NotFoundError
    customer = rows[0]
    place = access.place_in(customer)
    access.check(actor, place, Act.VIEW)
    relation = access.relation(actor, place)
    unowned = relation is Relation.POOL or (customer.deleted_at is not None and customer.deleted_from_owner_id is None)
    masked = unowned and (policy.mask_pool_contacts or unasked) and not actor.is_admin
    opening = pool_views.open_(session, actor, customer_id, policy=policy, now=now) if unowned and not masked else None
    masked = masked or (opening is not None and not opening.shown)
    return CustomerCard(
        place=place,
        relation=relation,
        masked=masked,
        code=customer_code(customer_id),
        name=customer.name,
        short_name=customer.short_name,
        stage=Stage(customer.stage),
        level=Level(customer.level) if customer.level else None,
        credit_code=customer.credit_code,
        industry=customer.industry,
        source=customer.source,
        country=customer.country,
        city=customer.city,
        address=masking.word(customer.address) if masked and customer.address else customer.address,
        website=customer.website,
        remark=customer.remark,
        services=tuple(customer.services),
        direction=customer.direction,
        lanes=tuple((lane[0], lane[1]) for lane in customer.lanes),
        commodity=customer.commodity,
        owner=customer.owner,
        due_on=customer.due_on,
        pooled_at=customer.pooled_at,
        last_followup_at=customer.last_followup_at,
        release_reason=ReleaseReason(customer.release_reason) if customer.release_reason else None,
        release_note=customer.release_note,
        contacts=tuple(_shown(row, masked=masked) for row in rows if row.contact_id is not None),
        waiting=_waiting(customer),
        history=tuple(owner_history(session, customer_id)),
        volume=volume_of(customer.monthly_volume, customer.volume_unit),
        incoterms=tuple(customer.incoterms),
        competitors=customer.competitors,
        opened=opening.quota if opening else None,
    )


def code_and_name(session: Session, customer_id: int) -> tuple[str, str]:
    """How one customer is called, whoever asks: to be masked by the caller."""
    return customer_code(customer_id), session.scalars(select(Customer.name).where(Customer.id == customer_id)).one()


def owner_history(session: Session, customer_id: int, *, newest: int = 5) -> Sequence[PastOwner]:
    """Who had it, newest first."""
    rows = session.execute(_OWNERS, {"customer_id": customer_id, "newest": newest})
    return [
        PastOwner(r.name, r.since, r.until, Gained(r.gained), r.lost, ReleaseReason(r.reason) if r.reason else None) for r in rows
    ]


def _owner_to_be(session: Session, actor: Actor, owner_id: int | None, *, into_pool: bool) -> int | None:
    if into_pool:
        access.require(actor, Act.ENTER_INTO_POOL)
        return None
    if owner_id is None or owner_id == actor.id:
        access.require(actor, Act.ENTER)
        return actor.id
    access.require(actor, Act.ENTER_FOR_MEMBER)
    owner = access.person(session, owner_id)
    if owner is None or not owner.active or owner.role == Role.ADMIN:
        raise NoSuchPersonError(str(owner_id))
    if not actor.leads(owner.id):
        raise NotInYourTeamsError(owner.name)
    return owner.id


def _check_fields(customer: NewCustomer) -> None:
    for name in ("name", "source", "city"):
        if not getattr(customer, name).strip():
            raise InvalidFieldError(name, "empty")
    if customer.stage not in NON_COOPERATING:
        raise InvalidFieldError("stage", "unknown")
    if len(customer.name) > NAME_LENGTH:
        raise InvalidFieldError("name", "too_long")
    if not name_key(customer.name):
        raise InvalidFieldError("name", "no_letters")
    if customer.credit_code and not credit_code.is_valid(credit_code.normalise(customer.credit_code)):
        raise InvalidFieldError("credit_code", "check_digit")
    _check_main_contact(customer.contacts)


def _check_main_contact(contacts: Sequence[NewContact]) -> None:
    if not contacts or not contacts[0].name.strip():
        raise InvalidFieldError("contact", "empty")
    if not any((way or "").strip() for way in (contacts[0].phone, contacts[0].email)):
        raise InvalidFieldError("contact", "unreachable")


def _columns(customer: NewCustomer, actor: Actor, now: Moment) -> dict[str, object]:
    return {
        "name": customer.name.strip(),
        "name_key": name_key(customer.name),
        "short_name": customer.short_name,
        "credit_code": credit_code.normalise(customer.credit_code) if customer.credit_code else None,
        "industry": customer.industry,
        "source": customer.source.strip(),
        "level": customer.level,
        "country": customer.country,
        "city": customer.city.strip(),
        "address": customer.address,
        "website": customer.website,
        "remark": customer.remark,
        "services": list(customer.services),
        "direction": customer.direction,
        "lanes": [list(lane) for lane in customer.lanes],
        "commodity": customer.commodity,
        "stage": customer.stage,
        "created_by": actor.id,
        "created_at": now.utc,
        "pooled_at": now.utc,
    }


def _contact(customer_id: int, contact: NewContact, *, main: bool) -> dict[str, object]:
    return {
        "customer_id": customer_id,
        "main": main,
        "name": contact.name.strip(),
        "phone": contact.phone,
        "phone_digits": "".join(char for char in contact.phone or "" if char.isdigit()) or None,
        "email": contact.email,
        "title": contact.title,
        "wechat": contact.wechat,
        "telegram": contact.telegram,
    }


def _waiting(row: Row[Any]) -> Waiting | None:
    if row.waiting_request_id is None:
        return None
    return Waiting._make(getattr(row, f"waiting_{name}") for name in Waiting._fields)


def _shown(row: Row[Any], *, masked: bool) -> NewContact:
    mask_phone, mask_email, mask_word = (masking.phone, masking.email, masking.word) if masked else (str, str, str)
    return NewContact(
        name=row.contact_name,
        phone=mask_phone(row.contact_phone) if row.contact_phone else None,
        email=mask_email(row.contact_email) if row.contact_email else None,
        title=row.contact_title,
        wechat=mask_word(row.contact_wechat) if row.contact_wechat else None,
        telegram=mask_word(row.contact_telegram) if row.contact_telegram else None,
    )


def visible_names(session: Session, actor: Actor, customer_ids: Sequence[int]) -> dict[int, str]:
    """The names of those among these live customers that the actor may see."""
    mine = (Customer.owner_id.is_(None), Customer.owner_id == actor.id, access.visible_owners(actor))
    found = select(Customer.id, Customer.name).where(Customer.id.in_(customer_ids), Customer.deleted_at.is_(None), or_(*mine))
    return {row.id: row.name for row in session.execute(found.order_by(Customer.id))}


def names(session: Session, customer_ids: Sequence[int], *, owner_id: int | None = None, deleted: bool = False) -> dict[int, str]:
    """The live customers among these, or the deleted ones, by id; with `owner_id` only those that this person owns now."""
    place = Customer.deleted_at.is_not(None) if deleted else Customer.deleted_at.is_(None)
    found = select(Customer.id, Customer.name).where(Customer.id.in_(customer_ids), place)
    if owner_id is not None:
        found = found.where(Customer.owner_id == owner_id)
    return {row.id: row.name for row in session.execute(found.order_by(Customer.id))}
