"""A file of customers that have something of everything, and what must be there of it in the end: all of it, once."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.models import (
    Contact,
    Customer,
    CustomerSearch,
    Followup,
    ImportedRow,
    ImportRun,
    Ownership,
    Partner,
    TimelineEntry,
)
from tests.spreadsheets.sheets import customer, workbook

_STAGES = ("潜在阶段", "合作阶段")


def name(number: int) -> str:
    return f"海沃货运{number:04d}"


def fleet(path: Path, count: int, owner: str) -> Path:
    """So many customers, each second one cooperating; each with a further contact, two follow-ups, and its owner."""
    numbers = range(count)
    said = [(name(n), day) for n in numbers for day in ("2026-01-01", "2026-01-02")]
    return workbook(
        path,
        客户=[customer(name(n), 客户状态=_STAGES[n % 2], 负责人登录名=owner) for n in numbers],
        其他联系人=[{"所属客户": name(n), "联系人": "Zhou", "电话": "13900000000"} for n in numbers],
        跟进记录=[{"所属客户": who, "跟进时间": day, "跟进人登录名": owner, "跟进内容": day} for who, day in said],
    )


def kept(session: Session) -> int:
    """How many customers of the file there are."""
    return session.scalar(select(func.count()).select_from(Customer)) or 0


def halves(session: Session) -> list[str]:
    """The customers of which something is missing or there twice."""
    whole = {"contacts": 2, "followups": 2, "ownerships": 1, "timeline": 4, "customer_search": 1}
    found = {
        model.__tablename__: _each(session, model) for model in (Contact, Followup, Ownership, TimelineEntry, CustomerSearch)
    }
    partners = set(session.scalars(select(Partner.name)))
    rows = session.execute(select(Customer.id, Customer.name, Customer.stage, Customer.partner_id)).all()
    return [
        row.name
        for row in rows
        if any(found[table].get(row.id, 0) != count for table, count in whole.items())
        or (row.stage == "cooperating") != (row.partner_id is not None and row.name in partners)
    ] + [f"partner {partner}" for partner in partners - {row.name for row in rows if row.partner_id}]


def noted(session: Session) -> Sequence[tuple[int, str]]:
    """The rows that the ledger has, with the names of the customers that they became."""
    made = select(ImportedRow.row, Customer.name).outerjoin(Customer, Customer.id == ImportedRow.record_id)
    return [tuple(row) for row in session.execute(made.order_by(ImportedRow.row))]


def run(session: Session) -> ImportRun:
    return session.scalars(select(ImportRun)).one()


def assert_all_once(session: Session, count: int) -> None:
    assert sorted(session.scalars(select(Customer.name))) == [name(number) for number in range(count)]
    assert halves(session) == []
    assert noted(session) == [(number + 2, name(number)) for number in range(count)]
    ended = run(session)
    assert ended.finished_at is not None
    assert ended.lease_until is None
    assert {fate: n for fate, n in ended.counts.items() if n} == {"done": count}


def _each(session: Session, model) -> Mapping[int, int]:
    counted = select(model.customer_id, func.count()).group_by(model.customer_id)
    return {customer_id: count for customer_id, count in session.execute(counted)}  # noqa: C416 — rows, not pairs
