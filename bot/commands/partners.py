"""`partners`: the parties of the business system, from workbooks."""

import click

from bot.commands.importing import import_command
from domain.spreadsheets.layout import SheetName


@click.group()
def partners() -> None:
    """The partners as workbooks."""


partners.add_command(import_command(SheetName.PARTNERS))
