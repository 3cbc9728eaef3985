"""Follow-ups (SPEC 3): what was said to a customer, one message each, never changed; they move the follow-up clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from domain import access, deadlines, extending
from domain.access import Actor
from domain.clock import Moment
from domain.errors import InvalidFieldError, NotFoundError
from domain.models import Customer, Followup, User
from domain.permissions import Act
from domain.policy import Policy
from domain.timeline import Event, record

TEXT_LENGTH = 2000


class FollowupKind(StrEnum):
    """How one spoke."""

    CALL = "call"
    VISIT = "visit"
    WECHAT = "wechat"
    EMAIL = "email"


@dataclass(frozen=True)
class NewFollowup:
    """What was said. `attachment` is a photo's or document's file id, or a location, as JSON; `next_on` becomes a reminder."""

    text: str
    kind: FollowupKind | None = None
    attachment: dict[str, Any] | None = None
    next_on: date | None = None


class FollowupLine(NamedTuple):
    """One follow-up as a reader sees it; times are UTC."""

    id: int
    author: str
    at: datetime
    kind: FollowupKind | None
    text: str
    next_on: date | None


def add(session: Session, actor: Actor, customer_id: int, followup: NewFollowup, *, policy: Policy, now: Moment) -> int:
    """Log a follow-up and return its id. The owner, his leads and admins may. Raises InvalidFieldError, NotFoundError."""
    _check(followup, now)
    place = access.lock_places(session, [customer_id], limit=1).get(customer_id)
    if place is None:
        raise NotFoundError
    access.check(actor, place, Act.EDIT)
    text = followup.text.strip()
    values = {"kind": followup.kind, "text": text, "attachment": followup.attachment, "next_on": followup.next_on}
    followup_id = session.scalars(
        insert(Followup).values(customer_id=customer_id, author_id=actor.id, at=now.utc, **values).returning(Followup.id)
    ).one()
    session.execute(update(Customer).where(Customer.id == customer_id).values(last_followup_at=now.utc))
    if place.owner_id is not None:
        clocks = extending.clocks_of(session, [customer_id])[customer_id]
        extending.set_clocks(session, {customer_id: deadlines.on_followup(policy, clocks, today=now.today)})
    detail = {"text": text[:200], "kind": followup.kind, "next_on": str(followup.next_on) if followup.next_on else None}
    record(session, Event.FOLLOWED_UP, [customer_id], actor_id=actor.id, now=now, detail=detail)
    return followup_id


def set_details(
    session: Session,
    actor: Actor,
    followup_id: int,
    *,
    kind: FollowupKind | None = None,
    next_on: date | None = None,
    now: Moment,
) -> int:
    """Complete one's own follow-up of today with its kind or the next date, and return the customer. Its words stay."""
    followup = session.scalars(select(Followup).where(Followup.id == followup_id, Followup.author_id == actor.id)).one_or_none()
    if followup is None or now.local(followup.at).date() != now.today:
        raise NotFoundError
    if next_on is not None and next_on < now.today:
        raise InvalidFieldError("next_on", "past")
    followup.kind = kind or followup.kind
    followup.next_on = next_on or followup.next_on
    session.flush()
    return followup.customer_id


def newest(session: Session, actor: Actor, customer_id: int, *, limit: int = 5) -> Sequence[FollowupLine]:
    """The newest follow-ups of a customer that the actor may edit; in the pool nobody reads them."""
    access.place_of(session, actor, customer_id, Act.EDIT)
    rows = session.execute(
        select(Followup.id, User.name, Followup.at, Followup.kind, Followup.text, Followup.next_on)
        .join(User, User.id == Followup.author_id)
        .where(Followup.customer_id == customer_id)
        .order_by(Followup.at.desc(), Followup.id.desc())
        .limit(limit)
    )
    return [FollowupLine(r[0], r[1], r[2], FollowupKind(r[3]) if r[3] else None, r[4], r[5]) for r in rows]


def _check(followup: NewFollowup, now: Moment) -> None:
    text = followup.text.strip()
    if not text and followup.attachment is None:
        raise InvalidFieldError("text", "empty")
    if len(text) > TEXT_LENGTH:
        raise InvalidFieldError("text", "too_long")
    if followup.next_on is not None and followup.next_on < now.today:
        raise InvalidFieldError("next_on", "past")
