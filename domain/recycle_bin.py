"""The recycle bin (SPEC 4): deleting with what hangs on it, and restoring to where it was."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from domain import access, claim_requests, limits, outbox, ownership, twins
from domain.access import Actor, Held
from domain.clock import Moment
from domain.errors import DuplicateCustomerError, GonghaiError, HasOrdersError, NotAllowedError, NotFoundError
from domain.limits import Allowance
from domain.models import Customer, Order, Partner, User
from domain.outbox import Kind, Notice
from domain.outcomes import Outcome, Result, Verdicts
from domain.ownership import Ending
from domain.permissions import Act, Relation, Role
from domain.policy import Policy
from domain.stages import NON_COOPERATING, Gained, Lost, Stage
from domain.timeline import Event, record, record_each
from domain.twins import Keys


def delete(session: Session, actor: Actor, customer_ids: Iterable[int], *, policy: Policy, now: Moment) -> list[Outcome]:
    """Into the bin. A cooperating or dormant customer only while its partner has no orders: it is unlinked, the partner void.

    In the bin the stage is potential; a waiting request is cancelled and both sides are told.
    """
    asked = list(customer_ids)
    places = access.lock_places(session, asked, limit=policy.batch_limit)
    orders = _orders_of(session, places)
    verdicts = Verdicts(asked, {place.id: place.name for place in places.values()})
    going = []
    for place in places.values():
        error = _keeps(actor, place, orders.get(place.id, 0))
        if error is None:
            going.append(place)
        else:
            verdicts.refuse(place.id, error)
    _delete(session, actor, going, now=now)
    for place in going:
        verdicts.add(place.id, Result.DONE)
    return verdicts.in_order()


def _keeps(actor: Actor, place: Held, orders: int) -> GonghaiError | None:
    """Why this customer may not go into the bin."""
    stands = access.relation(actor, place)
    act = Act.POOL_DELETE if stands is Relation.POOL else Act.DELETE
    try:
        access.check(actor, place, act)
    except GonghaiError as refusal:
        return refusal
    if Stage(place.stage) in NON_COOPERATING:
        return None
    if actor.role is Role.SALES:
        return NotAllowedError(act)
    return HasOrdersError(orders) if orders else None


def _delete(session: Session, actor: Actor, places: Sequence[Held], *, now: Moment) -> None:
    ids = [place.id for place in places]
    ownership.to_pool(session, [place for place in places if place.owner_id is not None], Ending(Lost.DELETED, actor.id), now=now)
    _void_partners(session, ids)
    session.execute(
        update(Customer)
        .where(Customer.id.in_(ids))
        .values(deleted_at=now.utc, deleted_by=actor.id, stage=Stage.POTENTIAL, partner_id=None)
        .execution_options(synchronize_session=False)
    )
    _remember_owners(session, places)
    claim_requests.overtake(session, ids, actor_id=actor.id, now=now)
    details = {place.id: {"stage": place.stage, "owner_id": place.owner_id} for place in places}
    record_each(session, Event.DELETED, details, actor_id=actor.id, now=now)
    _tell_owners(session, actor, places, now=now)


def _void_partners(session: Session, customer_ids: Sequence[int]) -> None:
    linked = select(Customer.partner_id).where(Customer.id.in_(customer_ids), Customer.partner_id.is_not(None))
    session.execute(
        update(Partner).where(Partner.id.in_(linked)).values(valid=False).execution_options(synchronize_session=False)
    )


def _remember_owners(session: Session, places: Sequence[Held]) -> None:
    owners = {place.owner_id for place in places}
    for owner_id in owners:
        ids = [place.id for place in places if place.owner_id == owner_id]
        change = update(Customer).where(Customer.id.in_(ids)).values(deleted_from_owner_id=owner_id)
        session.execute(change.execution_options(synchronize_session=False))


def _tell_owners(session: Session, actor: Actor, places: Sequence[Held], *, now: Moment) -> None:
    by_owner: dict[int, list[int]] = {}
    for place in places:
        if place.owner_id is not None and place.owner_id != actor.id:
            by_owner.setdefault(place.owner_id, []).append(place.id)
    notices = [
        Notice(f"deleted:{min(ids)}:{now.utc.isoformat()}", Kind.DELETED, owner_id, {"customer_ids": ids, "by": actor.id})
        for owner_id, ids in by_owner.items()
    ]
    outbox.tell(session, notices, now=now)


def _orders_of(session: Session, customer_ids: Iterable[int]) -> dict[int, int]:
    rows = session.execute(
        select(Customer.id, func.count(Order.id))
        .join(Order, Order.partner_id == Customer.partner_id)
        .where(Customer.id.in_(list(customer_ids)))
        .group_by(Customer.id)
    )
    return {row[0]: row[1] for row in rows}


class _Binned(NamedTuple):
    id: int
    name: str
    name_key: str
    credit_code: str | None
    owner_id: int | None

    @property
    def keys(self) -> Keys:
        """What may not be taken by a live customer meanwhile."""
        return Keys(self.name_key, self.credit_code)


def restore(session: Session, actor: Actor | None, customer_ids: Iterable[int], *, policy: Policy, now: Moment) -> list[Outcome]:
    """Back where it was: to its owner if he is still active, else to the pool; stage potential, a fresh signing deadline.

    Who deleted it may, and an admin; None: the command line, whose right is the machine's. A live customer of the same name or
    credit code by then: refused, naming it; so is one too many for its owner.
    """
    asked = list(customer_ids)
    rooms = _rooms(session, actor, asked, policy)
    places = access.lock_places(session, asked, limit=policy.batch_limit)
    verdicts = Verdicts(asked, {place.id: place.name for place in places.values()})
    asked_for = _binned(session, places)
    taken = twins.live(session, [binned.keys for binned in asked_for])
    coming: list[_Binned] = []
    for binned in asked_for:
        error = _not_restorable(actor, places[binned.id]) or binned.keys.among(taken)
        if error is None and binned.owner_id in rooms:
            error = rooms[binned.owner_id].take(Stage.POTENTIAL)
        if error is None:
            coming.append(binned)
            taken |= dict.fromkeys(filter(None, binned.keys), DuplicateCustomerError("name", binned.id, binned.name, None))
            verdicts.add(binned.id, Result.DONE)
        else:
            verdicts.refuse(binned.id, error)
    _restore(session, actor, coming, places, policy=policy, now=now)
    return verdicts.in_order()


def _rooms(session: Session, actor: Actor | None, customer_ids: Sequence[int], policy: Policy) -> dict[int, Allowance]:
    """How many more the owners may hold to whom these go back."""
    if not policy.held_limit:
        return {}
    owners = select(User.id).join(Customer, Customer.deleted_from_owner_id == User.id).where(Customer.id.in_(customer_ids))
    return limits.rooms(session, actor, session.scalars(owners).all(), policy=policy)


def _binned(session: Session, places: Iterable[int]) -> list[_Binned]:
    rows = session.execute(
        select(Customer.id, Customer.name, Customer.name_key, Customer.credit_code, User.id)
        .outerjoin(User, (User.id == Customer.deleted_from_owner_id) & User.active)
        .where(Customer.id.in_(list(places)))
        .order_by(Customer.id)
    )
    return [_Binned._make(row) for row in rows]


def _not_restorable(actor: Actor | None, place: Held) -> GonghaiError | None:
    if place.deleted_by is None:
        return NotFoundError()
    if actor is None:
        return None
    try:
        access.check(actor, place, Act.RESTORE)
    except GonghaiError as refusal:
        return refusal
    return None


def _restore(
    session: Session, actor: Actor | None, coming: Sequence[_Binned], places: dict[int, Held], *, policy: Policy, now: Moment
) -> None:
    ids = [binned.id for binned in coming]
    session.execute(
        update(Customer)
        .where(Customer.id.in_(ids), Customer.deleted_at.is_not(None))
        .values(deleted_at=None, deleted_by=None, deleted_from_owner_id=None, pooled_at=now.utc)
        .execution_options(synchronize_session=False)
    )
    for owner_id in {binned.owner_id for binned in coming if binned.owner_id is not None}:
        back = [places[binned.id] for binned in coming if binned.owner_id == owner_id]
        ownership.give(session, back, owner_id, Gained.RESTORED, policy=policy, now=now)
    record(session, Event.RESTORED, ids, actor_id=actor.id if actor else None, now=now)
