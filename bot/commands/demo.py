"""`demo`: all of it on this machine, without a token or a network."""

from pathlib import Path

import click

from bot.commands.context import Shell, command, refuse, run_async
from bot.demo.stage import serve


@click.option("--port", default=8000, show_default=True)
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the demo's database in this folder.")
@command
def demo(shell: Shell, port: int, data: Path | None) -> None:
    """Two phones in a browser, sample people and customers, and the real bot between them."""
    try:
        run_async(serve(port=port, folder=data, announce=lambda url: click.echo(shell.texts.plain("demo-open", url=url))))
    except OSError as error:
        refuse(shell.texts.plain("demo-no-port", port=str(port), why=error.strerror or str(error)))
