"""The gate to every row: who is acting, how he stands to a customer, and the customers that exist for him.

What an actor may not see does not exist for him: a missing and an invisible row look the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, case, select, true
from sqlalchemy.orm import Session

from domain.dialects import table_of
from domain.errors import BatchTooLargeError, NotAllowedError, NotFoundError, NothingSelectedError
from domain.models import Customer, User
from domain.permissions import ALLOWED, SPECIAL_RIGHTS, Act, Relation, Role, allows


@dataclass(frozen=True)
class Actor:
    """The acting person.

    `led_ids` are the people of the teams that he leads, all the way down, himself included;
    `team_lead_id` names his own team by its lead (SPEC 2).
    """

    id: int
    name: str
    role: Role
    language: str
    direct_assign: bool
    team_lead_id: int | None
    led_ids: frozenset[int]

    @property
    def is_admin(self) -> bool:
        """Whether every team is his."""
        return self.role is Role.ADMIN

    def leads(self, user_id: int | None) -> bool:
        """Whether the person stands in a team of his."""
        return self.is_admin or user_id in self.led_ids

    def may(self, act: Act, relation: Relation) -> bool:
        """Whether he may do `act` to a customer that stands in `relation` to him."""
        return allows(self.role, act, relation, special=self.direct_assign)

    def may_ever(self, act: Act) -> bool:
        """Whether there is any customer to which he may do `act`: what menus ask."""
        return bool(ALLOWED[act][self.role]) and (self.direct_assign or act not in SPECIAL_RIGHTS)


class Held(NamedTuple):
    """What operations decide on: one customer's place, read under a lock; `hands` is how often it has changed hands."""

    id: int
    name: str
    stage: str
    level: str | None
    owner_id: int | None
    owned_since: datetime | None
    pooled_at: datetime | None
    last_owner_id: int | None
    last_lead_id: int | None
    deleted_by: int | None
    hands: int


_CUSTOMERS, _PEOPLE = table_of(Customer), table_of(User)
"""The tables themselves: whatever everybody asks at each turn passes by the ORM."""

_PLACE = [_CUSTOMERS.c[name] for name in Held._fields]
_PLACE_OF = select(*_PLACE).where(_CUSTOMERS.c.id == bindparam("customer_id"))
_LOCKED_PLACES = (
    select(*_PLACE).where(_CUSTOMERS.c.id.in_(bindparam("ids", expanding=True))).order_by(_CUSTOMERS.c.id).with_for_update()
)
_SEEN_ACTIVE = select(*(_PEOPLE.c[name] for name in ("id", "name", "role", "language", "direct_assign", "superior_id"))).where(
    _PEOPLE.c.active
)
_ACTIVE = _SEEN_ACTIVE.with_for_update(read=True, key_share=True)
_BY_ACCOUNT = _ACTIVE.where(_PEOPLE.c.telegram_id == bindparam("telegram_id"))
_BY_ID = _ACTIVE.where(_PEOPLE.c.id == bindparam("user_id"))
_BY_ID_ONLY_READ = _SEEN_ACTIVE.where(_PEOPLE.c.id == bindparam("user_id"))
_NAMES = select(_PEOPLE.c.id, _PEOPLE.c.name).where(_PEOPLE.c.id.in_(bindparam("ids", expanding=True)))


def find_actor(session: Session, telegram_id: int) -> Actor | None:
    """The active person bound to a Telegram account, or None: unbound or deactivated (SPEC 2).

    Whoever acts cannot be deactivated before the transaction ends.
    """
    person = session.execute(_BY_ACCOUNT, {"telegram_id": telegram_id}).one_or_none()
    return _actor(session, person) if person else None


def actor_by_id(session: Session, user_id: int, *, held: bool = True) -> Actor:
    """The active person with this id; `held`: he stays so until the transaction ends. Raises NotFoundError."""
    person = session.execute(_BY_ID if held else _BY_ID_ONLY_READ, {"user_id": user_id}).one_or_none()
    if person is None:
        raise NotFoundError
    return _actor(session, person)


def _actor(session: Session, person: Sequence[Any]) -> Actor:
    user_id, name, role, language, direct_assign, superior_id = person
    leads = role == Role.LEAD
    return Actor(
        id=user_id,
        name=name,
        role=Role(role),
        language=language,
        direct_assign=direct_assign,
        team_lead_id=user_id if leads else superior_id,
        led_ids=frozenset(session.scalars(_BELOW, {"lead_id": user_id})) if leads else frozenset(),
    )


def team_of(person: Any) -> ColumnElement[int | None]:  # noqa: ANN401 — `User`, or the columns of its table
    """The team that a person belongs to, named by its lead: a lead's own, anybody else's superior's (SPEC 2)."""
    return case((person.role == Role.LEAD, person.id), else_=person.superior_id)


def people_below(lead_id: int | BindParameter[int]) -> Select[int]:
    """The ids of a lead and everybody below, all the way down."""
    below = select(User.id).where(User.id == lead_id).cte("below", recursive=True)
    below = below.union(select(User.id).join(below, User.superior_id == below.c.id))
    return select(below.c.id)


