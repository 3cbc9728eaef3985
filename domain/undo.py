"""Taking an act back for some minutes (SPEC 5): customers go back to how they stood, if they still stand as the act left them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain import access, claim_requests, ownership, twins
from domain.access import Actor
from domain.clock import Moment
from domain.errors import (
    AlreadyWaitingError,
    ChangedSinceError,
    GonghaiError,
    NotFoundError,
    UndoExpiredError,
)
from domain.models import Customer, Partner, Undoable, User
from domain.outcomes import Outcome, Result, Verdicts
from domain.permissions import Act
from domain.policy import Policy
from domain.pool import tell_assigned
from domain.timeline import Event, record
from domain.twins import Keys

UNDOABLE = frozenset({Act.RELEASE, Act.ASSIGN, Act.DELETE, Act.POOL_DELETE, Act.EXTEND})
_STANDING = (
    Customer.stage,
    Customer.partner_id,
    Customer.owner_id,
    Customer.owned_since,
    Customer.last_owner_id,
    Customer.last_lead_id,
    Customer.pooled_at,
    Customer.release_reason,
    Customer.release_note,
    Customer.signing_deadline,
    Customer.dormancy_deadline,
    Customer.first_followup_deadline,
    Customer.followup_deadline,
    Customer.due_on,
    Customer.deleted_at,
    Customer.deleted_by,
    Customer.deleted_from_owner_id,
)
_INSTANTS = frozenset({"owned_since", "pooled_at", "deleted_at"})
_DAYS = frozenset({"signing_deadline", "dormancy_deadline", "first_followup_deadline", "followup_deadline", "due_on"})

Standing = dict[str, dict[str, Any]]
"""How customers stand, as plain JSON by id."""


def standing(session: Session, customer_ids: Iterable[int]) -> Standing:
    """How these customers stand now: taken before an act, handed to `keep` after it."""
    rows = session.execute(select(Customer.id, *_STANDING).where(Customer.id.in_(list(customer_ids))))
    return {str(row.id): {column.key: _plain(getattr(row, column.key)) for column in _STANDING} for row in rows}


def undoable(
    session: Session, actor: Actor, act: Act, customer_ids: Sequence[int], work: Callable[[], list[Outcome]], *, now: Moment
) -> tuple[list[Outcome], int | None]:
    """Do an act and remember it: its outcomes, and the id by which it can be undone (None: nothing changed)."""
    before = standing(session, customer_ids)
    outcomes = work()
    return outcomes, keep(session, actor, act, before, outcomes, now=now)


def keep(session: Session, actor: Actor, act: Act, before: Standing, outcomes: Sequence[Outcome], *, now: Moment) -> int | None:
    """Remember an act that changed something, and return the id by which it can be undone."""
    done = [str(outcome.customer_id) for outcome in outcomes if outcome.result is Result.DONE]
    if not done:
        return None
    after = standing(session, (int(customer_id) for customer_id in done))
    kept = Undoable(actor_id=actor.id, act=act, at=now.utc, before={i: before[i] for i in done}, after=after)
    session.add(kept)
    session.flush()
    return kept.id


def undo(session: Session, actor: Actor, undo_id: int, *, policy: Policy, now: Moment) -> list[Outcome]:
    """Take one's own act back, customer by customer, where nothing has happened since.

    Raises NotFoundError, UndoExpiredError. Refused for a customer that changed, is waited for, or has a live duplicate by now.
    """
    kept = session.scalars(
        select(Undoable).where(Undoable.id == undo_id, Undoable.actor_id == actor.id).with_for_update()
    ).one_or_none()
    if kept is None:
        raise NotFoundError
    if kept.undone_at is not None or kept.at < now.utc - timedelta(minutes=policy.undo_minutes):
        raise UndoExpiredError(policy.undo_minutes)
    kept.undone_at = now.utc
    return _undo(session, actor, kept, now=now)


def _undo(session: Session, actor: Actor, kept: Undoable, *, now: Moment) -> list[Outcome]:
    ids = sorted(int(customer_id) for customer_id in kept.before)
    places = access.lock_places(session, ids, limit=len(ids))
    verdicts = Verdicts(ids, {place.id: place.name for place in places.values()})
    obstacles = _Obstacles(session, kept)
    back = []
    for customer_id in ids:
        error = obstacles.of(customer_id)
        if error is None:
            back.append(customer_id)
            verdicts.add(customer_id, Result.DONE)
        else:
            verdicts.refuse(customer_id, error)
    _put_back(session, actor, back, kept, now=now)
    record(session, Event.UNDONE, back, actor_id=actor.id, now=now, detail={"act": kept.act})
    _tell_owners(session, actor, back, kept, now=now)
    return verdicts.in_order()


class _Obstacles:
    """What stands in the way of an undo, looked up once for all its customers."""

    def __init__(self, session: Session, kept: Undoable) -> None:
        self._kept = kept
        ids = [int(customer_id) for customer_id in kept.before]
        self._present = standing(session, ids)
        self._waiting = claim_requests.waiting_for(session, ids)
        owners = {before["owner_id"] for before in kept.before.values() if before["owner_id"] is not None}
        self._gone = set(session.scalars(select(User.id).where(User.id.in_(owners), ~User.active)))
        linked = Customer.partner_id.in_([partner_id for _, partner_id in _unlinked(kept)])
        self._linked = set(session.scalars(select(Customer.partner_id).where(linked, Customer.deleted_at.is_(None))))
        deleted = [int(customer_id) for customer_id, after in kept.after.items() if after["deleted_at"] is not None]
        rows = session.execute(select(Customer.id, Customer.name_key, Customer.credit_code).where(Customer.id.in_(deleted)))
        self._keys = {row.id: Keys(row.name_key, row.credit_code) for row in rows}
        self._taken = twins.live(session, self._keys.values())

    def of(self, customer_id: int) -> GonghaiError | None:
        """Why this customer cannot be put back, if so."""
        key = str(customer_id)
        before, after = self._kept.before[key], self._kept.after[key]
        if self._present.get(key) != after or before["owner_id"] in self._gone:
            return ChangedSinceError()
        if customer_id in self._waiting:
            waiting = self._waiting[customer_id]
            return AlreadyWaitingError(waiting.requester, waiting.since)
        if after["partner_id"] is None and before["partner_id"] in self._linked:
            return ChangedSinceError()
        return self._keys[customer_id].among(self._taken) if customer_id in self._keys else None


def _unlinked(kept: Undoable) -> list[tuple[int, int]]:
    """The customers that the act parted from their partners, with these."""
    return [
        (int(customer_id), before["partner_id"])
        for customer_id, before in kept.before.items()
        if before["partner_id"] is not None and kept.after[customer_id]["partner_id"] is None
    ]


def _put_back(session: Session, actor: Actor, customer_ids: Sequence[int], kept: Undoable, *, now: Moment) -> None:
    if not customer_ids:
        return
    before = {customer_id: kept.before[str(customer_id)] for customer_id in customer_ids}
    rows = [{"id": i, **{name: _typed(name, value) for name, value in values.items()}} for i, values in before.items()]
    session.execute(update(Customer), rows)
    moved = {i: each["owner_id"] for i, each in before.items() if each["owner_id"] != kept.after[str(i)]["owner_id"]}
    ownership.reopen(session, moved, ended_by=actor.id, now=now)
    partners = [partner_id for customer_id, partner_id in _unlinked(kept) if customer_id in before]
    revived = update(Partner).where(Partner.id.in_(partners)).values(valid=True)
    session.execute(revived.execution_options(synchronize_session=False))


def _tell_owners(session: Session, actor: Actor, customer_ids: Sequence[int], kept: Undoable, *, now: Moment) -> None:
    owners: dict[int, list[int]] = {}
    for customer_id in customer_ids:
        owner_id = kept.before[str(customer_id)]["owner_id"]
        if owner_id is not None and owner_id != kept.after[str(customer_id)]["owner_id"]:
            owners.setdefault(owner_id, []).append(customer_id)
    for owner_id, ids in owners.items():
        tell_assigned(session, ids, owner_id, by=actor.id, now=now, again=f":undo{kept.id}")


def _plain(value: Any) -> Any:  # noqa: ANN401 — a column's value as JSON
    return value.isoformat() if isinstance(value, date | datetime) else value


def _typed(name: str, value: Any) -> Any:  # noqa: ANN401 — and back
    if value is None:
        return None
    if name in _INSTANTS:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name in _DAYS else value
