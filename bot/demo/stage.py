"""The demo put on: the local Telegram, the phones' page, sample people, and the real bot talking HTTP to it all."""

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bot import config, logs
from bot.app import Application, office_of
from bot.config import Settings
from bot.demo import sample
from bot.demo.passing import Passing
from bot.demo.telegram import server
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.http import routes
from bot.office import Office
from domain import upgrading, users
from domain.clock import Moment
from domain.db import Database
from domain.timetable import QuietHours

TOKEN = "1:demo-token"  # noqa: S105 — known to the imitation alone
ALWAYS_AWAKE = QuietHours(time.min, time.min)
PHONES = Path(__file__).parent / "phones"


async def serve(*, port: int, folder: Path | None, announce: Callable[[str], None]) -> None:
    """Run the demo until the process is told to stop. The database lies in `folder`, or in one that goes with the process."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with _folder(folder) as place:
        async with playing(place, port=port) as url:
            announce(url)
            await stop.wait()


@asynccontextmanager
async def playing(place: Path, *, port: int = 0, begins: datetime | None = None) -> AsyncIterator[str]:
    """The whole demo, its database in `place`; yields the page's address. Raises OSError when the port is taken.

    It begins at the machine's time, or at the instant given.
    """
    telegram = people_with_phones()
    if begins is not None:
        telegram.clock.begin(begins)
    app = Starlette(routes=[*routes(telegram), Mount("/", StaticFiles(directory=PHONES, html=True))])
    async with server.serve(telegram, port=port, app=app) as url, _bot(telegram, url, place):
        for person in sample.PEOPLE:
            telegram.people.send(person.telegram_id, "/menu")
        yield url


@asynccontextmanager
async def _bot(telegram: Telegram, url: str, place: Path) -> AsyncIterator[None]:
    settings = settings_for(url, f"sqlite:///{place / 'demo.db'}")
    logs.configure(settings.log, TOKEN)
    office = _office(settings, telegram)
    application = Application(settings, _filled(settings, office), office)
    telegram.clock.pass_by = Passing(telegram.clock, application, office.zone).pass_by
    running = asyncio.create_task(application.run())
    ready = asyncio.create_task(application.ready.wait())
    await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        ready.cancel()
        application.stop()
        await running


def people_with_phones() -> Telegram:
    """A local Telegram in which every sample person has pressed Start."""
    telegram = Telegram(TOKEN)
    telegram.clock.timezone = "Asia/Shanghai"
    for person in sample.PEOPLE:
        telegram.people.add(
            person.telegram_id, person.name, note=person.note, color=person.color, language_code=person.language, started=True
        )
    return telegram


def settings_for(url: str, database_url: str) -> Settings:
    """Settings of a bot that talks to the imitation at `url`."""
    return Settings(
        telegram=config.Telegram(token=SecretStr(TOKEN), base_url=f"{url}/bot", base_file_url=f"{url}/file/bot"),
        database=config.Database(url=database_url),
        org=config.Org(quiet_hours=ALWAYS_AWAKE),
        log=config.Log(level="WARNING"),
    )


def _office(settings: Settings, telegram: Telegram) -> Office:
    office = office_of(settings)

    def clock(zone: ZoneInfo) -> Moment:
        return Moment(telegram.clock.now(), zone)

    return replace(office, clock=clock)


def _filled(settings: Settings, office: Office) -> Database:
    database = Database(settings.database.url)
    upgrading.upgrade(database)
    with database.unit_of_work() as session:
        if not users.listing(session):
            phones = {person.login: person.telegram_id for person in sample.PEOPLE}
            sample.fill(session, policy=office.policy, now=office.now(), telegram_ids=phones)
            sample.pass_over(session, office.timetable, now=office.now())
    return database


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="gonghai-demo-") as made:
        yield Path(made)
