"""What the commands share: settings read once, the database opened and checked, refusals in one line, exit codes 0, 1 and 2."""

import asyncio
import locale
import os
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import Any, Concatenate, NoReturn, ParamSpec

import click
from filelock import FileLock, Timeout
from telegram.error import TelegramError

from bot import logs
from bot.api import BotApi
from bot.app import office_of
from bot.config import Problem, Settings, SettingsError, load, render
from bot.failures import FailureKind, classify
from bot.intake import TokenRefusedError
from bot.locales import Texts, texts_for
from bot.office import Office
from bot.setting_errors import Wrong
from bot.transport import AiohttpRequest
from bot.wording import Wording
from domain import schema
from domain.db import Database, Session
from domain.errors import GonghaiError

REFUSED, WRONG = 1, 2
P = ParamSpec("P")


@dataclass
class Shell:
    """One call of the command line."""

    config: Path | None

    @cached_property
    def settings(self) -> Settings:
        """The settings, with logging set up by them. Raises SettingsError."""
        settings = load(self.config)
        token = settings.telegram.token
        logs.configure(settings.log, token.get_secret_value() if token else None)
        return settings

    @cached_property
    def office(self) -> Office:
        """The organisation."""
        return office_of(self.settings)

    @cached_property
    def texts(self) -> Texts:
        """The words of the terminal's language."""
        spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or (locale.getlocale()[0] or "")
        return texts_for("zh" if spoken.startswith("zh") else "en")

    def open_database(self, *, as_is: bool = False) -> Database:
        """The database, at the newest version unless `as_is`. Raises SettingsError, click.ClickException."""
        database = Database(self.settings.database.url)
        try:
            current = schema.is_current(database)
        except database.trouble as error:
            problem = self.texts.plain("database-unusable", why=str(error.orig).strip().splitlines()[0])
            raise SettingsError(Problem("database.url", self.settings.database.url, problem, Wrong.FILE)) from None
        if not current and not as_is:
            refuse(self.texts.plain("database-old"))
        return database

    @contextmanager
    def work(self) -> Iterator[Session]:
        """One transaction on the database; a refusal of the domain becomes one line and exit code 1."""
        database = self.open_database()
        try:
            with database.unit_of_work() as session:
                yield session
        finally:
            database.dispose()

    def bot_name(self) -> str | None:
        """The bot's user name as Telegram tells it; None when it cannot be asked."""
        if self.settings.telegram.token is None:
            return None
        try:
            return str(asyncio.run(self.me())["username"])
        except (TelegramError, TokenRefusedError):
            return None

    def api(self) -> BotApi:
        """Calls to Telegram as this bot. Raises SettingsError without a token."""
        return BotApi(AiohttpRequest(), base_url=self.settings.telegram.base_url, token=self.settings.require_token())

    async def me(self) -> dict[str, Any]:
        """Who Telegram says the bot is. Raises TelegramError, TokenRefusedError."""
        async with self.api() as api:
            try:
                answer: dict[str, Any] = await api.call("getMe")
            except TelegramError as error:
                if classify(error).kind is FailureKind.TOKEN:
                    raise TokenRefusedError from error
                raise
            return answer

    def refusal(self, error: GonghaiError) -> str:
        """The domain's refusal in one line without markup."""
        return Wording(self.texts, self.office.now()).refusal(error).removeprefix("⚠️ ")


def refuse(line: str, code: int = REFUSED) -> NoReturn:
    """Say why in one line on standard error, and leave."""
    click.echo(line, err=True)
    sys.exit(code)


def command(work: Callable[Concatenate[Shell, P], None]) -> Callable[P, None]:
    """A command: it gets the Shell; wrong settings and refusals become one line each and the right exit code."""

    def run(shell: Shell, /, *args: P.args, **options: P.kwargs) -> None:
        try:
            work(shell, *args, **options)
        except SettingsError as wrong:
            refuse("\n".join(render(problem) for problem in wrong.problems), WRONG)
        except TokenRefusedError:
            refuse(shell.texts.plain("token-refused"), WRONG)
        except GonghaiError as refusal:
            refuse(shell.refusal(refusal))

    update_wrapper(run, work)
    return click.pass_obj(run)


@contextmanager
def only_process(shell: Shell, database: Database) -> Iterator[None]:
    """Keep a second bot off a SQLite file, whose one writer this process is."""
    if database.file is None:
        yield
        return
    lock = FileLock(f"{database.file}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        refuse(shell.texts.plain("database-in-use", file=str(database.file)))
    with lock:
        yield


def run_async(work: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop where it installs."""
    try:
        import uvloop  # noqa: PLC0415 — not on every platform
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)
