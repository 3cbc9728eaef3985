"""What must be unique among live customers (SPEC 3): the name after normalisation, and the credit code."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from domain.bulk import among, listed
from domain.dialects import is_sqlite
from domain.errors import DuplicateCustomerError
from domain.models import Customer, Partner, User


class Keys(NamedTuple):
    """By what a customer is told from all others."""

    name_key: str
    credit_code: str | None

    def among(self, taken: dict[str, DuplicateCustomerError]) -> DuplicateCustomerError | None:
        """The live customer that is in the way, if one is."""
        return next((taken[key] for key in self if key in taken), None)


def same(model: type[Customer | Partner], *where: ColumnElement[bool], on_sqlite: bool) -> ColumnElement[bool]:
    """Whether a record has one of the names or credit codes that `sought` gives, and fulfils the rest.

    The rest stands on either side: SQLite finds its partial indexes in no other way.
    """
    names, codes = among(model.name_key, "names", on_sqlite=on_sqlite), among(model.credit_code, "codes", on_sqlite=on_sqlite)
    return or_(and_(names, *where), and_(codes, *where))


def sought(session: Session, keys: Sequence[Keys]) -> dict[str, Any]:
    """What a statement with `same` takes."""
    codes = (each.credit_code for each in keys if each.credit_code)
    return {"names": listed(session, (each.name_key for each in keys)), "codes": listed(session, codes)}


def live(session: Session, wanted: Iterable[Keys]) -> dict[str, DuplicateCustomerError]:
    """The live customers that have one of these names or credit codes, by either."""
    given = list(wanted)
    if not given:
        return {}
    rows = session.execute(_live(on_sqlite=is_sqlite(session)), sought(session, given))
    twins = ((row, DuplicateCustomerError("name", row.id, row.name, row.owner)) for row in rows)
    return {key: twin for row, twin in twins for key in (row.name_key, row.credit_code) if key}


@cache
def _live(*, on_sqlite: bool) -> Select[int, str, str, str | None, str]:
    return (
        select(Customer.id, Customer.name, Customer.name_key, Customer.credit_code, User.name.label("owner"))
        .outerjoin(User, User.id == Customer.owner_id)
        .where(same(Customer, Customer.deleted_at.is_(None), on_sqlite=on_sqlite))
    )
