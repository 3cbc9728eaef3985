"""`jobs`: what the clock does, run now or looked at."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

import click

from bot import jobs as work
from bot.commands.context import Shell, command, refuse
from bot.hop import Hop
from domain import jobs as runs
from domain.jobs import JobName
from domain.timetable import Timetable


@click.group()
def jobs() -> None:
    """The sweep, the digest and the reminders."""


@jobs.command()
@click.argument("name", type=click.Choice([name.value for name in JobName]))
@click.option(
    "--date", "as_of", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="As of this day; today without it."
)
@command
def run(shell: Shell, /, *, name: str, as_of: datetime | None) -> None:
    """Run a job now; what it has done for that day already is not done twice."""
    job, day = JobName(name), as_of.date() if as_of else shell.office.now().today
    hop = Hop(shell.open_database())
    try:
        counts = asyncio.run(work.run(hop, shell.office, job, day, again=True))
    finally:
        hop.close()
    if counts is None:
        refuse(shell.texts.plain("job-busy", job=_word(shell, job)))
    click.echo(shell.texts.plain("job-done", job=_word(shell, job), day=day.isoformat(), counts=_counted(shell, counts)))


@jobs.command(name="list")
@command
def listed(shell: Shell) -> None:
    """When each ran last and runs next, how long it took, and what it did."""
    with shell.work() as session:
        timetable = shell.office.rules(session).timetable
        click.echo(shell.texts.plain("jobs-head"))
        for name in JobName:
            click.echo("\t".join([name, *_facts(shell, runs.newest(session, name), name, timetable)]))


def _facts(shell: Shell, last: runs.Run | None, name: JobName, timetable: Timetable) -> list[str]:
    now, texts = shell.office.now(), shell.texts
    done_today = last is not None and last.finished_at is not None and last.day >= now.today
    at = work.next_time(name, timetable, now, done_today=done_today)
    coming = _clock(shell, at) if at else texts.plain("jobs-tick")
    if last is None:
        return [texts.plain("jobs-never"), "-", coming, "-"]
    took = texts.plain("jobs-running")
    if last.finished_at is not None:
        took = f"{(last.finished_at - last.started_at).total_seconds():.1f} s"
    return [_clock(shell, last.started_at), took, coming, _counted(shell, last.counts)]


def _clock(shell: Shell, instant: datetime) -> str:
    return shell.office.now().local(instant).strftime("%Y-%m-%d %H:%M")


def _word(shell: Shell, name: JobName) -> str:
    return shell.texts.plain(f"job-{name}")


def _counted(shell: Shell, counts: Mapping[str, int]) -> str:
    words = [shell.texts.plain(f"job-count-{name}", count=count) for name, count in counts.items() if count]
    return ", ".join(words) or shell.texts.plain("job-nothing")
