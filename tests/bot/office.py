"""A small forwarder on real phones: the local Telegram, the real Application, a database of its own, and people who talk.

zhou (lead) ─┬─ zhang (lead, first team)  ─┬─ lihua
             │                             └─ wangwei
             └─ liu (lead, second team)   ─┬─ chenjie
                                           ├─ sunli
                                           └─ heping (may assign directly)
guan (admin)

One office serves a whole module; `clear` gives each test empty lists, empty screens and the people as they were.
"""

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import create_engine, delete, make_url, select, update
from sqlalchemy.orm import Session

from bot.app import Application, office_of
from bot.config import Settings
from bot.demo.stage import TOKEN, settings_for
from bot.demo.telegram import server
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.parameters import Parameters
from bot.office import Office as House
from domain import access, invitations, users
from domain.clock import Moment
from domain.customers import NewContact, NewCustomer
from domain.db import Database
from domain.models import (
    Base,
    Chat,
    ClaimRequest,
    Customer,
    Dialogue,
    InboxStatus,
    InboxUpdate,
    InvitationGuess,
    OutboxMessage,
    OutboxStatus,
    Ownership,
    Setting,
    TaskStatus,
    User,
    View,
    WorkbookTask,
)
from domain.permissions import Role
from domain.seeding import PastCustomer, PastSpan, seed_customers
from domain.stages import Gained, Lost, ReleaseReason, RequestStatus, Stage
from domain.users import NewPerson
from tests.bot.handset import Handset

STAFF = (
    ("guan", "关管理", Role.ADMIN, None),
    ("zhou", "周总", Role.LEAD, None),
    ("zhang", "张组长", Role.LEAD, "zhou"),
    ("lihua", "李华", Role.SALES, "zhang"),
    ("wangwei", "王伟", Role.SALES, "zhang"),
    ("liu", "刘组长", Role.LEAD, "zhou"),
    ("chenjie", "陈洁", Role.SALES, "liu"),
    ("sunli", "孙丽", Role.SALES, "liu"),
    ("heping", "何平", Role.SALES, "liu"),
)
DIRECT = "heping"
PHONE = "13812345678"
_FIRST_ACCOUNT = 7_000_000_001
_PAUSE = 0.01
_PATIENCE = 15
_TRAFFIC = {"inbox", "outbox", "chats", "send_budget", "cards"}
_CONTENTS = {
    table.name: f'SELECT {", ".join(c.name for c in table.columns if c.name != "touched_at")} FROM "{table.name}" '
    f"ORDER BY {', '.join(c.name for c in table.primary_key)}"
    for table in Base.metadata.sorted_tables
    if table.name not in _TRAFFIC
}
"""What asks for all that a table holds, but for when somebody last looked."""


class Kept(NamedTuple):
    """A customer: its id and the name by which people see it."""

    id: int
    name: str


