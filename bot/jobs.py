"""What the clock does and when: each tick looks which rows say that a job is still to be done today, and does it step by step."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import structlog

from bot.hop import Hop
from bot.metrics import Metrics, Outcome
from bot.office import Office
from domain import absences, digests, jobs, sweep, undecided
from domain.clock import Moment
from domain.db import Session
from domain.jobs import JobName, Step
from domain.policy import Policy
from domain.timetable import SWEEP_TIME, Timetable, at

log = structlog.get_logger()


@dataclass(frozen=True)
class Job:
    """`wall` is its time of day on the organisation's clock; `always`: it is done with every tick of the day from then on."""

    wall: Callable[[Timetable], time]
    step: Callable[[Session, date, Policy, Moment], Step]
    always: bool = False


JOBS = {
    JobName.SWEEP: Job(
        lambda _timetable: SWEEP_TIME, lambda session, day, policy, now: sweep.sweep(session, day, policy=policy, now=now)
    ),
    JobName.REMINDERS: Job(
        lambda _timetable: time.min, lambda session, _day, _policy, now: _reminders(session, now), always=True
    ),
    JobName.DIGEST: Job(
        lambda timetable: timetable.digest_time, lambda session, day, _policy, now: digests.send(session, day, now=now)
    ),
}


def _reminders(session: Session, now: Moment) -> Step:
    """Whoever is back is asked again himself, before anybody is reminded."""
    back = absences.end_passed(session, now=now)
    return Step({**undecided.remind(session, now=now).counts, "back": back})


async def tick(hop: Hop, office: Office, metrics: Metrics) -> bool:
    """Do what is due; returns whether something may have been queued to be said."""
    due = await hop(lambda session: waiting(session, office))
    for name in due:
        try:
            counts = await run(hop, office, name, office.now().today)
        except Exception:
            metrics.jobs.labels(name, Outcome.BROKEN).inc()
            raise
        if counts is not None:
            metrics.jobs.labels(name, Outcome.DONE).inc()
    return bool(due)


def waiting(session: Session, office: Office) -> list[JobName]:
    """The jobs whose time has come today and that are not done, in the order in which they are done.

    Of several missed days only the last is caught up: a sweep takes all that is past, and yesterday's digest would be untrue.
    """
    now, timetable = office.now(), office.rules(session).timetable
    done = jobs.finished(session, now.today)
    come = (name for name, job in JOBS.items() if now.utc >= at(job.wall(timetable), now.today, now.zone))
    return [name for name in come if JOBS[name].always or name not in done]


async def run(hop: Hop, office: Office, name: JobName, day: date, *, again: bool = False) -> Counter[str] | None:
    """One occurrence of a job, each step a transaction of its own: what it did.

    None: another process is at it, or, unless it may run `again`, it is done.
    """
    again = again or JOBS[name].always
    if not await hop(lambda session: jobs.begin(session, name, day, now=office.now(), again=again)):
        return None
    counts: Counter[str] = Counter()
    more = True
    while more:
        done = await _whole_step(hop, office, name, day)
        counts.update(done.counts)
        more = done.more
    return counts


async def _whole_step(hop: Hop, office: Office, name: JobName, day: date) -> Step:
    """One step; whoever is stopped meanwhile finishes it and lets another process go on from there."""
    stepping = asyncio.ensure_future(hop(lambda session: step(session, office, name, day)))
    try:
        return await asyncio.shield(stepping)
    except asyncio.CancelledError:
        await asyncio.wait([stepping])
        await hop(lambda session: jobs.put_down(session, name, day))
        raise


def step(session: Session, office: Office, name: JobName, day: date) -> Step:
    """The next step of a run, noted with what it did."""
    now = office.now()
    done = JOBS[name].step(session, day, office.rules(session).policy, now)
    jobs.note(session, name, day, done, now=now)
    if any(done.counts.values()):
        log.info("job_step", job=name, day=day.isoformat(), **done.counts)
    return done


def next_time(name: JobName, timetable: Timetable, now: Moment, *, done_today: bool) -> datetime | None:
    """When the job runs next (UTC); None: with every tick."""
    if JOBS[name].always:
        return None
    today = at(JOBS[name].wall(timetable), now.today, now.zone)
    return at(JOBS[name].wall(timetable), now.today + timedelta(days=1), now.zone) if done_today else max(today, now.utc)
