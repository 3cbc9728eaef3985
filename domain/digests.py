"""The digest (SPEC 6): one message a day to each lead and each salesperson who has something to hear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from domain import due_warnings, outbox
from domain.access import Actor, team_of
from domain.approvers import listeners, reachable_admins
from domain.clock import Moment
from domain.due_warnings import OWNED
from domain.errors import NotFoundError
from domain.filters import untouched
from domain.jobs import Step
from domain.models import ClaimRequest, Customer, DueWarning, Followup, Ownership, RequestBatch, User
from domain.outbox import Kind, Notice, Priority
from domain.permissions import Role
from domain.stages import Gained, Lost, RequestStatus

FOLLOWUPS_LATE = timedelta(days=7)
"""So long a follow-up that was not made is still spoken of."""

_LEFT = (Lost.RELEASED, Lost.SWEPT)
_TAKEN = (Gained.CLAIMED, Gained.APPROVED, Gained.DIRECT)


class DueLine(NamedTuple):
    """A customer whose owner is warned today; `clock` names the deadline."""

    customer_id: int
    name: str
    owner_id: int
    owner: str
    due_on: date
    clock: str


class WaitingLine(NamedTuple):
    """A claim that waits for a decision; `since` is UTC."""

    request_id: int
    batch_id: int
    customer_id: int
    customer: str
    requester: str
    since: datetime


class FollowupDue(NamedTuple):
    """A customer to be spoken to today, or some days ago."""

    customer_id: int
    name: str
    next_on: date


@dataclass(frozen=True)
class Digest:
    """What one person hears on one day.

    For a lead `due`, `entered`, `left`, `untouched` and `team_followups` are his team's. `entered`: customers that went from
    the team into the pool the day before, `left`: that it took from there.
    """

    person_id: int
    name: str
    lead: bool
    day: date
    due: Sequence[DueLine]
    waiting: Sequence[WaitingLine]
    followups: Sequence[FollowupDue]
    team_followups: int
    entered: int
    left: int
    untouched: int

    @property
    def items(self) -> Sequence[WaitingLine | DueLine | FollowupDue]:
        """Everything that something can be done about, the most pressing first, each customer once."""
        return [*self.waiting, *self.due, *(line for line in self.followups if line.customer_id not in self._due_ids)]

    @property
    def to_contact(self) -> frozenset[int]:
        """The customers that the person is to speak to."""
        return frozenset(line.customer_id for line in self.followups)

    @property
    def _due_ids(self) -> frozenset[int]:
        return frozenset(line.customer_id for line in self.due)

    @property
    def empty(self) -> bool:
        """Nothing that calls for a message."""
        return not (self.due or self.waiting or self.followups or self.team_followups or self.entered or self.left)


def send(session: Session, day: date, *, now: Moment) -> Step:
    """Give the day's warnings and queue a digest for everybody who has something to hear; again it queues nothing twice.

    Whoever cannot be told has it told to his stand-in or the next above.
    """
    warnings = due_warnings.give(session, day)
    people = _audience(session, day, now)
    told = listeners(session, people, now=now)
    as_of = day != now.today
    outbox.tell(session, [_notice(person, told[person], day, as_of=as_of) for person in people if person in told], now=now)
    return Step({"warnings": warnings, "digests": len(told)})


def undeliverable(session: Session, body: Mapping[str, Any], listener_id: int | None, *, now: Moment) -> None:
    """A digest did not reach whoever it went to: he is unreachable, has left, or hears it no longer. It goes to the next one."""
    person_id, day = int(body["person"]), date.fromisoformat(body["day"])
    user = session.get(User, person_id)
    if outdated(body, now) or user is None or not user.active:
        return
    next_one = listeners(session, [person_id], now=now).get(person_id)
    if next_one is not None and next_one != listener_id:
        again = _notice(person_id, next_one, day, f":{next_one}", as_of=body.get("as_of", False))
        outbox.tell(session, [again], now=now)


def outdated(body: Mapping[str, Any], now: Moment) -> bool:
    """Whether the day of a digest is over; one that was asked for as of another day is always of use."""
    return date.fromisoformat(body["day"]) != now.today and not body.get("as_of")


def of(session: Session, actor: Actor, person_id: int, day: date, *, now: Moment) -> Digest:
    """What the person hears on this day, as far as it is still true.

    He reads it himself, or whoever hears it in his place: the stand-in, a lead above, an admin. Raises NotFoundError.
    """
    user = session.get(User, person_id)
    if user is None or not user.active or not _may_read(actor, user, now):
        raise NotFoundError
    lead = user.role == Role.LEAD
    mine = _owned_by(person_id, lead=lead)
    entered, left = _pool_traffic(session, person_id, day, now) if lead else (0, 0)
    return Digest(
        person_id=person_id,
        name=user.name,
        lead=lead,
        day=day,
        due=_due(session, mine, day),
        waiting=_waiting(session, user, reader_id=actor.id),
        followups=_followups(session, Customer.owner_id == person_id, day),
        team_followups=_count(session, mine, Customer.owner_id != person_id, _followup_due(day)) if lead else 0,
        entered=entered,
        left=left,
        untouched=_count(session, mine, untouched()),
    )


def _may_read(actor: Actor, user: User, now: Moment) -> bool:
    stands_in = user.stand_in_id == actor.id and user.away_until is not None and user.away_until > now.utc
    return user.id == actor.id or actor.leads(user.id) or stands_in


def _notice(person_id: int, listener_id: int, day: date, again: str = "", *, as_of: bool = False) -> Notice:
    args = {"person": person_id, "day": day.isoformat()} | ({"as_of": True} if as_of else {})
    return Notice(f"digest:{day}:{person_id}{again}", Kind.DIGEST, listener_id, args, Priority.BULK)


def _audience(session: Session, day: date, now: Moment) -> list[int]:
    """Salespeople with warnings or follow-ups, and leads of those, with requests to decide or with traffic at the pool.

    Admins, when there are requests that no lead is there to decide.
    """
    warned = select(DueWarning.owner_id).where(DueWarning.day == day)
    busy = select(Customer.owner_id).join(Followup, _is_due(day)).where(OWNED)
    concerned = select(User.id, team_of(User)).where(User.id.in_(warned.union(busy)))
    people = {person for row in session.execute(concerned) for person in row}
    team_lead = aliased(User)
    waits = select(ClaimRequest.batch_id).where(ClaimRequest.status == RequestStatus.WAITING)
    deciders = select(_decider(team_lead)).outerjoin_from(RequestBatch, team_lead, team_lead.id == RequestBatch.lead_id)
    start, end = _yesterday(day, now)
    moved = select(Ownership.lead_id).where(_went(start, end) | _came(start, end))
    asked = set(session.scalars(deciders.where(RequestBatch.id.in_(waits))))
    people |= asked | set(session.scalars(moved))
    active = select(User.id).where(User.active, User.role != Role.ADMIN, User.id.in_(people - {None}))
    return sorted([*session.scalars(active), *(reachable_admins(session) if None in asked else [])])


def _owned_by(person_id: int, *, lead: bool) -> ColumnElement[bool]:
    if not lead:
        return Customer.owner_id == person_id
    return Customer.owner_id.in_(select(User.id).where(team_of(User) == person_id))


def _due(session: Session, mine: ColumnElement[bool], day: date) -> Sequence[DueLine]:
    rows = session.execute(
        select(Customer.id, Customer.name, User.id, User.name, Customer.due_on, DueWarning.clock)
        .join(User, User.id == Customer.owner_id)
        .join(
            DueWarning,
            and_(
                DueWarning.customer_id == Customer.id,
                DueWarning.owner_id == Customer.owner_id,
                DueWarning.due_on == Customer.due_on,
            ),
        )
        .where(OWNED, mine, DueWarning.day == day)
        .order_by(Customer.due_on, Customer.id)
    )
    return [DueLine._make(row) for row in rows]


def _decider(team_lead: type[User]) -> ColumnElement[int | None]:
    """In whose digest a request waits: the team lead's, whoever is asked while he is away, or else that of the one asked."""
    decides = and_(team_lead.active, team_lead.role == Role.LEAD, team_lead.id != RequestBatch.requester_id)
    return case((decides, team_lead.id), else_=RequestBatch.approver_id)


