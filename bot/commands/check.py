"""`check`: config, database, token, clock, webhook, lag and jobs looked at, a line each."""

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import click
from telegram.error import TelegramError

from bot import rule_words, telegram_webhook
from bot.commands.context import REFUSED, Shell, command
from bot.failures import classify
from bot.health import LAG_LIMIT
from bot.intake import TokenRefusedError
from bot.telegram_webhook import Standing
from domain import inbox, marks, outbox, queues, schema, settings
from domain.db import Database
from domain.jobs import JobName
from domain.models import OutboxStatus
from domain.rules import current

RECENT = timedelta(hours=1)
DAY_AND_A_BIT = timedelta(hours=25)


class Finding(NamedTuple):
    """One thing looked at: is it as it must be, and the line that says so."""

    name: str
    good: bool
    line: str


@click.option("--json", "as_json", is_flag=True, help="For programs to read.")
@command
def check(shell: Shell, *, as_json: bool) -> None:
    """Whether everything that `run` needs is there; exit code 1 when something is not."""
    findings = list(_findings(shell))
    if as_json:
        click.echo(json.dumps([each._asdict() for each in findings], ensure_ascii=False, indent=2))
    else:
        for each in findings:
            click.echo(f"{'ok  ' if each.good else 'FAIL'} {each.line}")
    if not all(each.good for each in findings):
        raise SystemExit(REFUSED)


def _findings(shell: Shell) -> Iterator[Finding]:
    texts, now = shell.texts, shell.office.now()
    assert shell.settings is not None
    yield Finding("config", good=True, line=texts.plain("check-config"))
    database = shell.open_database(as_is=True)
    newest = schema.is_current(database)
    yield Finding("database", newest, texts.plain("check-database" if newest else "database-old"))
    token = _token(shell)
    yield token
    yield Finding("clock", good=True, line=texts.plain("check-clock", now=now.local(now.utc).isoformat(timespec="seconds")))
    if newest:
        if token.good:
            yield _webhook(shell, database)
        yield from _rules(shell, database)
        yield from _lags(shell, database)
    database.dispose()


def _token(shell: Shell) -> Finding:
    if shell.settings.telegram.token is None:
        return Finding("token", good=False, line=shell.texts.plain("check-no-token"))
    try:
        me = asyncio.run(shell.me())
    except TokenRefusedError:
        return Finding("token", good=False, line=shell.texts.plain("token-refused"))
    except TelegramError as error:
        return Finding("token", good=False, line=shell.texts.plain("check-unreachable", why=classify(error).description))
    return Finding("token", good=True, line=shell.texts.plain("check-token", bot=f"@{me['username']}"))


def _webhook(shell: Shell, database: Database) -> Finding:
    async def ask() -> Standing:
        async with shell.api() as api:
            return await telegram_webhook.standing(api)

    try:
        found = asyncio.run(ask())
    except TelegramError as error:
        return Finding("webhook", good=False, line=shell.texts.plain("check-unreachable", why=classify(error).description))
    with database.unit_of_work() as session:
        remembered = marks.get(session, marks.WEBHOOK)
    return _judged(shell, found, remembered)


def _judged(shell: Shell, found: Standing, remembered: str | None) -> Finding:
    wanted, texts, now = shell.settings.telegram, shell.texts, shell.office.now()
    if wanted.webhook_url is None and not found.url:
        return Finding("webhook", good=True, line=texts.plain("check-webhook-none"))
    if not found.url:
        return Finding("webhook", good=False, line=texts.plain("check-webhook-missing", url=str(wanted.webhook_url)))
    if found.url != wanted.webhook_url:
        return Finding("webhook", good=False, line=texts.plain("check-webhook-elsewhere", url=found.url))
    if not telegram_webhook.is_ours(found, wanted, remembered):
        return Finding("webhook", good=False, line=texts.plain("check-webhook-changed"))
    if found.error is not None and found.error_at is not None and now.utc - found.error_at < RECENT:
        known = {"url": found.url, "pending": found.pending, "at": _clock(shell, found.error_at), "why": found.error}
        return Finding("webhook", good=not found.pending, line=texts.plain("check-webhook-error", **known))
    return Finding("webhook", good=True, line=texts.plain("check-webhook-ours", url=found.url, pending=found.pending))


def _rules(shell: Shell, database: Database) -> Iterator[Finding]:
    """What the chat says otherwise than the settings file; what is kept there and cannot hold is a failure."""
    with database.unit_of_work() as session:
        lines = settings.lines(session, given=shell.office.given).values()
        ignored = current(session, shell.office.given).ignored
    for line in lines:
        if line.differs:
            values = {"file": line.given, "now": line.value}
            told = {where: rule_words.value(shell.texts, line.name, kept) for where, kept in values.items()}
            yield Finding(f"rule {line.name}", good=True, line=shell.texts.plain("check-rule", rule=line.name, **told))
    for name in ignored:
        yield Finding(f"rule {name}", good=False, line=shell.texts.plain("check-rule-ignored", rule=name))


def _lags(shell: Shell, database: Database) -> Iterator[Finding]:
    texts, office = shell.texts, shell.office
    with database.unit_of_work() as session:
        counts, waiting = outbox.counts(session), inbox.pending(session)
    failed = counts.get(OutboxStatus.FAILED, 0) + counts.get(OutboxStatus.UNCERTAIN, 0)
    pending = counts.get(OutboxStatus.PENDING, 0)
    yield Finding("lag", good=True, line=texts.plain("check-lag", inbox=waiting, outbox=pending, failed=failed))
    with database.reading() as connection:
        seen = queues.look(connection, office.given, now=office.now())
    late = seen.outbox_lag > LAG_LIMIT
    line = texts.plain("check-waits-long" if late else "check-waits", seconds=round(seen.outbox_lag))
    yield Finding("outbox", not late, line)
    for name in JobName:
        yield _job(shell, name, seen.jobs.get(name))


def _job(shell: Shell, name: JobName, done: datetime | None) -> Finding:
    word = shell.texts.plain(f"job-{name}")
    if done is None:
        return Finding(f"job {name}", good=True, line=shell.texts.plain("check-job-never", job=word))
    late = shell.office.now().utc - done > DAY_AND_A_BIT
    line = shell.texts.plain("check-job-late" if late else "check-job", job=word, at=_clock(shell, done))
    return Finding(f"job {name}", not late, line)


def _clock(shell: Shell, instant: datetime) -> str:
    return shell.office.now().local(instant).strftime("%Y-%m-%d %H:%M")
