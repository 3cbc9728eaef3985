"""What the database knows already of the customers that a workbook names: live ones, those in the bin, partners."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from domain.bulk import among
from domain.models import Customer, Partner, User
from domain.twins import Keys
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
    if not keys:
        return {}
    same = [among(session, Customer.name_key, [each.name_key for each in keys])]
    if codes := [each.credit_code for each in keys if each.credit_code]:
        same.append(among(session, Customer.credit_code, codes))
    rows = session.execute(
        select(Customer.id, Customer.name, Customer.name_key, Customer.credit_code, Customer.deleted_at, User.name.label("by"))
        .outerjoin(User, User.id == Customer.deleted_by)
        .where(or_(*same), Customer.deleted_at.is_not(None))
        .order_by(Customer.deleted_at)
    )
    binned = ((row, Binned(row.id, InRecycleBinError(row.name, row.deleted_at, row.by))) for row in rows)
    return {key: each for row, each in binned for key in (row.name_key, row.credit_code) if key}


def parties(session: Session, keys: Sequence[Keys]) -> dict[str, Party]:
    """The partners that have one of these names or credit codes, by either."""
    if not keys:
        return {}
    same = [among(session, Partner.name_key, [each.name_key for each in keys])]
    if codes := [each.credit_code for each in keys if each.credit_code]:
        same.append(among(session, Partner.credit_code, codes))
    rows = session.execute(
        select(Partner.id, Partner.name, Customer.name, User.name, Partner.name_key, Partner.credit_code)
        .outerjoin(Customer, (Customer.partner_id == Partner.id) & Customer.deleted_at.is_(None))
        .outerjoin(User, User.id == Customer.owner_id)
        .where(or_(*same))
    )
    known: dict[str, Party] = {}
    for *party, key, code in rows:
        known |= dict.fromkeys(filter(None, (key, code)), Party._make(party))
    return known
