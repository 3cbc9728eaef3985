"""Review: the approver's decision on claims that wait, and the requester's change of mind (SPEC 4)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from domain import access, claim_requests, limits, outbox, ownership, request_cards
from domain.access import Actor, Held
from domain.approvers import approvers_for, may_review
from domain.clock import Moment
from domain.errors import (
    AlreadyDecidedError,
    CustomerTakenError,
    GonghaiError,
    InvalidFieldError,
    NoSuchPersonError,
    NotAllowedError,
    NotFoundError,
)
from domain.models import ClaimRequest, RequestBatch, User
from domain.outbox import Kind, Notice, Priority
from domain.outcomes import Outcome, Result, Verdicts
from domain.permissions import Act
from domain.policy import Policy
from domain.pool import tell_assigned
from domain.stages import Gained, RequestStatus
from domain.timeline import Event, record

REASON_LENGTH = 200


def approve(session: Session, actor: Actor, request_ids: Iterable[int], *, policy: Policy, now: Moment) -> list[Outcome]:
    """Assign the customers to whom they were asked for. A request decided before is refused, saying by whom and when.

    Limits are looked at again: a request that would pass one waits on, and the approver is told why.
    """
    review = _Review(session, actor, request_ids, now=now, rule=_approver, policy=policy)
    passing = review.passing_limits(policy)
    review.close(review.undecided(lambda row: review.unfit(row) or passing(row)), RequestStatus.APPROVED)
    for assignee_id, rows in _by_assignee(review.won).items():
        places = [review.places[row.customer_id] for row in rows]
        got = ownership.give(session, places, assignee_id, Gained.APPROVED, policy=policy, now=now)
        assert len(got) == len(places), "rows are locked and were free"
        detail = {"owner_id": assignee_id}
        record(session, Event.REQUEST_APPROVED, [p.id for p in places], actor_id=actor.id, now=now, detail=detail)
        asked_for_another = [row.customer_id for row in rows if row.requester_id != assignee_id]
        tell_assigned(session, asked_for_another, assignee_id, by=actor.id, now=now)
    review.tell_decided()
    return review.verdicts.in_order()


def reject(
    session: Session, actor: Actor, request_ids: Iterable[int], *, reason: str | None = None, now: Moment
) -> list[Outcome]:
    """Leave the customers in the pool, with an optional reason of at most 200 characters."""
    reason = _checked_reason(reason) if reason else None
    review = _Review(session, actor, request_ids, now=now, rule=_approver)
    review.close(review.undecided(), RequestStatus.REJECTED, reason)
    ids = [row.customer_id for row in review.won]
    record(session, Event.REQUEST_REJECTED, ids, actor_id=actor.id, now=now, detail={"reason": reason})
    review.tell_decided()
    return review.verdicts.in_order()


def cancel(session: Session, actor: Actor, request_ids: Iterable[int], *, now: Moment) -> list[Outcome]:
    """The requester takes his own requests back."""
    review = _Review(session, actor, request_ids, now=now, rule=_requester)
    review.close(review.undecided(), RequestStatus.CANCELLED)
    record(session, Event.REQUEST_CANCELLED, [row.customer_id for row in review.won], actor_id=actor.id, now=now)
    return review.verdicts.in_order()


def add_reason(session: Session, actor: Actor, batch_id: int, reason: str, *, now: Moment) -> None:
    """Whoever rejected says why, afterwards, once; the requester is told."""
    reason = _checked_reason(reason)
    rows = session.scalars(
        select(ClaimRequest)
        .where(
            ClaimRequest.batch_id == batch_id,
            ClaimRequest.status == RequestStatus.REJECTED,
            ClaimRequest.decided_by == actor.id,
            ClaimRequest.reason.is_(None),
        )
        .with_for_update()
    ).all()
    if not rows:
        raise NotFoundError
    for row in rows:
        row.reason = reason
    session.flush()
    record(session, Event.REASON_ADDED, [row.customer_id for row in rows], actor_id=actor.id, now=now, detail={"reason": reason})
    claim_requests.bump(session, [batch_id], now=now)
    requester_id = session.get_one(RequestBatch, batch_id).requester_id
    key = f"reason:{max(row.id for row in rows)}"
    outbox.tell(session, [Notice(key, Kind.DECIDED, requester_id, {"request_ids": [row.id for row in rows]})], now=now)


def send_waiting(session: Session, actor: Actor, *, now: Moment) -> None:
    """Cards for everything that waits for the actor: to somebody who has just come, or stepped in."""
    for batch_id in request_cards.to_review(session, actor, now=now):
        batch = session.get_one(RequestBatch, batch_id)
        asked = approvers_for(session, [batch.lead_id], excluding=batch.requester_id, now=now)[batch.lead_id]
        if actor.id in asked.recipients:
            batch.approver_id = asked.approver_id
            claim_requests.send_cards(session, batch_id, [actor.id], now=now)


def reroute(session: Session, *, now: Moment) -> None:
    """People or teams changed: what waits goes to whoever decides it now; nobody gets a card twice."""
    waits = select(ClaimRequest.batch_id).where(ClaimRequest.status == RequestStatus.WAITING)
    for batch_id in session.scalars(select(RequestBatch.id).where(RequestBatch.id.in_(waits)).order_by(RequestBatch.id)).all():
        undeliverable(session, batch_id, now=now)


def undeliverable(session: Session, batch_id: int, *, now: Moment) -> None:
    """The approver could not be written to: the card goes to the next in the chain (SPEC 2)."""
    batch = session.get_one(RequestBatch, batch_id)
    asked = approvers_for(session, [batch.lead_id], excluding=batch.requester_id, now=now)[batch.lead_id]
    batch.approver_id = asked.approver_id
    claim_requests.send_cards(session, batch_id, asked.recipients, now=now)


class _Asked(NamedTuple):
    """A request as a decision finds it."""

    id: int
    customer_id: int
    batch_id: int
    status: str
    decided_at: datetime | None
    decider: str | None
    requester_id: int
    assignee_id: int
    assignee: str
    assignee_active: bool


class _Review:
    """The requests of one decision: their customers locked in id order, judged one by one, closed together."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        request_ids: Iterable[int],
        *,
        now: Moment,
        rule: Callable[[Session, Actor, RequestBatch, Moment], GonghaiError | None],
        policy: Policy | None = None,
    ) -> None:
        self._session, self._actor, self._now = session, actor, now
        asked = list(dict.fromkeys(request_ids))
        found = self._load(asked)
        self.places: dict[int, Held] = {}
        if found:
            access.lock_people(session, [row.assignee_id for row in found])
            limits.hold(session, [row.assignee_id for row in found if policy and policy.held_limit])
            self.places = access.lock_places(session, [row.customer_id for row in found], limit=len(found))
            found = self._load(asked)
        batches = {row.batch_id: session.get_one(RequestBatch, row.batch_id) for row in found}
        barred = {batch_id: rule(session, actor, batch, now) for batch_id, batch in batches.items()}
        self._rows = {row.id: row for row in found}
        self._barred = barred
        self.verdicts = Verdicts(asked, {row.id: self.places[row.customer_id].name for row in found})
        self.won: list[_Asked] = []

    def _load(self, request_ids: Sequence[int]) -> Sequence[_Asked]:
        decider, assignee = aliased(User), aliased(User)
        rows = self._session.execute(
            select(
                ClaimRequest.id,
                ClaimRequest.customer_id,
                ClaimRequest.batch_id,
                ClaimRequest.status,
                ClaimRequest.decided_at,
                decider.name,
                RequestBatch.requester_id,
                RequestBatch.assignee_id,
                assignee.name,
                assignee.active,
            )
            .join(RequestBatch, RequestBatch.id == ClaimRequest.batch_id)
            .join(assignee, assignee.id == RequestBatch.assignee_id)
            .outerjoin(decider, decider.id == ClaimRequest.decided_by)
            .where(ClaimRequest.id.in_(request_ids))
            .order_by(ClaimRequest.id)
        )
        return [_Asked._make(row) for row in rows]

    def unfit(self, row: _Asked) -> GonghaiError | None:
        """Why an undecided request cannot be fulfilled any more."""
        place = self.places[row.customer_id]
        if place.owner_id is not None and place.owned_since is not None:
            return CustomerTakenError(access.names_of(self._session, [place.owner_id])[place.owner_id], place.owned_since)
        return None if row.assignee_active else NoSuchPersonError(row.assignee)

    def passing_limits(self, policy: Policy) -> Callable[[_Asked], GonghaiError | None]:
        """What tells, request by request, which limit its approval would pass.

        The daily limit was kept when it was asked for, and whoever approves speaks for the old team.
        """
        waits = [row for row in self._rows.values() if row.decided_at is None]
        people = {row.assignee_id for row in waits}
        rooms = limits.rooms(self._session, self._actor, people, policy=policy, waiting=False)
        own = {row.customer_id: (row.assignee_id, row.assignee) for row in waits if row.requester_id == row.assignee_id}
        cooling = limits.cooling_down(self._session, own, policy=policy, now=self._now)

        def passing(row: _Asked) -> GonghaiError | None:
            place = self.places[row.customer_id]
            return cooling.get(place.id) or rooms[row.assignee_id].take(place.stage)

        return passing

    def undecided(self, unfit: Callable[[_Asked], GonghaiError | None] | None = None) -> list[int]:
        """The requests that may be closed now; the others are noted as refused."""
        fit = []
        for row in self._rows.values():
            error = self._barred[row.batch_id] or _decided(row) or (unfit(row) if unfit else None)
            if error is None:
                fit.append(row.id)
            else:
                self.verdicts.refuse(row.id, error)
        return fit

    def close(self, request_ids: Sequence[int], status: RequestStatus, reason: str | None = None) -> None:
        """Decide them; `won` holds what this decision really closed."""
        closed = claim_requests.close(self._session, request_ids, status, decided_by=self._actor.id, reason=reason, now=self._now)
        self.won = [row for row in self._rows.values() if row.id in closed]
        for row in self.won:
            self.verdicts.add(row.id, Result.DONE)

    def tell_decided(self) -> None:
        """Tell the requesters, once for each batch."""
        groups: dict[int, list[_Asked]] = {}
        for row in self.won:
            groups.setdefault(row.batch_id, []).append(row)
        notices = [
            Notice(
                f"decided:{min(row.id for row in rows)}",
                Kind.DECIDED,
                rows[0].requester_id,
                {"request_ids": [row.id for row in rows]},
                Priority.URGENT,
            )
            for rows in groups.values()
            if rows[0].requester_id != self._actor.id
        ]
        outbox.tell(self._session, notices, now=self._now)


def _approver(session: Session, actor: Actor, batch: RequestBatch, now: Moment) -> GonghaiError | None:
    if may_review(session, actor, batch, now=now):
        return None
    return NotAllowedError(Act.REVIEW)


def _requester(_session: Session, actor: Actor, batch: RequestBatch, _now: Moment) -> GonghaiError | None:
    return None if batch.requester_id == actor.id else NotFoundError()


def _decided(row: _Asked) -> GonghaiError | None:
    if row.decided_at is None:
        return None
    return AlreadyDecidedError(row.status, row.decider or "", row.decided_at)


def _by_assignee(rows: Sequence[_Asked]) -> dict[int, list[_Asked]]:
    groups: dict[int, list[_Asked]] = {}
    for row in rows:
        groups.setdefault(row.assignee_id, []).append(row)
    return groups


def _checked_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise InvalidFieldError("reason", "empty")
    if len(reason) > REASON_LENGTH:
        raise InvalidFieldError("reason", "too_long")
    return reason
