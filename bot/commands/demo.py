"""`demo`: all of it on this machine, without a token or a network."""

from pathlib import Path

import click

from bot.commands.context import Shell, command, run_async
from bot.demo.stage import serve


@click.option("--port", default=8000, show_default=True)
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the demo's database in this folder.")
@command
def demo(shell: Shell, port: int, data: Path | None) -> None:
    """Two phones in a browser, sample people and customers, and the real bot between them."""
    run_async(serve(port=port, folder=data, announce=lambda url: click.echo(shell.texts.plain("demo-open", url=url))))
