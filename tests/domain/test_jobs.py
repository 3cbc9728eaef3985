"""Runs of jobs as rows: one for a day, taken over when its process died, its counts added up."""

from datetime import timedelta

import pytest

from domain import jobs
from domain.jobs import LEASE, JobName, Step


@pytest.fixture
def begin(office):
    def begun(**more):
        with office.work() as session:
            return jobs.begin(session, JobName.SWEEP, office.now.today, now=office.now, **more)

    return begun


@pytest.fixture
def note(office):
    def noted(more=False, **counts):
        with office.work() as session:
            jobs.note(session, JobName.SWEEP, office.now.today, Step(counts, more), now=office.now)

    return noted


def newest(office):
    with office.work() as session:
        return jobs.newest(session, JobName.SWEEP)


class TestARun:
    def test_is_taken_by_one(self, begin):
        assert (begin(), begin()) == (True, False)

    def test_is_done_once(self, office, begin, note):
        begin()
        note(released=1)
        office.later(hours=1)
        assert not begin()
        assert begin(again=True)

    def test_of_another_day_is_another(self, office, begin, note):
        begin()
        note()
        office.later(days=1)
        assert begin()

    def test_is_taken_over_when_its_process_died(self, office, begin):
        begin()
        office.later(seconds=LEASE.total_seconds() - 1)
        assert not begin()
        office.later(seconds=1)
        assert begin()

    def test_lives_as_long_as_its_steps(self, office, begin, note):
        begin()
        office.later(seconds=LEASE.total_seconds() - 1)
        note(more=True)
        office.later(seconds=2)
        assert not begin()

    def test_is_taken_over_at_once_where_nobody_else_is(self, office, begin):
        begin()
        with office.work() as session:
            jobs.reclaim_all(session)
        assert begin()

    def test_adds_up_what_its_steps_did_and_says_how_long_it_took(self, office, begin, note):
        begin()
        note(more=True, released=3, dormant=0)
        office.later(seconds=5)
        note(released=2, dormant=1)
        run = newest(office)
        assert dict(run.counts) == {"released": 5, "dormant": 1}
        assert run.finished_at - run.started_at == timedelta(seconds=5)

    def test_that_never_was_is_none(self, office):
        assert newest(office) is None