def _waiting(session: Session, person: User, *, reader_id: int) -> Sequence[WaitingLine]:
    requester, team_lead = aliased(User), aliased(User)
    rows = session.execute(
        select(ClaimRequest.id, RequestBatch.id, Customer.id, Customer.name, requester.name, RequestBatch.created_at)
        .join(RequestBatch, RequestBatch.id == ClaimRequest.batch_id)
        .join(Customer, Customer.id == ClaimRequest.customer_id)
        .join(requester, requester.id == RequestBatch.requester_id)
        .outerjoin(team_lead, team_lead.id == RequestBatch.lead_id)
        .where(
            ClaimRequest.status == RequestStatus.WAITING,
            _decider(team_lead).is_(None) if person.role == Role.ADMIN else _decider(team_lead) == person.id,
        )
        .where(RequestBatch.requester_id != reader_id)
        .order_by(ClaimRequest.id)
    )
    return [WaitingLine._make(row) for row in rows]


def _followups(session: Session, mine: ColumnElement[bool], day: date) -> Sequence[FollowupDue]:
    due = select(Customer.id, Customer.name, Followup.next_on).join(Followup, _is_due(day))
    rows = session.execute(due.where(OWNED, mine).order_by(Followup.next_on, Customer.id))
    return [FollowupDue._make(row) for row in rows]


