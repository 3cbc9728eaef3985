"""`templates`: the workbooks to fill in for an import."""

from pathlib import Path

import click

from bot.commands.context import Shell, command, refuse
from bot.locales import LANGUAGES, texts_for
from bot.sheet_words import vocabulary
from domain.spreadsheets import templates as workbooks

language_option = click.option("--language", type=click.Choice(LANGUAGES), help="Of the headings; the terminal's without it.")


@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@language_option
@command
def templates(shell: Shell, /, *, folder: Path, language: str | None) -> None:
    """Write a template for each kind of import into FOLDER."""
    words = vocabulary(texts_for(language or shell.texts.language))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = workbooks.write_all(folder, words, now=shell.office.now())
    except OSError as error:
        refuse(shell.texts.plain("file-not-written", file=str(folder), why=error.strerror or str(error)))
    for path in paths:
        click.echo(str(path))
