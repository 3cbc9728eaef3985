"""Giving customers to an owner and taking them away: the only place that writes `owner_id`, with its clocks and its history.

When a customer leaves somebody, the messages that showed its contact details are edited (SPEC 9): `hands` is their version.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select, tuple_, update
from sqlalchemy.orm import Session

from domain import cards, deadlines
from domain.access import Held, team_of
from domain.cards import Subject
from domain.clock import Moment
from domain.deadlines import Deadlines
from domain.dialects import insert_several, table_of
from domain.models import Customer, Ownership, User
from domain.policy import Policy
from domain.stages import Gained, Level, Lost, ReleaseReason, Stage

_CUSTOMERS, _OWNERSHIPS, _PEOPLE = table_of(Customer), table_of(Ownership), table_of(User)
"""The tables themselves: a statement on them passes by the ORM, which would cost more than the database does."""

_RECEIVERS = select(team_of(_PEOPLE.c)).where(_PEOPLE.c.id == bindparam("receiver")).scalar_subquery()
_GIVE = (
    update(_CUSTOMERS)
    .where(
        _CUSTOMERS.c.id.in_(bindparam("ids", expanding=True)), _CUSTOMERS.c.owner_id.is_(None), _CUSTOMERS.c.deleted_at.is_(None)
    )
    .values(last_lead_id=_RECEIVERS, hands=_CUSTOMERS.c.hands + 1)
    .returning(_CUSTOMERS.c.id, _CUSTOMERS.c.last_lead_id, _CUSTOMERS.c.hands)
)
"""What is set travels with the ids; whoever has an owner by now is left alone, and the team is that of the new owner."""

_TEAM = select(team_of(_PEOPLE.c)).where(_PEOPLE.c.id == _CUSTOMERS.c.owner_id).correlate(_CUSTOMERS).scalar_subquery()
_LEAVE = (
    update(_CUSTOMERS)
    .where(
        _CUSTOMERS.c.id.in_(bindparam("ids", expanding=True)),
        tuple_(_CUSTOMERS.c.id, _CUSTOMERS.c.owner_id).in_(bindparam("seen", expanding=True)),
        _CUSTOMERS.c.deleted_at.is_(None),
    )
    .values(last_lead_id=_TEAM, hands=_CUSTOMERS.c.hands + 1)
    .returning(_CUSTOMERS.c.id, _CUSTOMERS.c.hands)
)
"""What is set travels along; whoever has another owner by now is left alone, and the team is that of the owner who leaves."""

_TAKE_BACK = (
    update(_CUSTOMERS)
    .where(_CUSTOMERS.c.id.in_(bindparam("ids", expanding=True)))
    .values(hands=_CUSTOMERS.c.hands + 1)
    .returning(_CUSTOMERS.c.id, _CUSTOMERS.c.hands)
)
_CLOSE = update(_OWNERSHIPS).where(_OWNERSHIPS.c.customer_id.in_(bindparam("ids", expanding=True)), _OWNERSHIPS.c.until.is_(None))
_TEAM_LEADS = select(_PEOPLE.c.id, team_of(_PEOPLE.c)).where(_PEOPLE.c.id.in_(bindparam("ids", expanding=True)))


class Ending(NamedTuple):
    """Why ownerships end: the cause, who ended them (None: the system) and, for the next claimer, the reason with a note."""

    lost: Lost
    ended_by: int | None
    reason: ReleaseReason | None = None
    note: str | None = None


def clock_columns(clocks: Deadlines) -> dict[str, Any]:
    """The columns that hold the running deadlines."""
    return {
        "signing_deadline": clocks.signing,
        "dormancy_deadline": clocks.dormancy,
        "first_followup_deadline": clocks.first_followup,
        "followup_deadline": clocks.followup,
        "due_on": clocks.due,
    }


def give(session: Session, places: Sequence[Held], owner_id: int, how: Gained, *, policy: Policy, now: Moment) -> list[Held]:
    """Make the person owner of customers without one. Returns those that he really got: of a race, one wins.

    The condition stands in the statement; the ownership rows open with it, and fresh clocks start.
    """
    groups: dict[Deadlines, list[int]] = defaultdict(list)
    for place in places:
        clocks = deadlines.on_becoming_owner(policy, stage=Stage(place.stage), level=_level(place), today=now.today)
        groups[clocks].append(place.id)
    won: dict[int, int | None] = {}
    hands: dict[int, int] = {}
    common = {"owner_id": owner_id, "owned_since": now.utc, "last_owner_id": owner_id, "pooled_at": None}
    for clocks, ids in groups.items():
        change = {**common, **clock_columns(clocks), "release_reason": None, "release_note": None}
        for customer_id, lead_id, changed in session.execute(_GIVE, {"ids": ids, "receiver": owner_id, **change}):
            won[customer_id], hands[customer_id] = lead_id, changed
    _open(session, won, owner_id=owner_id, how=how, now=now)
    if not policy.mask_pool_contacts:  # whoever has opened it in the pool had no more right to it than the new owner
        cards.refresh(session, Subject.CUSTOMER, hands, now=now)
    return [place for place in places if place.id in won]


def to_pool(session: Session, places: Sequence[Held], ending: Ending, *, now: Moment) -> list[Held]:
    """Take customers from their owners into the pool. Returns those that still had the owner seen."""
    change = {
        "owner_id": None,
        "owned_since": None,
        "pooled_at": now.utc,
        "release_reason": ending.reason,
        "release_note": ending.note,
        **clock_columns(deadlines.STOPPED),
    }
    return _leave(session, places, ending, change, now=now)


def hand_to(
    session: Session, places: Sequence[Held], owner_id: int, how: Gained, ending: Ending, *, policy: Policy, now: Moment
) -> list[Held]:
    """Move customers from their owners to another one, in one go. Returns those that still had the owner seen."""
    left = to_pool(session, places, ending, now=now)
    return give(session, left, owner_id, how, policy=policy, now=now)


def _leave(session: Session, places: Sequence[Held], ending: Ending, change: Mapping[str, Any], *, now: Moment) -> list[Held]:
    seen = [(place.id, place.owner_id) for place in places if place.owner_id is not None]
    if not seen:
        return []
    left = session.execute(_LEAVE, {"ids": [customer_id for customer_id, _ in seen], "seen": seen, **change})
    gone = {row[0]: row[1] for row in left}
    _close(session, gone, ending, now=now)
    cards.refresh(session, Subject.CUSTOMER, gone, now=now)
    return [place for place in places if place.id in gone]


def _open(session: Session, leads: Mapping[int, int | None], *, owner_id: int, how: Gained, now: Moment) -> None:
    """The owner's new spans; `leads` are his team by customer."""
    common = {"owner_id": owner_id, "since": now.utc, "gained": how}
    insert_several(session, Ownership, [{**common, "customer_id": i, "lead_id": lead_id} for i, lead_id in sorted(leads.items())])


