"""`… import FILE`: the same for everything that a workbook can bring (SPEC 7, 8)."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from bot import import_text
from bot.commands.context import Shell, command
from bot.commands.progress import Told, progress
from bot.locales import LANGUAGES, texts_for
from bot.sheet_words import Reasons, vocabulary
from domain.db import Database
from domain.spreadsheets import gathering, report
from domain.spreadsheets.cleaning import Reader
from domain.spreadsheets.importing import READING, Drive
from domain.spreadsheets.imports import Circumstances
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.plans import Plan
from domain.spreadsheets.scratch import Fate


def import_command(kind: SheetName) -> click.Command:
    """The command that imports one kind of workbook."""

    @click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
    @click.option("--dry-run", is_flag=True, help="Only say what would happen.")
    @click.option("--json", "as_json", is_flag=True, help="The summary for programs to read.")
    @_restore_option(kind)
    @click.option(
        "--report", type=click.Path(path_type=Path, dir_okay=False), help="Where the report goes; beside FILE without it."
    )
    @command
    def run(shell: Shell, /, *, file: Path, dry_run: bool, as_json: bool, report: Path | None, restore: bool = False) -> None:
        database = shell.open_database()
        try:
            with progress(lambda phase: shell.texts.plain(f"workbook-phase-{phase}"), quiet=as_json) as told:
                plan = _carried_out(shell, database, kind, file, told, dry_run=dry_run, restore=restore)
        finally:
            database.dispose()
        with closing(plan):
            _tell(shell, plan, report or file.with_suffix(".report.xlsx"), dry_run=dry_run, as_json=as_json)

    return click.command("import", help=f"Bring in {kind} from the workbook FILE; the same file is imported once.")(run)


def _carried_out(
    shell: Shell, database: Database, kind: SheetName, file: Path, told: Told, *, dry_run: bool, restore: bool
) -> Plan:
    office = shell.office
    with database.unit_of_work() as session:
        policy = office.rules(session).policy
    now = office.now()
    words = [vocabulary(texts_for(language)) for language in (shell.texts.language, *LANGUAGES)]
    circumstances = Circumstances(None, policy, now, Reader(words, now), office.language)
    gathered = gathering.gather(file, words, kind=kind, heard=lambda done, total: told(READING, done, total))
    plan = Plan(gathered, kind, circumstances, Reasons(shell.texts.language, now))
    drive = Drive(database, None, office.now, told)
    if dry_run or restore:
        drive.look(plan)
    if not dry_run:
        drive.keep(plan, restoring=restore)
    return plan


def _restore_option(kind: SheetName) -> Callable[[Any], Any]:
    """Only customers have a recycle bin."""
    if kind is not SheetName.CUSTOMERS:
        return lambda run: run
    return click.option("--restore", is_flag=True, help="Bring back what lies in the recycle bin, too.")


def _tell(shell: Shell, plan: Plan, report_file: Path, *, dry_run: bool, as_json: bool) -> None:
    """What became of it; whatever was left out stands in the report."""
    summary = plan.summary()
    written = None if summary.complete else report_file
    if written is not None:
        report.write(written, plan, vocabulary(shell.texts))
    if as_json:
        told = summary.to_json() | {"dry_run": dry_run, "report": str(written) if written else None}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for line in import_text.lines(shell.texts, summary.to_json()):
        click.echo(line)
    if dry_run:
        click.echo(shell.texts.plain("import-dry-run"))
    if summary.counts.get(Fate.IN_BIN):
        click.echo(shell.texts.plain("import-in-bin-restore" if dry_run else "import-in-bin-how"))
    if written is not None:
        click.echo(shell.texts.plain("import-report", file=str(written)))
