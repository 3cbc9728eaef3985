"""The first morning of the demo: whoever opens it at noon finds calm phones, not sixteen digests of that day."""

from domain import due_warnings, jobs
from domain.clock import Moment
from domain.db import Session
from domain.jobs import JobName, Step
from domain.timetable import Timetable, at


def pass_over(session: Session, timetable: Timetable, *, now: Moment) -> None:
    """Count this day's digest as heard when its time is past: its warnings are given, and nobody is written to."""
    if now.utc < at(timetable.digest_time, now.today, now.zone):
        return
    jobs.begin(session, JobName.DIGEST, now.today, now=now)
    jobs.note(session, JobName.DIGEST, now.today, Step({"warnings": due_warnings.give(session, now.today)}), now=now)