def _close(session: Session, ids: Iterable[int], ending: Ending, *, now: Moment) -> None:
    change = {"until": now.utc, "lost": ending.lost, "reason": ending.reason, "ended_by": ending.ended_by}
    session.execute(_CLOSE, {"ids": list(ids), **change})


def reopen(session: Session, owners: Mapping[int, int | None], *, ended_by: int, now: Moment) -> None:
    """After an undo: present spans end as undone, and those of the former owners go on as if they had never ended.

    `owners` are the former owners by customer; None: the customer lay in the pool.
    """
    if not owners:
        return
    _close(session, owners, Ending(Lost.UNDONE, ended_by), now=now)
    taken = {row[0]: row[1] for row in session.execute(_TAKE_BACK, {"ids": list(owners)})}
    cards.refresh(session, Subject.CUSTOMER, taken, now=now)
    former = [(customer_id, owner_id) for customer_id, owner_id in owners.items() if owner_id is not None]
    last = (
        select(func.max(Ownership.id))
        .where(Ownership.customer_id.in_([i for i, _ in former]), tuple_(Ownership.customer_id, Ownership.owner_id).in_(former))
        .group_by(Ownership.customer_id)
    )
    session.execute(
        update(Ownership)
        .where(Ownership.id.in_(last))
        .values(until=None, lost=None, reason=None, ended_by=None)
        .execution_options(synchronize_session=False)
    )


def team_leads(session: Session, user_ids: Iterable[int]) -> dict[int, int | None]:
    """The team that each person belongs to, named by its lead: a lead's own, anybody else's superior's (SPEC 2)."""
    ids = sorted(set(user_ids))
    rows = session.execute(_TEAM_LEADS, {"ids": ids}) if ids else ()
    return {row[0]: row[1] for row in rows}


def _level(place: Held) -> Level | None:
    return Level(place.level) if place.level else None
