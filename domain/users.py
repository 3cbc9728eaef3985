"""The staff (SPEC 2): who they are and whom they answer to."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from domain import access, approvals
from domain.access import Actor
from domain.clock import Moment
from domain.dialects import insert_ignore
from domain.errors import InvalidFieldError, LoginTakenError, NoSuchPersonError, SuperiorCycleError
from domain.models import Branch, Department, User
from domain.permissions import Act, Role
from domain.timeline import Event, record_person


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
    login = person.login.strip()
    if not login or not person.name.strip():
        raise InvalidFieldError("login" if not login else "name", "empty")
    if session.scalar(select(User.id).where(func.lower(User.login) == login.lower())):
        raise LoginTakenError(login)
    superior = by_login(session, person.superior_login) if person.superior_login else None
    branch_id = _branch(session, person.company) if person.company else None
    user = User(
        login=login,
        name=person.name.strip(),
        role=person.role,
        superior_id=superior.id if superior else None,
        branch_id=branch_id,
        department_id=_department(session, branch_id, person.department) if person.department else None,
        direct_assign=person.direct_assign,
        language=person.language,
        created_at=now.utc,
    )
    session.add(user)
    session.flush()
    record_person(session, Event.USER_ADDED, user.id, actor_id=actor.id if actor else None, now=now, detail={"role": user.role})
    return user


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
    """Change whom somebody answers to. Raises NoSuchPersonError, and SuperiorCycleError when the superior stands below him."""
    if actor is not None:
        access.require(actor, Act.MANAGE_USERS)
    user = session.get(User, user_id)
    superior = access.person(session, superior_id) if superior_id is not None else None
    if user is None or (superior_id is not None and (superior is None or not superior.active)):
        raise NoSuchPersonError(str(user_id if user is None else superior_id))
    if superior is not None and superior.id in session.scalars(access.people_below(user_id)).all():
        raise SuperiorCycleError(user.name, superior.name)
    before, user.superior_id = user.superior_id, superior_id
    try:
        session.flush()
    except IntegrityError as refused:
        raise SuperiorCycleError(user.name, "") from refused
    detail = {"superior_id": [before, superior_id]}
    record_person(session, Event.USER_CHANGED, user_id, actor_id=actor.id if actor else None, now=now, detail=detail)
    approvals.reroute(session, now=now)


def set_language(session: Session, actor: Actor, language: str) -> None:
    """The actor's own language: zh or en."""
    if language not in ("zh", "en"):
        raise InvalidFieldError("language", "unknown")
    session.execute(update(User).where(User.id == actor.id).values(language=language))


def _branch(session: Session, name: str) -> int:
    insert_ignore(session, Branch, [{"name": name.strip()}], on=["name"])
    return session.scalars(select(Branch.id).where(Branch.name == name.strip())).one()


def _department(session: Session, branch_id: int | None, name: str) -> int:
    if branch_id is None:
        raise InvalidFieldError("department", "needs_company")
    insert_ignore(session, Department, [{"branch_id": branch_id, "name": name.strip()}], on=["branch_id", "name"])
    return session.scalars(select(Department.id).where(Department.branch_id == branch_id, Department.name == name.strip())).one()
