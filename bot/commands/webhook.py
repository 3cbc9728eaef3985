"""`webhook`: what Telegram calls, set, shown and deleted; `run` never touches it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click
from telegram.error import TelegramError

from bot import telegram_webhook
from bot.api import BotApi
from bot.commands.context import Shell, command, refuse
from bot.config import Problem, SettingsError, Telegram
from bot.failures import classify
from bot.setting_errors import Wrong
from bot.telegram_webhook import Standing, fingerprint, is_ours
from domain import marks

T = TypeVar("T")


@click.group()
def webhook() -> None:
    """The webhook at Telegram."""


@webhook.command(name="set")
@command
def set_(shell: Shell) -> None:
    """Have Telegram call telegram.webhook_url; nothing is called when it does already."""
    wanted = shell.settings.telegram
    shell.settings.require_token()
    if wanted.webhook_url is None:
        raise SettingsError(Problem("telegram.webhook_url", None, str(_wanted("webhook_url")), Wrong.MISSING))
    with shell.work() as session:
        remembered = marks.get(session, marks.WEBHOOK)
    if is_ours(_ask(shell, telegram_webhook.standing), wanted, remembered):
        click.echo(shell.texts.plain("webhook-as-wanted", url=wanted.webhook_url))
        return
    _ask(shell, lambda api: telegram_webhook.set_up(api, wanted))
    with shell.work() as session:
        marks.put(session, marks.WEBHOOK, fingerprint(wanted))
    click.echo(shell.texts.plain("webhook-set", url=wanted.webhook_url))


@webhook.command()
@click.option("--json", "as_json", is_flag=True, help="For programs to read.")
@command
def show(shell: Shell, *, as_json: bool) -> None:
    """What Telegram calls, how many updates wait there, and what went wrong last."""
    found = _ask(shell, telegram_webhook.standing)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return
    click.echo(shell.texts.plain("webhook-url", url=found.url) if found.url else shell.texts.plain("webhook-none"))
    click.echo(shell.texts.plain("webhook-pending", count=found.pending))
    if found.error is not None:
        click.echo(shell.texts.plain("webhook-error", why=found.error, at=_clock(shell, found)))


@webhook.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@command
def delete(shell: Shell, *, yes: bool) -> None:
    """Have Telegram call nobody; updates that wait there are kept for whoever asks next."""
    found = _ask(shell, telegram_webhook.standing)
    if not found.url:
        click.echo(shell.texts.plain("webhook-none"))
        return
    if not yes and not click.confirm(shell.texts.plain("webhook-delete-question", url=found.url), err=True):
        refuse(shell.texts.plain("nothing-changed"))
    _ask(shell, telegram_webhook.take_down)
    with shell.work() as session:
        marks.drop(session, marks.WEBHOOK)
    click.echo(shell.texts.plain("webhook-deleted", count=found.pending))


def _ask(shell: Shell, call: Callable[[BotApi], Awaitable[T]]) -> T:
    """Ask Telegram one thing; a refusal of its becomes one line."""

    async def asking() -> T:
        async with shell.api() as api:
            return await call(api)

    try:
        return asyncio.run(asking())
    except TelegramError as error:
        refuse(shell.texts.plain("telegram-refused", why=classify(error).description))


def _wanted(name: str) -> object:
    return Telegram.model_fields[name].description


def _clock(shell: Shell, found: Standing) -> str:
    assert found.error_at is not None
    return shell.office.now().local(found.error_at).strftime("%Y-%m-%d %H:%M")
