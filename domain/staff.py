"""The staff as an admin looks at it (SPEC 2): search by any words, one person in full, and what an edit may choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from domain import access
from domain.access import Actor
from domain.clock import Moment
from domain.errors import NotFoundError
from domain.models import Branch, ClaimRequest, Customer, Department, RequestBatch, User
from domain.permissions import Act, Role
from domain.stages import RequestStatus

PAGE = 8


@dataclass(frozen=True)
class Word:
    """A word of a search; `roles` are those that it may name in the reader's language."""

    text: str
    roles: tuple[Role, ...] = ()


class StaffLine(NamedTuple):
    """One person of a list; `bound`: he has joined from Telegram."""

    id: int
    name: str
    role: Role
    department: str | None
    active: bool
    bound: bool
    away: bool


@dataclass(frozen=True)
class StaffPage:
    """Eight people, and how many there are in all."""

    lines: Sequence[StaffLine]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class PersonCard:
    """Everything about one person; `away_until` only while it lasts. `members` counts the active ones."""

    id: int
    login: str
    name: str
    role: Role
    superior_id: int | None
    superior: str | None
    branch_id: int | None
    company: str | None
    department_id: int | None
    department: str | None
    direct_assign: bool
    language: str
    active: bool
    telegram_id: int | None
    away_until: datetime | None
    stand_in: str | None
    members: int
    customers: int


class Burden(NamedTuple):
    """What somebody would leave behind: customers, active members, claims that wait for the team, and claims of his own."""

    customers: int
    members: int
    to_review: int
    asked: int


class Choice(NamedTuple):
    """A company or a department to choose from."""

    id: int
    name: str


def search(session: Session, actor: Actor, words: Sequence[Word], *, page: int, now: Moment) -> StaffPage:
    """The people in whose name, login, company, department or role every word is found: the active ones first, by name."""
    access.require(actor, Act.MANAGE_USERS)
    found = and_(true(), *(_holds(word) for word in words))
    people = _joined(select(func.count())).where(found)
    total = session.scalars(people).one()
    pages = max(1, -(-total // PAGE))
    page = max(0, min(page, pages - 1))
    rows = session.execute(
        _joined(select(User, Department.name))
        .where(found)
        .order_by(User.active.desc(), User.name, User.id)
        .limit(PAGE)
        .offset(page * PAGE)
    )
    return StaffPage([_line(user, department, now) for user, department in rows], page, pages, total)


def card(session: Session, actor: Actor, user_id: int, *, now: Moment) -> PersonCard:
    """One person: anybody sees himself, an admin everybody. Raises NotFoundError."""
    row = None
    if user_id == actor.id or actor.may_ever(Act.MANAGE_USERS):
        row = session.execute(_CARD.where(User.id == user_id)).one_or_none()
    if row is None:
        raise NotFoundError
    return _card(row, now)


def burden_of(session: Session, actor: Actor, user_id: int) -> Burden:
    """The numbers that an admin looks at before he lets somebody go."""
    access.require(actor, Act.MANAGE_USERS)
    waits = select(func.count()).select_from(ClaimRequest).join(RequestBatch, RequestBatch.id == ClaimRequest.batch_id)
    waits = waits.where(ClaimRequest.status == RequestStatus.WAITING)
    own = or_(RequestBatch.requester_id == user_id, RequestBatch.assignee_id == user_id)
    row = session.execute(
        select(
            _owned().where(Customer.owner_id == user_id).scalar_subquery(),
            _members_of(user_id).scalar_subquery(),
            waits.where(RequestBatch.lead_id == user_id).scalar_subquery(),
            waits.where(own).scalar_subquery(),
        )
    ).one()
    return Burden._make(row)


def superiors(session: Session, actor: Actor, user_id: int | None) -> Sequence[User]:
    """To whom the person (None: somebody new) may answer: active leads who do not stand below him."""
    access.require(actor, Act.MANAGE_USERS)
    people = select(User).where(User.active, User.role == Role.LEAD)
    if user_id is not None:
        people = people.where(User.id.not_in(access.people_below(user_id)))
    return session.scalars(people.order_by(User.name, User.id)).all()


def stand_ins(session: Session, user_id: int) -> Sequence[User]:
    """Who may stand in for the person: everybody active who has joined, his own team first."""
    person = session.get(User, user_id)
    if person is None:
        raise NotFoundError
    near = or_(User.superior_id.in_([user_id, person.superior_id or user_id]), User.id == person.superior_id)
    people = select(User).where(User.active, User.telegram_id.is_not(None), User.id != user_id)
    return session.scalars(people.order_by(func.coalesce(near, False).desc(), User.name, User.id)).all()


def companies(session: Session) -> Sequence[Choice]:
    """The companies of the organisation."""
    return [Choice._make(row) for row in session.execute(select(Branch.id, Branch.name).order_by(Branch.name))]


def departments(session: Session, branch_id: int | None) -> Sequence[Choice]:
    """The departments of one company."""
    of_it = select(Department.id, Department.name).where(Department.branch_id == branch_id).order_by(Department.name)
    return [Choice._make(row) for row in session.execute(of_it)]


def _holds(word: Word) -> ColumnElement[bool]:
    columns = (User.name, User.login, Branch.name, Department.name)
    return or_(*(column.icontains(word.text, autoescape=True) for column in columns), User.role.in_(word.roles))


def _joined(people: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    people = people.select_from(User).outerjoin(Branch, Branch.id == User.branch_id)
    return people.outerjoin(Department, Department.id == User.department_id)


def _line(user: User, department: str | None, now: Moment) -> StaffLine:
    away = user.away_until is not None and user.away_until > now.utc
    return StaffLine(user.id, user.name, Role(user.role), department, user.active, user.telegram_id is not None, away)


def _owned() -> Select[int]:
    return select(func.count()).select_from(Customer)


def _members_of(user_id: Any) -> Select[int]:  # noqa: ANN401 — a number or a column
    member = aliased(User)
    return select(func.count()).select_from(member).where(member.superior_id == user_id, member.active)


_superior, _stand_in = aliased(User), aliased(User)
_CARD = (
    _joined(
        select(
            User,
            _superior.name,
            Branch.name,
            Department.name,
            _stand_in.name,
            _members_of(User.id).scalar_subquery(),
            _owned().where(Customer.owner_id == User.id).scalar_subquery(),
        )
    )
    .outerjoin(_superior, _superior.id == User.superior_id)
    .outerjoin(_stand_in, _stand_in.id == User.stand_in_id)
    .execution_options(populate_existing=True)
)


def _card(row: Row[*tuple[Any, ...]], now: Moment) -> PersonCard:
    user, superior, company, department, stand_in, members, customers = row
    away = user.away_until is not None and user.away_until > now.utc
    return PersonCard(
        id=user.id,
        login=user.login,
        name=user.name,
        role=Role(user.role),
        superior_id=user.superior_id,
        superior=superior,
        branch_id=user.branch_id,
        company=company,
        department_id=user.department_id,
        department=department,
        direct_assign=user.direct_assign,
        language=user.language,
        active=user.active,
        telegram_id=user.telegram_id,
        away_until=user.away_until if away else None,
        stand_in=stand_in if away else None,
        members=members,
        customers=customers,
    )
