"""Customers with all that belongs to them, read for a workbook in portions by key, each in a handful of statements.

Contact details that are not for the reader are masked here, as on the card (SPEC 4); what was said to such a customer is left
out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from domain import masking
from domain.models import Contact, Customer, Followup, Ownership, Partner, User, customer_code
from domain.spreadsheets.layout import CONTACTS, CUSTOMERS, FOLLOWUPS, OWNERS, Sheet

PORTION = 500
Row = list[Any]
Columns = Mapping[str, InstrumentedAttribute[Any]]

_MAIN = aliased(Contact)
_HOLDER = func.coalesce(Customer.owner_id, Customer.deleted_from_owner_id)
_MASKS = {
    "address": masking.word,
    "phone": masking.phone,
    "email": masking.email,
    "wechat": masking.word,
    "telegram": masking.word,
}
_REACHED = ("phone", "email", "title", "wechat", "telegram")
_PERSON: Columns = {"owner": User.login, "owner_name": User.name}


@dataclass(frozen=True)
class Wanted:
    """Which customers, and whether those without an owner are masked for the reader."""

    where: Sequence[ColumnElement[bool]]
    masked: bool


class Portion(NamedTuple):
    """Some customers, and the rows about them in the order of each sheet's columns."""

    customers: Sequence[Row]
    contacts: Sequence[Row]
    followups: Sequence[Row]
    owners: Sequence[Row]


def count(session: Session, wanted: Wanted) -> int:
    """How many customers there are."""
    return session.scalar(select(func.count()).select_from(Customer).where(*wanted.where)) or 0


def portions(session: Session, wanted: Wanted) -> Iterator[Portion]:
    """All of them, oldest first."""
    after = 0
    while rows := session.execute(_customers(wanted).where(Customer.id > after).limit(PORTION)).all():
        after = rows[-1][0]
        ids = [row[0] for row in rows]
        hidden = {row[0] for row in rows if wanted.masked and row[-1] is None}
        told = [each for each in ids if each not in hidden]
        yield Portion(
            [_shown(CUSTOMERS, row[:-1], hidden) for row in rows],
            [_shown(CONTACTS, row, hidden) for row in session.execute(_contacts(ids))],
            [_shown(FOLLOWUPS, row, hidden) for row in session.execute(_followups(told))] if told else [],
            [_shown(OWNERS, row, hidden) for row in session.execute(_owners(ids))],
        )


def _customers(wanted: Wanted) -> Select[Any]:
    """Their columns, and behind them whether there is an owner."""
    main = {"contact_name": _MAIN.name, **{name: getattr(_MAIN, name) for name in _REACHED}}
    columns = _selected(CUSTOMERS, Customer, {"customer_code": Customer.id, "linked_partner": Partner.name, **main, **_PERSON})
    return (
        select(*columns, _HOLDER)
        .outerjoin(_MAIN, (_MAIN.customer_id == Customer.id) & _MAIN.main)
        .outerjoin(Partner, Partner.id == Customer.partner_id)
        .outerjoin(User, User.id == _HOLDER)
        .where(*wanted.where)
        .order_by(Customer.id)
    )


def _contacts(ids: Sequence[int]) -> Select[Any]:
    columns = _selected(CONTACTS, Contact, {**_of_customer(Contact), "contact_name": Contact.name})
    return _belonging(Contact, columns, ids).where(~Contact.main).order_by(Contact.customer_id, Contact.id)


def _followups(ids: Sequence[int]) -> Select[Any]:
    by = {"author": User.login, "author_name": User.name, "followup_kind": Followup.kind}
    said = _belonging(Followup, _selected(FOLLOWUPS, Followup, {**_of_customer(Followup), **by}), ids)
    return said.join(User, User.id == Followup.author_id).order_by(Followup.customer_id, Followup.at, Followup.id)


def _owners(ids: Sequence[int]) -> Select[Any]:
    columns = _selected(OWNERS, Ownership, {**_of_customer(Ownership), **_PERSON, "release_reason": Ownership.reason})
    spans = _belonging(Ownership, columns, ids).join(User, User.id == Ownership.owner_id)
    return spans.order_by(Ownership.customer_id, Ownership.since, Ownership.id)


def _of_customer(model: Any) -> Columns:  # noqa: ANN401 — a model with a customer
    return {"customer_code": model.customer_id, "customer": Customer.name}


def _selected(sheet: Sheet, model: type[Any], named: Columns) -> list[InstrumentedAttribute[Any]]:
    """The sheet's columns in their order: those that are named here, and the model's own of the same name."""
    return [named.get(column.key) or getattr(model, column.key) for column in sheet.columns]


def _belonging(model: Any, columns: Sequence[Any], ids: Sequence[int]) -> Select[Any]:  # noqa: ANN401 — as above
    return select(*columns).join(Customer, Customer.id == model.customer_id).where(model.customer_id.in_(ids))


def _masks(sheet: Sheet) -> Sequence[tuple[int, Callable[[str], str]]]:
    return [(place, _MASKS[column.key]) for place, column in enumerate(sheet.columns) if column.key in _MASKS]


_MASKED = {sheet.name: _masks(sheet) for sheet in (CUSTOMERS, CONTACTS, FOLLOWUPS, OWNERS)}


def _shown(sheet: Sheet, row: Sequence[Any], hidden: set[int]) -> Row:
    """A row that begins with the customer's id, as the reader may see it."""
    values = list(row)
    if row[0] in hidden:
        for place, mask in _MASKED[sheet.name]:
            values[place] = mask(values[place]) if values[place] else None
    values[0] = customer_code(row[0])
    return values
