"""A small forwarder to tell stories about: two teams under leads, a lead above both, an admin, and customers for them.

zhao (lead) ─┬─ li (lead, east) ─┬─ an
             │                   └─ bai
             └─ wu (lead, west) ─┬─ xu
                                 └─ ye
qian (admin)
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from domain import access, claim_requests, customers, invitations, pool, sending, users
from domain.clock import Moment
from domain.customers import NewContact, NewCustomer
from domain.db import Database
from domain.models import ClaimRequest, Customer, OutboxMessage, Ownership, Partner, TimelineEntry, User
from domain.permissions import Role
from domain.policy import Policy
from domain.stages import ReleaseReason, Stage
from domain.users import NewPerson

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = Moment(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), SHANGHAI)

STAFF = (
    ("qian", Role.ADMIN, None, "Qingdao"),
    ("zhao", Role.LEAD, None, "Qingdao"),
    ("li", Role.LEAD, "zhao", "Qingdao"),
    ("an", Role.SALES, "li", "Qingdao"),
    ("bai", Role.SALES, "li", "Qingdao"),
    ("wu", Role.LEAD, "zhao", "Ningbo"),
    ("xu", Role.SALES, "wu", "Ningbo"),
    ("ye", Role.SALES, "wu", "Ningbo"),
)


def new_customer(name: str, **fields) -> NewCustomer:
    contact = NewContact("Wang Fang", phone="13812345678", email="wang@example.com", wechat="wangfang88")
    plain = NewCustomer(name=name, source="exhibition", city="Qingdao", address="12 Harbour Road", contacts=(contact,))
    return replace(plain, **fields)


class Office:
    """People by login, customers by id, and one clock; `unit_of_work` says in what each act runs."""

    def __init__(self, unit_of_work: Callable[[], AbstractContextManager[Session]]) -> None:
        self._unit_of_work = unit_of_work
        self.connection: Connection | None = None
        self.policy = Policy()
        self.now = MONDAY
        self.ids: dict[str, int] = {}
        self.telegram: dict[str, int] = {}
        self._entered = 0

    def found(self) -> "Office":
        with self.work() as session:
            for login, role, superior, company in STAFF:
                self._hire(session, login, role, superior, company)
        return self

    def like(self, unit_of_work: Callable[[], AbstractContextManager[Session]]) -> "Office":
        """The same people, somewhere else."""
        other = Office(unit_of_work)
        other.ids, other.telegram = dict(self.ids), dict(self.telegram)
        return other

    @contextmanager
    def work(self) -> Iterator[Session]:
        with self._unit_of_work() as session:
            yield session

    def later(self, **span: float) -> None:
        self.now = self.now.after(timedelta(**span))

    def at(self, moment: Moment) -> None:
        self.now = moment

    # People

    def hire(self, login: str, role: Role = Role.SALES, superior: str | None = None, *, joined: bool = True) -> int:
        with self.work() as session:
            self._hire(session, login, role, superior, "Qingdao", joined=joined)
        return self.ids[login]

    def _hire(self, session: Session, login: str, role: Role, superior: str | None, company: str, *, joined: bool = True) -> None:
        person = NewPerson(login, login.title(), role, superior, company, "Sales")
        self.ids[login] = users.add(session, None, person, now=self.now).id
        if joined:
            code = invitations.invite(session, None, self.ids[login], policy=self.policy, now=self.now)
            self.telegram[login] = 7_000_000_000 + self.ids[login]
            invitations.join(session, self.telegram[login], code, now=self.now)

    def join(self, login: str, *, telegram: int | None = None) -> None:
        with self.work() as session:
            code = invitations.invite(session, None, self.ids[login], policy=self.policy, now=self.now)
            self.telegram[login] = telegram or 7_000_000_000 + self.ids[login]
            invitations.join(session, self.telegram[login], code, now=self.now)

    def set(self, login: str, **columns) -> None:
        """Change what a person is, where there is no use case for it yet."""
        with self.work() as session:
            session.execute(update(User).where(User.id == self.ids[login]).values(**columns))

    def send_away(self, login: str, stand_in: str, *, days: int = 7) -> None:
        self.set(login, away_until=self.now.utc + timedelta(days=days), stand_in_id=self.ids[stand_in])

    def block(self, login: str) -> None:
        with self.work() as session:
            sending.mark(session, self.telegram[login], reachable=False)

    # Acts

    def do(self, use_case: Callable, who: str | None, *args, **more):
        """Run one use case as somebody, in one unit of work, with the rules and the clock of this office."""
        with self.work() as session:
            known = {"policy": self.policy, "now": self.now}
            wanted = inspect.signature(use_case).parameters
            given = {name: value for name, value in known.items() if name in wanted} | more
            actor = access.actor_by_id(session, self.ids[who]) if who else None
            return use_case(session, actor, *args, **given)

    def enter(self, who: str, name: str | None = None, *, policy: Policy | None = None, **fields) -> int:
        wanted = new_customer(name or self._next_name(), **fields)
        return self.do(customers.enter, who, wanted, policy=policy or self.policy)

    def _next_name(self) -> str:
        self._entered += 1
        return f"Sailing {self._entered:03d}"

    def in_pool(self, name: str | None = None, *, last: str | None = None, **fields) -> int:
        """A customer in the pool: never owned, or owned last by somebody."""
        if last is None:
            return self.do(customers.enter, "qian", new_customer(name or self._next_name(), **fields), into_pool=True)
        customer = self.enter(last, name, **fields)
        self.release(customer)
        return customer

    def release(self, *customer_ids: int, by: str = "qian", reason: ReleaseReason = ReleaseReason.NO_NEED) -> None:
        for outcome in self.do(pool.release, by, customer_ids, reason):
            outcome.raise_if_refused()

    def in_bin(self, who: str, name: str | None = None) -> int:
        """A customer that somebody deleted."""
        customer = self.in_pool(name)
        binned = {"deleted_at": self.now.utc, "deleted_by": self.ids[who]}
        with self.work() as session:
            session.execute(update(Customer).where(Customer.id == customer).values(**binned))
        return customer

    def sign(self, customer: int) -> None:
        """Make a customer a cooperating one."""
        with self.work() as session:
            row = {"name": f"Partner {customer}", "name_key": f"partner{customer}", "created_at": self.now.utc}
            partner = session.scalars(insert(Partner).values(**row).returning(Partner.id)).one()
            signed = update(Customer).where(Customer.id == customer)
            session.execute(signed.values(stage=Stage.COOPERATING, partner_id=partner))

    def waiting(self, who: str, customer: int) -> int:
        """Somebody claims what he must ask for; returns the request's id."""
        self.do(pool.claim, who, [customer])
        return self.request_of(customer)

    # What there is

    def request_of(self, customer: int) -> int:
        with self.work() as session:
            return claim_requests.waiting_for(session, [customer])[customer].request_id

    def batch_of(self, request: int) -> int:
        with self.work() as session:
            return session.get_one(ClaimRequest, request).batch_id

    def request(self, request: int) -> ClaimRequest:
        with self.work() as session:
            return session.get_one(ClaimRequest, request)

    def person(self, login: str) -> User:
        with self.work() as session:
            return session.get_one(User, self.ids[login])

    def customer(self, customer: int) -> Customer:
        with self.work() as session:
            return session.get_one(Customer, customer)

    def owner(self, customer: int) -> str | None:
        owner_id = self.customer(customer).owner_id
        return next((login for login, known in self.ids.items() if known == owner_id), None)

    def ownerships(self, customer: int) -> list[Ownership]:
        with self.work() as session:
            of_it = select(Ownership).where(Ownership.customer_id == customer)
            return list(session.scalars(of_it.order_by(Ownership.id)))

    def told(self, login: str, kind: str | None = None) -> list[OutboxMessage]:
        """What the bot has to say to somebody, in order."""
        with self.work() as session:
            rows = select(OutboxMessage).where(OutboxMessage.chat_id == self.telegram[login])
            rows = rows if kind is None else rows.where(OutboxMessage.kind == kind)
            return list(session.scalars(rows.order_by(OutboxMessage.id)))

    def events(self, customer: int) -> list[str]:
        return [entry.event for entry in self.timeline(customer)]

    def timeline(self, customer: int) -> list[TimelineEntry]:
        with self.work() as session:
            of_it = select(TimelineEntry).where(TimelineEntry.customer_id == customer)
            return list(session.scalars(of_it.order_by(TimelineEntry.id)))


@contextmanager
def borrowed(founded: tuple[Database, Office]) -> Iterator[Office]:
    """The office founded before, in one transaction that is rolled back; each unit of work is a savepoint of it."""
    database, original = founded
    with database.engine.connect() as connection:
        everything = connection.begin()

        @contextmanager
        def unit_of_work() -> Iterator[Session]:
            with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
                try:
                    yield session
                    session.commit()
                except BaseException:
                    session.rollback()
                    raise

        office = original.like(unit_of_work)
        office.connection = connection
        yield office
        everything.rollback()
