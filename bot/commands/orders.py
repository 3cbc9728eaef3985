"""`orders`: what was ordered, from the command line."""

from datetime import datetime

import click

from bot.commands.context import Shell, command
from bot.commands.importing import import_command
from domain import orders as orders_of_partners
from domain import partners
from domain.orders import NewOrder
from domain.spreadsheets.layout import SheetName


@click.group()
def orders() -> None:
    """The orders of partners."""


@orders.command()
@click.option("--number", required=True, help="The order's own number: recorded once.")
@click.option("--partner", required=True, metavar="NAME|CREDIT-CODE")
@click.option("--date", "ordered_on", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD")
@click.option("--kind", help="What was ordered, such as fcl or air.")
@command
def add(shell: Shell, /, *, number: str, partner: str, ordered_on: datetime, kind: str | None) -> None:
    """Record an order; a dormant customer of the partner wakes."""
    with shell.work() as session:
        order = NewOrder(number, partners.named(session, partner), ordered_on.date(), kind)
        orders_of_partners.add(session, None, order, policy=shell.office.policy, now=shell.office.now())
        name = partners.line(session, order.partner_id).name
    click.echo(shell.texts.plain("order-added", number=number, partner=name))


orders.add_command(import_command(SheetName.ORDERS))
