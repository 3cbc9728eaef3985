"""Requests that nobody decides (SPEC 6): after a day the approver is reminded, after two they go to whoever stands above too."""

from datetime import timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from domain import outbox
from domain.approvers import approvers_for, next_above, reachable_admins
from domain.clock import Moment
from domain.jobs import Step
from domain.models import ClaimRequest, RequestBatch
from domain.outbox import Kind, Notice, Priority
from domain.stages import RequestStatus

REMIND_AFTER = timedelta(hours=24)
ESCALATE_AFTER = timedelta(hours=48)
_WAITS = exists().where(ClaimRequest.batch_id == RequestBatch.id, ClaimRequest.status == RequestStatus.WAITING)


def remind(session: Session, *, now: Moment) -> Step:
    """Remind of what has waited for a day, and take what has waited for two further up; each once."""
    reminded = _waiting(session, RequestBatch.created_at <= now.utc - REMIND_AFTER, RequestBatch.reminded_at.is_(None))
    admins = reachable_admins(session) if any(batch.approver_id is None for batch in reminded) else []
    notices = []
    for batch in reminded:
        batch.reminded_at = now.utc
        people = admins if batch.approver_id is None else [batch.approver_id]
        notices += _notices(Kind.UNDECIDED, batch, people)
    escalated = _waiting(session, RequestBatch.created_at <= now.utc - ESCALATE_AFTER, RequestBatch.escalated_at.is_(None))
    for batch in escalated:
        batch.escalated_at = now.utc
        if batch.approver_id is not None:
            above = next_above(session, batch.approver_id, excluding=batch.requester_id, now=now)
            notices += _notices(Kind.ESCALATED, batch, above)
    session.flush()
    outbox.tell(session, notices, now=now)
    return Step({"reminded": len(reminded), "escalated": len(escalated)})


def undeliverable(session: Session, kind: Kind, batch_id: int, *, now: Moment) -> None:
    """A reminder could not be written to whoever it went to, who is marked unreachable by now: it goes to the next one.

    Whoever is reminded instead of the approver is the approver from now on.
    """
    batch = session.get_one(RequestBatch, batch_id)
    people: tuple[int, ...] = ()
    if kind is Kind.UNDECIDED:
        asked = approvers_for(session, [batch.lead_id], excluding=batch.requester_id, now=now)[batch.lead_id]
        batch.approver_id, people = asked.approver_id, asked.recipients
    elif batch.approver_id is not None:
        people = next_above(session, batch.approver_id, excluding=batch.requester_id, now=now)
    outbox.tell(session, _notices(kind, batch, people), now=now)


def _waiting(session: Session, *where: ColumnElement[bool]) -> list[RequestBatch]:
    late = select(RequestBatch).where(*where, _WAITS).order_by(RequestBatch.id).with_for_update(skip_locked=True)
    return list(session.scalars(late.execution_options(populate_existing=True)))


def _notices(kind: Kind, batch: RequestBatch, people: list[int] | tuple[int, ...]) -> list[Notice]:
    args = {"batch_id": batch.id}
    return [Notice(f"{kind}:{batch.id}:{person}", kind, person, args, Priority.NORMAL) for person in people]
