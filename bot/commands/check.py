"""`check`: config, database, token, clock and lag looked at, a line each."""

import asyncio
from collections.abc import Iterator

import click
from telegram.error import TelegramError

from bot import rule_words
from bot.commands.context import REFUSED, Shell, command
from bot.failures import classify
from bot.intake import TokenRefusedError
from domain import inbox, outbox, schema, settings
from domain.db import Session
from domain.models import OutboxStatus
from domain.rules import current


@command
def check(shell: Shell) -> None:
    """Whether everything that `run` needs is there; exit code 1 when something is not."""
    fine = True
    for good, line in _findings(shell):
        click.echo(f"{'ok  ' if good else 'FAIL'} {line}")
        fine = fine and good
    if not fine:
        raise SystemExit(REFUSED)


def _findings(shell: Shell) -> Iterator[tuple[bool, str]]:
    texts = shell.texts
    assert shell.settings is not None
    yield True, texts.plain("check-config")
    database = shell.open_database(as_is=True)
    current = schema.is_current(database)
    yield current, texts.plain("check-database" if current else "database-old")
    yield _token(shell)
    yield True, texts.plain("check-clock", now=shell.office.now().local(shell.office.now().utc).isoformat(timespec="seconds"))
    if current:
        with database.unit_of_work() as session:
            yield from _rules(shell, session)
            counts, waiting = outbox.counts(session), inbox.pending(session)
        failed = counts.get(OutboxStatus.FAILED, 0) + counts.get(OutboxStatus.UNCERTAIN, 0)
        yield True, texts.plain("check-lag", inbox=waiting, outbox=counts.get(OutboxStatus.PENDING, 0), failed=failed)
    database.dispose()


def _rules(shell: Shell, session: Session) -> Iterator[tuple[bool, str]]:
    """What the chat says otherwise than the settings file; what is kept there and cannot hold is a failure."""
    for line in settings.lines(session, given=shell.office.given).values():
        if line.differs:
            values = {"file": line.given, "now": line.value}
            told = {where: rule_words.value(shell.texts, line.name, kept) for where, kept in values.items()}
            yield True, shell.texts.plain("check-rule", rule=line.name, **told)
    for ignored in current(session, shell.office.given).ignored:
        yield False, shell.texts.plain("check-rule-ignored", rule=ignored)


def _token(shell: Shell) -> tuple[bool, str]:
    if shell.settings.telegram.token is None:
        return False, shell.texts.plain("check-no-token")
    try:
        me = asyncio.run(shell.me())
    except TokenRefusedError:
        return False, shell.texts.plain("token-refused")
    except TelegramError as error:
        return False, shell.texts.plain("check-unreachable", why=classify(error).description)
    return True, shell.texts.plain("check-token", bot=f"@{me['username']}")
