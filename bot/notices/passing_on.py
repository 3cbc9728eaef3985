"""Whoever cannot be told, because he has blocked the bot or has left: the next in the chain hears it."""

from domain import approvals, digests, sweep, undecided
from domain.clock import Moment
from domain.db import Session
from domain.models import OutboxMessage
from domain.outbox import Kind


def pass_on(session: Session, row: OutboxMessage, *, now: Moment) -> None:
    """Queue for the next one what did not reach its reader; what is meant for one person alone ends here."""
    kind = Kind(row.kind)
    if kind is Kind.REQUEST:
        approvals.undeliverable(session, row.body["batch_id"], now=now)
    elif kind is Kind.DIGEST:
        digests.undeliverable(session, row.body, row.user_id, now=now)
    elif kind in (Kind.UNDECIDED, Kind.ESCALATED):
        undecided.undeliverable(session, kind, row.body["batch_id"], now=now)
    elif kind in (Kind.SWEPT, Kind.DORMANT):
        sweep.undeliverable(session, kind, row.key, row.body, row.user_id, now=now)
