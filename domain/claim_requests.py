"""Claims that wait: opened with a card for the approver, decided or cancelled once (SPEC 4, claim and review)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, FromClause, Join, and_, bindparam, case, func, insert, select, update
from sqlalchemy.orm import Session

from domain import cards, outbox
from domain.access import Actor, Held
from domain.approvers import Approvers, approvers_for, reachable_admins
from domain.cards import Subject
from domain.clock import Moment
from domain.dialects import table_of
from domain.models import ClaimRequest, RequestBatch, User
from domain.outbox import Kind, Notice, Priority
from domain.stages import RequestStatus
from domain.timeline import Event, record


class Waiting(NamedTuple):
    """A claim that waits for approval."""

    request_id: int
    batch_id: int
    customer_id: int
    requester_id: int
    requester: str
    assignee_id: int
    lead_id: int | None
    since: datetime


_CLAIMS, _BATCHES, _REQUESTERS = table_of(ClaimRequest), table_of(RequestBatch), table_of(User).alias("requesters")
WAITING = (
    _CLAIMS.c.id.label("request_id"),
    _CLAIMS.c.batch_id,
    _CLAIMS.c.customer_id,
    _BATCHES.c.requester_id,
    _REQUESTERS.c.name.label("requester"),
    _BATCHES.c.assignee_id,
    _BATCHES.c.lead_id,
    _BATCHES.c.created_at.label("since"),
)
"""The columns of a waiting claim, in its own order; `beside` joins what they come from."""

_WAITING_FOR = (
    select(*WAITING)
    .join_from(_CLAIMS, _BATCHES, _BATCHES.c.id == _CLAIMS.c.batch_id)
    .join(_REQUESTERS, _REQUESTERS.c.id == _BATCHES.c.requester_id)
    .where(_CLAIMS.c.customer_id.in_(bindparam("ids", expanding=True)), _CLAIMS.c.status == RequestStatus.WAITING)
)


def waiting_for(session: Session, customer_ids: Iterable[int]) -> dict[int, Waiting]:
    """The waiting claims of these customers, by customer."""
    rows = session.execute(_WAITING_FOR, {"ids": list(customer_ids)})
    return {row.customer_id: Waiting._make(row) for row in rows}


def beside(customers: FromClause, customer_id: ColumnElement[int]) -> Join:
    """The waiting claim of each customer, at most one, beside what is known of him."""
    waits = and_(_CLAIMS.c.customer_id == customer_id, _CLAIMS.c.status == RequestStatus.WAITING)
    batch = _BATCHES.c.id == _CLAIMS.c.batch_id
    return (
        customers.outerjoin(_CLAIMS, waits)
        .outerjoin(_BATCHES, batch)
        .outerjoin(_REQUESTERS, _REQUESTERS.c.id == _BATCHES.c.requester_id)
    )


def open_requests(session: Session, actor: Actor, places: Sequence[Held], assignee_id: int, *, now: Moment) -> None:
    """Ask for customers of other teams: one batch and one card for each team's approver."""
    if not places:
        return
    teams: dict[int | None, list[int]] = defaultdict(list)
    for place in places:
        teams[place.last_lead_id].append(place.id)
    asked = approvers_for(session, teams, excluding=actor.id, now=now)
    for lead_id, customer_ids in teams.items():
        _open_batch(session, actor, assignee_id, lead_id, asked[lead_id], customer_ids, now=now)
    record(
        session,
        Event.CLAIM_REQUESTED,
        [place.id for place in places],
        actor_id=actor.id,
        now=now,
        detail={"assignee_id": assignee_id},
    )


def _open_batch(
    session: Session,
    actor: Actor,
    assignee_id: int,
    lead_id: int | None,
    asked: Approvers,
    customer_ids: list[int],
    *,
    now: Moment,
) -> None:
    batch = RequestBatch(
        requester_id=actor.id,
        assignee_id=assignee_id,
        lead_id=lead_id,
        approver_id=asked.approver_id,
        created_at=now.utc,
        version=1,
    )
    session.add(batch)
    session.flush()
    common = {"batch_id": batch.id, "status": RequestStatus.WAITING}
    session.execute(insert(ClaimRequest), [{**common, "customer_id": i} for i in customer_ids])
    send_cards(session, batch.id, asked.recipients, now=now)


