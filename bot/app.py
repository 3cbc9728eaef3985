"""The composition root: settings, database, transport, intake, workers and sender put together, started, and stopped in order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from urllib.parse import urlsplit

import structlog
import uvicorn
from telegram.error import TelegramError

from bot import menus, webhook
from bot.api import BotApi
from bot.config import Settings
from bot.failures import FailureKind, classify
from bot.hop import Hop
from bot.intake import Intake, Polling, TokenRefusedError
from bot.office import Office
from bot.scheduler import Scheduler
from bot.sender import Sender
from bot.transport import AiohttpRequest
from bot.workers import Workers
from domain import inbox, jobs, outbox
from domain.db import Database, Session
from domain.models import OutboxStatus
from domain.presence import Presence
from domain.timetable import Timetable

log = structlog.get_logger()

DRAIN_SECONDS = 10.0
HELLO_PAUSE = 2.0
STAY_SECONDS = 5.0


class Application:
    """The bot, from its settings. `run` works until `stop` is called; what waits then is kept for the next start.

    Without `ticking` the clock's work is done only when somebody asks for it (`look_at_the_clock`).
    """

    def __init__(self, settings: Settings, database: Database, office: Office | None = None, *, ticking: bool = True) -> None:
        self._settings, self._ticking = settings, ticking
        self.office = office or office_of(settings)
        self._hop = Hop(database)
        self._presence = Presence(database)
        self._stopped = asyncio.Event()
        self._scheduler: Scheduler | None = None
        self.ready = asyncio.Event()

    async def look_at_the_clock(self) -> None:
        """Do at once what has become due, without waiting for the next tick: for whoever has moved the clock."""
        if self._scheduler is not None:
            await self._scheduler.look()

    async def at_rest(self) -> bool:
        """Whether nothing waits to be done or to be said."""
        return await self._hop(_at_rest)

    def stop(self) -> None:
        """End `run` in order: no more updates, finish what is under way, give the rest back."""
        self._stopped.set()

    async def run(self) -> None:
        """Serve until `stop`. Raises TokenRefusedError when Telegram does not know the token."""
        async with AsyncExitStack() as stack:
            stack.callback(self._hop.close)
            stack.callback(self._presence.leave)
            api = await stack.enter_async_context(self._api())
            if not await self._prepare(api):
                return
            sender = Sender(self._hop, api, self.office)
            workers = Workers(self._hop, self.office, sender.spoke)
            intake = Intake(self._hop, api, self.office, workers.arrived)
            stack.callback(asyncio.create_task(self._stay_present()).cancel)
            running = [asyncio.create_task(workers.run()), asyncio.create_task(sender.run())]
            self._scheduler = scheduler = Scheduler(self._hop, self.office, sender.spoke)
            scheduler.start(ticking=self._ticking)
            try:
                async with self._incoming(intake) as source:
                    await intake.resume()
                    self.ready.set()
                    log.info("running", mode="webhook" if self._settings.telegram.webhook_url else "polling")
                    await self._until_stopped([source, *running])
            finally:
                await scheduler.stop()
                await _drain(intake, workers, sender, running)
        log.info("stopped")

    def _api(self) -> BotApi:
        telegram = self._settings.telegram
        return BotApi(AiohttpRequest(), base_url=telegram.base_url, token=self._settings.require_token())

    async def _prepare(self, api: BotApi) -> bool:
        me = await self._hello(api)
        if me is None:
            return False
        await asyncio.to_thread(self._come_in)
        self.office = replace(self.office, bot_name=me["username"])
        await self._hop(lambda session: menus.set_default(session, language=self.office.language, now=self.office.now()))
        log.info("hello", bot=me["username"])
        return True

    def _come_in(self) -> None:
        """What the dead left in flight waits for its lease only while others are alive, whose it might be."""
        with self._presence.entering() as alone:
            if alone:
                with self._hop.database.unit_of_work() as session:
                    outbox.reclaim_all(session)
                    jobs.reclaim_all(session)

    async def _stay_present(self) -> None:
        while True:
            await asyncio.sleep(STAY_SECONDS)
            try:
                await asyncio.to_thread(self._presence.stay)
            except Database.trouble as error:
                log.warning("presence_lost", why=repr(error.orig))

    async def _hello(self, api: BotApi) -> dict[str, str] | None:
        """Who the bot is; None when it was stopped before Telegram answered."""
        while not self._stopped.is_set():
            try:
                me: dict[str, str] = await api.call("getMe")
            except TelegramError as error:
                failure = classify(error)
                if failure.kind is FailureKind.TOKEN:
                    raise TokenRefusedError from error
                log.warning("telegram_unreachable", why=failure.description)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopped.wait(), HELLO_PAUSE)
            else:
                return me
        return None

    @asynccontextmanager
    async def _incoming(self, intake: Intake) -> AsyncIterator["asyncio.Task[None]"]:
        async with AsyncExitStack() as stack:
            if self._settings.telegram.webhook_url:
                source = self._webhook(intake)
            else:
                source = Polling(await stack.enter_async_context(self._api()), intake).run()
            task = asyncio.ensure_future(source)
            try:
                yield task
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError, TokenRefusedError):
                    await task

    def _webhook(self, intake: Intake) -> Awaitable[None]:
        telegram = self._settings.telegram
        assert telegram.webhook_url is not None
        assert telegram.secret_token is not None
        path = urlsplit(telegram.webhook_url).path or "/"
        app = webhook.application(intake, path=path, secret=telegram.secret_token.get_secret_value())
        listen = telegram.listen
        served = uvicorn.Config(
            app,
            host=listen.host,
            port=listen.port,
            log_config=None,
            lifespan="off",
            access_log=False,
            timeout_graceful_shutdown=int(DRAIN_SECONDS),
        )
        return _Server(served).serve_until_cancelled()

    async def _until_stopped(self, tasks: list["asyncio.Task[None]"]) -> None:
        stopped = asyncio.create_task(self._stopped.wait())
        done, _ = await asyncio.wait([stopped, *tasks], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        for task in done - {stopped}:
            task.result()


class _Server(uvicorn.Server):
    """A server inside a program that owns its signals and ends it by cancelling."""

    async def serve_until_cancelled(self) -> None:
        """Serve; in the end the port is let go once the calls under way are answered."""
        try:
            await self.serve()
        except asyncio.CancelledError:
            if self.started:
                await self.shutdown()
            raise

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def office_of(settings: Settings) -> Office:
    """The organisation as the settings describe it."""
    org = settings.org
    timetable = Timetable(digest_time=org.digest_time, quiet_hours=org.quiet_hours)
    return Office(policy=settings.rules, zone=org.timezone, language=org.language, timetable=timetable)


def _at_rest(session: Session) -> bool:
    said = outbox.counts(session)
    return not (inbox.pending(session) or said.get(OutboxStatus.PENDING) or said.get(OutboxStatus.SENDING))


async def _drain(intake: Intake, workers: Workers, sender: Sender, running: list["asyncio.Task[None]"]) -> None:
    await intake.close()
    workers.stop()
    sender.stop()
    _, late = await asyncio.wait(running, timeout=DRAIN_SECONDS)
    for task in late:
        log.warning("drain_cut_short")
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
