"""The append-only record of what happened, written beside the change it records. Its wording is the reader's affair."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from domain.clock import Moment
from domain.dialects import insert_rows, insert_several
from domain.models import TimelineEntry


class Event(StrEnum):
    """What can happen to a customer, a person or a rule."""

    ENTERED = "entered"
    CLAIMED = "claimed"
    CLAIM_REQUESTED = "claim_requested"
    REQUEST_APPROVED = "request_approved"
    REQUEST_REJECTED = "request_rejected"
    REQUEST_CANCELLED = "request_cancelled"
    REASON_ADDED = "reason_added"
    ASSIGNED = "assigned"
    DIRECT_ASSIGNED = "direct_assigned"
    HANDED_OVER = "handed_over"
    RELEASED = "released"
    DELETED = "deleted"
    RESTORED = "restored"
    EXTENDED = "extended"
    EDITED = "edited"
    FOLLOWED_UP = "followed_up"
    SIGNED = "signed"
    ORDERED = "ordered"
    WOKEN = "woken"
    UNDONE = "undone"
    SWEPT = "swept"
    BECAME_DORMANT = "became_dormant"
    DUPLICATE_TRIED = "duplicate_tried"
    CONTACTS_OPENED = "contacts_opened"
    RESCHEDULED = "rescheduled"
    RELEVELLED = "relevelled"
    IMPORTED = "imported"
    USER_ADDED = "user_added"
    USER_CHANGED = "user_changed"
    USER_INVITED = "user_invited"
    USER_JOINED = "user_joined"
    USER_MOVED_ACCOUNT = "user_moved_account"
    USER_DEACTIVATED = "user_deactivated"
    USER_REACTIVATED = "user_reactivated"
    RULE_CHANGED = "rule_changed"
    EXPORTED = "exported"


def record(
    session: Session,
    event: Event,
    customer_ids: Iterable[int],
    *,
    actor_id: int | None,
    now: Moment,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """One entry for each customer, in one statement. `actor_id` None: the system did it."""
    record_each(session, event, dict.fromkeys(customer_ids, detail or {}), actor_id=actor_id, now=now)


def record_each(
    session: Session, event: Event, details: Mapping[int, Mapping[str, Any]], *, actor_id: int | None, now: Moment
) -> None:
    """The same for customers whose details differ."""
    common = {"at": now.utc, "actor_id": actor_id, "event": event}
    rows = [{**common, "customer_id": customer_id, "detail": dict(detail)} for customer_id, detail in details.items()]
    insert_several(session, TimelineEntry, rows)


def record_person(
    session: Session,
    event: Event,
    user_id: int | None,
    *,
    actor_id: int | None,
    now: Moment,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """One entry about a person of the staff; `user_id` None: about what the machine's own command did."""
    row = {"at": now.utc, "actor_id": actor_id, "event": event, "user_id": user_id, "detail": dict(detail or {})}
    insert_rows(session, TimelineEntry, [row])


def record_rule(session: Session, detail: Mapping[str, Any], *, actor_id: int, now: Moment) -> int:
    """One entry about a rule of the house; returns its number."""
    row = {"at": now.utc, "actor_id": actor_id, "event": Event.RULE_CHANGED, "detail": dict(detail)}
    return session.execute(insert(TimelineEntry).values(**row).returning(TimelineEntry.id)).scalar_one()
