"""`customers`: the records in and out as workbooks."""

import json
from pathlib import Path

import click

from bot.commands.context import Shell, command, refuse
from bot.commands.importing import import_command
from bot.commands.progress import progress
from bot.commands.templates import language_option
from bot.locales import texts_for
from bot.sheet_words import vocabulary
from domain.db import Database
from domain.spreadsheets import exporting
from domain.spreadsheets.exporting import Made
from domain.spreadsheets.layout import SheetName


@click.group()
def customers() -> None:
    """The customers as workbooks."""


@customers.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="A summary for programs to read.")
@language_option
@command
def export(shell: Shell, /, *, file: Path, as_json: bool, language: str | None) -> None:
    """Write all live customers with their contacts, follow-ups and owners to FILE.xlsx; nothing is masked."""
    database = shell.open_database()
    try:
        made = _written(shell, database, file, language or shell.texts.language, quiet=as_json)
    except OSError as error:
        refuse(shell.texts.plain("file-not-written", file=str(file), why=error.strerror or str(error)))
    finally:
        database.dispose()
    if as_json:
        click.echo(json.dumps({"file": str(file), "customers": made.records, "rows": made.rows}, ensure_ascii=False))
    else:
        click.echo(shell.texts.plain("exported-to", count=made.records, file=str(file)))


customers.add_command(import_command(SheetName.CUSTOMERS))


def _written(shell: Shell, database: Database, file: Path, language: str, *, quiet: bool) -> Made:
    """The file is there whole or not at all."""
    unfinished = file.with_name(f".{file.name}.part")
    words = vocabulary(texts_for(language))
    try:
        with progress(lambda phase: shell.texts.plain(f"workbook-phase-{phase}"), quiet=quiet) as told:
            now = shell.office.now()
            made = exporting.to_file(database, unfinished, words, lambda step: told(step.phase, step.done, step.total), now=now)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return made
