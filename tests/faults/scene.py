"""A town for hard times: the local Telegram over HTTP, an office in the database, people with phones, and the bot."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import SecretStr
from sqlalchemy import delete, func, select

from bot import config
from bot.app import Application
from bot.demo.stage import settings_for
from bot.demo.telegram import server
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.faults import Fault
from domain.clock import now_in
from domain.db import Database
from domain.models import InboxStatus, InboxUpdate, OutboxMessage, OutboxStatus
from domain.permissions import Role
from tests.domain.office import SHANGHAI, STAFF, Office
from tests.phones import Json, Phone, Screen

TOKEN = "1:demo-token"
PATIENCE = 60.0
PAUSE = 0.03
UNDER_WAY = (OutboxStatus.PENDING, OutboxStatus.SENDING)
CLAIM, APPROVE, REJECT = "分配给我", "同意", "拒绝"


class Person(Phone):
    """Somebody who acts over HTTP; what stands on the screen is read where the imitation keeps it, so that crowds may wait."""

    def __init__(self, telegram: Telegram, http: httpx.AsyncClient, user_id: int, name: str) -> None:
        self.user_id, self.name, self.telegram = user_id, name, telegram
        self._http = http
        self._chat = f"/user/{user_id}/chat/{user_id}"

    async def chat(self) -> Json:
        return {"messages": self.shown, "reply_keyboard": None}

    @property
    def shown(self) -> list[Json]:
        """Every message on the screen."""
        return list(self.telegram.chats[self.user_id].messages.values())

    @property
    def heard(self) -> list[Screen]:
        """The bot's messages, oldest first."""
        return [Screen.of(each) for each in self.shown if each["from"]["is_bot"]]

    def hearing(self, words: str) -> list[Screen]:
        """The bot's messages that hold the words."""
        return [screen for screen in self.heard if words in screen]

    async def see(self, wanted: str | Callable[[Screen], bool]) -> Screen:
        """Wait for a message of the bot."""
        return await self.wait_for(wanted, timeout=PATIENCE)

    async def open_card(self, customer: str) -> Screen:
        """Search a customer and open its card."""
        await self.send(customer)
        found = await self.see(lambda screen: customer in " ".join(screen.labels))
        await self.tap_on(found.id, customer)
        return await self.see(lambda screen: screen.id == found.id and customer not in " ".join(screen.labels))

    async def see_request(self, customer: str) -> Screen:
        """Wait for the approval card of a customer, still to be decided."""
        return await self.see(lambda screen: customer in screen and any(APPROVE in label for label in screen.labels))


