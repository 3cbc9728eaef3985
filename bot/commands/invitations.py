"""An invitation as a link, alone on the last line."""

import click

from bot.commands.context import Shell

UNKNOWN_BOT = "YOUR_BOT"


def show_link(shell: Shell, code: str) -> None:
    """Print what the invited person needs; the link is the last line."""
    name = shell.bot_name()
    if name is None:
        click.echo(shell.texts.plain("bot-name-unknown", placeholder=UNKNOWN_BOT), err=True)
    click.echo(shell.texts.plain("invitation-for-days", days=shell.office.policy.invitation_days))
    click.echo(f"https://t.me/{name or UNKNOWN_BOT}?start={code}")
