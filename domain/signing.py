"""Signing (SPEC 4): a customer becomes a cooperating one, linked with a partner of the business system."""

from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain import access, deadlines, extending, partners
from domain.access import Actor, Held
from domain.clock import Moment
from domain.errors import AlreadySignedError, NotFoundError, PartnerTakenError
from domain.models import Customer, Partner, User
from domain.permissions import Act
from domain.policy import Policy
from domain.stages import NON_COOPERATING, Level, Stage
from domain.timeline import Event, record


class Proposal(NamedTuple):
    """What signing would do: link the matching partner, or create one unless it is one of the similar ones."""

    customer: str
    match: tuple[int, str] | None
    similar: tuple[tuple[int, str], ...]


def propose(session: Session, actor: Actor, customer_id: int) -> Proposal:
    """Which partner this customer would be signed to. Raises NotFoundError, NotAllowedError, AlreadySignedError."""
    place = access.place_of(session, actor, customer_id, Act.SIGN)
    _refuse_signed(place)
    code = session.scalar(select(Customer.credit_code).where(Customer.id == customer_id))
    found = partners.match(session, credit_code=code, name=place.name)
    if found is not None:
        return Proposal(place.name, (found, session.get_one(Partner, found).name), ())
    return Proposal(place.name, None, tuple(partners.similar(session, place.name)))


def sign(session: Session, actor: Actor, customer_id: int, *, partner_id: int | None = None, policy: Policy, now: Moment) -> int:
    """Sign, and return the partner: the one named, the one that matches, or a new one. A void partner becomes valid again.

    Raises PartnerTakenError when another live customer has the partner, saying whose; AlreadySignedError, NotFoundError.
    """
    place = _locked(session, actor, customer_id)
    code = session.scalar(select(Customer.credit_code).where(Customer.id == customer_id))
    partner = partner_id or partners.match(session, credit_code=code, name=place.name)
    if partner is None:
        partner = partners.create(session, name=place.name, credit_code=code, now=now)
    _lock_free(session, partner)
    session.execute(update(Partner).where(Partner.id == partner).values(valid=True))
    clocks = extending.clocks_of(session, [customer_id])[customer_id]
    level = Level(place.level) if place.level else None
    change = {"stage": Stage.COOPERATING, "partner_id": partner}
    session.execute(update(Customer).where(Customer.id == customer_id).values(**change))
    extending.set_clocks(session, {customer_id: deadlines.on_signing(policy, clocks, level=level, today=now.today)})
    detail = {"partner_id": partner, "stage": [place.stage, Stage.COOPERATING]}
    record(session, Event.SIGNED, [customer_id], actor_id=actor.id, now=now, detail=detail)
    return partner


def _locked(session: Session, actor: Actor, customer_id: int) -> Held:
    place = access.lock_places(session, [customer_id], limit=1).get(customer_id)
    if place is None:
        raise NotFoundError
    access.check(actor, place, Act.SIGN)
    _refuse_signed(place)
    return place


def _refuse_signed(place: Held) -> None:
    if Stage(place.stage) not in NON_COOPERATING:
        raise AlreadySignedError(place.name)


def _lock_free(session: Session, partner_id: int) -> None:
    partner = session.scalars(select(Partner).where(Partner.id == partner_id).with_for_update()).one_or_none()
    if partner is None:
        raise NotFoundError
    holder = session.execute(
        select(Customer.name, User.name.label("owner"))
        .outerjoin(User, User.id == Customer.owner_id)
        .where(Customer.partner_id == partner_id, Customer.deleted_at.is_(None))
    ).one_or_none()
    if holder is not None:
        raise PartnerTakenError(partner.name, holder.name, holder.owner)
