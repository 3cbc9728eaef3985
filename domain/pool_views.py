"""Contact details opened in the pool where nothing is masked by rule: so many customers a person and day (SPEC 4)."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.access import Actor
from domain.clock import Moment
from domain.limits import Quota, Scarce, hold
from domain.models import TimelineEntry
from domain.policy import Policy
from domain.timeline import Event, record


@dataclass(frozen=True)
class Opening:
    """Whether the details are shown; `quota` is how many the person has opened today."""

    shown: bool
    quota: Quota


def open_(session: Session, actor: Actor, customer_id: int, *, policy: Policy, now: Moment) -> Opening:
    """Open the details of a customer in the pool, if the day's quota holds; the same one again is free. Admins open any."""
    limit = policy.pool_views_per_day
    if actor.is_admin or not limit:
        return Opening(shown=True, quota=Quota())
    hold(session, [actor.id], Scarce.LOOKS)
    opened = select(func.count(), func.count().filter(TimelineEntry.customer_id == customer_id)).where(
        TimelineEntry.actor_id == actor.id,
        TimelineEntry.event == Event.CONTACTS_OPENED,
        TimelineEntry.at >= now.start_of_day(now.today),
    )
    count, this_one = session.execute(opened).one()
    quota = Quota(limit, count)
    if this_one or quota.full:
        return Opening(shown=bool(this_one), quota=quota)
    record(session, Event.CONTACTS_OPENED, [customer_id], actor_id=actor.id, now=now)
    return Opening(shown=True, quota=Quota(limit, count + 1))
