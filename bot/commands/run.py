"""`run`: the bot, until it is told to stop."""

import asyncio
import signal

from bot.app import Application
from bot.commands.context import Shell, command, only_process, refuse, run_async
from bot.serving import PortRefusedError
from bot.warming import warm_up
from domain.db import Database


@command
def run(shell: Shell) -> None:
    """The bot: long polling, or a webhook when the config names one."""
    shell.settings.require_token()
    database = shell.open_database()
    with only_process(shell, database):
        warm_up()
        try:
            run_async(_serve(shell, database))
        except PortRefusedError as error:
            refuse(shell.texts.plain("port-refused", address="{}:{}".format(*error.address), why=error.why))


async def _serve(shell: Shell, database: Database) -> None:
    application = Application(shell.settings, database, shell.office)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, application.stop)
    await application.run()
