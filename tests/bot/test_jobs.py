"""What is due when: the organisation's clock through time zones, leap days, skipped and doubled hours; every job once a day."""

import asyncio
import logging
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import jobs as work
from bot.metrics import Metrics
from bot.office import Office
from bot.scheduler import Scheduler
from domain import jobs
from domain.clock import Moment
from domain.jobs import JobName
from domain.policy import Policy
from domain.timetable import QuietHours, Timetable, wall_time

DAILY = (JobName.SWEEP, JobName.DIGEST)


class Clock:
    """A bot that looks at the clock every few minutes, on a database of its own."""

    def __init__(self, database, zone, digest_time="08:30"):
        self.database, self.zone = database, ZoneInfo(zone)
        self.timetable = Timetable(digest_time=wall_time(digest_time), quiet_hours=QuietHours.parse("21:00-08:00"))
        self.utc = datetime(2026, 1, 1, tzinfo=UTC)
        self.ran = []

    @property
    def office(self):
        return Office(Policy(), self.zone, "zh", lambda zone: Moment(self.utc, zone), timetable=self.timetable)

    def tick(self):
        """What the scheduler does, without the work of the jobs."""
        office = self.office
        with self.database.unit_of_work() as session:
            for name in work.waiting(session, office):
                if name in DAILY and jobs.begin(session, name, office.now().today, now=office.now()):
                    jobs.note(session, name, office.now().today, jobs.Step(), now=office.now())
                    self.ran.append((name, office.now().today, office.now().local(self.utc)))

    def run(self, start, end, every=timedelta(minutes=30)):
        """Tick from one instant (UTC) to another."""
        self.utc = start
        while self.utc < end:
            self.tick()
            self.utc += every

    def days(self, name):
        return [day for ran, day, _ in self.ran if ran is name]

    def times(self, name):
        return [f"{local:%H:%M}" for ran, _, local in self.ran if ran is name]


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def every_day(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


CASES = [
    # zone, from, to (UTC), first and last day of the organisation within
    pytest.param("Asia/Shanghai", "2028-02-27T16:00", "2028-03-02T16:00", "2028-02-28", "2028-03-02", id="leap day"),
    pytest.param("Asia/Kathmandu", "2026-12-29T18:15", "2027-01-02T18:15", "2026-12-30", "2027-01-02", id="end of the year"),
    pytest.param("Europe/Berlin", "2026-03-27T23:00", "2026-03-30T22:00", "2026-03-28", "2026-03-30", id="an hour skipped"),
    pytest.param("Europe/Berlin", "2026-10-23T22:00", "2026-10-26T23:00", "2026-10-24", "2026-10-26", id="an hour twice"),
    pytest.param("America/New_York", "2026-03-07T05:00", "2026-03-10T04:00", "2026-03-07", "2026-03-09", id="west, forward"),
    pytest.param("America/New_York", "2026-10-31T04:00", "2026-11-03T05:00", "2026-10-31", "2026-11-02", id="west, back"),
    pytest.param("Australia/Lord_Howe", "2026-04-03T13:00", "2026-04-06T13:30", "2026-04-04", "2026-04-06", id="half an hour"),
    pytest.param("Asia/Shanghai", "2026-04-28T16:00", "2026-05-02T16:00", "2026-04-29", "2026-05-02", id="end of a month"),
]


class TestEveryDay:
    @pytest.mark.parametrize(("zone", "start", "end", "first", "last"), CASES)
    def test_each_job_runs_once(self, database, zone, start, end, first, last):
        clock = Clock(database, zone)
        clock.run(utc(start), utc(end))
        expected = every_day(date.fromisoformat(first), date.fromisoformat(last))
        assert clock.days(JobName.SWEEP) == expected
        assert clock.days(JobName.DIGEST) == expected
        assert set(clock.times(JobName.DIGEST)) <= {"08:30", "08:45"}

    @pytest.mark.parametrize(
        ("digest_time", "start", "end"),
        [
            pytest.param("02:30", "2026-03-27T23:00", "2026-03-30T22:00", id="in the hour that is skipped"),
            pytest.param("02:30", "2026-10-23T22:00", "2026-10-26T23:00", id="in the hour that comes twice"),
            pytest.param("00:00", "2026-03-27T23:00", "2026-03-30T22:00", id="at midnight"),
            pytest.param("23:59", "2026-10-23T22:00", "2026-10-26T23:00", id="at the day's last minute"),
        ],
    )
    def test_wherever_the_digest_falls(self, database, digest_time, start, end):
        clock = Clock(database, "Europe/Berlin", digest_time)
        clock.run(utc(start), utc(end), timedelta(minutes=1) if digest_time == "23:59" else timedelta(minutes=10))
        assert len(clock.days(JobName.DIGEST)) == len(set(clock.days(JobName.DIGEST))) == 3

    def test_not_before_its_time(self, database):
        clock = Clock(database, "Asia/Shanghai")
        clock.run(utc("2026-05-04T16:10"), utc("2026-05-05T00:30"), timedelta(minutes=10))
        assert clock.days(JobName.DIGEST) == []
        assert clock.days(JobName.SWEEP) == [date(2026, 5, 5)]
        clock.run(utc("2026-05-05T00:30"), utc("2026-05-05T00:31"))
        assert clock.days(JobName.DIGEST) == [date(2026, 5, 5)]


class TestAfterAnOutage:
    def test_what_was_missed_today_is_caught_up_once(self, database):
        clock = Clock(database, "Asia/Shanghai")
        clock.run(utc("2026-05-04T16:30"), utc("2026-05-04T23:00"))
        clock.run(utc("2026-05-05T03:00"), utc("2026-05-05T15:00"))
        assert clock.days(JobName.DIGEST) == [date(2026, 5, 5)]
        assert clock.times(JobName.DIGEST) == ["11:00"]

    def test_of_three_missed_days_only_the_last(self, database):
        clock = Clock(database, "Asia/Shanghai")
        clock.run(utc("2026-05-03T16:30"), utc("2026-05-04T12:00"))
        clock.run(utc("2026-05-08T03:00"), utc("2026-05-08T15:00"))
        assert clock.days(JobName.DIGEST) == [date(2026, 5, 4), date(2026, 5, 8)]
        assert clock.days(JobName.SWEEP) == [date(2026, 5, 4), date(2026, 5, 8)]


class TestAnotherTimeZone:
    @pytest.mark.parametrize(("zone", "moved"), [("Asia/Shanghai", "America/New_York"), ("America/New_York", "Pacific/Auckland")])
    def test_no_day_runs_twice_and_none_is_left_out(self, database, zone, moved):
        clock = Clock(database, zone)
        clock.run(utc("2026-06-01T00:00"), utc("2026-06-04T03:00"))
        clock.zone = ZoneInfo(moved)
        clock.run(utc("2026-06-04T03:00"), utc("2026-06-07T00:00"))
        for name in DAILY:
            days = clock.days(name)
            assert days == every_day(days[0], days[-1])


class TestQuietHours:
    @pytest.mark.parametrize(
        ("hours", "quiet", "awake"),
        [
            ("21:00-08:00", ("21:00", "23:59", "00:00", "07:59"), ("20:59", "08:00", "12:00")),
            ("12:00-14:00", ("12:00", "13:59"), ("11:59", "14:00", "00:00")),
            ("00:00-00:00", (), ("00:00", "12:00", "23:59")),
        ],
    )
    def test_begin_and_end_on_the_minute(self, hours, quiet, awake):
        given = QuietHours.parse(hours)
        assert all(wall_time(each) in given for each in quiet)
        assert not any(wall_time(each) in given for each in awake)


class Held:
    """A way to the database on which everything takes for ever."""

    async def __call__(self, _work):
        await asyncio.Event().wait()


class TestStop:
    @pytest.mark.parametrize("turns", range(5))
    async def test_at_whatever_point_of_the_first_tick_is_no_failure(self, caplog, turns):
        scheduler = Scheduler(Held(), Clock(None, "Asia/Shanghai").office, lambda: None, Metrics())
        scheduler.start(ticking=True)
        for _ in range(turns):
            await asyncio.sleep(0)
        await scheduler.stop()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others)
        for _ in range(5):
            await asyncio.sleep(0)
        assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
