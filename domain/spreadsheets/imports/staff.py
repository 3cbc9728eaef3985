"""People of the staff as workbooks name them: by login, in whatever case."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.models import User
from domain.permissions import Role
from domain.spreadsheets.pieces import pieces


class Colleague(NamedTuple):
    """Somebody whom a row names."""

    id: int
    login: str
    name: str
    active: bool
    role: Role

    @property
    def may_own(self) -> bool:
        """Whether customers can be given to him."""
        return self.active and self.role is not Role.ADMIN


def colleagues(session: Session, logins: Iterable[str | None], *, held: bool) -> dict[str, Colleague]:
    """The people behind logins, by the login in small letters; `held` as they are until the transaction ends."""
    wanted = sorted({login.strip().lower() for login in logins if login})
    found: dict[str, Colleague] = {}
    for piece in pieces(wanted):
        found |= _named(session, piece, held=held)
    return found


def _named(session: Session, wanted: Sequence[str], *, held: bool) -> dict[str, Colleague]:
    named = select(User.id, User.login, User.name, User.active, User.role).where(func.lower(User.login).in_(wanted))
    rows = session.execute(named.order_by(User.id).with_for_update(read=True, key_share=True) if held else named)
    people = (Colleague(row.id, row.login, row.name, row.active, Role(row.role)) for row in rows)
    return {person.login.lower(): person for person in people}
