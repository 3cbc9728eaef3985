"""Reading the timeline (SPEC 3): who did what to a customer and when, newest first, a page at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from domain import access, followups
from domain.access import Actor
from domain.followups import FollowupLine
from domain.models import TimelineEntry, User
from domain.permissions import Act
from domain.timeline import Event

PAGE = 8
_PRIVATE = frozenset({Event.FOLLOWED_UP, Event.EDITED})
_FOR_ADMINS = Event.CONTACTS_OPENED
_PEOPLE = ("owner_id", "assignee_id", "successor_id")


class Entry(NamedTuple):
    """One line of the timeline; `people` are the names behind the ids in `detail`; times are UTC.

    `actor_id` None: the system did it. `followup` is what was logged, with what completed it since.
    """

    id: int
    at: datetime
    actor_id: int | None
    actor: str | None
    event: Event
    detail: Mapping[str, Any]
    people: Mapping[str, str]
    followup: FollowupLine | None = None


def page(session: Session, actor: Actor, customer_id: int, *, before: int | None = None) -> tuple[Sequence[Entry], bool]:
    """The entries older than the one with id `before`, and whether there are more.

    Who may not edit the customer, as in the pool or in the bin, reads what happened, but neither follow-ups nor edited values,
    which may tell contacts. Who opened contact details in the pool is for admins. Raises NotFoundError.
    """
    place = access.place_of(session, actor, customer_id, Act.VIEW)
    by = aliased(User)
    wanted = select(TimelineEntry, by.name).outerjoin(by, by.id == TimelineEntry.actor_id)
    wanted = wanted.where(TimelineEntry.customer_id == customer_id)
    if not actor.is_admin:
        wanted = wanted.where(TimelineEntry.event != _FOR_ADMINS)
    if before is not None:
        wanted = wanted.where(TimelineEntry.id < before)
    rows = session.execute(wanted.order_by(TimelineEntry.id.desc()).limit(PAGE + 1)).all()
    open_ = actor.is_admin or actor.may(Act.EDIT, access.relation(actor, place))
    return _entries(session, [(row[0], row[1]) for row in rows[:PAGE]], open_=open_), len(rows) > PAGE


def _entries(session: Session, rows: Sequence[tuple[TimelineEntry, str | None]], *, open_: bool) -> Sequence[Entry]:
    details = [entry.detail if open_ or entry.event not in _PRIVATE else {} for entry, _ in rows]
    names = access.names_of(session, (detail.get(key) for detail in details for key in _PEOPLE))
    logged = followups.by_ids(session, (detail["followup_id"] for detail in details if "followup_id" in detail))
    return [
        Entry(
            id=entry.id,
            at=entry.at,
            actor_id=entry.actor_id,
            actor=name,
            event=Event(entry.event),
            detail=detail,
            people={key: names[detail[key]] for key in _PEOPLE if detail.get(key) in names},
            followup=logged.get(detail.get("followup_id", 0)),
        )
        for (entry, name), detail in zip(rows, details, strict=True)
    ]