class Office:
    """The people by login with their phones, the customers, and what there is to be seen behind the screens."""

    def __init__(self, telegram: Telegram, url: str, database_url: str) -> None:
        self.telegram, self.url = telegram, url
        self.settings: Settings = settings_for(url, database_url)
        self.house: House = replace(office_of(self.settings), clock=self._clock)
        self.ids: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.update_ids: dict[tuple[str, Any], int] = {}
        self._phones: dict[str, Handset] = {}
        self._all_phones: list[Handset] = []
        self._database = Database(database_url)
        self._glass = create_engine(_driver(database_url), isolation_level="AUTOCOMMIT")
        self._accounts = 0
        self._customers = 0
        self._checked = self._read = self._lost = 0
        telegram.updates.on_publish.append(self._note)

    @property
    def now(self) -> Moment:
        return self.house.now()

    def later(self, **span: float) -> None:
        """Move everybody's clock on."""
        self.telegram.clock.advance(timedelta(**span).total_seconds())

    async def tick(self) -> None:
        """Let the bot look at the clock: here nothing happens by itself."""
        await self.bot.look_at_the_clock()

    # People

    async def found(self) -> None:
        """Everybody joins by invitation."""
        for login, name, role, superior in STAFF:
            self.add(login, name, role, superior, direct_assign=login == DIRECT)
        await asyncio.gather(*(self.join(login) for login, *_ in STAFF))

    def add(self, login: str, name: str, role: Role = Role.SALES, superior: str | None = None, **more: Any) -> None:
        """Somebody of the staff who has not joined yet."""
        with self.work() as session:
            self.ids[login] = users.add(session, None, NewPerson(login, name, role, superior, **more), now=self.now).id
        self.names[login] = name

    def invite(self, login: str) -> str:
        """The code of an invitation link."""
        with self.work() as session:
            return invitations.invite(session, None, self.ids[login], policy=self.house.policy, now=self.now)

    async def join(self, login: str) -> Handset:
        """A new phone, the invitation's link opened on it."""
        phone = self._phones[login] = self.stranger(self.names[login])
        await phone.open_link(self.invite(login))
        return phone

    async def hire(self, login: str, name: str, role: Role = Role.SALES, superior: str | None = None, **more: Any) -> Handset:
        """Somebody new, joined."""
        self.add(login, name, role, superior, **more)
        return await self.join(login)

    def stranger(self, name: str = "路人", language: str = "zh-hans") -> Handset:
        """A phone of somebody whom the bot does not know."""
        account = _FIRST_ACCOUNT + self._accounts
        self._accounts += 1
        self.telegram.people.add(account, name, language_code=language)
        self._all_phones.append(Handset(self, account))
        return self._all_phones[-1]

    def phone(self, login: str) -> Handset:
        """A person's phone."""
        return self._phones[login]

    def phones(self, *logins: str) -> list[Handset]:
        """Several people's phones."""
        return [self.phone(login) for login in logins]

    def english(self, *logins: str) -> None:
        """These people read English from now on."""
        self.change(*logins, language="en")

    def change(self, *logins: str, **columns: Any) -> None:
        """Change what people are, where there is no use case for it yet."""
        with self.work() as session:
            session.execute(update(User).where(User.id.in_([self.ids[login] for login in logins])).values(**columns))

    def send_away(self, login: str, stand_in: str) -> None:
        """Somebody is away for a week, and somebody else decides meanwhile."""
        self.change(login, away_until=self.now.utc + timedelta(days=7), stand_in_id=self.ids[stand_in])

    def set_rule(self, name: str, value: Any) -> None:
        """A setting as an admin would change it in the chat."""
        with self.work() as session:
            session.execute(delete(Setting).where(Setting.name == name))
            session.add(Setting(name=name, value=value, changed_by=self.ids["guan"], changed_at=self.now.utc))

    # Customers

    def customer(self, name: str | None = None, **details: Any) -> Kept:
        """A customer of an `owner`, or in the pool: never owned, or owned `last` by somebody."""
        return self.customers(1, names=[name] if name else None, **details)[0]

    def customers(
        self,
        count: int,
        *,
        names: list[str] | None = None,
        owner: str | None = None,
        last: str | None = None,
        left: int = 90,
        reason: ReleaseReason = ReleaseReason.NO_NEED,
        note: str | None = None,
        stage: Stage = Stage.POTENTIAL,
        **fields: Any,
    ) -> list[Kept]:
        """Customers alike; `left` is how many days an owner has until the deadline."""
        names = names or [self._next_name() for _ in range(count)]
        began = self.now.utc - timedelta(days=90 - left, minutes=5)
        holder = owner or last
        span = ()
        if holder:
            who = self.ids[holder]
            end = {"until": self.now.utc - timedelta(minutes=1), "lost": Lost.RELEASED, "ended_by": who, "reason": reason}
            span = (PastSpan(who, began, Gained.ENTERED, who, **({} if owner else {**end, "note": note})),)
        signed = began if stage in (Stage.COOPERATING, Stage.DORMANT) else None
        pasts = [
            PastCustomer(new_customer(each, stage=stage, **fields), self.ids["guan"], began, span, signed_at=signed)
            for each in names
        ]
        with self.work() as session:
            ids = seed_customers(session, pasts, policy=self.house.policy, now=self.now)
        return [Kept(*pair) for pair in zip(ids, names, strict=True)]

    def _next_name(self) -> str:
        self._customers += 1
        return f"海兴货运{self._customers:04d}"

    # Behind the screens

    @contextmanager
    def work(self) -> Iterator[Session]:
        """A unit of work on the same database."""
        with self._database.unit_of_work() as session:
            yield session

    def do(self, use_case: Callable[..., Any], who: str | None, *args: Any, **more: Any) -> Any:
        """Run a use case as somebody, as if another screen had asked for it."""
        known = {"policy": self.house.policy, "now": self.now}
        wanted = inspect.signature(use_case).parameters
        given = {name: value for name, value in known.items() if name in wanted} | more
        with self.work() as session:
            actor = access.actor_by_id(session, self.ids[who]) if who else None
            return use_case(session, actor, *args, **given)

    def owner(self, customer: Kept) -> str | None:
        """The login of the owner, None in the pool."""
        [owner_id] = self.look(select(Customer.owner_id).where(Customer.id == customer.id))
        return next((login for login, known in self.ids.items() if known == owner_id), None)

    def statuses(self, customer: Kept) -> list[str]:
        """How the claims of a customer stand, oldest first."""
        return self.look(select(ClaimRequest.status).where(ClaimRequest.customer_id == customer.id).order_by(ClaimRequest.id))

    def request_of(self, customer: Kept) -> tuple[int, int]:
        """The newest claim of a customer: its id and its card's."""
        newest = select(ClaimRequest.id, ClaimRequest.batch_id).where(ClaimRequest.customer_id == customer.id)
        with self._glass.connect() as connection:
            return tuple(connection.execute(newest.order_by(ClaimRequest.id.desc())).first())

    def look(self, statement: Any) -> list[Any]:
        """The first column of what a statement finds, without a lock."""
        with self._glass.connect() as connection:
            return list(connection.execute(statement).scalars())

    def everything(self) -> dict[str, list[Any]]:
        """All rows of all tables but those of the traffic: equal before and after when nothing has changed."""
        with self._glass.connect() as connection:
            return {name: connection.exec_driver_sql(rows).fetchall() for name, rows in _CONTENTS.items()}

    # Waiting and checking

    async def reply_to(self, kind: str, number: Any) -> int:
        """The id of the message by which the bot answered an update."""
        key = f"update:{self.update_ids[kind, number]}"
        sent = select(OutboxMessage.message_id).where(OutboxMessage.key == key, OutboxMessage.status == OutboxStatus.SENT)
        await self._until(lambda: self.look(sent), f"an answer to {kind} {number}")
        return self.look(sent)[0]

    async def quiet(self) -> None:
        """Wait until the bot has done and said everything; notices need not keep their distance."""
        with self.work() as session:
            session.execute(update(Chat).values(next_notice_at=None))
        await self._until(self._is_quiet, "silence")

    def _is_quiet(self) -> bool:
        waiting = select(InboxUpdate.id).where(InboxUpdate.status == InboxStatus.PENDING)
        unsaid = select(OutboxMessage.id).where(OutboxMessage.status.in_((OutboxStatus.PENDING, OutboxStatus.SENDING)))
        return not (self.telegram.updates.pending or self.unanswered() or self.look(waiting) or self.look(unsaid))

    async def _until(self, condition: Callable[[], object], what: str) -> None:
        deadline = asyncio.get_running_loop().time() + _PATIENCE
        while not condition():
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"never came: {what}; stuck: {self.troubles()}")
            await asyncio.sleep(_PAUSE)

    def unanswered(self) -> list[str]:
        """The taps that nobody answered."""
        return [query.data for query in self.telegram.queries.unanswered()]

    def may_lose(self, messages: int) -> None:
        """Up to so many messages of this test find nobody at home: after the first, others may not even be tried."""
        self._lost = messages

    def troubles(self) -> list[str]:
        """What went wrong behind the screens since the last `clear`."""
        bad = (OutboxStatus.FAILED, OutboxStatus.UNCERTAIN)
        given_up = select(OutboxMessage.kind + ": " + OutboxMessage.error).where(OutboxMessage.status.in_(bad))
        lost = self.look(given_up.where(OutboxMessage.id > self._checked))
        broken = self.look(select(InboxUpdate.error).where(InboxUpdate.attempts > 0, InboxUpdate.id > self._read))
        return [*(lost if len(lost) > self._lost or (self._lost and not lost) else []), *broken]

    async def clear(self) -> None:
        """Empty lists, empty screens, people as they were: what a test begins with."""
        await self.quiet()
        with self.work() as session:
            _clear(session, self.now, [self.ids[login] for login, *_ in STAFF], self.ids["guan"])
        for chat in self.telegram.chats.values():
            chat.messages.clear()
            chat.blocked = False
        self.telegram.calm()
        self._lost = 0
        self._checked = max(self.look(select(OutboxMessage.id)), default=0)
        self._read = max(self.look(select(InboxUpdate.id)), default=0)

    async def close(self) -> None:
        """Hang up."""
        await asyncio.gather(*(phone.close() for phone in self._all_phones))
        self._database.dispose()
        self._glass.dispose()

    def _clock(self, zone: Any) -> Moment:
        return Moment(self.telegram.clock.now(), zone)

    def _note(self, pending: Any) -> None:
        body = pending.body
        if "callback_query" in body:
            self.update_ids["tap", body["callback_query"]["id"]] = pending.update_id
        elif "message" in body:
            place = body["message"]["chat"]["id"], body["message"]["message_id"]
            self.update_ids["message", place] = pending.update_id


