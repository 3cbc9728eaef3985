"""How somebody leaves without a customer going cold (SPEC 2): hand over to X, or release all to the pool. How he comes back."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain import access, approvals, cards, claim_requests, invitations, outbox, ownership, users
from domain.access import Actor, Held
from domain.clock import Moment
from domain.errors import NoSuchPersonError, SuccessorNeededError
from domain.models import ClaimRequest, Customer, Ownership, RequestBatch, User
from domain.ownership import Ending
from domain.permissions import Act, Role
from domain.policy import Policy
from domain.pool import tell_assigned
from domain.stages import Gained, Lost, ReleaseReason, RequestStatus
from domain.timeline import Event, record, record_person


def deactivate(
    session: Session, actor: Actor | None, user_id: int, *, successor_id: int | None = None, policy: Policy, now: Moment
) -> int:
    """Close somebody's access with his next tap. His customers go to the successor, or to the pool when there is none.

    A lead needs a successor, who gets members, customers, waiting requests and the memory of "last owned by this team".
    `actor` None: the command line. Returns how many customers moved.
    Raises SuccessorNeededError, NoSuchPersonError, LastAdminError.
    """
    if actor is not None:
        access.require(actor, Act.MANAGE_USERS)
    by = actor.id if actor else None
    user = session.scalars(select(User).where(User.id == user_id, User.active).with_for_update()).one_or_none()
    if user is None:
        raise NoSuchPersonError(str(user_id))
    successor = _successor(session, user, successor_id)
    user.active = False
    session.flush()
    moved = _empty_hands(session, user, successor, by, policy=policy, now=now)
    _withdraw(session, user.id, by, now=now)
    if successor is not None and user.role == Role.LEAD:
        _hand_over_team(session, user, successor)
    approvals.reroute(session, now=now)
    cards.revoke(session, [user.id], now=now)
    detail = {"successor_id": successor_id, "customers": moved}
    record_person(session, Event.USER_DEACTIVATED, user.id, actor_id=by, now=now, detail=detail)
    return moved


def reactivate(session: Session, actor: Actor, user_id: int, *, now: Moment) -> bool:
    """Let somebody back who had left, as what he was, but for what belongs to others by now. He joins by a new invitation.

    Returns whether he still answers to the superior he had: one who leads no team any more is left. Raises NoSuchPersonError.
    """
    access.require(actor, Act.MANAGE_USERS)
    user = session.scalars(select(User).where(User.id == user_id, ~User.active).with_for_update()).one_or_none()
    if user is None:
        raise NoSuchPersonError(str(user_id))
    invitations.withdraw(session, user.id, now=now)
    outbox.forget_unsaid(session, user.id, now=now)
    before = user.superior_id
    superior = access.person(session, before) if before is not None else None
    leads = superior is not None and superior.active and superior.role == Role.LEAD
    user.active, user.telegram_id, user.superior_id = True, None, before if leads else None
    user.away_until = user.stand_in_id = None
    session.flush()
    detail = {"superior_id": [before, user.superior_id]}
    record_person(session, Event.USER_REACTIVATED, user.id, actor_id=actor.id, now=now, detail=detail)
    return before == user.superior_id


def _successor(session: Session, user: User, successor_id: int | None) -> User | None:
    users.keep_an_admin(session, user)
    if successor_id is None:
        if user.role == Role.LEAD:
            raise SuccessorNeededError(user.name)
        return None
    successor = access.person(session, successor_id)
    wrong_role = successor is not None and user.role == Role.LEAD and successor.role != Role.LEAD
    if successor is None or not successor.active or successor.id == user.id or successor.role == Role.ADMIN or wrong_role:
        raise NoSuchPersonError(successor.name if successor else str(successor_id))
    return successor


def successors(session: Session, actor: Actor, user_id: int) -> Sequence[User]:
    """Who may take over from the person: for a lead another lead, else anybody active who can own customers."""
    access.require(actor, Act.MANAGE_USERS)
    roles = [Role.LEAD] if session.get_one(User, user_id).role == Role.LEAD else [Role.SALES, Role.LEAD]
    people = select(User).where(User.active, User.role.in_(roles), User.id != user_id)
    return session.scalars(people.order_by(User.name, User.id)).all()


def _empty_hands(session: Session, user: User, successor: User | None, by: int | None, *, policy: Policy, now: Moment) -> int:
    owned = session.scalars(select(Customer.id).where(Customer.owner_id == user.id).order_by(Customer.id)).all()
    if not owned:
        return 0
    places = list(access.lock_places(session, owned, limit=len(owned)).values())
    if successor is None:
        left = ownership.to_pool(session, places, Ending(Lost.RELEASED, by, ReleaseReason.LEFT), now=now)
        detail = {"reason": ReleaseReason.LEFT}
        record(session, Event.RELEASED, [place.id for place in left], actor_id=by, now=now, detail=detail)
        return len(left)
    return _hand_over(session, places, successor, by, policy=policy, now=now)


def _hand_over(session: Session, places: Sequence[Held], successor: User, by: int | None, *, policy: Policy, now: Moment) -> int:
    ending = Ending(Lost.HANDED_OVER, by)
    moved = ownership.hand_to(session, places, successor.id, Gained.HANDED_OVER, ending, policy=policy, now=now)
    ids = [place.id for place in moved]
    record(session, Event.HANDED_OVER, ids, actor_id=by, now=now, detail={"owner_id": successor.id})
    tell_assigned(session, ids, successor.id, by=by, now=now)
    return len(ids)


def _withdraw(session: Session, user_id: int, by: int | None, *, now: Moment) -> None:
    """Claims that he made, or that were made for him, cannot be fulfilled any more."""
    waiting = session.scalars(
        select(ClaimRequest.customer_id)
        .join(RequestBatch, RequestBatch.id == ClaimRequest.batch_id)
        .where(ClaimRequest.status == RequestStatus.WAITING)
        .where((RequestBatch.requester_id == user_id) | (RequestBatch.assignee_id == user_id))
        .order_by(ClaimRequest.customer_id)
    ).all()
    if waiting:
        access.lock_places(session, waiting, limit=len(waiting))
        claim_requests.overtake(session, waiting, actor_id=by, now=now)


def _hand_over_team(session: Session, user: User, successor: User) -> None:
    if successor.id in session.scalars(access.people_below(user.id)).all():
        successor.superior_id = user.superior_id
        session.flush()
    session.execute(update(User).where(User.superior_id == user.id).values(superior_id=successor.id))
    session.execute(update(Customer).where(Customer.last_lead_id == user.id).values(last_lead_id=successor.id))
    session.execute(update(Ownership).where(Ownership.lead_id == user.id).values(lead_id=successor.id))
    session.execute(update(RequestBatch).where(RequestBatch.lead_id == user.id).values(lead_id=successor.id))
