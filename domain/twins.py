"""What must be unique among live customers (SPEC 3): the name after normalisation, and the credit code."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from domain.bulk import among
from domain.errors import DuplicateCustomerError
from domain.models import Customer, User


class Keys(NamedTuple):
    """By what a customer is told from all others."""

    name_key: str
    credit_code: str | None

    def among(self, taken: dict[str, DuplicateCustomerError]) -> DuplicateCustomerError | None:
        """The live customer that is in the way, if one is."""
        return next((taken[key] for key in self if key in taken), None)


def live(session: Session, wanted: Iterable[Keys]) -> dict[str, DuplicateCustomerError]:
    """The live customers that have one of these names or credit codes, by either."""
    given = list(wanted)
    if not given:
        return {}
    same = [among(session, Customer.name_key, [keys.name_key for keys in given])]
    if codes := [keys.credit_code for keys in given if keys.credit_code]:
        same.append(among(session, Customer.credit_code, codes))
    rows = session.execute(
        select(Customer.id, Customer.name, Customer.name_key, Customer.credit_code, User.name.label("owner"))
        .outerjoin(User, User.id == Customer.owner_id)
        .where(or_(*same), Customer.deleted_at.is_(None))
    )
    twins = ((row, DuplicateCustomerError("name", row.id, row.name, row.owner)) for row in rows)
    return {key: twin for row, twin in twins for key in (row.name_key, row.credit_code) if key}
