"""Signing (SPEC 4): a customer becomes a cooperating one, linked with a partner of the business system."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from domain import access, deadlines, extending, partners
from domain.access import Actor, Held
from domain.clock import Moment
from domain.errors import AlreadySignedError, NotFoundError, PartnerTakenError
from domain.models import Customer, Order, Partner
from domain.partners import PartnerLine
from domain.permissions import Act
from domain.policy import Policy
from domain.stages import NON_COOPERATING, Level, Stage
from domain.timeline import Event, record


class Proposal(NamedTuple):
    """What signing would do: link `partner`; None: create one, unless it is one of the `similar` ones."""

    customer: str
    credit_code: str | None
    partner: PartnerLine | None
    similar: Sequence[PartnerLine] = ()


def propose(session: Session, actor: Actor, customer_id: int, *, partner_id: int | None = None) -> Proposal:
    """What signing would do, to the partner that matches or to the similar one that was chosen.

    Raises PartnerTakenError, AlreadySignedError, NotFoundError, NotAllowedError: as `sign` would.
    """
    place = access.place_of(session, actor, customer_id, Act.SIGN)
    _refuse_signed(place)
    proposal = _proposal(session, place, partner_id)
    _refuse_taken(proposal.partner)
    return proposal


def sign(session: Session, actor: Actor, customer_id: int, *, partner_id: int | None = None, policy: Policy, now: Moment) -> int:
    """Sign, and return the partner: the one that matches, else the similar one that was chosen, else a new one.

    A void partner becomes valid again. Raises PartnerTakenError when another live customer has the partner, saying whose;
    AlreadySignedError; NotFoundError, also for a partner that signing would not offer.
    """
    place = _locked(session, actor, customer_id)
    name, code, partner, _ = _proposal(session, place, partner_id)
    linked = partner.id if partner else partners.match_or_create(session, name=name, credit_code=code, now=now)
    _take(session, linked, code)
    _start(session, place, linked, policy=policy, now=now)
    detail = {"partner_id": linked, "stage": [place.stage, Stage.COOPERATING]}
    record(session, Event.SIGNED, [customer_id], actor_id=actor.id, now=now, detail=detail)
    return linked


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


def _refuse_taken(partner: PartnerLine | None) -> None:
    if partner is not None and partner.customer is not None:
        raise PartnerTakenError(partner.name, partner.customer, partner.owner)


def _proposal(session: Session, place: Held, chosen: int | None) -> Proposal:
    code = session.scalar(select(Customer.credit_code).where(Customer.id == place.id))
    found = partners.match(session, credit_code=code, name=place.name)
    if found is not None:
        if chosen not in (None, found):
            raise NotFoundError
        return Proposal(place.name, code, partners.line(session, found))
    offered = partners.similar(session, place.name)
    if chosen is None:
        return Proposal(place.name, code, None, offered)
    partner = next((each for each in offered if each.id == chosen), None)
    if partner is None:
        raise NotFoundError
    return Proposal(place.name, code, partner)


def _take(session: Session, partner_id: int, code: str | None) -> None:
    """Lock the partner, refuse it when it is taken, and make it valid; one without a credit code gets the customer's."""
    session.execute(select(Partner.id).where(Partner.id == partner_id).with_for_update())
    _refuse_taken(partners.line(session, partner_id))
    taking = update(Partner).where(Partner.id == partner_id)
    session.execute(taking.values(valid=True, credit_code=func.coalesce(Partner.credit_code, code)))


def _start(session: Session, place: Held, partner_id: int, *, policy: Policy, now: Moment) -> None:
    """The dormancy clock starts; orders that the partner has already are the customer's from now on."""
    last = session.scalar(select(func.max(Order.ordered_on)).where(Order.partner_id == partner_id))
    change = {"stage": Stage.COOPERATING, "partner_id": partner_id, "last_order_at": now.start_of_day(last) if last else None}
    session.execute(update(Customer).where(Customer.id == place.id).values(**change))
    clocks = extending.clocks_of(session, [place.id])[place.id]
    level = Level(place.level) if place.level else None
    extending.set_clocks(session, {place.id: deadlines.on_signing(policy, clocks, level=level, today=now.today)})
