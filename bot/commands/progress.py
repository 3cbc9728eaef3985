"""How far a command is: a bar on a terminal, a line for each phase elsewhere, nothing where a program reads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

Told = Callable[[str, int, int], None]
"""Takes a phase by name, and how much of how much is done; 0 in all: not known."""


@contextmanager
def progress(worded: Callable[[str], str], *, quiet: bool) -> Iterator[Told]:
    """What to tell progress to, on standard error; `worded` says what a phase is called."""
    console = Console(stderr=True)
    if quiet:
        yield lambda *_: None
    elif console.is_terminal:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=console, transient=True) as bar:
            yield _on(bar, worded)
    else:
        yield _in_lines(worded)


def _on(bar: Progress, worded: Callable[[str], str]) -> Told:
    shown = bar.add_task("", total=None)
    return lambda phase, done, total: bar.update(shown, description=worded(phase), completed=done, total=total or None)


def _in_lines(worded: Callable[[str], str]) -> Told:
    last = ""

    def told(phase: str, _done: int, _total: int) -> None:
        nonlocal last
        if phase != last:
            click.echo(worded(phase), err=True)
        last = phase

    return told
