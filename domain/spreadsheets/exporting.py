"""Exports (SPEC 7): which rows go out, written from one view of the database, and who hears of it.

Whoever exports is looked up again when the work begins: a right that was lost meanwhile is lost.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from domain import access, export_rights, filters, lists, outbox, partners, timeline
from domain.access import Actor
from domain.clock import Moment
from domain.db import Database
from domain.errors import NothingToExportError
from domain.export_rights import Selection
from domain.models import Customer, Order, Partner, User
from domain.outbox import Kind, Notice
from domain.permissions import Act, Role
from domain.policy import Policy
from domain.spreadsheets import customer_rows, delivering
from domain.spreadsheets.bench import Bench
from domain.spreadsheets.customer_rows import Wanted
from domain.spreadsheets.delivering import Result
from domain.spreadsheets.layout import CONTACTS, CUSTOMERS, FOLLOWUPS, OWNERS, PARTNERS, SheetName
from domain.spreadsheets.vocabulary import Vocabulary
from domain.spreadsheets.writing import PROGRAM, Book
from domain.timeline import Event
from domain.workbook_tasks import Progress

WRITING = "writing"

Report = Callable[[Progress], None]


class Made(NamedTuple):
    """A workbook: how many rows its first sheet has, and how many there are in all."""

    records: int
    rows: int


def customers(bench: Bench) -> None:
    """The customers of a list, for the task's person."""
    selection = Selection.from_json(bench.task.params)
    actor = _exporter(bench, lambda actor: export_rights.check(actor, selection.scope))

    def write(path: Path) -> Result:
        with Book(bench.words, author=actor.name, now=bench.now()) as book, bench.database.snapshot() as session:
            made = write_customers(session, selected(session, actor, selection, bench.policy), path, book, bench.report)
        return Result(_file_name(bench, SheetName.CUSTOMERS), {"count": made.records})

    delivering.deliver(bench, write, lambda session, result: _told(session, bench, result))


def partners_of(bench: Bench) -> None:
    """The partners, for the task's person."""
    actor = _exporter(bench, lambda actor: access.require(actor, Act.MANAGE_PARTNERS))

    def write(path: Path) -> Result:
        with Book(bench.words, author=actor.name, now=bench.now()) as book, bench.database.snapshot() as session:
            made = write_partners(session, bench.task.params["text"], path, book, bench.report)
        return Result(_file_name(bench, SheetName.PARTNERS), {"count": made.records})

    delivering.deliver(bench, write, lambda session, result: _told(session, bench, result))


def to_file(database: Database, path: Path, words: Vocabulary, report: Report, *, now: Moment) -> Made:
    """Everything that lives, by the machine's own right: nothing is masked. Raises NothingToExportError."""
    with Book(words, author=PROGRAM, now=now) as book, database.snapshot() as session:
        made = write_customers(session, everything(), path, book, report)
    with database.unit_of_work() as session:
        params = {"scope": lists.Scope.FOUND, "filter": {}, "ids": []}
        tell(session, None, f"command:{now.utc.isoformat()}", params, made.records, now=now)
    return made


def tell(session: Session, by: int | None, key: str, params: Mapping[str, Any], count: int, *, now: Moment) -> None:
    """Note an export, and tell the admins: who (None: the command line), how many, and which filter."""
    what = {name: value for name, value in params.items() if name in ("scope", "filter", "text")}
    detail = {**what, "selected": len(params.get("ids", ())), "count": count}
    timeline.record_person(session, Event.EXPORTED, by, actor_id=by, now=now, detail=detail)
    admins = session.scalars(select(User.id).where(User.role == Role.ADMIN, User.active).order_by(User.id))
    args = {"by": by, "count": count, "params": detail}
    notices = [Notice(f"exported:{key}:{admin}", Kind.EXPORTED, admin, args) for admin in admins if admin != by]
    outbox.tell(session, notices, now=now)


def _told(session: Session, bench: Bench, result: Result) -> None:
    task = bench.task
    tell(session, task.user_id, f"{task.id}", task.params, result.summary["count"], now=bench.now())


def _exporter(bench: Bench, check: Callable[[Actor], None]) -> Actor:
    """Who exports, as he is now."""
    with bench.database.unit_of_work() as session:
        actor = access.actor_by_id(session, bench.task.user_id)
    check(actor)
    return actor


def _file_name(bench: Bench, sheet: SheetName) -> str:
    now = bench.now()
    return f"{bench.words.sheets[sheet]} {now.local(now.utc):%Y-%m-%d %H%M}.xlsx"


def selected(session: Session, actor: Actor, selection: Selection, policy: Policy) -> Wanted:
    """The customers that the actor wants and may have. Raises NotAllowedError."""
    export_rights.check(actor, selection.scope)
    where = [lists.in_scope(actor, selection.scope), *filters.conditions(session, selection.filter)]
    if selection.ids:
        where.append(Customer.id.in_(selection.ids))
    return Wanted(where, masked=policy.mask_pool_contacts and not actor.is_admin)


def everything() -> Wanted:
    """All live customers, as they are: for the command line."""
    return Wanted([Customer.deleted_at.is_(None)], masked=False)


def write_customers(session: Session, wanted: Wanted, path: Path, book: Book, report: Report) -> Made:
    """Customers with their contacts, follow-ups and owners. Raises NothingToExportError."""
    total = customer_rows.count(session, wanted)
    if not total:
        raise NothingToExportError
    pages = [book.add(sheet) for sheet in (CUSTOMERS, CONTACTS, FOLLOWUPS, OWNERS)]
    report(Progress(WRITING, 0, total))
    for portion in customer_rows.portions(session, wanted):
        for page, rows in zip(pages, portion, strict=True):
            page.extend(rows)
        report(Progress(WRITING, pages[0].rows, total))
    book.save(path)
    return Made(pages[0].rows, sum(page.rows for page in pages))


def write_partners(session: Session, text: str, path: Path, book: Book, report: Report) -> Made:
    """The partners that hold the text. Raises NothingToExportError."""
    page = book.add(PARTNERS)
    report(Progress(WRITING))
    after = 0
    while rows := session.execute(_partners(text).where(Partner.id > after).limit(customer_rows.PORTION)).all():
        after = rows[-1][0]
        page.extend(row[1:] for row in rows)
    if not page.rows:
        raise NothingToExportError
    book.save(path)
    return Made(page.rows, page.rows)


def _partners(text: str) -> Select[Any]:
    orders = select(func.count()).where(Order.partner_id == Partner.id).scalar_subquery()
    linked = (Customer.partner_id == Partner.id) & Customer.deleted_at.is_(None)
    rows = select(Partner.id, Partner.name, Partner.credit_code, Partner.valid, orders, Customer.name).outerjoin(Customer, linked)
    return rows.where(*partners.holding(text)).order_by(Partner.id)
