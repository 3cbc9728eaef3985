"""`backup` and `restore`: everything in one file, and back."""

from pathlib import Path

import click

from bot.commands.context import Shell, command, only_process, refuse
from domain import backup as backups
from domain import restoring
from domain.copying import Told
from domain.db import Database

_MEGABYTE = 1_000_000
_File = click.Path(path_type=Path, dir_okay=False)


@click.argument("file", type=_File)
@command
def backup(shell: Shell, file: Path) -> None:
    """A consistent copy of everything in FILE, made while the bot runs, and opened to see that it is whole."""
    database = shell.open_database()
    try:
        made = backups.make(database, file, told=_telling(shell))
    except OSError as error:
        refuse(shell.texts.plain("backup-not-written", file=str(file), why=error.strerror or str(error)))
    finally:
        database.dispose()
    click.echo(shell.texts.plain("backup-made", file=str(file), rows=made.rows, size=f"{made.size / _MEGABYTE:.1f}"))


@click.argument("file", type=_File)
@command
def restore(shell: Shell, file: Path) -> None:
    """Fill an empty database of either kind from FILE, a backup of this version or an older one."""
    database: Database = shell.open_database(as_is=True)
    try:
        with only_process(shell, database):
            found = restoring.restore(file, database, told=_telling(shell))
    finally:
        database.dispose()
    click.echo(shell.texts.plain("backup-restored", file=str(file), rows=found.rows))


def _telling(shell: Shell) -> Told:
    """How far it has come, a table a line, beside what programs read."""

    def told(table: str, rows: int) -> None:
        click.echo(shell.texts.plain("backup-table", table=table, rows=rows), err=True)

    return told
