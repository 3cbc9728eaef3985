"""What the database knows already of the customers that a workbook names: live ones, those in the bin, partners."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from domain.dialects import is_sqlite
from domain.models import Customer, Partner, User
from domain.twins import Keys, same, sought
from domain.workbook_errors import (
    InRecycleBinError,
)

T = TypeVar("T")


class Binned(NamedTuple):
    """A customer in the bin, and what is said of it."""

    id: int
    error: InRecycleBinError


class Party(NamedTuple):
    """A partner, and the live customer that is linked with it already."""

    id: int
    name: str
    customer: str | None
    owner: str | None


def found(keys: Keys, known: Mapping[str, T]) -> T | None:
    """The one of this credit code, else the one of this name."""
    return known.get(keys.credit_code or "") or known.get(keys.name_key)


def in_bin(session: Session, keys: Sequence[Keys]) -> dict[str, Binned]:
    """The deleted customers that have one of these names or credit codes, by either; of several the last deleted."""
    rows = session.execute(_in_bin(on_sqlite=is_sqlite(session)), sought(session, keys)) if keys else ()
    binned = ((row, Binned(row.id, InRecycleBinError(row.name, row.deleted_at, row.by))) for row in rows)
    return {key: each for row, each in binned for key in (row.name_key, row.credit_code) if key}


def parties(session: Session, keys: Sequence[Keys]) -> dict[str, Party]:
    """The partners that have one of these names or credit codes, by either."""
    known: dict[str, Party] = {}
    for *party, key, code in session.execute(_parties(on_sqlite=is_sqlite(session)), sought(session, keys)) if keys else ():
        known |= dict.fromkeys(filter(None, (key, code)), Party._make(party))
    return known


@cache
def _in_bin(*, on_sqlite: bool) -> Select[int, str, str, str | None, datetime | None, str]:
    return (
        select(Customer.id, Customer.name, Customer.name_key, Customer.credit_code, Customer.deleted_at, User.name.label("by"))
        .outerjoin(User, User.id == Customer.deleted_by)
        .where(same(Customer, Customer.deleted_at.is_not(None), on_sqlite=on_sqlite))
        .order_by(Customer.deleted_at)
    )


@cache
def _parties(*, on_sqlite: bool) -> Select[int, str, str, str, str, str | None]:
    return (
        select(Partner.id, Partner.name, Customer.name, User.name, Partner.name_key, Partner.credit_code)
        .outerjoin(Customer, (Customer.partner_id == Partner.id) & Customer.deleted_at.is_(None))
        .outerjoin(User, User.id == Customer.owner_id)
        .where(same(Partner, on_sqlite=on_sqlite))
    )
