"""What waits and what was decided, as cards and lists show it (SPEC 5, approval card and to-do)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from domain import access
from domain.access import Actor
from domain.approvers import may_review
from domain.clock import Moment
from domain.errors import NotFoundError
from domain.models import ClaimRequest, Customer, RequestBatch, User
from domain.stages import ReleaseReason, RequestStatus

LATELY = timedelta(days=7)
DECIDED = 5


@dataclass(frozen=True)
class RequestLine:
    """One customer of a request card; times are UTC."""

    request_id: int
    customer_id: int
    customer: str
    stage: str
    level: str | None
    city: str
    status: RequestStatus
    decided_by: int | None
    decider: str | None
    decided_at: datetime | None
    reason: str | None
    last_owner: str | None
    pooled_at: datetime | None
    release_reason: ReleaseReason | None


@dataclass(frozen=True)
class RequestCard:
    """What an approval card shows: who asks, for whom, since when, and each customer with its history in a line."""

    batch_id: int
    version: int
    requester_id: int
    requester: str
    assignee_id: int
    assignee: str
    created_at: datetime
    lines: tuple[RequestLine, ...]
    may_decide: bool

    @property
    def waiting(self) -> tuple[RequestLine, ...]:
        """The customers still to be decided."""
        return tuple(line for line in self.lines if line.status is RequestStatus.WAITING)


def card(session: Session, actor: Actor, batch_id: int, *, now: Moment) -> RequestCard:
    """A request card for whoever decides or decided, asked, or gets the customers. Raises NotFoundError for anybody else."""
    batch = session.get(RequestBatch, batch_id, populate_existing=True)
    if batch is None:
        raise NotFoundError
    may_decide = may_review(session, actor, batch, now=now)
    shown = tuple(lines(session, ClaimRequest.batch_id == batch_id))
    concerned = {batch.requester_id, batch.assignee_id, *(line.decided_by for line in shown)}
    if not may_decide and actor.id not in concerned:
        raise NotFoundError
    names = access.names_of(session, [batch.requester_id, batch.assignee_id])
    return RequestCard(
        batch.id,
        batch.version,
        batch.requester_id,
        names[batch.requester_id],
        batch.assignee_id,
        names[batch.assignee_id],
        batch.created_at,
        shown,
        may_decide,
    )


def lines(session: Session, *where: ColumnElement[bool]) -> list[RequestLine]:
    """The request lines that fulfil a condition on ClaimRequest, oldest first."""
    decider, last_owner = aliased(User), aliased(User)
    rows = session.execute(
        select(ClaimRequest, Customer, decider.name, last_owner.name)
        .join(Customer, Customer.id == ClaimRequest.customer_id)
        .outerjoin(decider, decider.id == ClaimRequest.decided_by)
        .outerjoin(last_owner, last_owner.id == Customer.last_owner_id)
        .where(*where)
        .order_by(ClaimRequest.id)
    )
    return [_line(*row) for row in rows]


def _line(request: ClaimRequest, customer: Customer, decider: str | None, last_owner: str | None) -> RequestLine:
    return RequestLine(
        request_id=request.id,
        customer_id=customer.id,
        customer=customer.name,
        stage=customer.stage,
        level=customer.level,
        city=customer.city,
        status=RequestStatus(request.status),
        decided_by=request.decided_by,
        decider=decider,
        decided_at=request.decided_at,
        reason=request.reason,
        last_owner=last_owner,
        pooled_at=customer.pooled_at,
        release_reason=ReleaseReason(customer.release_reason) if customer.release_reason else None,
    )


def batch_of(session: Session, request_id: int) -> int:
    """The batch that a request belongs to. Raises NotFoundError."""
    batch_id = session.scalar(select(ClaimRequest.batch_id).where(ClaimRequest.id == request_id))
    if batch_id is None:
        raise NotFoundError
    return batch_id


def waiting_ids(session: Session, batch_id: int) -> list[int]:
    """The requests of a batch that still wait."""
    waiting = (ClaimRequest.batch_id == batch_id, ClaimRequest.status == RequestStatus.WAITING)
    return list(session.scalars(select(ClaimRequest.id).where(*waiting).order_by(ClaimRequest.id)))


class Summary(NamedTuple):
    """A batch in a to-do list: who asks, for how many of its customers, and one of them."""

    batch_id: int
    requester: str
    customers: int
    customer: str


def summaries(session: Session, batch_ids: Sequence[int], *, decided: bool = False) -> list[Summary]:
    """What waits in these batches, or what was `decided`, in the order given."""
    waits = ClaimRequest.status == RequestStatus.WAITING
    rows = session.execute(
        select(RequestBatch.id, User.name, func.count(), func.min(Customer.name))
        .join(ClaimRequest, ClaimRequest.batch_id == RequestBatch.id)
        .join(Customer, Customer.id == ClaimRequest.customer_id)
        .join(User, User.id == RequestBatch.requester_id)
        .where(RequestBatch.id.in_(batch_ids), ~waits if decided else waits)
        .group_by(RequestBatch.id, User.name)
    )
    found = {row[0]: Summary._make(row) for row in rows}
    return [found[batch_id] for batch_id in batch_ids if batch_id in found]


def to_review(session: Session, actor: Actor, *, now: Moment) -> list[int]:
    """The batches with something that the actor may decide: those he was asked for first, then the oldest."""
    waiting = _waiting_batches() if actor.is_admin else _waiting_batches().where(_mine(actor))
    batches = [batch for batch in session.scalars(waiting) if may_review(session, actor, batch, now=now)]
    return [batch.id for batch in sorted(batches, key=lambda batch: (batch.approver_id != actor.id, batch.id))]


def my_requests(session: Session, actor: Actor) -> list[int]:
    """The batches of the actor's own claims that still wait."""
    return [batch.id for batch in session.scalars(_waiting_batches().where(RequestBatch.requester_id == actor.id))]


