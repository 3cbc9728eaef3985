"""How much one person may take (SPEC 4, claim limits), counted in the ledgers; a limit of 0 is off and costs nothing.

What is scarce belongs to a person: acts that give him something follow one another, each having asked before it locks customers.
An admin, who sets the limits, is bound by none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from domain import access
from domain.access import Actor, Held
from domain.clock import Moment
from domain.dialects import take_turns
from domain.errors import CoolingDownError, DailyLimitError, GonghaiError, HeldLimitError, OldTeamFirstError
from domain.models import ClaimRequest, Customer, Ownership, RequestBatch, TimelineEntry, User
from domain.permissions import Role
from domain.policy import Policy
from domain.stages import NON_COOPERATING, Lost, RequestStatus
from domain.timeline import Event


class Scarce(IntEnum):
    """What a person gets only so much of: customers, and looks at contact details."""

    CUSTOMERS = 0
    LOOKS = 1


@dataclass
class Quota:
    """So many of so many; no limit when that is 0."""

    limit: int = 0
    count: int = 0

    @property
    def full(self) -> bool:
        """Whether nothing more fits in."""
        return 0 < self.limit <= self.count


@dataclass
class Allowance:
    """What one act may still give to one person: claims of the day, and places for customers not yet signed.

    `person` is his name where somebody else reads the refusal.
    """

    person: str | None = None
    claims: Quota = field(default_factory=Quota)
    held: Quota = field(default_factory=Quota)

    def take(self, stage: str, *, reserved: bool = False) -> GonghaiError | None:
        """Count a customer of this stage in, or say why not. `reserved`: a claim of his that waits keeps its place already."""
        holds = stage in NON_COOPERATING and not reserved
        if self.claims.full:
            return DailyLimitError(self.claims.limit, self.claims.count)
        if holds and self.held.full:
            return HeldLimitError(self.person, self.held.limit, self.held.count)
        self.claims.count += 1
        self.held.count += holds
        return None


def for_claims(session: Session, actor: Actor, *, policy: Policy, now: Moment) -> Allowance:
    """What the actor may still claim, settled until the transaction ends: to be asked for before customers are locked."""
    if not actor.is_admin and (policy.claims_per_day or policy.held_limit):
        hold(session, [actor.id])
    return so_far(session, actor, policy=policy, now=now)


def hold(session: Session, user_ids: Iterable[int], what: Scarce = Scarce.CUSTOMERS) -> None:
    """Until the transaction ends nobody else gives these people any of it.

    Their rows stay free: whoever changes a person, or only names him, need not wait.
    """
    if keys := [-(len(Scarce) * user_id + what) for user_id in user_ids]:
        take_turns(session, keys)


def so_far(session: Session, actor: Actor, *, policy: Policy, now: Moment) -> Allowance:
    """How far the actor has come, to be shown."""
    if actor.is_admin:
        return Allowance()
    claims = Quota(policy.claims_per_day, _claimed(session, actor.id, now) if policy.claims_per_day else 0)
    return Allowance(None, claims, _rooms(session, actor, [actor.id], policy, waiting=True)[actor.id].held)


def room(session: Session, actor: Actor, user_id: int, *, policy: Policy) -> Allowance:
    """How many more customers the person may hold, whoever gives them: to be asked for before customers are locked."""
    return rooms(session, actor, [user_id], policy=policy)[user_id]


def rooms(
    session: Session, actor: Actor | None, user_ids: Iterable[int], *, policy: Policy, waiting: bool = True
) -> dict[int, Allowance]:
    """The same for several people; `waiting`: claims that wait keep a place, which is so until they are approved."""
    people = sorted(set(user_ids))
    hold(session, people if policy.held_limit else [])
    return _rooms(session, actor, people, policy, waiting=waiting)


def _rooms(session: Session, actor: Actor | None, people: list[int], policy: Policy, *, waiting: bool) -> dict[int, Allowance]:
    free = {user_id: Allowance() for user_id in people}
    if not policy.held_limit or not people:
        return free
    bound = select(User.id, User.name, _OWNED, _WAITING).where(User.id.in_(people), User.role != Role.ADMIN)
    for user_id, name, owned, reserved in session.execute(bound):
        quota = Quota(policy.held_limit, owned + reserved if waiting else owned)
        free[user_id] = Allowance(None if actor is not None and user_id == actor.id else name, held=quota)
    return free


_OWNED = (
    select(func.count())
    .where(Customer.owner_id == User.id, Customer.stage.in_(sorted(NON_COOPERATING)), Customer.deleted_at.is_(None))
    .correlate(User)
    .scalar_subquery()
)
_WAITING = (
    select(func.count())
    .select_from(RequestBatch)
    .join(ClaimRequest, ClaimRequest.batch_id == RequestBatch.id)
    .join(Customer, Customer.id == ClaimRequest.customer_id)
    .where(RequestBatch.assignee_id == User.id, ClaimRequest.status == RequestStatus.WAITING)
    .where(Customer.stage.in_(sorted(NON_COOPERATING)))
    .correlate(User)
    .scalar_subquery()
)


def _claimed(session: Session, user_id: int, now: Moment) -> int:
    """Claims of the day, done or asked for: what became of one that was asked for changes nothing."""
    asked = and_(TimelineEntry.event == Event.CLAIM_REQUESTED, TimelineEntry.detail["assignee_id"].as_integer() == user_id)
    claims = select(func.count()).where(
        TimelineEntry.actor_id == user_id,
        TimelineEntry.event.in_([Event.CLAIMED, Event.CLAIM_REQUESTED]),
        TimelineEntry.at >= now.start_of_day(now.today),
        or_(TimelineEntry.event == Event.CLAIMED, asked),
    )
    return session.scalars(claims).one()


def closed_to(
    session: Session, actor: Actor, places: Mapping[int, Held], *, policy: Policy, now: Moment
) -> Mapping[int, GonghaiError]:
    """The customers that the actor may not claim yet: once his own, or kept for the team that had them."""
    if actor.is_admin:
        return {}
    cooling = cooling_down(session, dict.fromkeys(places, (actor.id, None)), policy=policy, now=now)
    return {**cooling, **kept_for_old_teams(session, actor, places.values(), policy=policy, now=now)}


def cooling_down(
    session: Session, claimants: Mapping[int, tuple[int, str | None]], *, policy: Policy, now: Moment
) -> dict[int, CoolingDownError]:
    """The customers that were their claimant's own too lately; `claimants` are people by customer, with the name to be told.

    Any span counts, whoever came after; one that was undone never was.
    """
    days = policy.reclaim_cooldown_days
    if not days or not claimants:
        return {}
    ended = (
        select(Ownership.owner_id, Ownership.customer_id, func.max(Ownership.until))
        .where(Ownership.owner_id.in_({person for person, _ in claimants.values()}))
        .where(Ownership.until >= now.start_of_day(now.today - timedelta(days=days - 1)), Ownership.lost != Lost.UNDONE)
        .where(Ownership.customer_id.in_(list(claimants)))
        .group_by(Ownership.owner_id, Ownership.customer_id)
    )
    found = {}
    for owner_id, customer_id, until in session.execute(ended):
        person, name = claimants[customer_id]
        if person == owner_id and until is not None:
            found[customer_id] = CoolingDownError(name, days, *_passed(until, days, now))
    return found


def kept_for_old_teams(
    session: Session, actor: Actor, places: Iterable[Held], *, policy: Policy, now: Moment
) -> dict[int, OldTeamFirstError]:
    """The customers of the pool that only the team that had them may take yet, where the actor is not of its side."""
    days = policy.old_team_days
    kept = {}
    for place in places:
        if days and place.pooled_at is not None and place.last_lead_id is not None and not access.of_last_team(actor, place):
            passed, opens = _passed(place.pooled_at, days, now)
            if opens > now.today:
                kept[place.id] = (place.last_lead_id, passed, opens)
    leads = access.names_of(session, (lead_id for lead_id, _, _ in kept.values()))
    return {
        customer_id: OldTeamFirstError(leads[lead_id], days, passed, opens)
        for customer_id, (lead_id, passed, opens) in kept.items()
    }


def _passed(since: datetime, days: int, now: Moment) -> tuple[int, date]:
    """How many calendar days have passed since then, and the one after `days` of them."""
    began = now.local(since).date()
    return (now.today - began).days, began + timedelta(days=days)
