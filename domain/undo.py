"""Taking an act back for some minutes (SPEC 5): customers go back to how they stood, if they still stand as the act left them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain import access, claim_requests, customers, ownership
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
    present = standing(session, ids)
    verdicts = Verdicts(ids, {place.id: place.name for place in places.values()})
    waiting = claim_requests.waiting_for(session, ids)
    back = []
    for customer_id in ids:
        key = str(customer_id)
        error: GonghaiError | None = None
        if present.get(key) != kept.after[key]:
            error = ChangedSinceError()
        elif customer_id in waiting:
            error = AlreadyWaitingError(waiting[customer_id].requester, waiting[customer_id].since)
        else:
            error = _unfit(session, customer_id, kept.before[key], kept.after[key])
        if error is not None:
            verdicts.refuse(customer_id, error)
            continue
        _put_back(session, actor, customer_id, kept.before[key], kept.after[key], now=now)
        verdicts.add(customer_id, Result.DONE)
        back.append(customer_id)
    record(session, Event.UNDONE, back, actor_id=actor.id, now=now, detail={"act": kept.act})
    _tell_owners(session, actor, back, kept, now=now)
    return verdicts.in_order()


def _unfit(session: Session, customer_id: int, before: dict[str, Any], after: dict[str, Any]) -> GonghaiError | None:
    owner_id = before["owner_id"]
    if owner_id is not None and not session.get_one(User, owner_id).active:
        return ChangedSinceError()
    partner_id = before["partner_id"]
    if partner_id is not None and after["partner_id"] is None:
        linked = select(Customer.id).where(Customer.partner_id == partner_id, Customer.deleted_at.is_(None))
        if session.scalar(linked) is not None:
            return ChangedSinceError()
    if after["deleted_at"] is not None:
        customer = session.get_one(Customer, customer_id, populate_existing=True)
        try:
            customers.refuse_duplicate(session, customer.name, customer.credit_code, but=customer_id)
        except GonghaiError as twin:
            return twin
    return None


def _put_back(
    session: Session, actor: Actor, customer_id: int, before: dict[str, Any], after: dict[str, Any], *, now: Moment
) -> None:
    values = {name: _typed(name, value) for name, value in before.items()}
    session.execute(update(Customer).where(Customer.id == customer_id).values(**values))
    if before["owner_id"] != after["owner_id"]:
        ownership.reopen(session, customer_id, before["owner_id"], ended_by=actor.id, now=now)
    if before["partner_id"] is not None and after["partner_id"] is None:
        session.execute(update(Partner).where(Partner.id == before["partner_id"]).values(valid=True))


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
