"""The daily sweep (SPEC 4): customers past their deadline go to the pool, cooperating ones without orders fall dormant.

The deadline day still belongs to the owner, and nobody loses what he was not warned of. A step takes whole teams, so that owners
and leads hear of a day's sweep in one message.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from domain import access, extending, outbox, ownership
from domain.access import Held, team_of
from domain.approvers import listeners
from domain.clock import Moment
from domain.deadlines import Deadlines
from domain.due_warnings import OWNED, warned
from domain.jobs import Step
from domain.models import Customer, User
from domain.outbox import Kind, Notice
from domain.ownership import Ending
from domain.policy import Policy
from domain.stages import Lost, ReleaseReason, Stage
from domain.timeline import Event, record

CHUNK = 1000
_NOBODY = 0
_TEAM: ColumnElement[int] = func.coalesce(team_of(User), _NOBODY)


def sweep(session: Session, day: date, *, policy: Policy, now: Moment, chunk: int = CHUNK) -> Step:
    """Take the next teams' customers whose deadline lay before `day`: about `chunk` of them, in one transaction."""
    passed, more = _passed(session, day, chunk)
    if not passed:
        return Step()
    places = access.lock_places(session, passed, limit=len(passed))
    clocks = {
        customer_id: each for customer_id, each in extending.clocks_of(session, list(places)).items() if _before(each.due, day)
    }
    dormant = [places[i] for i, each in clocks.items() if _before(each.dormancy, day)]
    if dormant:
        _fall_dormant(session, dormant, now=now)
    reasons = {i: _reason(each, day, policy) for i, each in clocks.items()}
    left: list[Held] = []
    for reason in sorted({reason for reason in reasons.values() if reason}):
        going = [places[i] for i, each in reasons.items() if each == reason]
        ended = ownership.to_pool(session, going, Ending(Lost.SWEPT, None, reason), now=now)
        record(session, Event.SWEPT, [p.id for p in ended], actor_id=None, now=now, detail={"reason": reason})
        left += ended
    stayed = {i: replace(each, dormancy=None) for i, each in clocks.items() if reasons[i] is None}
    extending.set_clocks(session, stayed)
    _announce(session, left, dormant, day, now=now)
    return Step({"released": len(left), "dormant": len(dormant)}, more)


def undeliverable(
    session: Session, kind: Kind, key: str, body: Mapping[str, Any], listener_id: int | None, *, now: Moment
) -> None:
    """What was taken could not be told to whoever was to hear it, who is unreachable or has left: it goes to the next one.

    Of one who has left nobody hears his own: the lead has it among the team's.
    """
    person = session.get_one(User, body["person"])
    if not (person.active or body["team"]):
        return
    next_one = listeners(session, [person.id], now=now).get(person.id)
    if next_one is not None and next_one != listener_id:
        outbox.tell(session, [Notice(f"{key}:{next_one}", kind, next_one, body)], now=now)


def _due(day: date) -> ColumnElement[bool]:
    return and_(OWNED, Customer.due_on < day, warned())


def _passed(session: Session, day: date, chunk: int) -> tuple[list[int], bool]:
    """The next teams' customers, and whether others are left: a rank is one for a whole team, and counts the teams before it."""
    rank, count = func.rank().over(order_by=_TEAM), func.count().over()
    due = select(Customer.id, rank.label("rank"), count.label("count")).join(User, User.id == Customer.owner_id)
    found = due.where(_due(day)).subquery()
    rows = session.execute(select(found.c.id, found.c.count).where(found.c.rank <= chunk)).all()
    return [row[0] for row in rows], bool(rows) and len(rows) < rows[0][1]


def _before(deadline: date | None, day: date) -> bool:
    return deadline is not None and deadline < day


def _reason(clocks: Deadlines, day: date, policy: Policy) -> ReleaseReason | None:
    """Why the customer goes to the pool; None: it falls dormant and stays with its owner."""
    if _before(clocks.signing, day):
        return ReleaseReason.OVERDUE
    if _before(clocks.first_followup, day) or _before(clocks.followup, day):
        return ReleaseReason.UNTOUCHED
    return ReleaseReason.DORMANT if policy.dormant_releases else None


def _fall_dormant(session: Session, places: Sequence[Held], *, now: Moment) -> None:
    session.execute(
        update(Customer)
        .where(Customer.id.in_([place.id for place in places]))
        .values(stage=Stage.DORMANT)
        .execution_options(synchronize_session=False)
    )
    fell = [place.id for place in places if place.stage != Stage.DORMANT]
    record(session, Event.BECAME_DORMANT, fell, actor_id=None, now=now)


def _announce(session: Session, left: Sequence[Held], dormant: Sequence[Held], day: date, *, now: Moment) -> None:
    """To each owner and to each lead once for the day; a lead hears of his own customers among his team's (SPEC 6)."""
    fell = {place.id for place in dormant}
    gone = {place.id for place in left}
    said = {Kind.SWEPT: [place for place in left if place.id not in fell], Kind.DORMANT: dormant}
    teams = ownership.team_leads(session, (place.owner_id for place in [*left, *dormant] if place.owner_id is not None))
    told = listeners(session, [*teams, *(lead for lead in teams.values() if lead)], now=now)
    notices = []
    for kind, places in said.items():
        by_owner = _grouped((place.owner_id, place.id) for place in places if teams[place.owner_id or 0] != place.owner_id)
        by_team = _grouped((teams[place.owner_id or 0], place.id) for place in places)
        for team, groups in ((False, by_owner), (True, by_team)):
            for person, ids in groups.items():
                args = {"customer_ids": ids, "released": gone.issuperset(ids), "team": team, "person": person}
                if person in told:
                    notices.append(Notice(f"{kind}:{day}:{'team:' if team else ''}{person}", kind, told[person], args))
    outbox.tell(session, notices, now=now)


def _grouped(pairs: Iterable[tuple[int | None, int]]) -> Mapping[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for person, customer_id in pairs:
        if person is not None:
            groups.setdefault(person, []).append(customer_id)
    return groups
