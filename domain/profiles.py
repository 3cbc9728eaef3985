"""What can be changed of a person (SPEC 2). Each change stands in the timeline with its value before and after.

An admin changes everybody; one's own language anybody.
"""

from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain import access, approvals, cards, users
from domain.access import Actor
from domain.clock import Moment
from domain.errors import HasMembersError, InvalidFieldError, NotFoundError
from domain.models import Branch, Department, User
from domain.permissions import Act, Role
from domain.timeline import Event, record_person

LANGUAGES = ("zh", "en")


class ProfileField(StrEnum):
    """What an admin edits of a person."""

    NAME = "name"
    ROLE = "role"
    SUPERIOR = "superior"
    COMPANY = "company"
    DEPARTMENT = "department"
    DIRECT_ASSIGN = "direct_assign"
    LANGUAGE = "language"


def set_name(session: Session, actor: Actor, user_id: int, name: str, *, now: Moment) -> None:
    """Another name. Raises InvalidFieldError."""
    user = _taken(session, actor, user_id)
    before, user.name = user.name, users.checked(ProfileField.NAME, name)
    _note(session, actor, user, {ProfileField.NAME: [before, user.name]}, now=now)


def set_role(session: Session, actor: Actor, user_id: int, role: Role, *, now: Moment) -> None:
    """Another role; requests that wait go to whoever decides them now.

    Raises HasMembersError: a team keeps a lead; LastAdminError: the organisation keeps an admin.
    """
    user = _taken(session, actor, user_id)
    if role is not Role.ADMIN:
        users.keep_an_admin(session, user)
    if role is not Role.LEAD:
        _refuse_orphans(session, user)
    before, user.role = user.role, role
    _note(session, actor, user, {ProfileField.ROLE: [before, role]}, now=now)
    approvals.reroute(session, now=now)
    cards.revoke(session, [user.id], now=now)


def set_company(session: Session, actor: Actor, user_id: int, name: str | None, *, now: Moment) -> None:
    """Another company, made when it is new. A department of the same name there is kept, any other is left."""
    user = _taken(session, actor, user_id)
    before = _place_names(session, user)
    department = before[ProfileField.DEPARTMENT]
    user.branch_id = users.branch(session, name) if name else None
    user.department_id = session.scalar(
        select(Department.id).where(Department.branch_id == user.branch_id, Department.name == department)
    )
    _note_place(session, actor, user, before, now=now)


def set_department(session: Session, actor: Actor, user_id: int, name: str | None, *, now: Moment) -> None:
    """Another department of the person's company, made when it is new. Raises InvalidFieldError without a company."""
    user = _taken(session, actor, user_id)
    before = _place_names(session, user)
    user.department_id = users.department(session, user.branch_id, name) if name else None
    _note_place(session, actor, user, before, now=now)


def set_direct_assign(session: Session, actor: Actor, user_id: int, *, on: bool, now: Moment) -> None:
    """Give or take the special right 直接分配."""
    user = _taken(session, actor, user_id)
    before, user.direct_assign = user.direct_assign, on
    _note(session, actor, user, {ProfileField.DIRECT_ASSIGN: [before, on]}, now=now)


def set_language(session: Session, actor: Actor, user_id: int, language: str, *, now: Moment) -> None:
    """Another language: one's own, or for an admin anybody's. Raises InvalidFieldError."""
    if language not in LANGUAGES:
        raise InvalidFieldError(ProfileField.LANGUAGE, "unknown")
    user = _taken(session, actor, user_id, own=True)
    before, user.language = user.language, language
    _note(session, actor, user, {ProfileField.LANGUAGE: [before, language]}, now=now)


def _taken(session: Session, actor: Actor, user_id: int, *, own: bool = False) -> User:
    """The active person, locked for the change."""
    if not (own and user_id == actor.id):
        access.require(actor, Act.MANAGE_USERS)
    taken = select(User).where(User.id == user_id, User.active).with_for_update().execution_options(populate_existing=True)
    user = session.scalars(taken).one_or_none()
    if user is None:
        raise NotFoundError
    return user


def _refuse_orphans(session: Session, user: User) -> None:
    members = session.scalars(select(func.count()).select_from(User).where(User.superior_id == user.id, User.active)).one()
    if members:
        raise HasMembersError(user.name, members)


def _place_names(session: Session, user: User) -> dict[str, str | None]:
    return {
        ProfileField.COMPANY: session.scalar(select(Branch.name).where(Branch.id == user.branch_id)),
        ProfileField.DEPARTMENT: session.scalar(select(Department.name).where(Department.id == user.department_id)),
    }


def _note_place(session: Session, actor: Actor, user: User, before: dict[str, str | None], *, now: Moment) -> None:
    session.flush()
    after = _place_names(session, user)
    _note(session, actor, user, {name: [before[name], after[name]] for name in before}, now=now)


def _note(session: Session, actor: Actor, user: User, changes: dict[str, list[object]], *, now: Moment) -> None:
    session.flush()
    detail = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if detail:
        record_person(session, Event.USER_CHANGED, user.id, actor_id=actor.id, now=now, detail=detail)
