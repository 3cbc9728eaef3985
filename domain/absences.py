"""Being away (SPEC 2): until the end of a day somebody else gets the approvals and digests. One's own to say, or an admin's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import access, approvals, outbox
from domain.access import Actor
from domain.clock import Moment
from domain.errors import InvalidFieldError, NoSuchPersonError, NotFoundError
from domain.models import User
from domain.outbox import Kind, Notice, Priority
from domain.permissions import Act
from domain.timeline import Event, record_person

LONGEST = 90


@dataclass(frozen=True)
class Absence:
    """Who is away, the last day of it, and who stands in."""

    name: str
    last_day: date
    stand_in_id: int
    stand_in: str


def go_away(session: Session, actor: Actor, user_id: int, last_day: date, stand_in_id: int, *, now: Moment) -> None:
    """Away until the end of `last_day`; the stand-in is told and gets the cards of all that waits.

    Raises InvalidFieldError for a day that has passed or lies too far ahead, NoSuchPersonError for somebody who cannot stand in.
    """
    check_day(last_day, now=now)
    user = _taken(session, actor, user_id)
    stand_in = access.person(session, stand_in_id)
    if stand_in is None or not stand_in.active or stand_in.telegram_id is None or stand_in_id == user_id:
        raise NoSuchPersonError(stand_in.name if stand_in else str(stand_in_id))
    before = _as_noted(user, now)
    user.away_until, user.stand_in_id = now.start_of_day(last_day + timedelta(days=1)), stand_in_id
    _note(session, actor, user, before, now=now)
    key = f"stand_in:{user_id}:{stand_in_id}:{now.utc.isoformat()}"
    outbox.tell(session, [Notice(key, Kind.STAND_IN, stand_in_id, {"user_id": user_id}, Priority.URGENT)], now=now)
    approvals.reroute(session, now=now)


def come_back(session: Session, actor: Actor, user_id: int, *, now: Moment) -> None:
    """Here again: what waits is the person's own to decide."""
    user = _taken(session, actor, user_id)
    before = _as_noted(user, now)
    user.away_until = user.stand_in_id = None
    _note(session, actor, user, before, now=now)
    approvals.reroute(session, now=now)


def end_passed(session: Session, *, now: Moment) -> int:
    """Whoever was away and is back gets the cards of what waits, as the stand-in did; returns how many came back."""
    over = select(User).where(User.stand_in_id.is_not(None), User.away_until <= now.utc).order_by(User.id)
    back = session.scalars(over.with_for_update(skip_locked=True).execution_options(populate_existing=True)).all()
    for user in back:
        before = _as_noted(user, now)
        user.away_until = user.stand_in_id = None
        _note(session, None, user, before, now=now)
    if back:
        approvals.reroute(session, now=now)
    return len(back)


def check_day(last_day: date, *, now: Moment) -> None:
    """Raise InvalidFieldError unless the day is today or one of the next ninety."""
    if last_day < now.today:
        raise InvalidFieldError("away_until", "past")
    if last_day > now.today + timedelta(days=LONGEST):
        raise InvalidFieldError("away_until", "out_of_range")


def absence_of(session: Session, user_id: int, *, now: Moment) -> Absence | None:
    """How the person is away now, if he is."""
    user = session.scalars(select(User).where(User.id == user_id, User.active, User.away_until > now.utc)).one_or_none()
    if user is None or user.away_until is None or user.stand_in_id is None:
        return None
    stand_in = access.names_of(session, [user.stand_in_id])[user.stand_in_id]
    return Absence(user.name, last_day_of(user.away_until, now), user.stand_in_id, stand_in)


def last_day_of(away_until: datetime, now: Moment) -> date:
    """The last whole day before the instant at which somebody is back."""
    return now.local(away_until - timedelta(seconds=1)).date()


def _taken(session: Session, actor: Actor, user_id: int) -> User:
    if user_id != actor.id:
        access.require(actor, Act.MANAGE_USERS)
    taken = select(User).where(User.id == user_id, User.active).with_for_update().execution_options(populate_existing=True)
    user = session.scalars(taken).one_or_none()
    if user is None:
        raise NotFoundError
    return user


def _as_noted(user: User, now: Moment) -> dict[str, object]:
    last_day = str(last_day_of(user.away_until, now)) if user.away_until else None
    return {"away_until": last_day, "stand_in_id": user.stand_in_id}


def _note(session: Session, actor: Actor | None, user: User, before: dict[str, object], *, now: Moment) -> None:
    session.flush()
    after = _as_noted(user, now)
    detail = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if detail:
        record_person(session, Event.USER_CHANGED, user.id, actor_id=actor.id if actor else None, now=now, detail=detail)
