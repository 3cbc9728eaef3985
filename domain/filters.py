"""What narrows a list of customers (SPEC 5): one value for each of some fields, offered with how many each would leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from domain import search
from domain.dialects import json_holds, json_values
from domain.models import Customer, User
from domain.stages import Stage

OFFERED = 12
DUE_WITHIN = (0, 3, 7, 30)


class FilterField(StrEnum):
    """What a list can be narrowed by, besides its stage tabs and a text."""

    CITY = "city"
    INDUSTRY = "industry"
    SOURCE = "source"
    LEVEL = "level"
    SERVICE = "service"
    OWNER = "owner"
    DUE = "due"
    UNTOUCHED = "untouched"


@dataclass(frozen=True)
class Filter:
    """What narrows a list; None: no matter.

    `due_within` is a number of days from `today` (the past included); `untouched`: no follow-up since the owner got it.
    """

    stage: Stage | None = None
    text: str | None = None
    city: str | None = None
    industry: str | None = None
    source: str | None = None
    level: str | None = None
    service: str | None = None
    owner_id: int | None = None
    due_within: int | None = None
    untouched: bool = False
    today: date | None = None


class Choice(NamedTuple):
    """A value to narrow by: `value` as it is kept, `label` where it is a name, and how many customers have it."""

    value: Any
    label: str
    customers: int


_COLUMNS = {
    FilterField.CITY: Customer.city,
    FilterField.INDUSTRY: Customer.industry,
    FilterField.SOURCE: Customer.source,
    FilterField.LEVEL: Customer.level,
}


def conditions(session: Session, wanted: Filter) -> list[ColumnElement[bool]]:
    """The filter as conditions on Customer."""
    equal = {
        Customer.stage: wanted.stage,
        Customer.city: wanted.city,
        Customer.industry: wanted.industry,
        Customer.source: wanted.source,
        Customer.level: wanted.level,
        Customer.owner_id: wanted.owner_id,
    }
    found: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value is not None]
    if wanted.text:
        found.append(search.holds(session, wanted.text))
    if wanted.service is not None:
        found.append(json_holds(session, Customer.services, wanted.service))
    if wanted.due_within is not None and wanted.today is not None:
        found.append(Customer.due_on <= wanted.today + timedelta(days=wanted.due_within))
    if wanted.untouched:
        found.append(untouched())
    return found


def untouched() -> ColumnElement[bool]:
    """Owned, and without a follow-up since the owner got it."""
    never = or_(Customer.last_followup_at.is_(None), Customer.last_followup_at < Customer.owned_since)
    return and_(Customer.owner_id.is_not(None), never)


def choices(session: Session, field: FilterField, *where: ColumnElement[bool]) -> Sequence[Choice]:
    """The values of a field among the customers that fulfil `where`, the most frequent first; levels in their own order."""
    if field in _COLUMNS:
        column = _COLUMNS[field]
        valued = select(column, func.count()).where(*where, column.is_not(None)).group_by(column)
        rows = session.execute(valued.order_by(column) if field is FilterField.LEVEL else _counted(valued))
        return [Choice(row[0], row[0], row[1]) for row in rows]
    if field is FilterField.OWNER:
        counted = select(User.id, User.name, func.count()).join(Customer, Customer.owner_id == User.id)
        return [Choice(*row) for row in session.execute(_counted(counted.where(*where).group_by(User.id, User.name)))]
    if field is FilterField.SERVICE:
        each = json_values(session, Customer.services)
        services = select(each.c.value, func.count()).select_from(Customer).join(each, true())
        return [
            Choice(row[0], row[0], row[1]) for row in session.execute(_counted(services.where(*where).group_by(each.c.value)))
        ]
    return []


def _counted(rows: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return rows.order_by(func.count().desc()).limit(OFFERED)
