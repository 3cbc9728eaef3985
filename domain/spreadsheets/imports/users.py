"""People of the staff from a workbook, superiors and subordinates in any order (SPEC 2). Nobody is invited by it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain.dialects import insert_ignore, insert_numbered, insert_rows
from domain.errors import (
    GonghaiError,
    InvalidFieldError,
    LoginTakenError,
    NoSuchPersonError,
    NotALeadError,
    SuperiorCycleError,
)
from domain.models import Branch, Department, TimelineEntry, User
from domain.permissions import Role
from domain.spreadsheets import lines
from domain.spreadsheets.imports.base import Details, Importing, Judged
from domain.spreadsheets.imports.staff import Colleague, colleagues
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.lines import Line
from domain.spreadsheets.pieces import pieces
from domain.spreadsheets.scratch import Fate, Kept
from domain.timeline import Event
from domain.users import NewPerson, checked

_FIELDS = {"login": "login", "person_name": "name", "company": "company", "department": "department"}


class Users(Importing):
    """The sheet of users: one transaction, because everybody may be somebody's superior."""

    chunk = 0

    def prepare(self, rows: Sequence[Kept], _details: Details) -> list[Line]:
        """Each row by itself."""
        read = lines.read_all(self.gathered.found[SheetName.USERS], rows, self.circumstances.reader)
        for line in read:
            _check(line)
        return read

    def judge(self, session: Session, prepared: Sequence[Line]) -> list[Judged]:
        """Superiors are active leads, of this file or known already; whoever hangs on a refused row is refused too."""
        known = colleagues(session, [line.values[key] for line in prepared for key in ("login", "superior")], held=self.keeping)
        duplicates = self._duplicates(prepared, known)
        coming = {_key(line): line for line in prepared if not line.problems and line.number not in duplicates}
        _refuse_unled(coming, known)
        return [self._judged(line, duplicates.get(line.number)) for line in prepared]

    def keep(self, session: Session, judged: Sequence[Judged], meanwhile: Callable[[Sequence[int]], None]) -> None:
        """Companies and departments are made when they are new."""
        people = [each.record for each in judged]
        places = _places(session, people)
        now = self.circumstances.now
        rows = [_row(person, places, self.circumstances.language) | {"created_at": now.utc} for person in people]
        ids = insert_numbered(session, User, rows)
        _lead(session, people)
        entry = {"at": now.utc, "actor_id": self.circumstances.actor_id, "event": Event.USER_ADDED}
        told = [{**entry, "user_id": user_id, "detail": {"role": p.role}} for user_id, p in zip(ids, people, strict=True)]
        insert_rows(session, TimelineEntry, told)
        meanwhile(ids)

    def _duplicates(self, read: Sequence[Line], known: Mapping[str, Colleague]) -> dict[int, GonghaiError]:
        fine = [line for line in read if not line.problems]
        taken = {line.number: LoginTakenError(line.values["login"]) for line in fine if _key(line) in known}
        return {**self.first_claims([(each.number, [_key(each)]) for each in fine if each.number not in taken]), **taken}

    def _judged(self, line: Line, duplicate: GonghaiError | None) -> Judged:
        if line.problems:
            return Judged(line.number, Fate.REFUSED, reasons=tuple(line.problems))
        if duplicate is not None:
            return Judged(line.number, Fate.DUPLICATE, reasons=(duplicate,))
        values = line.values
        person = NewPerson(
            values["login"],
            values["person_name"],
            Role(values["role"]),
            values["superior"],
            values["company"],
            values["department"],
            direct_assign=bool(values["direct_assign"]),
            language=self.circumstances.language,
        )
        return Judged(line.number, Fate.NEW, person)


class _Places(NamedTuple):
    branches: Mapping[str, int]
    departments: Mapping[tuple[int, str], int]


def _key(line: Line) -> str:
    return str(line.values["login"]).lower()


def _check(line: Line) -> None:
    for key, field in _FIELDS.items():
        if line.values[key]:
            try:
                line.values[key] = checked(field, line.values[key])
            except InvalidFieldError as refusal:
                line.complain(key, refusal)
    if line.values["department"] and not line.values["company"]:
        line.refuse("department", "needs_company")


def _refuse_unled(coming: Mapping[str, Line], known: Mapping[str, Colleague]) -> None:
    """Refuse, from above downwards, whoever would answer to nobody real; what is left in the end goes round in circles."""
    below: dict[str, list[Line]] = {}
    for line in coming.values():
        below.setdefault((line.values["superior"] or "").lower(), []).append(line)
    placed = below.pop("", [])
    for login in [login for login in below if login not in coming]:
        placed += _under(known.get(login), below.pop(login))
    while placed:
        superior = placed.pop()
        placed += _under(_colleague(superior), below.pop(_key(superior), []))
    for line in chain.from_iterable(below.values()):
        line.problems.append(SuperiorCycleError(line.values["person_name"], line.values["superior"]))


def _under(superior: Colleague | None, members: list[Line]) -> list[Line]:
    """The members, each with what is wrong with the superior."""
    for line in members:
        if superior is None or not superior.active:
            line.problems.append(NoSuchPersonError(line.values["superior"]))
        elif superior.role is not Role.LEAD:
            line.problems.append(NotALeadError(superior.name))
    return members


def _colleague(line: Line) -> Colleague | None:
    """Whom a row will have made; nobody when it is refused."""
    if line.problems:
        return None
    return Colleague(0, line.values["login"], line.values["person_name"], active=True, role=Role(line.values["role"]))


def _places(session: Session, people: Iterable[NewPerson]) -> _Places:
    wanted = sorted({(person.company, person.department) for person in people if person.company}, key=str)
    names = sorted({company for company, _ in wanted if company})
    insert_ignore(session, Branch, [{"name": name} for name in names], on=["name"])
    branches = dict(_found(session, select(Branch.name, Branch.id), Branch.name, names))
    rows = [{"branch_id": branches[company], "name": name} for company, name in wanted if company and name]
    insert_ignore(session, Department, rows, on=["branch_id", "name"])
    of_branches = select(Department.branch_id, Department.name, Department.id)
    departments = _found(session, of_branches, Department.branch_id, sorted(branches.values()))
    return _Places(branches, {(branch, name): department for branch, name, department in departments})


def _found(
    session: Session, wanted: Select[*tuple[Any, ...]], column: InstrumentedAttribute[Any], values: Sequence[Any]
) -> Iterator[Any]:
    """The rows whose column holds one of the values."""
    return (row for piece in pieces(values) for row in session.execute(wanted.where(column.in_(piece))))


def _row(person: NewPerson, places: _Places, language: str) -> dict[str, Any]:
    branch = places.branches[person.company] if person.company else None
    return {
        "login": person.login,
        "name": person.name,
        "role": person.role,
        "branch_id": branch,
        "department_id": places.departments[branch, person.department] if branch and person.department else None,
        "direct_assign": person.direct_assign,
        "language": language,
    }


def _lead(session: Session, people: Iterable[NewPerson]) -> None:
    """Everybody under his superior, once all of them are there."""
    above = select(User.id).where(func.lower(User.login) == bindparam("superior")).scalar_subquery()
    under = update(User).where(User.login == bindparam("whose")).values(superior_id=above)
    pairs = [{"whose": person.login, "superior": person.superior_login.lower()} for person in people if person.superior_login]
    if pairs:
        session.connection().execute(under, pairs)
