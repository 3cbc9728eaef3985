"""Follow-ups (SPEC 3): what was said to a customer, one message each, never changed; they move the follow-up clocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, insert, select, update
from sqlalchemy.orm import Session

from domain import access, deadlines, extending
from domain.access import Actor, Held
from domain.clock import Moment
from domain.dialects import table_of
from domain.errors import InvalidFieldError, NotFoundError, StaleError
from domain.models import Customer, Followup, User
from domain.permissions import Act
from domain.policy import Policy
from domain.timeline import Event, record

TEXT_LENGTH = 2000
FURTHEST = timedelta(days=2 * 366)
_NOTED = 200


class FollowupKind(StrEnum):
    """How one spoke."""

    CALL = "call"
    VISIT = "visit"
    WECHAT = "wechat"
    EMAIL = "email"


@dataclass(frozen=True)
class NewFollowup:
    """What was said.

    `attachment` is as the chat knows it, as JSON: its `kind` (photo, document, …) with a file id or a place. `next_on` becomes a
    reminder.
    """

    text: str
    kind: FollowupKind | None = None
    attachment: dict[str, Any] | None = None
    next_on: date | None = None


class FollowupLine(NamedTuple):
    """One follow-up as a reader sees it; times are UTC."""

    id: int
    customer_id: int
    author: str
    at: datetime
    kind: FollowupKind | None
    text: str
    attachment: dict[str, Any] | None
    next_on: date | None


_TALKS, _AUTHORS = table_of(Followup), table_of(User)
_LINES = select(
    _TALKS.c.id,
    _TALKS.c.customer_id,
    _AUTHORS.c.name,
    _TALKS.c.at,
    _TALKS.c.kind,
    _TALKS.c.text,
    _TALKS.c.attachment,
    _TALKS.c.next_on,
).join_from(_TALKS, _AUTHORS, _AUTHORS.c.id == _TALKS.c.author_id)
_NEWEST = (
    _LINES.where(Followup.customer_id == bindparam("customer_id"))
    .order_by(Followup.at.desc(), Followup.id.desc())
    .limit(bindparam("limit", type_=Integer))
)


def add(session: Session, actor: Actor, customer_id: int, followup: NewFollowup, *, policy: Policy, now: Moment) -> int:
    """Log a follow-up and return its id. The owner, his leads and admins may. Raises InvalidFieldError, NotFoundError."""
    _check(followup, now)
    place = _locked(session, actor, customer_id)
    text = followup.text.strip()
    values = {"kind": followup.kind, "text": text, "attachment": followup.attachment, "next_on": followup.next_on}
    followup_id = session.scalars(
        insert(Followup).values(customer_id=customer_id, author_id=actor.id, at=now.utc, **values).returning(Followup.id)
    ).one()
    session.execute(update(Customer).where(Customer.id == customer_id).values(last_followup_at=now.utc))
    if place.owner_id is not None:
        clocks = extending.clocks_of(session, [customer_id])[customer_id]
        extending.set_clocks(session, {customer_id: deadlines.on_followup(policy, clocks, today=now.today)})
    detail = {"followup_id": followup_id, "text": text[:_NOTED]}
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
    """Complete one's own follow-up of today with its kind or the next date, and return the customer. Its words stay.

    Raises NotFoundError, StaleError when its day has passed, InvalidFieldError.
    """
    found = select(Followup).where(Followup.id == followup_id, Followup.author_id == actor.id)
    followup = session.scalars(found.with_for_update()).one_or_none()
    if followup is None:
        raise NotFoundError
    _locked(session, actor, followup.customer_id)
    if now.local(followup.at).date() != now.today:
        raise StaleError
    _check_next(next_on, now)
    followup.kind = kind or followup.kind
    followup.next_on = next_on or followup.next_on
    session.flush()
    return followup.customer_id


def newest(session: Session, actor: Actor, customer_id: int, *, limit: int = 5) -> Sequence[FollowupLine]:
    """The newest follow-ups of a customer that the actor may edit; in the pool nobody reads them."""
    return newest_at(session, actor, access.place_of(session, actor, customer_id, Act.EDIT), limit=limit)


def newest_at(session: Session, actor: Actor, place: Held, *, limit: int = 5) -> Sequence[FollowupLine]:
    """The same for a customer whose place is known."""
    access.check(actor, place, Act.EDIT)
    return _read(session, _NEWEST, {"customer_id": place.id, "limit": limit})


def one(session: Session, actor: Actor, followup_id: int) -> FollowupLine:
    """One follow-up, whole, of a customer that the actor may edit. Raises NotFoundError, NotAllowedError."""
    found = _read(session, _LINES.where(Followup.id == followup_id))
    if not found:
        raise NotFoundError
    access.place_of(session, actor, found[0].customer_id, Act.EDIT)
    return found[0]


def by_ids(session: Session, followup_ids: Iterable[int]) -> dict[int, FollowupLine]:
    """Follow-ups by id, in one statement: for a caller that has checked who reads them."""
    wanted = sorted(set(followup_ids))
    return {line.id: line for line in _read(session, _LINES.where(Followup.id.in_(wanted)))} if wanted else {}


def _read(session: Session, lines: Select[Any], given: Mapping[str, Any] | None = None) -> Sequence[FollowupLine]:
    found = (FollowupLine._make(row) for row in session.execute(lines, given))
    return [line._replace(kind=FollowupKind(line.kind) if line.kind else None) for line in found]


def _locked(session: Session, actor: Actor, customer_id: int) -> Held:
    place = access.lock_places(session, [customer_id], limit=1).get(customer_id)
    if place is None:
        raise NotFoundError
    access.check(actor, place, Act.EDIT)
    return place


def _check(followup: NewFollowup, now: Moment) -> None:
    text = followup.text.strip()
    if not text and followup.attachment is None:
        raise InvalidFieldError("text", "empty")
    if len(text) > TEXT_LENGTH:
        raise InvalidFieldError("text", "too_long")
    _check_next(followup.next_on, now)


def _check_next(day: date | None, now: Moment) -> None:
    if day is not None and day < now.today:
        raise InvalidFieldError("next_on", "past")
    if day is not None and day > now.today + FURTHEST:
        raise InvalidFieldError("next_on", "out_of_range")