@asynccontextmanager
async def running(database_url: str, **settings: Any) -> AsyncIterator[Office]:
    """An office with everybody in it, and the bot at work; `settings` are more of those of [telegram]."""
    telegram = Telegram(TOKEN)
    async with server.serve(telegram) as url:
        office = Office(telegram, url, database_url)
        mine = office.settings.telegram.model_copy(update=settings)
        settings_now = office.settings.model_copy(update={"telegram": mine})
        bot = office.bot = Application(settings_now, Database(database_url), office.house, ticking=False)
        if mine.webhook_url:
            secret = mine.secret_token.get_secret_value()
            await telegram.answer("setWebhook", Parameters({"url": mine.webhook_url, "secret_token": secret}))
        work = asyncio.create_task(bot.run())
        try:
            await asyncio.wait([asyncio.create_task(bot.ready.wait()), work], return_when=asyncio.FIRST_COMPLETED)
            await office.found()
            await office.clear()
            yield office
        finally:
            bot.stop()
            await work
            await office.close()


def new_customer(name: str, **fields: Any) -> NewCustomer:
    """A customer with everything that a card may show."""
    contact = NewContact("王芳", phone=PHONE, email="wang@example.com", wechat="wangfang88", title="经理")
    plain = {"source": "展会", "city": "青岛", "address": "海港路 12 号", "contacts": (contact,)}
    return NewCustomer(name=name, **{**plain, **fields})


