"""What happens at the public pool (SPEC 4): claim, assign from it, direct assign, and release into it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain import access, claim_requests, limits, outbox, ownership
from domain.access import Actor, Held
from domain.claim_requests import Waiting
from domain.clock import Moment
from domain.errors import (
    AlreadyInPoolError,
    AlreadyWaitingError,
    AlreadyYoursError,
    CustomerTakenError,
    GonghaiError,
    InvalidFieldError,
    NoSuchPersonError,
    NotFoundError,
    NotInYourTeamsError,
)
from domain.models import Ownership, User
from domain.outbox import Kind, Notice
from domain.outcomes import Outcome, Result, Verdicts
from domain.ownership import Ending
from domain.permissions import Act, Relation, Role
from domain.policy import Policy
from domain.stages import CHOSEN_REASONS, Gained, Lost, ReleaseReason
from domain.timeline import Event, record

NOTE_LENGTH = 200


def claim(session: Session, actor: Actor, customer_ids: Iterable[int], *, policy: Policy, now: Moment) -> list[Outcome]:
    """Take customers from the pool for oneself: at once, or as a request to the lead of the team that owned them last.

    At once: never owned, owned last by the claimer's own team, or the claimer stands above that team.
    """
    access.require(actor, Act.CLAIM)
    allowance = limits.for_claims(session, actor, policy=policy, now=now)
    batch = _Batch(session, customer_ids, policy, now)
    closed = limits.closed_to(session, actor, batch.places, policy=policy, now=now)
    at_once, ask = batch.sort(
        lambda place, waiting: (
            _refusal(actor, batch.owners, place, waiting, Act.CLAIM) or closed.get(place.id) or allowance.take(place.stage)
        ),
        actor,
    )
    batch.give(at_once, actor.id, Gained.CLAIMED)
    record(session, Event.CLAIMED, batch.won, actor_id=actor.id, now=now)
    batch.ask(actor, ask, actor.id)
    return batch.verdicts.in_order()


def pool_assign(
    session: Session, actor: Actor, customer_ids: Iterable[int], assignee_id: int, *, policy: Policy, now: Moment
) -> list[Outcome]:
    """Give customers of the pool to a member of the actor's own teams, under the approval rule of a claim.

    What a lead gives himself he claims.
    """
    access.require(actor, Act.POOL_ASSIGN)
    assignee = _member(session, actor, assignee_id)
    if assignee.id == actor.id:
        return claim(session, actor, customer_ids, policy=policy, now=now)
    room = limits.room(session, actor, assignee.id, policy=policy)
    batch = _Batch(session, customer_ids, policy, now)
    kept = limits.kept_for_old_teams(session, actor, batch.places.values(), policy=policy, now=now)
    at_once, ask = batch.sort(
        lambda place, waiting: (
            _refusal(actor, batch.owners, place, waiting, Act.POOL_ASSIGN) or kept.get(place.id) or room.take(place.stage)
        ),
        actor,
    )
    batch.give(at_once, assignee.id, Gained.ASSIGNED)
    _note_assigned(session, actor, batch.won, assignee.id, Event.ASSIGNED, now=now)
    batch.ask(actor, ask, assignee.id)
    return batch.verdicts.in_order()


def direct_assign(
    session: Session, actor: Actor, customer_ids: Iterable[int], assignee_id: int, *, policy: Policy, now: Moment
) -> list[Outcome]:
    """Give customers of the pool to anyone active, without approval; a waiting request is cancelled and both sides are told."""
    access.require(actor, Act.DIRECT_ASSIGN)
    assignee = _anyone(session, actor, assignee_id)
    room = limits.room(session, actor, assignee.id, policy=policy)
    batch = _Batch(session, customer_ids, policy, now)
    at_once, ask = batch.sort(
        lambda place, waiting: (
            _refusal(actor, batch.owners, place, None, Act.DIRECT_ASSIGN)
            or room.take(place.stage, reserved=waiting is not None and waiting.assignee_id == assignee.id)
        ),
        actor,
    )
    batch.give([*at_once, *ask], assignee.id, Gained.DIRECT)
    _note_assigned(session, actor, batch.won, assignee.id, Event.DIRECT_ASSIGNED, now=now)
    claim_requests.overtake(session, batch.won, actor_id=actor.id, now=now)
    return batch.verdicts.in_order()


def assign(
    session: Session, actor: Actor, customer_ids: Iterable[int], assignee_id: int, *, policy: Policy, now: Moment
) -> list[Outcome]:
    """Move customers within the actor's teams, at once (SPEC 4, assign in the team)."""
    access.require(actor, Act.ASSIGN)
    assignee = _member(session, actor, assignee_id)
    room = limits.room(session, actor, assignee.id, policy=policy)
    batch = _Batch(session, customer_ids, policy, now)
    moving = batch.allowed(lambda place: _not_assignable(actor, place, assignee) or room.take(place.stage))
    ending = Ending(Lost.REASSIGNED, actor.id)
    moved = ownership.hand_to(session, moving, assignee.id, Gained.ASSIGNED, ending, policy=policy, now=now)
    batch.note_done(moved)
    _note_assigned(session, actor, [place.id for place in moved], assignee.id, Event.ASSIGNED, now=now)
    _tell_left(session, actor, moved, Lost.REASSIGNED, None, now=now)
    return batch.verdicts.in_order()


