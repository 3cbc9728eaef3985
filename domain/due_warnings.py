"""Warnings of deadlines, as rows: an owner hears 7, 3 and 1 days before and on the day itself, each once (SPEC 6).

The digest says them. Without one, the sweep takes nothing away: what fell due while the bot was down, or by a shorter rule, is
announced first too.
"""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, delete, exists, literal, select
from sqlalchemy.orm import Session, aliased

from domain.dialects import insert_from
from domain.models import Customer, DueWarning

LEVELS = (0, 1, 3, 7)
"""Days before the deadline; whoever missed one hears the next lower."""

OWNED = and_(Customer.deleted_at.is_(None), Customer.owner_id.is_not(None))


def give(session: Session, day: date) -> int:
    """Note the warnings that are due on this day and were not given yet; returns how many."""
    level = case(
        *((Customer.due_on <= day + timedelta(days=days), literal(days)) for days in LEVELS[:-1]), else_=literal(LEVELS[-1])
    )
    clock = case(
        (Customer.due_on == Customer.signing_deadline, literal("signing")),
        (Customer.due_on == Customer.dormancy_deadline, literal("dormancy")),
        (Customer.due_on == Customer.first_followup_deadline, literal("first_followup")),
        else_=literal("followup"),
    )
    known = aliased(DueWarning)
    given = exists().where(
        known.customer_id == Customer.id,
        known.owner_id == Customer.owner_id,
        known.due_on == Customer.due_on,
        known.level <= level,
    )
    due = select(Customer.id, Customer.owner_id, Customer.due_on, level, clock, literal(day)).where(
        OWNED, Customer.due_on <= day + timedelta(days=LEVELS[-1]), ~given
    )
    columns = ["customer_id", "owner_id", "due_on", "level", "clock", "day"]
    return insert_from(session, DueWarning, columns, due, on=["customer_id", "owner_id", "due_on", "level"])


def forget(session: Session, customer_id: int, due_on: date) -> None:
    """Whoever was warned of this day before it was made due again is warned anew."""
    session.execute(delete(DueWarning).where(DueWarning.customer_id == customer_id, DueWarning.due_on == due_on))


def warned() -> ColumnElement[bool]:
    """Whether the present owner of a Customer was warned of its present deadline."""
    return exists().where(
        DueWarning.customer_id == Customer.id, DueWarning.owner_id == Customer.owner_id, DueWarning.due_on == Customer.due_on
    )
