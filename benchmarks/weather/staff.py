"""Who works in the weather, and the customers that they work on: six teams, and a pool of which half was a team's before."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import insert, text

from benchmarks.offices import CHUNK, ZONE, account, contact, customer, name_of, now
from domain import schema, search
from domain.db import Database
from domain.models import Contact, Customer, Ownership, User
from domain.permissions import Role

TEAMS = 6
SELLERS = 6
LEADS = range(1, TEAMS + 1)

__all__ = ["LEADS", "ZONE", "Member", "Stock", "fill", "members", "stock"]


class Member(NamedTuple):
    """Somebody of the staff; a lead is his own lead."""

    id: int
    name: str
    lead_id: int

    @property
    def telegram_id(self) -> int:
        return account(self.id)


class Stock(NamedTuple):
    """A customer in the pool, and the team that had it last (None: nobody ever)."""

    id: int
    name: str
    last_lead_id: int | None


def members() -> list[Member]:
    """Everybody, the leads first."""
    leads = [Member(number, f"组长{number}", number) for number in LEADS]
    first = TEAMS + 1
    return leads + [Member(n, f"同事{n}", (n - first) % TEAMS + 1) for n in range(first, first + TEAMS * SELLERS)]


def stock(customers: int) -> Iterator[Stock]:
    """All customers in the pool; three of four were somebody's before."""
    sellers = [member for member in members() if member.id not in LEADS]
    for number in range(1, customers + 1):
        last = sellers[number % len(sellers)] if number % 4 else None
        yield Stock(number, name_of(number), last.lead_id if last else None)


def fill(url: str, customers: int) -> None:
    """The schema, the staff and the pool."""
    database = Database(url)
    schema.upgrade(database)
    with database.engine.begin() as connection:
        connection.execute(insert(User), [_person(member) for member in members()])
        rows = list(stock(customers))
        connection.execute(insert(Customer), [_pooled(each) for each in rows])
        connection.execute(insert(Contact), [contact(each.id) for each in rows])
        connection.execute(insert(Ownership), [_past(each) for each in rows if each.last_lead_id])
        connection.execute(text("SELECT setval('users_id_seq', 1000), setval('customers_id_seq', 1000000)"))
    for first in range(1, customers + 1, CHUNK):
        with database.unit_of_work() as session:
            search.index(session, range(first, min(first + CHUNK, customers + 1)))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    database.dispose()


def _person(member: Member) -> dict[str, object]:
    leads = member.id in LEADS
    return {
        "id": member.id,
        "login": f"p{member.id}",
        "name": member.name,
        "role": Role.LEAD if leads else Role.SALES,
        "superior_id": None if leads else member.lead_id,
        "language": "zh",
        "telegram_id": member.telegram_id,
        "created_at": now().utc,
    }


def _pooled(each: Stock) -> dict[str, object]:
    last = _last_owner(each)
    return {**customer(each.id, 0), "id": each.id, "last_owner_id": last, "last_lead_id": each.last_lead_id}


def _last_owner(each: Stock) -> int | None:
    return None if each.last_lead_id is None else TEAMS + each.last_lead_id


def _past(each: Stock) -> dict[str, object]:
    at = now().utc
    span = {"since": at - timedelta(days=60), "until": at - timedelta(days=9), "gained": "claimed", "lost": "released"}
    return {"customer_id": each.id, "owner_id": _last_owner(each), "lead_id": each.last_lead_id, "reason": "price", **span}