def release(
    session: Session,
    actor: Actor,
    customer_ids: Iterable[int],
    reason: ReleaseReason,
    *,
    note: str | None = None,
    policy: Policy,
    now: Moment,
) -> list[Outcome]:
    """Clear the owner: into the pool, with the reason for the next claimer. `other` needs a note of at most 200 characters."""
    access.require(actor, Act.RELEASE)
    note = _checked_note(reason, note)
    batch = _Batch(session, customer_ids, policy, now)
    leaving = batch.allowed(lambda place: _not_releasable(actor, place))
    left = ownership.to_pool(session, leaving, Ending(Lost.RELEASED, actor.id, reason, note), now=now)
    batch.note_done(left)
    detail = {"reason": reason, "note": note}
    record(session, Event.RELEASED, [place.id for place in left], actor_id=actor.id, now=now, detail=detail)
    _tell_left(session, actor, left, Lost.RELEASED, reason, now=now)
    return batch.verdicts.in_order()


class _Batch:
    """The customers of one act: locked, judged one by one in the order in which they were named, changed together."""

    def __init__(self, session: Session, customer_ids: Iterable[int], policy: Policy, now: Moment) -> None:
        self._session, self._policy, self._now = session, policy, now
        asked = list(customer_ids)
        locked = access.lock_places(session, asked, limit=policy.batch_limit)
        self.places = {customer_id: locked[customer_id] for customer_id in asked if customer_id in locked}
        self.verdicts = Verdicts(asked, {place.id: place.name for place in self.places.values()})
        self.owners = access.names_of(session, (place.owner_id for place in self.places.values()))
        self.won: list[int] = []

    def sort(self, refusal: Callable[[Held, Waiting | None], GonghaiError | None], actor: Actor) -> tuple[list[Held], list[Held]]:
        """Refuse what cannot be; the rest is what the actor may have at once, and what he must ask for."""
        waiting = claim_requests.waiting_for(self._session, self.places)
        fit = self.allowed(lambda place: refusal(place, waiting.get(place.id)))
        at_once = [place for place in fit if access.of_last_team(actor, place)]
        return at_once, [place for place in fit if not access.of_last_team(actor, place)]

    def allowed(self, refusal: Callable[[Held], GonghaiError | None]) -> list[Held]:
        """The places that `refusal` lets pass; the others are noted as refused."""
        fit = []
        for place in self.places.values():
            error = refusal(place)
            if error is None:
                fit.append(place)
            else:
                self.verdicts.refuse(place.id, error)
        return fit

    def give(self, places: Sequence[Held], owner_id: int, how: Gained) -> None:
        got = ownership.give(self._session, places, owner_id, how, policy=self._policy, now=self._now)
        self.won = [place.id for place in got]
        self.note_done(got)

    def note_done(self, places: Sequence[Held]) -> None:
        for place in places:
            self.verdicts.add(place.id, Result.DONE)

    def ask(self, actor: Actor, places: Sequence[Held], assignee_id: int) -> None:
        claim_requests.open_requests(self._session, actor, places, assignee_id, now=self._now)
        for place in places:
            self.verdicts.add(place.id, Result.WAITING)


def _refusal(actor: Actor, owners: dict[int, str], place: Held, waiting: Waiting | None, act: Act) -> GonghaiError | None:
    stands = access.relation(actor, place)
    if place.owner_id is not None and place.owned_since is not None:
        return _taken(actor, owners, place)
    if not actor.may(act, stands):
        return NotFoundError()
    if waiting is not None:
        return AlreadyWaitingError(waiting.requester, waiting.since)
    return None


