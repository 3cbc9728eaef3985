"""`gonghai`, also `python -m bot`."""

from pathlib import Path

import click

from bot.commands.backup import backup, restore
from bot.commands.check import check
from bot.commands.context import Shell
from bot.commands.customers import customers
from bot.commands.demo import demo
from bot.commands.init import init
from bot.commands.jobs import jobs
from bot.commands.orders import orders
from bot.commands.partners import partners
from bot.commands.run import run
from bot.commands.templates import templates
from bot.commands.users import users
from bot.commands.webhook import webhook


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Settings; without it config.toml of this folder, if there is one.",
)
@click.version_option(package_name="gonghai")
@click.pass_context
def main(context: click.Context, config: Path | None) -> None:
    """Gonghai (公海): a CRM that lives in Telegram."""
    context.obj = Shell(config)


for each in (run, demo, init, check, backup, restore, templates):
    main.command()(each)
for group in (customers, users, partners, orders, jobs, webhook):
    main.add_command(group)

if __name__ == "__main__":
    main()