def _clear(session: Session, now: Moment, staff: list[int], admin: int) -> None:
    nobody = {"owner_id": None, "owned_since": None, "pooled_at": None, "due_on": None, "partner_id": None}
    gone = {**nobody, "stage": Stage.POTENTIAL, "deleted_at": now.utc, "deleted_by": admin}
    ended = {"until": now.utc, "lost": Lost.DELETED, "ended_by": admin}
    cancelled = {"status": RequestStatus.CANCELLED, "decided_at": now.utc, "decided_by": admin}
    session.execute(update(ClaimRequest).where(ClaimRequest.status == RequestStatus.WAITING).values(**cancelled))
    session.execute(update(Ownership).where(Ownership.until.is_(None)).values(**ended))
    session.execute(update(Customer).where(Customer.deleted_at.is_(None)).values(**gone))
    open_work = update(WorkbookTask).where(WorkbookTask.finished_at.is_(None))
    session.execute(open_work.values(status=TaskStatus.CANCELLED, lease_until=None, finished_at=now.utc))
    session.execute(update(User).values(language="zh", away_until=None, stand_in_id=None))
    session.execute(update(User).where(User.id.not_in(staff)).values(active=False))
    session.execute(update(Chat).values(reachable=True, resume_at=None, next_notice_at=None))
    for table in (View, Dialogue, InvitationGuess, Setting):
        session.execute(delete(table))


def _driver(database_url: str) -> Any:
    url = make_url(database_url)
    return url if url.get_backend_name() == "sqlite" else url.set(drivername="postgresql+psycopg")