class Clock:
    """A test's patience."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        self._until = asyncio.get_running_loop().time() + seconds

    async def pause(self, told: Callable[[], str]) -> None:
        if asyncio.get_running_loop().time() > self._until:
            raise AssertionError(told())
        await asyncio.sleep(PAUSE)


async def until(holds: Callable[[], Any], what: str, *, seconds: float = PATIENCE) -> Any:
    """Wait until something holds, and answer it."""
    clock = Clock(seconds)
    while not (held := holds()):
        await clock.pause(lambda: f"never came true: {what}")
    return held


@dataclass
class Town:
    """Everything there is, but for the bot."""

    telegram: Telegram
    url: str
    database_url: str
    database: Database
    office: Office
    http: httpx.AsyncClient
    serving: AsyncExitStack

    def person(self, login: str) -> Person:
        return Person(self.telegram, self.http, self.office.telegram[login], login.title())

    def person_by_id(self, user_id: int) -> Person:
        return self.person(next(login for login, known in self.office.ids.items() if known == user_id))

    def people(self, logins: Iterable[str]) -> list[Person]:
        return [self.person(login) for login in logins]

    def hire(self, login: str, role: Role = Role.SALES, superior: str | None = None) -> Person:
        """Somebody new, who has pressed Start."""
        self.office.hire(login, role, superior)
        self._phone(login)
        return self.person(login)

    def found(self) -> None:
        """The staff of the usual office, each with a phone."""
        self.office.found()
        for login, *_ in STAFF:
            self._phone(login)

    def _phone(self, login: str) -> None:
        self.telegram.people.add(self.office.telegram[login], login.title(), language_code="zh", started=True)

    def strike(self, kind: str, **fault: Any) -> None:
        """Bad weather for Bot API calls, or for the delivery of updates."""
        self.telegram.strike(Fault(kind, **fault))

    def calls(self, method: str, chat: Person | None = None) -> list[Any]:
        """The Bot API calls of a method, in the order of their answers."""
        made = [call for call in self.telegram.calls.after(0) if call.method.lower() == method.lower()]
        return made if chat is None else [call for call in made if str(call.parameters.get("chat_id")) == str(chat.user_id)]

    def outbox(self, *where: Any) -> list[OutboxMessage]:
        """Rows of the outbox, in order."""
        with self.database.unit_of_work() as session:
            return list(session.scalars(select(OutboxMessage).where(*where).order_by(OutboxMessage.id)))

    def forget_what_was_to_be_said(self) -> None:
        """What founding a scene would have the bot say."""
        with self.database.unit_of_work() as session:
            session.execute(delete(OutboxMessage))

    def told(self, person: Person, kind: str) -> OutboxMessage:
        """The one row of a kind for a person."""
        (row,) = self.outbox(OutboxMessage.chat_id == person.user_id, OutboxMessage.kind == kind)
        return row

    def updates(self) -> list[InboxUpdate]:
        with self.database.unit_of_work() as session:
            return list(session.scalars(select(InboxUpdate).order_by(InboxUpdate.id)))

    def _under_way(self) -> str:
        with self.database.unit_of_work() as session:
            inbox = session.scalar(select(func.count()).where(InboxUpdate.status == InboxStatus.PENDING))
            rows = session.execute(
                select(OutboxMessage.kind, OutboxMessage.status, func.count())
                .where(OutboxMessage.status.in_(UNDER_WAY))
                .group_by(OutboxMessage.kind, OutboxMessage.status)
            ).all()
        return f"inbox {inbox}, outbox {[tuple(row) for row in rows]}" if inbox or rows else ""

    async def quiet(self, seconds: float = PATIENCE) -> None:
        """Wait until nothing is under way: not at Telegram, not in the inbox, not in the outbox."""
        clock = Clock(seconds)
        while True:
            waits = self.telegram.updates.pending
            left = f"{len(waits)} updates at Telegram" if waits else await asyncio.to_thread(self._under_way)
            if not left:
                return
            await clock.pause(lambda left=left: f"never quiet: {left}")

    async def call(self, method: str, **params: Any) -> None:
        """A Bot API call from outside the bot, as an operator makes it."""
        (await self.http.post(f"/bot{TOKEN}/{method}", json=params)).raise_for_status()

    async def silence(self) -> None:
        """Telegram's server goes away."""
        await self.serving.aclose()

    def settings(self, url: str | None = None, **telegram: Any) -> config.Settings:
        """The settings of a bot in this town."""
        plain = settings_for(url or self.url, self.database_url)
        return plain.model_copy(update={"telegram": plain.telegram.model_copy(update=telegram)})

    def webhook(self, port: int) -> dict[str, Any]:
        """Settings of a bot that is called on that port."""
        address = config.Address("127.0.0.1", port)
        return {"webhook_url": f"http://127.0.0.1:{port}/telegram", "secret_token": SecretStr("secret"), "listen": address}

    @asynccontextmanager
    async def bot(self, **telegram: Any) -> AsyncIterator[Application]:
        """The bot in this loop, stopped in order at the end."""
        application = Application(self.settings(**telegram), Database(self.database_url), ticking=False)
        running = asyncio.create_task(application.run())
        ready = asyncio.create_task(application.ready.wait())
        try:
            await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
            assert ready.done(), running
            yield application
        finally:
            ready.cancel()
            application.stop()
            with suppress(asyncio.CancelledError):
                await running


@asynccontextmanager
async def town_of(database_url: str) -> AsyncIterator[Town]:
    """A town whose Telegram is served, with nobody in it yet."""
    telegram = Telegram(TOKEN, callback_life=3600)
    database = Database(database_url)
    office = Office(database.unit_of_work)
    office.at(now_in(SHANGHAI))
    try:
        async with AsyncExitStack() as serving:
            url = await serving.enter_async_context(server.serve(telegram))
            async with httpx.AsyncClient(base_url=url, timeout=PATIENCE, trust_env=False) as http:
                yield Town(telegram, url, database_url, database, office, http, serving)
    finally:
        database.dispose()


@asynccontextmanager
async def town_like(town: Town, database_url: str) -> AsyncIterator[Town]:
    """The same people with phones of their own, on a copy of a town's database."""
    async with town_of(database_url) as other:
        other.office.ids, other.office.telegram = town.office.ids, town.office.telegram
        for login in other.office.telegram:
            other._phone(login)
        yield other
