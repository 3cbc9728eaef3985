"""Two replicas of the bot on one PostgreSQL: everything is done once, and what a dead one leaves the other takes over."""

from collections import Counter

import pytest

from domain.models import OutboxMessage, OutboxStatus
from tests.faults.lives import Lives, zone_at_noon
from tests.faults.morning import JOBS, founded, runs, state, swept
from tests.faults.scene import until

TEAMS = 6
LEASE = 1.5


@pytest.fixture
def database_url(postgresql):
    url = postgresql.fresh()
    yield url
    postgresql.drop(url)


async def done(town):
    await until(lambda: len(runs(town)[0]) == JOBS, "every job is done")
    await town.quiet()


def everything_was_done_once(town, in_flight=()):
    """What was in flight to somebody when its sender was killed may have come twice: the only twin there is."""
    assert swept(town) == (2 * TEAMS, TEAMS)
    left = state(town)
    for what in ("warnings", "jobs", "outbox"):
        assert set(left[what].values()) == {1}, what
    spoken = Counter(text for login in town.office.telegram for text in _heard(town, login))
    twice = Counter(town.person(login).user_id for (login, _), times in spoken.items() for _ in range(times - 1))
    assert twice <= Counter(in_flight), spoken


def _heard(town, login):
    return [(login, screen.text) for screen in town.person(login).heard]


class TestTwoClocks:
    async def test_do_everything_once_between_them(self, town, tmp_path):
        zone = zone_at_noon()
        founded(town, zone, TEAMS)
        async with Lives(town, tmp_path, zone) as lives:
            for _ in range(2):
                await lives.begin(pause=0.005, chunk=1)
            await done(town)
            errors = lives.errors()
        everything_was_done_once(town)
        assert errors == []

    async def test_one_takes_over_what_the_other_was_killed_in(self, town, tmp_path):
        zone = zone_at_noon()
        founded(town, zone, TEAMS)
        async with Lives(town, tmp_path, zone) as lives:
            first = await lives.begin(pause=0.02, chunk=1, lease=LEASE)
            await lives.at_work("sweep", 1)
            await lives.begin(chunk=1, lease=LEASE)
            await until(lambda: _running(lives) == 2, "both run")
            await lives.end(first)
            in_flight = [row.chat_id for row in town.outbox(OutboxMessage.status == OutboxStatus.SENDING)]
            unfinished = runs(town)[1]
            await done(town)
            errors = lives.errors()
        everything_was_done_once(town, in_flight)
        assert "sweep" in unfinished
        assert errors == []


def _running(lives):
    return sum(line["event"] == "running" for line in lives.logged())