def _followup_due(day: date) -> ColumnElement[bool]:
    return exists().where(_is_due(day))


def _is_due(day: date) -> ColumnElement[bool]:
    """The newest Followup of a Customer's owner names this day or one shortly before."""
    later = aliased(Followup)
    superseded = exists().where(later.customer_id == Followup.customer_id, later.id > Followup.id)
    within = Followup.next_on.between(day - FOLLOWUPS_LATE, day)
    return and_(Followup.customer_id == Customer.id, within, Followup.at >= Customer.owned_since, ~superseded)


def _yesterday(day: date, now: Moment) -> tuple[datetime, datetime]:
    return now.start_of_day(day - timedelta(days=1)), now.start_of_day(day)


def _went(start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(Ownership.until >= start, Ownership.until < end, Ownership.lost.in_(_LEFT))


def _came(start: datetime, end: datetime) -> ColumnElement[bool]:
    """Taken from the pool: what was assigned without coming from another owner's hands at the same moment is so too."""
    before = aliased(Ownership)
    handed = exists().where(before.customer_id == Ownership.customer_id, before.until == Ownership.since)
    taken = Ownership.gained.in_(_TAKEN) | and_(Ownership.gained == Gained.ASSIGNED, ~handed)
    kept = Ownership.lost.is_(None) | (Ownership.lost != Lost.UNDONE)
    return and_(Ownership.since >= start, Ownership.since < end, taken, kept)


def _pool_traffic(session: Session, lead_id: int, day: date, now: Moment) -> tuple[int, int]:
    start, end = _yesterday(day, now)
    went = func.sum(case((_went(start, end), 1), else_=0))
    came = func.sum(case((_came(start, end), 1), else_=0))
    row = session.execute(select(went, came).where(Ownership.lead_id == lead_id, _went(start, end) | _came(start, end))).one()
    return int(row[0] or 0), int(row[1] or 0)


def _count(session: Session, *where: ColumnElement[bool]) -> int:
    return session.scalars(select(func.count()).select_from(Customer).where(OWNED, *where)).one()