def _taken(actor: Actor, owners: dict[int, str], place: Held) -> GonghaiError:
    assert place.owner_id is not None
    assert place.owned_since is not None
    owner = owners.get(place.owner_id, "")
    return AlreadyYoursError(owner) if place.owner_id == actor.id else CustomerTakenError(owner, place.owned_since)


def _not_assignable(actor: Actor, place: Held, assignee: User) -> GonghaiError | None:
    if place.owner_id == assignee.id and actor.leads(assignee.id):
        return AlreadyYoursError(assignee.name)
    return _not_owned(actor, place, Act.ASSIGN)


def _not_releasable(actor: Actor, place: Held) -> GonghaiError | None:
    return _not_owned(actor, place, Act.RELEASE)


def _not_owned(actor: Actor, place: Held, act: Act) -> GonghaiError | None:
    if access.relation(actor, place) is Relation.POOL and place.pooled_at is not None:
        return AlreadyInPoolError(place.pooled_at)
    try:
        access.check(actor, place, act)
    except GonghaiError as refusal:
        return refusal
    return None


def _member(session: Session, actor: Actor, assignee_id: int) -> User:
    person = access.person(session, assignee_id)
    if person is None or not person.active or person.role == Role.ADMIN:
        raise NoSuchPersonError(str(assignee_id) if person is None else person.name)
    if not actor.leads(person.id):
        raise NotInYourTeamsError(person.name)
    return person


def _anyone(session: Session, actor: Actor, assignee_id: int) -> User:
    access.lock_people(session, [assignee_id])
    person = session.scalars(access.anybody(actor).where(User.id == assignee_id)).one_or_none()
    if person is None:
        raise NoSuchPersonError(str(assignee_id))
    return person


def _checked_note(reason: ReleaseReason, note: str | None) -> str | None:
    note = (note or "").strip() or None
    if reason not in CHOSEN_REASONS:
        raise InvalidFieldError("reason", "unknown")
    if reason is ReleaseReason.OTHER and note is None:
        raise InvalidFieldError("reason", "empty")
    if note and len(note) > NOTE_LENGTH:
        raise InvalidFieldError("reason", "too_long")
    return note


def _note_assigned(
    session: Session, actor: Actor, customer_ids: Sequence[int], assignee_id: int, event: Event, *, now: Moment
) -> None:
    record(session, event, customer_ids, actor_id=actor.id, now=now, detail={"owner_id": assignee_id})
    tell_assigned(session, customer_ids, assignee_id, by=actor.id, now=now)


def tell_assigned(
    session: Session, customer_ids: Sequence[int], owner_id: int, *, by: int | None, now: Moment, again: str = ""
) -> None:
    """Tell the new owner, once for the batch; whoever gave them to himself knows already."""
    if not customer_ids or owner_id == by:
        return
    last = _last_ownerships(session, {owner_id: customer_ids})[owner_id]
    args = {"customer_ids": sorted(customer_ids), "by": by}
    outbox.tell(session, [Notice(f"assigned:{last}{again}", Kind.ASSIGNED, owner_id, args)], now=now)


def _tell_left(
    session: Session, actor: Actor, places: Sequence[Held], lost: Lost, reason: ReleaseReason | None, *, now: Moment
) -> None:
    """Tell the owners who lost customers, once each; whoever did it to himself knows already.

    The moment is part of the key: an ownership that an undo took up again can end twice.
    """
    by_owner: dict[int, list[int]] = {}
    for place in places:
        if place.owner_id is not None and place.owner_id != actor.id:
            by_owner.setdefault(place.owner_id, []).append(place.id)
    last = _last_ownerships(session, by_owner)
    notices = [
        Notice(
            f"released:{last[owner_id]}:{now.utc:%Y%m%dT%H%M%S.%f}",
            Kind.RELEASED,
            owner_id,
            {"customer_ids": ids, "by": actor.id, "lost": lost, "reason": reason},
        )
        for owner_id, ids in by_owner.items()
    ]
    outbox.tell(session, notices, now=now)


def _last_ownerships(session: Session, customers_of: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """The newest ownership of each owner among his customers: what makes the key of a notice unique."""
    found = {}
    for owner_id, customer_ids in customers_of.items():
        his = (Ownership.owner_id == owner_id, Ownership.customer_id.in_(customer_ids))
        found[owner_id] = session.scalars(select(func.max(Ownership.id)).where(*his)).one()
    return found
