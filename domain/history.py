"""Reading the timeline (SPEC 3): who did what to a customer and when, newest first, a page at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from domain import access
from domain.access import Actor
from domain.models import TimelineEntry, User
from domain.permissions import Act, Relation
from domain.timeline import Event

PAGE = 8
_PRIVATE = frozenset({Event.FOLLOWED_UP, Event.EDITED})
_PEOPLE = ("owner_id", "assignee_id", "successor_id")


class Entry(NamedTuple):
    """One line of the timeline; `people` are the names behind the ids in `detail`; times are UTC."""

    id: int
    at: datetime
    actor: str | None
    event: Event
    detail: Mapping[str, Any]
    people: Mapping[str, str]


def page(session: Session, actor: Actor, customer_id: int, *, before: int | None = None) -> tuple[Sequence[Entry], bool]:
    """The entries older than the one with id `before`, and whether there are more.

    Who only sees the customer in the pool reads what happened, but neither follow-ups nor edited values, which may tell contacts.
    """
    place = access.place_of(session, actor, customer_id, Act.VIEW)
    by = aliased(User)
    wanted = select(TimelineEntry, by.name).outerjoin(by, by.id == TimelineEntry.actor_id)
    wanted = wanted.where(TimelineEntry.customer_id == customer_id)
    if before is not None:
        wanted = wanted.where(TimelineEntry.id < before)
    rows = session.execute(wanted.order_by(TimelineEntry.id.desc()).limit(PAGE + 1)).all()
    entries = [row[0] for row in rows[:PAGE]]
    names = access.names_of(session, (entry.detail.get(key) for entry in entries for key in _PEOPLE))
    hidden = access.relation(actor, place) is Relation.POOL and not actor.is_admin
    return [_entry(entry, name, names, hidden=hidden) for entry, name in rows[:PAGE]], len(rows) > PAGE


def _entry(entry: TimelineEntry, actor: str | None, names: Mapping[int, str], *, hidden: bool) -> Entry:
    event = Event(entry.event)
    detail = {} if hidden and event in _PRIVATE else entry.detail
    people = {key: names[detail[key]] for key in _PEOPLE if detail.get(key) in names}
    return Entry(entry.id, entry.at, actor, event, detail, people)