def send_cards(session: Session, batch_id: int, recipients: Iterable[int], *, now: Moment) -> None:
    """An approval card for each approver. A person who got it in this Telegram account already gets no second one."""
    people = list(recipients)
    accounts = session.execute(select(User.id, User.telegram_id).where(User.id.in_(people)))
    notices = [
        Notice(f"request:{batch_id}:{row.telegram_id}", Kind.REQUEST, row.id, {"batch_id": batch_id}, Priority.URGENT)
        for row in accounts
    ]
    outbox.tell(session, notices, now=now)


def close(
    session: Session,
    request_ids: Iterable[int],
    status: RequestStatus,
    *,
    decided_by: int | None,
    reason: str | None = None,
    now: Moment,
) -> set[int]:
    """Decide waiting requests for good and refresh their cards. Returns the ids that were still waiting: of a race, one wins."""
    rows = session.execute(
        update(ClaimRequest)
        .where(ClaimRequest.id.in_(list(request_ids)), ClaimRequest.status == RequestStatus.WAITING)
        .values(status=status, decided_by=decided_by, decided_at=now.utc, reason=reason)
        .returning(ClaimRequest.id, ClaimRequest.batch_id)
        .execution_options(synchronize_session=False)
    ).all()
    bump(session, {row.batch_id for row in rows}, now=now)
    return {row.id for row in rows}


def bump(session: Session, batch_ids: Iterable[int], *, now: Moment) -> None:
    """The batches changed: every card that shows one of them is edited."""
    ids = sorted(set(batch_ids))
    session.execute(select(RequestBatch.id).where(RequestBatch.id.in_(ids)).order_by(RequestBatch.id).with_for_update())
    versions = session.execute(
        update(RequestBatch)
        .where(RequestBatch.id.in_(ids))
        .values(version=RequestBatch.version + 1)
        .returning(RequestBatch.id, RequestBatch.version)
        .execution_options(synchronize_session=False)
    ).all()
    cards.refresh(session, Subject.REQUEST, [(row.id, row.version) for row in versions], now=now)


def overtake(session: Session, customer_ids: Iterable[int], *, actor_id: int | None, now: Moment) -> None:
    """Cancel waiting claims because the customers went another way; the requester and the approver are told (SPEC 4)."""
    waiting = waiting_for(session, customer_ids)
    closed = close(session, [w.request_id for w in waiting.values()], RequestStatus.CANCELLED, decided_by=actor_id, now=now)
    lost = [w for w in waiting.values() if w.request_id in closed]
    record(session, Event.REQUEST_CANCELLED, [w.customer_id for w in lost], actor_id=actor_id, now=now)
    _tell_overtaken(session, lost, now=now)


def _tell_overtaken(session: Session, lost: Sequence[Waiting], *, now: Moment) -> None:
    batches: dict[int, list[Waiting]] = defaultdict(list)
    for waiting in lost:
        batches[waiting.batch_id].append(waiting)
    asked = session.execute(select(RequestBatch.id, RequestBatch.approver_id).where(RequestBatch.id.in_(batches)))
    for batch_id, approver_id in asked.all():
        group = batches[batch_id]
        approvers = reachable_admins(session) if approver_id is None else [approver_id]
        args = {"batch_id": batch_id, "customer_ids": sorted(w.customer_id for w in group)}
        key = f"overtaken:{min(w.request_id for w in group)}"
        people = sorted({group[0].requester_id, *approvers})
        outbox.tell(session, [Notice(f"{key}:{p}", Kind.OVERTAKEN, p, args) for p in people], now=now)


def waiting_count(session: Session, batches: Iterable[int]) -> dict[int, int]:
    """How many requests of each batch still wait."""
    waits = func.sum(case((ClaimRequest.status == RequestStatus.WAITING, 1), else_=0))
    rows = session.execute(
        select(ClaimRequest.batch_id, waits).where(ClaimRequest.batch_id.in_(list(batches))).group_by(ClaimRequest.batch_id)
    )
    return {row[0]: int(row[1]) for row in rows}
