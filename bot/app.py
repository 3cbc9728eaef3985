"""The composition root: settings, database, transport, intake, workers and sender put together, started, and stopped in order."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from urllib.parse import urlsplit

import structlog
from starlette.applications import Starlette
from starlette.routing import Route
from telegram.error import TelegramError

from bot import menus, webhook
from bot.api import BotApi
from bot.config import Settings
from bot.failures import FailureKind, classify
from bot.health import Health
from bot.hop import Hop
from bot.intake import Intake, Polling, TokenRefusedError
from bot.metrics import Metrics
from bot.office import Office
from bot.ops import metrics_page, probes
from bot.scheduler import Scheduler
from bot.sender import Sender
from bot.serving import Server
from bot.transport import AiohttpRequest
from bot.webhook_watch import watch
from bot.workbooks import Workbooks
from bot.workers import Workers
from domain import inbox, jobs, outbox, workbook_tasks
from domain.db import Database, Session
from domain.models import OutboxStatus
from domain.presence import Presence
from domain.timetable import Timetable

log = structlog.get_logger()

DRAIN_SECONDS = 10.0
LAST_SECONDS = 2.0
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
        self._health, self._metrics = Health(database, self.office), Metrics()
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
        """Serve until `stop`. Raises TokenRefusedError when Telegram does not know the token, PortRefusedError."""
        metrics = self._metrics
        async with AsyncExitStack() as stack:
            stack.callback(self._hop.close)
            stack.callback(self._health.close)
            stack.callback(self._presence.leave)
            await stack.enter_async_context(self._watched())
            api = await stack.enter_async_context(self._api())
            if not await self._prepare(api):
                return
            sender = Sender(self._hop, api, self.office, metrics)
            workers = Workers(self._hop, self.office, sender.spoke, metrics)
            intake = Intake(self._hop, api, self.office, workers.arrived, metrics)
            stack.callback(asyncio.create_task(self._stay_present()).cancel)
            workbooks = Workbooks(self._hop, self.office, sender.spoke, api.download)
            running = [asyncio.create_task(each.run()) for each in (workers, sender, workbooks)]
            self._scheduler = scheduler = Scheduler(self._hop, self.office, sender.spoke, metrics)
            scheduler.start(ticking=self._ticking)
            try:
                async with self._incoming(intake) as source:
                    await intake.resume()
                    self._health.heard()
                    self.ready.set()
                    log.info("running", mode="webhook" if self._pushed else "polling")
                    await self._until_stopped([source, *running])
            finally:
                self._health.stopping()
                await scheduler.stop()
                workbooks.stop()
                await _drain(intake, workers, sender, running)
        log.info("stopped")

    def _api(self) -> BotApi:
        telegram = self._settings.telegram
        token = self._settings.require_token()
        return BotApi(AiohttpRequest(), base_url=telegram.base_url, file_url=telegram.base_file_url, token=token)

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
                    workbook_tasks.reclaim_all(session)

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

    @property
    def _pushed(self) -> bool:
        return self._settings.telegram.webhook_url is not None

    @asynccontextmanager
    async def _incoming(self, intake: Intake) -> AsyncIterator["asyncio.Task[None]"]:
        async with AsyncExitStack() as stack:
            api = await stack.enter_async_context(self._api())
            if self._pushed:
                source = self._webhook(intake)
                await stack.enter_async_context(_under_way(watch(api, str(self._settings.telegram.webhook_url), self._metrics)))
            else:
                source = Polling(api, intake, self._health, self._metrics).run()
            yield await stack.enter_async_context(_under_way(source))

    def _webhook(self, intake: Intake) -> Coroutine[None, None, None]:
        telegram = self._settings.telegram
        assert telegram.webhook_url is not None
        assert telegram.secret_token is not None
        path = urlsplit(telegram.webhook_url).path or "/"
        door = webhook.door(intake, path=path, secret=telegram.secret_token.get_secret_value())
        more = [self._metrics_page()] if self._settings.ops.listen == telegram.listen else []
        app = Starlette(routes=[door, *probes(self._health, pushed=True), *more])
        return Server(app, telegram.listen).run_until_cancelled()

    @asynccontextmanager
    async def _watched(self) -> AsyncIterator[None]:
        """What operators look at, from before the work begins until after its end."""
        listen = self._settings.ops.listen
        if listen is None or (self._pushed and listen == self._settings.telegram.listen):
            yield
            return
        app = Starlette(routes=[*probes(self._health, pushed=self._pushed), self._metrics_page()])
        async with _under_way(Server(app, listen).run_until_cancelled()):
            yield

    def _metrics_page(self) -> Route:
        return metrics_page(self._metrics, self._health, pushed=self._pushed)

    async def _until_stopped(self, tasks: list["asyncio.Task[None]"]) -> None:
        stopped = asyncio.create_task(self._stopped.wait())
        done, _ = await asyncio.wait([stopped, *tasks], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        for task in done - {stopped}:
            task.result()
        self._health.stopping()
        if self._pushed:
            await asyncio.sleep(self._settings.ops.linger_seconds)


@asynccontextmanager
async def _under_way(work: Coroutine[None, None, None]) -> AsyncIterator["asyncio.Task[None]"]:
    """Work beside the block, ended with it."""
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, TokenRefusedError):
            await task


def office_of(settings: Settings) -> Office:
    """The organisation as the settings describe it."""
    org = settings.org
    timetable = Timetable(digest_time=org.digest_time, quiet_hours=org.quiet_hours)
    return Office(policy=settings.rules, zone=org.timezone, language=org.language, timetable=timetable)


def _at_rest(session: Session) -> bool:
    said = outbox.counts(session)
    return not (inbox.pending(session) or said.get(OutboxStatus.PENDING) or said.get(OutboxStatus.SENDING))


async def _drain(intake: Intake, workers: Workers, sender: Sender, running: list["asyncio.Task[None]"]) -> None:
    workers.stop()
    sender.stop()
    await intake.close(DRAIN_SECONDS)
    _, late = await asyncio.wait(running, timeout=DRAIN_SECONDS)
    if late:
        log.warning("drain_cut_short")
        sender.cut_short()
        _, late = await asyncio.wait(late, timeout=LAST_SECONDS)
    for task in late:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