def people_above(user_id: int) -> Select[int]:
    """The ids of everybody above a person, all the way up."""
    above = select(User.superior_id).where(User.id == user_id).cte("above", recursive=True)
    above = above.union(select(User.superior_id).join(above, User.id == above.c.superior_id))
    return select(above.c.superior_id).where(above.c.superior_id.is_not(None))


_BELOW = people_below(bindparam("lead_id"))


def relation(actor: Actor, place: Held) -> Relation:
    """How the actor stands to the customer."""
    if place.deleted_by is not None:
        return Relation.MY_BIN if place.deleted_by == actor.id else Relation.OTHER_BIN
    if place.owner_id is None:
        return Relation.POOL
    if place.owner_id == actor.id:
        return Relation.OWN
    return Relation.TEAM if actor.leads(place.owner_id) else Relation.OTHER


def of_last_team(actor: Actor, place: Held) -> bool:
    """Whether the actor is of the team that owned the customer last, leads it or stands above; of nobody's everybody is."""
    if place.last_owner_id is None or actor.is_admin:
        return True
    return place.last_lead_id is not None and (place.last_lead_id == actor.team_lead_id or place.last_lead_id in actor.led_ids)


def place_of(session: Session, actor: Actor, customer_id: int, act: Act = Act.VIEW) -> Held:
    """One customer's place if the actor may do `act` to it. Raises NotFoundError or, for what he may see, NotAllowedError."""
    row = session.execute(_PLACE_OF, {"customer_id": customer_id}).one_or_none()
    if row is None:
        raise NotFoundError
    place = Held._make(row)
    check(actor, place, act)
    return place


def place_in(customer: Row[Any]) -> Held:
    """The place of a customer that was read whole."""
    return Held._make(getattr(customer, name) for name in Held._fields)


def check(actor: Actor, place: Held, act: Act) -> None:
    """Raise NotFoundError for what the actor may not see, NotAllowedError for what he may not do to what he sees."""
    stands = relation(actor, place)
    if actor.may(act, stands):
        return
    if not actor.may(Act.VIEW, stands):
        raise NotFoundError
    raise NotAllowedError(act)


def require(actor: Actor, act: Act) -> None:
    """Raise NotAllowedError when there is no customer at all to which the actor may do `act`."""
    if not actor.may_ever(act):
        raise NotAllowedError(act)


def lock_places(session: Session, customer_ids: Iterable[int], *, limit: int) -> dict[int, Held]:
    """The places of a batch, locked in id order against any change until the transaction ends.

    Raises NothingSelectedError and BatchTooLargeError. What is not there is not in the answer.
    """
    ids = sorted(set(customer_ids))
    if not ids:
        raise NothingSelectedError
    if len(ids) > limit:
        raise BatchTooLargeError(limit, len(ids))
    return {row.id: Held._make(row) for row in session.execute(_LOCKED_PLACES, {"ids": ids})}


def person(session: Session, user_id: int) -> User | None:
    """Somebody about to be given something, read under a lock: he cannot be deactivated before the transaction ends."""
    return session.get(User, user_id, with_for_update={"read": True, "key_share": True})


def lock_people(session: Session, user_ids: Iterable[int]) -> None:
    """Keep people from being deactivated until the transaction ends; they are locked before customers are, in id order."""
    people = select(User.id).where(User.id.in_(sorted(set(user_ids)))).order_by(User.id)
    session.execute(people.with_for_update(read=True, key_share=True))


def visible_owners(actor: Actor) -> ColumnElement[bool]:
    """The owned customers that `本组客户` shows to a lead or an admin."""
    if actor.is_admin:
        return Customer.owner_id.is_not(None)
    return Customer.owner_id.in_(actor.led_ids)


def assignable(actor: Actor) -> Select[User]:
    """The people to whom the actor may assign: active, not admins, of his teams; with the special right anybody active."""
    people = select(User).where(User.active, User.role != Role.ADMIN)
    return people.where(true() if actor.is_admin else User.id.in_(actor.led_ids)).order_by(User.name, User.id)


def anybody(actor: Actor) -> Select[User]:
    """Everybody active who can own customers: whom the holder of `direct_assign` may choose from."""
    if not actor.direct_assign:
        raise NotAllowedError(Act.DIRECT_ASSIGN)
    return select(User).where(User.active, User.role != Role.ADMIN).order_by(User.name, User.id)


def gone(session: Session, user_ids: Iterable[int | None]) -> list[int]:
    """Those of these people who have left; who has not cannot before the transaction ends."""
    ids = sorted(user_id for user_id in set(user_ids) if user_id is not None)
    if not ids:
        return []
    people = select(_PEOPLE.c.id, _PEOPLE.c.active).where(_PEOPLE.c.id.in_(ids)).order_by(_PEOPLE.c.id)
    return [row.id for row in session.execute(people.with_for_update(read=True, key_share=True)) if not row.active]


def names_of(session: Session, user_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of people by id, in one statement."""
    wanted: Sequence[int] = sorted({user_id for user_id in user_ids if user_id is not None})
    if not wanted:
        return {}
    return {row.id: row.name for row in session.execute(_NAMES, {"ids": wanted})}
