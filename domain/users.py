"""The staff (SPEC 2): who they are and whom they answer to."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from domain import access, approvals, cards
from domain.access import Actor
from domain.clock import Moment
from domain.dialects import insert_ignore
from domain.errors import (
    InvalidFieldError,
    LastAdminError,
    LoginTakenError,
    NoSuchPersonError,
    NotALeadError,
    SuperiorCycleError,
)
from domain.models import Branch, Department, User
from domain.permissions import Act, Role
from domain.timeline import Event, record_person

NAME_LENGTH = 60


@dataclass(frozen=True)
class Person:
    """One line of the staff list; `bound`: he has joined from Telegram."""

    id: int
    login: str
    name: str
    role: Role
    superior: str | None
    company: str | None
    department: str | None
    direct_assign: bool
    active: bool
    bound: bool


@dataclass(frozen=True)
class NewPerson:
    """What is needed to add somebody; company and department are made when they are new."""

    login: str
    name: str
    role: Role
    superior_login: str | None = None
    company: str | None = None
    department: str | None = None
    direct_assign: bool = False
    language: str = "zh"


def add(session: Session, actor: Actor | None, person: NewPerson, *, now: Moment) -> User:
    """Add somebody to the staff. `actor` None: the command line, whose right is the machine's."""
    if actor is not None:
        access.require(actor, Act.MANAGE_USERS)
    login, name = free_login(session, person.login), checked("name", person.name)
    superior = by_login(session, person.superior_login) if person.superior_login else None
    if superior is not None and superior.role != Role.LEAD:
        raise NotALeadError(superior.name)
    branch_id = branch(session, person.company) if person.company else None
    user = User(
        login=login,
        name=name,
        role=person.role,
        superior_id=superior.id if superior else None,
        branch_id=branch_id,
        department_id=department(session, branch_id, person.department) if person.department else None,
        direct_assign=person.direct_assign,
        language=person.language,
        created_at=now.utc,
    )
    session.add(user)
    session.flush()
    record_person(session, Event.USER_ADDED, user.id, actor_id=actor.id if actor else None, now=now, detail={"role": user.role})
    return user


def free_login(session: Session, login: str) -> str:
    """The login as it is kept. Raises InvalidFieldError, and LoginTakenError when somebody has it, in whatever case."""
    login = checked("login", login)
    if session.scalar(select(User.id).where(func.lower(User.login) == login.lower())):
        raise LoginTakenError(login)
    return login


def checked(field: str, value: str) -> str:
    """A name as it is kept: one line without spaces around it. Raises InvalidFieldError."""
    value = " ".join(value.split())
    if not value or len(value) > NAME_LENGTH:
        raise InvalidFieldError(field, "too_long" if value else "empty")
    return value


def by_login(session: Session, login: str) -> User:
    """The active person with this staff login, whatever its case. Raises NoSuchPersonError."""
    user = session.scalars(select(User).where(func.lower(User.login) == login.strip().lower(), User.active)).one_or_none()
    if user is None:
        raise NoSuchPersonError(login)
    return user


def listing(session: Session) -> list[Person]:
    """The whole staff, the inactive included, by login."""
    superior = aliased(User)
    rows = session.execute(
        select(User, superior.login, Branch.name, Department.name)
        .outerjoin(superior, superior.id == User.superior_id)
        .outerjoin(Branch, Branch.id == User.branch_id)
        .outerjoin(Department, Department.id == User.department_id)
        .order_by(User.login)
    )
    return [
        Person(
            id=user.id,
            login=user.login,
            name=user.name,
            role=Role(user.role),
            superior=superior_login,
            company=company,
            department=department,
            direct_assign=user.direct_assign,
            active=user.active,
            bound=user.telegram_id is not None,
        )
        for user, superior_login, company, department in rows
    ]


def set_superior(session: Session, actor: Actor | None, user_id: int, superior_id: int | None, *, now: Moment) -> None:
    """Change whom somebody answers to.

    Raises NoSuchPersonError, SuperiorCycleError when the superior stands below him, NotALeadError when he is none.
    """
    if actor is not None:
        access.require(actor, Act.MANAGE_USERS)
    user = session.get(User, user_id)
    superior = access.person(session, superior_id) if superior_id is not None else None
    if user is None or (superior_id is not None and (superior is None or not superior.active)):
        raise NoSuchPersonError(str(user_id if user is None else superior_id))
    if superior is not None and superior.id in session.scalars(access.people_below(user_id)).all():
        raise SuperiorCycleError(user.name, superior.name)
    if superior is not None and superior.role != Role.LEAD:
        raise NotALeadError(superior.name)
    saw = session.scalars(access.people_above(user_id)).all()
    before, user.superior_id = user.superior_id, superior_id
    try:
        session.flush()
    except IntegrityError as refused:
        raise SuperiorCycleError(user.name, "") from refused
    detail = {"superior_id": [before, superior_id]}
    record_person(session, Event.USER_CHANGED, user_id, actor_id=actor.id if actor else None, now=now, detail=detail)
    approvals.reroute(session, now=now)
    cards.revoke(session, saw, now=now)


def keep_an_admin(session: Session, user: User) -> None:
    """Raise LastAdminError when the person, about to go or to become something else, is the only active admin."""
    others = select(User.id).where(User.role == Role.ADMIN, User.active, User.id != user.id).limit(1)
    if user.role == Role.ADMIN and not session.scalar(others):
        raise LastAdminError(user.name)


def branch(session: Session, name: str) -> int:
    """The company of this name, made when it is new."""
    name = checked("company", name)
    insert_ignore(session, Branch, [{"name": name}], on=["name"])
    return session.scalars(select(Branch.id).where(Branch.name == name)).one()


def department(session: Session, branch_id: int | None, name: str) -> int:
    """The department of this name in a company, made when it is new. Raises InvalidFieldError without a company."""
    if branch_id is None:
        raise InvalidFieldError("department", "needs_company")
    name = checked("department", name)
    insert_ignore(session, Department, [{"branch_id": branch_id, "name": name}], on=["branch_id", "name"])
    return session.scalars(select(Department.id).where(Department.branch_id == branch_id, Department.name == name)).one()