def decided_lately(session: Session, actor: Actor, *, now: Moment) -> list[int]:
    """The batches of the last days in which the actor decided, or was decided upon, the newest first."""
    by_me = or_(ClaimRequest.decided_by == actor.id, RequestBatch.requester_id == actor.id)
    found = (
        select(RequestBatch.id)
        .join(ClaimRequest, ClaimRequest.batch_id == RequestBatch.id)
        .where(ClaimRequest.decided_at >= now.utc - LATELY, by_me)
        .group_by(RequestBatch.id)
        .order_by(func.max(ClaimRequest.decided_at).desc(), RequestBatch.id.desc())
        .limit(DECIDED)
    )
    return list(session.scalars(found))


def _waiting_batches() -> Select[RequestBatch]:
    waits = select(ClaimRequest.batch_id).where(ClaimRequest.status == RequestStatus.WAITING)
    return select(RequestBatch).where(RequestBatch.id.in_(waits)).order_by(RequestBatch.id)


def _mine(actor: Actor) -> ColumnElement[bool]:
    stands_in_for = select(User.id).where(User.stand_in_id == actor.id)
    return or_(
        RequestBatch.lead_id.in_(actor.led_ids), RequestBatch.approver_id == actor.id, RequestBatch.lead_id.in_(stands_in_for)
    )


def versions_of(session: Session, batch_ids: Iterable[int]) -> dict[int, int]:
    """The batches' present versions, which stay so until the transaction ends: whoever decides meanwhile waits for it."""
    ids = sorted(set(batch_ids))
    if not ids:
        return {}
    wanted = select(RequestBatch.id, RequestBatch.version).where(RequestBatch.id.in_(ids))
    rows = session.execute(wanted.order_by(RequestBatch.id).with_for_update(read=True))
    return {row.id: row.version for row in rows}
